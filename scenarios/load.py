"""From a scenario file to a day that can be lived through."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from scenarios.scenario import Scenario


def load(path_or_name: str | Path, *, overrides: Sequence[str] = (), seed: int | None = None) -> Scenario:
    """Read, check and generate a day.

    Parameters
    ----------
    path_or_name
        A TOML file, or the bare name of a shipped one (``plaza``).
    overrides
        ``key.path=value`` texts, applied before anything is checked.
    seed
        Instead of the file's.

    Raises
    ------
    ScenarioError
        If the file cannot be read or is wrong; names file, place and what is allowed.
    """
    raise FileNotFoundError(path_or_name, overrides, seed)
