"""What a key of the schema allows, in words: for error messages that say what to write instead."""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from scenarios.schema_base import Says

_BOUNDS = ("ge", "gt", "le", "lt", "min_length", "max_length")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place of the schema: an annotation with the constraints that were put on it."""

    annotation: Any
    metadata: tuple[Any, ...] = ()

    @classmethod
    def of(cls, annotation: Any, metadata: Iterable[Any] = ()) -> Slot:
        """Take annotations apart: what is annotated, what is optional."""
        gathered = list(metadata)
        while True:
            if get_origin(annotation) is Annotated:
                annotation, *more = get_args(annotation)
                gathered += more
            elif get_origin(annotation) in (Union, types.UnionType) and type(None) in get_args(annotation):
                inner = [choice for choice in get_args(annotation) if choice is not type(None)]
                annotation = inner[0] if len(inner) == 1 else Union[tuple(inner)]  # noqa: UP007 - built from a list
            else:
                return cls(annotation, tuple(gathered))

    @property
    def words(self) -> str | None:
        """What the schema itself says about this place."""
        return next((item.words for item in self.metadata if isinstance(item, Says)), None)

    def bounds(self) -> dict[str, Any]:
        """Return the constraints by name, the outermost first."""
        found: dict[str, Any] = {}
        queue = list(self.metadata)
        for item in queue:
            if isinstance(item, FieldInfo):
                queue += item.metadata
            for name in _BOUNDS:
                value = getattr(item, name, None)
                if value is not None:
                    found.setdefault(name, value)
        return found

    @property
    def choices(self) -> dict[str, type[BaseModel]]:
        """The tables of a union by their `kind`; empty for anything else."""
        if get_origin(self.annotation) not in (Union, types.UnionType):
            return {}
        return {
            get_args(table.model_fields["kind"].annotation)[0]: table
            for table in get_args(self.annotation)
            if "kind" in table.model_fields
        }

    @property
    def table(self) -> type[BaseModel] | None:
        """The table's class, if a table stands here."""
        return self.annotation if isinstance(self.annotation, type) and issubclass(self.annotation, BaseModel) else None

    def step(self, key: str | int) -> Slot | None:
        """Return what stands below a key, or None if the schema knows no such key."""
        if self.table is not None:
            field = self.table.model_fields.get(str(key))
            return None if field is None else Slot.of(field.annotation, field.metadata)
        if str(key) in self.choices:
            return Slot(self.choices[str(key)])
        arguments = get_args(self.annotation)
        if get_origin(self.annotation) is tuple:
            return Slot.of(arguments[0])
        if get_origin(self.annotation) is dict:
            return Slot.of(arguments[0 if key == "[key]" else 1])
        return None

    def says(self) -> str:
        """Say in words what may be written here."""
        if self.words is not None:
            return self.words
        bounds = self.bounds()
        if self.choices:
            return f"a table with kind = {_or(self.choices)}"
        if self.table is not None:
            return f"a table of {', '.join(self.table.model_fields)}"
        origin = get_origin(self.annotation)
        if origin is Literal:
            return _or(get_args(self.annotation))
        if origin is tuple:
            return f"a list of {_length(bounds)}{Slot.of(get_args(self.annotation)[0]).says()}"
        return _scalar(self.annotation, bounds)


def _or(words: Iterable[Any]) -> str:
    texts = [f'"{word}"' for word in words]
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} or {texts[-1]}"


def _length(bounds: Mapping[str, Any]) -> str:
    least, most = bounds.get("min_length"), bounds.get("max_length")
    if least is not None and least == most:
        return f"exactly {least}: "
    return f"at least {least}: " if least else ""


def _scalar(kind: Any, bounds: Mapping[str, Any]) -> str:
    if kind is bool:
        return "true or false"
    if kind is dt.datetime:
        return "a local date-time as 2025-06-12T09:00:00"
    if kind is str:
        return "a text in quotes"
    if kind in (int, float):
        words = ["a whole number" if kind is int else "a number"]
        words += [f"above {bounds['gt']:g}"] if "gt" in bounds else []
        words += [f"from {_number(bounds['ge'])}"] if "ge" in bounds else []
        words += [f"to {_number(bounds['le'])}"] if "le" in bounds else []
        return " ".join(words)
    return "a list"


def _number(value: float) -> str:
    return f"{int(value)}" if value == int(value) else f"{value:g}"


def keys_of(slot: Slot) -> Sequence[str]:
    """Return the keys that a table may have; empty for what is no table."""
    return tuple(slot.table.model_fields) if slot.table is not None else ()
