"""Validation errors as a person reads them: which key, what it says, what is allowed, and what was probably meant."""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from scenarios.errors import Fault
from scenarios.schema_allowed import Slot, keys_of

NAMES = ("id", "sku")
"""Keys by which an element of a list may be called instead of by its number."""


def nearest(word: str, known: Sequence[str]) -> str | None:
    """Return the known word that `word` was probably meant to be."""
    found = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    return found[0] if found else None


def hint(word: str, known: Sequence[str]) -> str:
    """Return what to write instead of an unknown word."""
    meant = nearest(word, known)
    if meant is not None:
        return f"did you mean {meant}?"
    if not known:
        return "there are none"
    return f"give one of {', '.join(known[:20])}" + (f" ({len(known) - 20} more)" if len(known) > 20 else "")


def faults_of(
    error: ValidationError, *, schema: type[BaseModel], data: Mapping[str, Any]
) -> list[tuple[list[str | int], Fault]]:
    """Turn pydantic's errors into faults with key paths, each beside the keys and numbers that lead to it.

    Parameters
    ----------
    schema
        The model that was to be built.
    data
        What it was to be built from, for the ids of list elements.
    """
    faults = []
    for detail in error.errors(include_url=False):
        path, slot, parent = _walk(detail["loc"], schema)
        faults.append((path, Fault(place_of(path, data), _message(detail, path, slot, parent))))
    return faults


def place_of(path: Sequence[str | int], data: Any) -> str:
    """Return a key path as it may be written after ``--set``, list elements by ids where these tell them apart."""
    text = ""
    for key in path:
        if isinstance(key, int):
            names = [name_of(element) for element in data] if isinstance(data, list) else []
            name = names[key] if key < len(names) and names.count(names[key]) == 1 else ""
            text += f"[{name or key}]"
            data = data[key] if key < len(names) else None
        else:
            text += f".{key}" if text else key
            data = data.get(key) if isinstance(data, dict) else None
    return text


def name_of(element: object) -> str:
    """Return what an element of a list is called; empty if it has no name."""
    if not isinstance(element, dict):
        return ""
    return next((element[key] for key in NAMES if isinstance(element.get(key), str)), "")


def _walk(loc: Sequence[str | int], schema: type[BaseModel]) -> tuple[list[str | int], Slot | None, Slot]:
    """Follow pydantic's location through the schema: the path without inner tags, what stands there, what holds it."""
    slot: Slot | None = Slot(schema)
    parent = Slot(schema)
    path: list[str | int] = []
    for key in loc:
        if slot is None:
            break
        if slot.choices:
            parent, slot = slot, slot.step(key)
            continue
        if key == "[key]":
            slot = parent.step(key)
            continue
        path.append(key)
        parent, slot = slot, slot.step(key)
    return path, slot, parent


def _message(detail: Any, path: Sequence[str | int], slot: Slot | None, parent: Slot) -> str:
    kind, value = detail["type"], detail["input"]
    allowed = slot.says() if slot is not None else ""
    match kind:
        case "extra_forbidden":
            return f"unknown key; {hint(str(path[-1]), keys_of(parent))}"
        case "missing":
            return f"is missing; give {allowed}"
        case "union_tag_not_found":
            return f"kind is missing; give {allowed}"
        case "union_tag_invalid":
            return f"kind = {show(detail['ctx']['tag'])} is unknown; give {allowed}"
        case "value_error":
            return f"{show(value)}: {detail['ctx']['error']}"
    return f"{show(value)}: give {allowed}"


def show(value: object, *, width: int = 60) -> str:
    """Return a value as it stood in the file, shortened."""
    try:
        text = json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError):
        text = str(value)
    return text if len(text) <= width else f"{text[: width - 3]}..."
