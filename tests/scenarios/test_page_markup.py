"""The pages' plain HTML: whatever the files say, it is text."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.page.markup import Card, Part, cards, facts, json_block, parts_bar

EVIL = "</script><script>alert(1)</script><img src=x onerror='alert(2)' \"&"


def values() -> st.SearchStrategy[Any]:
    """Return any JSON."""
    leaves = st.none() | st.booleans() | st.integers() | st.text() | st.sampled_from([EVIL, "<!--", "]]>", "\u2028"])
    return st.recursive(leaves, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=10)


@settings(deadline=None, max_examples=100)
@given(values())
def test_data_cannot_end_its_element(value: Any) -> None:
    """Embedded JSON is read back as it was, and has no character that means anything to HTML."""
    text = json_block(value)
    assert json.loads(text) == value
    assert not set(text) & set("<>&\u2028\u2029")
    assert text.isascii()


def test_numbers_that_are_none_are_refused() -> None:
    """JSON knows no NaN: it must not come as far as the page."""
    with pytest.raises(ValueError, match="Out of range"):
        json_block(float("nan"))


def test_every_text_is_escaped() -> None:
    """Neither cards, facts nor bars let markup through."""
    made = [
        cards([Card(EVIL, EVIL, EVIL, EVIL, "late")]),
        facts([(EVIL, EVIL)]),
        parts_bar([Part("late", EVIL, 1)], whole=EVIL, nothing=EVIL),
        parts_bar([], whole=EVIL, nothing=EVIL),
    ]
    for html in made:
        assert "<script" not in html
        assert "<img" not in html
        assert "'alert(2)'" not in html
        assert "&lt;script&gt;" in html
