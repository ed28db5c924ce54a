"""When plans become binding."""

import pytest

from dispatch.errors import ModelError
from dispatch.policy import Policy


def test_a_courier_sets_off_to_be_there_with_margin() -> None:
    """600 s of travel, a margin of 30 s and a tenth of the travel: 690 s before."""
    assert Policy(margin_s=30, margin_share=0.1).set_off_s(wanted_s=10_000, travel_s=600) == 9_310


def test_the_margin_grows_with_the_way() -> None:
    """The spread of a duration grows with the duration."""
    policy = Policy(margin_s=30, margin_share=0.1)
    assert policy.margin(0) == 30
    assert policy.margin(1_000) == 130


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("step_s", 0),
        ("step_s", 86_401),
        ("attempts", 0),
        ("hold_s", -1),
        ("step_s", 1.5),
        ("step_s", True),
        ("margin_share", "x"),
    ],
)
def test_a_senseless_figure_is_refused(field: str, value: object) -> None:
    """The error names the field."""
    with pytest.raises(ModelError, match=rf"policy\.{field}"):
        Policy(**{field: value})  # type: ignore[arg-type]
