"""Changes to a scenario from the command line: ``--set key.path=value``.

A path is written as in the file, with a point between keys. An element of a list is chosen by its id or sku, by its
number (the first is 0), or all of them by ``*``: ``stores.S1.pickers=3``, ``orders[0].lines[0].quantity=2``,
``fleets.*.count=9``. Square brackets hold names with points in them. A value is TOML; what is no TOML and needs no
quotes is taken as text.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from typing import Any

from scenarios.errors import ScenarioError
from scenarios.schema_errors import hint, name_of, place_of

_STEP = re.compile(r"\[(?P<held>[^\[\]]+)\]|\.?(?P<bare>[^.\[\]=]+)")
ALL = "*"


def split(text: str) -> tuple[tuple[str, ...], Any]:
    """Return the keys and the value of ``key.path=value``.

    Raises
    ------
    ScenarioError
        If there is no ``=``, no key, or a value that begins as TOML and does not end so.
    """
    path, equals, value = text.partition("=")
    if not equals:
        raise ScenarioError(f"--set {text}: no = in it; write KEY=VALUE, such as stores.S1.pickers=3")
    keys, at = [], 0
    path = path.strip()
    while at < len(path):
        step = _STEP.match(path, at)
        if step is None or (at == 0 and path.startswith((".", "["))):
            raise ScenarioError(
                f"--set {text}: {path!r} is no path; write names with points between, such as solver.work_limit"
            )
        keys.append((step["held"] or step["bare"]).strip())
        at = step.end()
    if not keys:
        raise ScenarioError(f"--set {text}: no key before the =; write KEY=VALUE")
    return tuple(keys), _value(text, value.strip())


def _value(text: str, value: str) -> Any:
    try:
        found = tomllib.loads(f"value = {value}")
    except tomllib.TOMLDecodeError as error:
        if value[:1] in ("[", "{", '"', "'"):
            raise ScenarioError(f"--set {text}: the value is no TOML: {error}") from None
        return value
    if set(found) != {"value"}:
        raise ScenarioError(f"--set {text}: give one value on one line")
    return found["value"]


def apply(data: dict[str, Any], text: str) -> list[tuple[str | int, ...]]:
    """Write a value into the parsed file, and return the paths it was written to.

    Tables on the way that the file leaves out are made; whether the keys mean anything is for the schema to judge.

    Raises
    ------
    ScenarioError
        If the path leads to a list element that is not there, or into a plain value; names the nearest right one.
    """
    keys, value = split(text)
    written: list[tuple[str | int, ...]] = []
    _write(data, keys, value, (), data, text, written)
    return written


def _write(
    node: Any,
    keys: Sequence[str],
    value: Any,
    path: tuple[str | int, ...],
    root: dict[str, Any],
    text: str,
    written: list[tuple[str | int, ...]],
) -> None:
    key, *rest = keys
    if isinstance(node, list):
        steps: list[str | int] = list(_elements(node, key, path, root, text))
    elif isinstance(node, dict):
        steps = [key]
    else:
        raise ScenarioError(f"--set {text}: {place_of(path, root)} is {node!r}, no table; there is no {key} in it")
    for step in steps:
        here = (*path, step)
        if not rest:
            node[step] = value
            written.append(here)
            continue
        if isinstance(node, dict) and step not in node:
            node[step] = {}
        _write(node[step], rest, value, here, root, text, written)


def _elements(node: list[Any], key: str, path: tuple[str | int, ...], root: dict[str, Any], text: str) -> list[int]:
    """Return the numbers of the elements that a key chooses."""
    if key == ALL:
        return list(range(len(node)))
    names = [name_of(element) for element in node]
    if key in names:
        return [number for number, name in enumerate(names) if name == key]
    if key.isdecimal() and int(key) < len(node):
        return [int(key)]
    place = place_of(path, root)
    known = [name for name in names if name]
    if key.isdecimal():
        raise ScenarioError(f"--set {text}: {place} has {len(node)} elements, numbered from 0; there is no {key}")
    raise ScenarioError(f"--set {text}: {place} has no {key}; {hint(key, known)}")
