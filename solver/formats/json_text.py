"""JSON text as values: what the standard library lets pass in silence is refused or marked."""

from __future__ import annotations

import json
from typing import Any

from solver.errors import ProblemError


class Doubled(dict[str, Any]):
    """An object that gives a member twice: `name` is the first that does. JSON readers disagree on which one counts."""

    def __init__(self, members: dict[str, Any], name: str) -> None:
        super().__init__(members)
        self.name = name


def load_json(text: str) -> object:
    """Return the value of a JSON text. Objects with a member given twice come as `Doubled`.

    Raises
    ------
    ProblemError
        Where the text is not JSON, or cut off, with line and column.
    """
    try:
        value: object = json.loads(text.removeprefix("\ufeff"), object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        cut_off = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string")
        hint = "; the text is cut off there: give all of it" if cut_off else ""
        raise ProblemError("/", f"not JSON at {where}: {error.msg}{hint}") from None
    except RecursionError:
        raise ProblemError("/", "nested too deeply to be a problem or a plan") from None
    except ValueError:  # the only other one: a number of more digits than Python converts
        raise ProblemError("/", "has a number of thousands of digits: give numbers of 64 bits") from None
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) == len(pairs):
        return members
    names = [name for name, _ in pairs]
    return Doubled(members, next(name for name in names if names.count(name) > 1))


__all__ = ["Doubled", "load_json"]
