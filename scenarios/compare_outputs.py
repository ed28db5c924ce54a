"""What a comparison writes. `docs/comparing.md` describes both files."""

from __future__ import annotations

import csv
from pathlib import Path

from scenarios.compare import Comparison
from scenarios.plain import DECIMALS, plain, to_json
from scenarios.statistics import CONFIDENCE, Estimate

MARKS = ("compare.json",)

COLUMNS = (
    "metric",
    "variant",
    "days",
    "mean",
    "low",
    "high",
    "difference",
    "difference_low",
    "difference_high",
    "decided",
)


def write_comparison(directory: Path, scenario: str, comparison: Comparison) -> None:
    """Write ``compare.json`` and ``compare.csv``."""
    names = [variant.name for variant in comparison.variants]
    whole = {
        "scenario": scenario,
        "confidence": CONFIDENCE,
        "seeds": list(comparison.seeds),
        "variants": [{"name": variant.name, "set": list(variant.overrides)} for variant in comparison.variants],
        "metrics": {
            line.metric: {
                "means": {name: plain(line.means[name]) for name in names},
                "differences": {name: plain(line.differences[name]) for name in names[1:]},
            }
            for line in comparison.lines
        },
        "days": [{"variant": day.variant, "seed": day.seed, "figures": plain(day.figures)} for day in comparison.days],
    }
    (directory / "compare.json").write_text(to_json(whole), encoding="utf-8")
    with (directory / "compare.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        for line in comparison.lines:
            for name in names:
                difference = line.differences.get(name)
                decided = None if difference is None or difference.low is None else int(difference.decided)
                writer.writerow([line.metric, name, *_figures(line.means[name]), *_figures(difference)[1:], decided])


def _figures(found: Estimate | None) -> list[float | int | None]:
    if found is None:
        return [None] * 4
    return [
        found.days,
        *(None if value is None else round(value, DECIMALS) for value in (found.mean, found.low, found.high)),
    ]
