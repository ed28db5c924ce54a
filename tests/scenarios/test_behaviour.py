"""Behaviour: shares are shares."""

import pytest

from dispatch.errors import ModelError
from scenarios.behaviour import Behaviour


def test_people_behave_unless_told_otherwise() -> None:
    """By default nobody cancels, is absent, late or ill."""
    quiet = Behaviour()
    assert (quiet.cancelled, quiet.unconfirmed, quiet.absent, quiet.courier_late, quiet.courier_ill) == (0, 0, 0, 0, 0)
    assert Behaviour(absent=1, cancelled=0.5, late_s=0).absent == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("cancelled", -0.1),
        ("absent", 1.5),
        ("unconfirmed", float("nan")),
        ("courier_late", True),
        ("courier_ill", "0.1"),
        ("late_s", 10.5),
        ("cancel_after_s", -1),
        ("late_s", 86_401),
    ],
)
def test_what_is_no_share_or_time_is_refused_by_name(field: str, value: object) -> None:
    """Each error names the field and what is allowed."""
    with pytest.raises(ModelError, match=rf"behaviour\.{field}: .*give"):
        Behaviour(**{field: value})  # type: ignore[arg-type]
