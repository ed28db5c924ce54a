"""Read the files of a run that the report needs."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from scenarios.report.errors import RunFileError
from scenarios.report.rows import (
    CellError,
    Cells,
    CourierRow,
    OrderRow,
    StopRow,
    StoreRow,
    courier_row,
    order_row,
    stop_row,
    store_row,
)

T = TypeVar("T")

_AGAIN = "run `doorstep simulate SCENARIO --out DIR` again to write it"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFiles:
    """What a run wrote. `offsets_s` are the offsets from UTC that its times have: two where the clocks were changed."""

    directory: Path
    result: Mapping[str, Any]
    scenario: Mapping[str, Any]
    orders: tuple[OrderRow, ...]
    stops: tuple[StopRow, ...]
    couriers: tuple[CourierRow, ...]
    stores: tuple[StoreRow, ...]
    offsets_s: tuple[int, ...]


def read_run(run_dir: Path) -> RunFiles:
    """Read a run's directory.

    Parameters
    ----------
    run_dir
        The directory that ``doorstep simulate --out`` wrote.

    Raises
    ------
    RunFileError
        If a file is missing, cut off, or of another form than `docs/outputs.md` says.
    """
    offsets = _Offsets()
    orders = tuple(_table(run_dir / "orders.csv", {"order", "placed", "outcome"}, order_row, offsets))
    stops = tuple(_table(run_dir / "stops.csv", {"courier", "action", "arrived", "done"}, stop_row, offsets))
    couriers = tuple(_table(run_dir / "couriers.csv", {"courier", "start_lat", "start_lon"}, courier_row, offsets))
    stores = tuple(_table(run_dir / "stores.csv", {"store", "site", "lat", "lon"}, store_row, offsets))
    return RunFiles(
        directory=run_dir,
        result=_object(run_dir / "result.json"),
        scenario=_object(run_dir / "scenario.json"),
        orders=orders,
        stops=stops,
        couriers=couriers,
        stores=stores,
        offsets_s=tuple(sorted(offsets.seen)),
    )


class _Offsets:
    """Collects which offsets from UTC the times of a run have."""

    def __init__(self) -> None:
        self.seen: set[int] = set()
        self._texts: set[str] = set()

    def note(self, cells: Cells) -> None:
        text = cells.get("placed") or cells.get("arrived") or cells.get("on_duty") or ""
        if text[19:] in self._texts:
            return
        moment = datetime.fromisoformat(text) if text else None
        offset = moment.utcoffset() if moment else None
        if offset is not None:
            self._texts.add(text[19:])
            self.seen.add(int(offset.total_seconds()))


def _table(path: Path, needed: set[str], build: Callable[[Cells], T], offsets: _Offsets) -> Iterator[T]:
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream)
            missing = needed - set(reader.fieldnames or ())
            if missing:
                raise RunFileError(f"{path}: no column {', '.join(sorted(missing))}; {_AGAIN}")
            for cells in reader:
                try:
                    yield build(cells)
                except CellError as error:
                    raise RunFileError(f"{path} line {reader.line_num}, {error}; {_AGAIN}") from error
                offsets.note(cells)
    except OSError as error:
        raise RunFileError(f"{path}: {error.strerror}; {_AGAIN}") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise RunFileError(f"{path}: no CSV in UTF-8 ({error}); {_AGAIN}") from error


def _object(path: Path) -> Mapping[str, Any]:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise RunFileError(f"{path}: {error.strerror}; {_AGAIN}") from error
    except ValueError as error:
        raise RunFileError(f"{path}: no JSON ({error}); {_AGAIN}") from error
    if not isinstance(value, dict):
        raise RunFileError(f"{path}: an object is wanted, not {type(value).__name__}; {_AGAIN}")
    return value
