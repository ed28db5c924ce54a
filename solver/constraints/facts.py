"""What is true of a plan, as expressions of 0 and 1."""

from __future__ import annotations

from typing import Any


def is_same(one: Any, other: Any) -> Any:
    """Return whether two variables of the model are equal.

    Where OR-Tools reads, in the expression of a fact, two of its own variables side by side, it may take the fact for a
    rule that always holds (9.15); a difference compared with zero it reads so too. So it reads how far they are apart.
    """
    return abs(one - other) <= 0
