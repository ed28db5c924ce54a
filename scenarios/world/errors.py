"""What can go wrong in the simulated world.

WorldError            an instruction that nobody could carry out; names courier, visit and goods
"""


class WorldError(Exception):
    """An instruction that nobody could carry out: the engine has lost touch with the world."""
