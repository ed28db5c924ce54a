"""From a TOML file, its CSV files and changes from the command line to checked tables."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from dispatch.errors import ModelError
from scenarios.errors import ContentFault, Fault, ScenarioError, SyntaxFault
from scenarios.overrides import apply, split
from scenarios.schema import ScenarioFile
from scenarios.schema_errors import faults_of, hint, place_of
from scenarios.tables import COURIERS, ITEMS, STOCK, STORES, Column, read_table

SHIPPED = Path(__file__).parent / "files"

_TABLES: Mapping[str, Sequence[Column]] = {"items": ITEMS, "stores": STORES, "stock": STOCK, "couriers": COURIERS}
_NAME = re.compile(r"[A-Za-z0-9_-]+")

KeyPath = Sequence[str | int]
"""The keys and list numbers that lead to a place in the file."""


@dataclass(slots=True)
class Source:
    """Where everything in a scenario stands, and what was found wrong with it.

    Attributes
    ----------
    file
        The scenario file, as errors name it; paths in it are relative to its folder.
    data
        The parsed file, with the rows of its CSV files and the changes of the command line.
    lines
        For the lists that CSV files add to: the number of the first such element, the file, and the line of each.
    changed
        What each change of the command line wrote to.
    """

    file: Path
    data: dict[str, Any]
    lines: dict[str, tuple[int, Path, list[int]]] = field(default_factory=dict)
    changed: list[tuple[str, KeyPath]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def folder(self) -> Path:
        """The folder that paths are relative to."""
        return self.file.parent

    def wrong(self, path: KeyPath, message: str) -> None:
        """Note a fault at a key path."""
        self.note(path, Fault(place_of(path, self.data), message))

    def wrong_value(self, path: KeyPath, error: ModelError | Exception) -> None:
        """Note what a value of the domain was refused for: below `path`, at the field that the error names."""
        if isinstance(error, ModelError):
            self.wrong((*path, error.field.rpartition(".")[2].rpartition(": ")[2]), error.message)
        else:
            self.wrong(path, str(error))

    def note(self, path: KeyPath, fault: Fault) -> None:
        """Note a fault, at its line where the key came from a CSV file."""
        for text, target in self.changed:
            if tuple(path[: len(target)]) == tuple(target):
                self.faults.append(Fault(f"--set {text}: {fault.place}", fault.message))
                return
        first, file, lines = self.lines.get(str(path[0]), (0, self.file, []))
        if len(path) > 1 and isinstance(path[1], int) and lines and path[1] >= first:
            column = f", column {path[2]}" if len(path) > 2 else ""
            fault = Fault(f"{file} line {lines[path[1] - first]}{column}", fault.message)
        if all(fault.place != known.place for known in self.faults):
            self.faults.append(fault)

    def stop_if_wrong(self) -> None:
        """Raise everything that was noted, if anything was."""
        if self.faults:
            raise ContentFault(str(self.file), self.faults)


def find(path_or_name: str | Path) -> Path:
    """Return the path of a scenario file: a bare name's among the shipped ones, else a path, with or without .toml.

    Raises
    ------
    ScenarioError
        If there is neither a shipped scenario of this name nor a file.
    """
    named = isinstance(path_or_name, str) and _NAME.fullmatch(path_or_name)
    shipped = SHIPPED / f"{path_or_name}.toml"
    if named and shipped.is_file():
        return shipped
    path = Path(path_or_name)
    if path.exists():
        return path
    beside = path.with_name(f"{path.name}.toml") if path.name else path
    if beside.is_file():
        return beside
    known = sorted(file.stem for file in SHIPPED.glob("*.toml"))
    if named:
        meant = hint(str(path_or_name), known)
        raise ScenarioError(f"there is no file {beside}, and no scenario is called {path_or_name}; {meant}")
    if path.stem in known:
        raise ScenarioError(f"{path}: no such file; the scenario that comes with doorstep is called {path.stem}")
    return path


def read(path_or_name: str | Path, *, overrides: Sequence[str] = ()) -> tuple[ScenarioFile, Source]:
    """Read and check a scenario file: its form and every key by itself, not yet what keys say of one another.

    Raises
    ------
    ScenarioError
        If it cannot be read, is no TOML, or has unknown keys or wrong values.
    """
    source = Source(find(path_or_name), {})
    source.data = _parse(source.file)
    names_files = [split(text)[0][0] == "files" for text in overrides]
    _change(source, [text for text, first in zip(overrides, names_files, strict=True) if first])
    _append_tables(source)
    _change(source, [text for text, first in zip(overrides, names_files, strict=True) if not first])
    try:
        tables = ScenarioFile.model_validate(source.data)
    except ValidationError as error:
        for path, fault in faults_of(error, schema=ScenarioFile, data=source.data):
            source.note(path, fault)
    source.stop_if_wrong()
    return tables, source


def _parse(file: Path) -> dict[str, Any]:
    try:
        # Some editors begin a file with a byte order mark.
        text = file.read_bytes().decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise SyntaxFault(f"{file}: byte {error.start} is no UTF-8; save the file as UTF-8") from None
    except OSError as error:
        raise ScenarioError(f"{file}: cannot be read: {error.strerror}; give the path of a scenario file") from None
    if not text.strip():
        raise SyntaxFault(f"{file}: empty; docs/scenarios.md shows what a scenario file says")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        end = f" (line {len(text.splitlines())}); was the file cut off?" if "end of document" in str(error) else ""
        raise SyntaxFault(f"{file}: no TOML: {error}{end}") from None
    except RecursionError:
        raise SyntaxFault(f"{file}: lists or tables are nested too deep; write them flat") from None


def _change(source: Source, overrides: Sequence[str]) -> None:
    for text in overrides:
        source.changed += [(text, path) for path in apply(source.data, text)]


def _append_tables(source: Source) -> None:
    """Append the rows of the CSV files that `files` names. What is no table or no list, the schema will judge."""
    files = source.data.get("files")
    if not isinstance(files, dict):
        return
    for name, columns in _TABLES.items():
        listed = source.data.get(name, [])
        if not isinstance(files.get(name), str) or not isinstance(listed, list):
            continue
        file = source.folder / files[name]
        rows, lines, faults = read_table(file, columns)
        source.lines[name] = (len(listed), file, lines)
        source.data[name] = [*listed, *rows]
        source.faults += faults
