"""Dataclasses as JSON and back, by nothing but their fields and annotations.

Read and written are dataclasses (objects), named tuples and tuples (arrays), frozen sets (sorted arrays), string
enumerations, matrices (arrays of rows), whole numbers, numbers, strings, true and false, and any of these or None.
A field at its default is left out; of a named tuple, only where none follows that is not. A field added to a dataclass
comes along without a line here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import numpy as np

from solver.formats.pointer import At
from solver.formats.table import read_table
from solver.problem import FOREVER_S

LARGEST = 2**63 - 1
"""No whole number is larger. What is allowed beyond that is the dataclasses' own question."""


def encode(value: Any) -> Any:
    """Return `value` as what the standard library's `json` writes."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, np.integer):
        return int(value)
    if is_dataclass(value) and not isinstance(value, type):
        members = ((field, getattr(value, field.name)) for field in _fields(type(value)))
        return {field.name: encode(member) for field, member in members if not _is_default(field, member)}
    if isinstance(value, frozenset):
        return sorted(encode(item) for item in value)
    if isinstance(value, tuple):
        return [encode(item) for item in _without_defaults(value)]
    return value


def decode(at: At, kind: Any) -> Any:
    """Return the value at `at` as one of type `kind`.

    Raises
    ------
    ProblemError
        Naming by JSON pointer what is missing, unknown, or of another type.
    TypeError
        Where `kind` is an annotation that this module does not know.
    """
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _decode_union(at, get_args(kind))
    if origin is tuple:
        return _decode_tuple(at, get_args(kind))
    if origin is frozenset:
        return _decode_set(at, *get_args(kind))
    if origin is np.ndarray:
        return read_table(at)
    if not isinstance(kind, type):
        raise TypeError(f"{kind} has no form in JSON")
    if is_dataclass(kind):
        return _decode_dataclass(at, kind)
    if issubclass(kind, tuple) and hasattr(kind, "_fields"):
        return _decode_named_tuple(at, kind)
    if issubclass(kind, Enum):
        return _decode_enum(at, kind)
    return _decode_plain(at, kind)


def _decode_plain(at: At, kind: type) -> Any:
    if kind is bool:
        if not isinstance(at.value, bool):
            raise at.refuse("is neither true nor false: give one of them")
        return at.value
    if kind is int:
        return at.integer(least=-LARGEST, most=LARGEST)
    if kind is float:
        return at.number()
    if kind is str:
        return at.text()
    raise TypeError(f"{kind} has no form in JSON")


def _decode_union(at: At, kinds: tuple[Any, ...]) -> Any:
    if NoneType in kinds and at.value is None:
        return None
    rest = [kind for kind in kinds if kind is not NoneType]
    if len(rest) > 1 and any(get_origin(kind) is not np.ndarray for kind in rest):
        raise TypeError(f"{kinds} cannot be told apart in JSON")
    return decode(at, rest[0])


def _decode_tuple(at: At, kinds: tuple[Any, ...]) -> tuple[Any, ...]:
    if kinds[-1] is Ellipsis:
        return tuple(decode(item, kinds[0]) for item in at.items())
    return tuple(decode(item, kind) for item, kind in zip(at.items(length=len(kinds)), kinds, strict=True))


def _decode_named_tuple(at: At, kind: Any) -> tuple[Any, ...]:
    hints, names = _hints(kind), kind._fields
    parts = at.items(least=len(names) - len(kind._field_defaults), most=len(names))
    return kind(*(decode(part, hints[name]) for part, name in zip(parts, names, strict=False)))  # type: ignore[no-any-return]


def _decode_set(at: At, kind: Any) -> frozenset[Any]:
    seen = set()
    for item in at.items():
        value = decode(item, kind)
        if value in seen:
            raise item.refuse(f"is {value!r} a second time: give each once")
        seen.add(value)
    return frozenset(seen)


def _decode_enum(at: At, kind: type[Enum]) -> Enum:
    known = {member.value: member for member in kind}
    text = at.text()
    if text not in known:
        raise at.refuse(f"is {text!r}: give one of {', '.join(known)}")
    return known[text]


def _decode_dataclass(at: At, kind: Any) -> Any:
    known = {field.name: field for field in _fields(kind)}
    required = tuple(name for name, field in known.items() if _default(field) is MISSING)
    hints = _hints(kind)
    values = {}
    for name, member in at.object(known=tuple(known), required=required).items():
        # JSON has no word for "never ends" but null.
        forever = member.value is None and _default(known[name]) == FOREVER_S
        values[name] = FOREVER_S if forever else decode(member, hints[name])
    return kind(**values)


@cache
def _fields(kind: Any) -> tuple[Field[Any], ...]:
    return tuple(field for field in fields(kind) if field.init)


@cache
def _hints(kind: Any) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _default(field: Field[Any]) -> Any:
    return field.default_factory() if field.default_factory is not MISSING else field.default


def _without_defaults(value: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return a tuple without what a named one would have anyway at its end."""
    defaults = getattr(value, "_field_defaults", {})
    names = getattr(value, "_fields", ())
    length = len(value)
    while length and names and names[length - 1] in defaults and value[length - 1] == defaults[names[length - 1]]:
        length -= 1
    return value[:length]


def _is_default(field: Field[Any], value: Any) -> bool:
    default = _default(field)
    return default is not MISSING and not isinstance(value, np.ndarray) and bool(value == default)


__all__ = ["decode", "encode"]
