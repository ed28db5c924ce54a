"""Random streams named by what they are for: the same draw whatever else happens.

A stream belongs to (seed, purpose, entity). The n-th order of a day is the same order in every variant of that day, and
a pick takes as long for it under one policy as under another; only so do two variants meet the same day.

The key is the BLAKE2b hash of the three, which no process, platform or salt changes, and is the state of a PCG64
generator directly: a stream costs a few microseconds, so one may be made for each draw.
"""

from __future__ import annotations

import hashlib

import numpy as np
import numpy.typing as npt
from numpy.random.bit_generator import ISeedSequence

_STATE_BYTES = 32
_MANTISSA_BITS = 53


class _HashedState(ISeedSequence):
    """Hands a hash to a bit generator as its state, without the slow mixing that a small seed would need."""

    __slots__ = ("_digest",)

    def __init__(self, digest: bytes) -> None:
        self._digest = digest

    def generate_state(self, n_words: int, dtype: npt.DTypeLike = np.uint32) -> npt.NDArray[np.uint32 | np.uint64]:
        """Return the first words of the hash, read as little-endian on every platform."""
        native = np.dtype(dtype)
        words: npt.NDArray[np.uint32 | np.uint64] = np.frombuffer(self._digest, dtype=native.newbyteorder("<"))
        return words[:n_words].astype(native, copy=False)


def _digest(seed: int, purpose: str, entity: str, size: int) -> bytes:
    return hashlib.blake2b(f"{seed}\x1f{purpose}\x1f{entity}".encode(), digest_size=size).digest()


def stream(seed: int, purpose: str, entity: str) -> np.random.Generator:
    """Return the generator of (seed, purpose, entity), always from its beginning.

    Parameters
    ----------
    seed
        The scenario's seed, any whole number.
    purpose
        What is drawn: ``pick``, ``absent``, ``order``. Two purposes of an entity are independent.
    entity
        The id of what it is drawn for, or a position in a fixed order.
    """
    state = _HashedState(_digest(seed, purpose, entity, _STATE_BYTES))
    # NumPy's annotation names its own seed sequence only; its documentation takes any ISeedSequence.
    return np.random.Generator(np.random.PCG64(state))  # type: ignore[arg-type]


def uniform(seed: int, purpose: str, entity: str) -> float:
    """Return one number from 0 (inside) to 1 (outside): cheaper than a stream where one draw is all that is needed."""
    word = int.from_bytes(_digest(seed, purpose, entity, 8), "little")
    return (word >> (64 - _MANTISSA_BITS)) * 2.0**-_MANTISSA_BITS
