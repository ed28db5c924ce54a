"""Where the published benchmark data are, for tests that read all of it."""

from pathlib import Path

import pytest

DATA = Path(__file__).parents[3] / "shared" / "data"
"""Beside the repository: the data have licences of their own."""


def texts(folder: str, pattern: str) -> list[object]:
    """Return the files of a folder as parameters of a test; one that is skipped, with the reason, if there are none."""
    found = sorted((DATA / folder).glob(pattern))
    if not found:
        reason = f"no {pattern} in {DATA / folder}: put the published data there to run this"
        return [pytest.param(None, marks=pytest.mark.skip(reason=reason), id="no data")]
    return [pytest.param(path, id=path.stem) for path in found]
