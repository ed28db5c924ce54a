"""Texts in the formats of benchmarks: one made by hand, and the published ones where they are at hand."""

from collections.abc import Iterator
from pathlib import Path

DATA = Path(__file__).parents[3] / "shared" / "data"
"""Beside the repository: the data have licences of their own."""


def texts(own: str, folder: str, pattern: str) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of `own`, made by hand, and of each file of a folder of the published data."""
    yield "own", own
    for path in sorted((DATA / folder).glob(pattern)):
        yield path.stem, path.read_text(encoding="utf-8")
