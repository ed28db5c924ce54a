"""JSON text as values."""

import pytest

from solver.errors import ProblemError
from solver.formats.json_text import load_json
from solver.formats.native import read_problem


def test_a_text_becomes_a_value():
    """With or without a byte order mark."""
    assert load_json('\ufeff{"a": [1, 2.5, null]}') == {"a": [1, 2.5, None]}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "not JSON at line 1, column 1: Expecting value; the text is cut off there"),
        ('{"a": [1,\n 2', "not JSON at line 2, column 3: Expecting ',' delimiter; the text is cut off there"),
        ('{"a": "no en', "Unterminated string starting at; the text is cut off there"),
        ("[" * 100_000, "nested too deeply"),
        ("9" * 5_000, "thousands of digits"),
    ],
)
def test_what_is_cut_off_or_no_json_says_so(text, told):
    """With line and column."""
    with pytest.raises(ProblemError) as caught:
        load_json(text)
    assert caught.value.place == "/"
    assert told in caught.value.message


def test_a_slip_in_the_middle_is_not_taken_for_a_cut():
    """The rest is there."""
    with pytest.raises(ProblemError) as caught:
        load_json('{"a" 1}')
    assert "cut off" not in caught.value.message


def test_a_member_given_twice_is_refused():
    """Readers disagree on which one counts."""
    with pytest.raises(ProblemError) as caught:
        read_problem(load_json('{"matrices": [], "requests": [], "couriers": [{"id": "a", "id": "b", "shift": {}}]}'))
    assert (caught.value.place, caught.value.message) == ("/couriers/0/id", "is given twice: give it once")
