"""The page's plain HTML: whatever the files say, it is text."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.report import markup
from scenarios.report.figures import Card, Figures
from scenarios.report.rows import State
from scenarios.report.tables import Table

EVIL = "</script><script>alert(1)</script><img src=x onerror='alert(2)' \"&"


def values() -> st.SearchStrategy[Any]:
    """Return any JSON."""
    leaves = st.none() | st.booleans() | st.integers() | st.text() | st.sampled_from([EVIL, "<!--", "]]>", "\u2028"])
    return st.recursive(leaves, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=10)


@settings(deadline=None, max_examples=100)
@given(values())
def test_data_cannot_end_its_element(value: Any) -> None:
    """Embedded JSON is read back as it was, and has no character that means anything to HTML."""
    text = markup.json_block(value)
    assert json.loads(text) == value
    assert not set(text) & set("<>&\u2028\u2029")
    assert text.isascii()


def test_numbers_that_are_none_are_refused() -> None:
    """JSON knows no NaN: it must not come as far as the page."""
    with pytest.raises(ValueError, match="Out of range"):
        markup.json_block(float("nan"))


def test_every_text_is_escaped() -> None:
    """Neither cards, tables, facts nor warnings let markup through."""
    table = Table(EVIL, ((EVIL, EVIL), ("n", "")), ((EVIL, EVIL),), (False, True))
    made = [
        markup.cards([Card(EVIL, EVIL, EVIL, EVIL, "late")]),
        markup.table(table),
        markup.facts([(EVIL, EVIL)]),
        markup.audit_warning(Figures({"audit": {"faults": 1}}), [EVIL]),
    ]
    for html in made:
        assert "<script" not in html
        assert "<img" not in html
        assert "'alert(2)'" not in html
        assert "&lt;script&gt;" in html


def test_a_table() -> None:
    """Numbers stand to the right, hints in titles, the first cell names its row."""
    html = markup.table(Table("By zone", (("Zone", ""), ("Orders", "All placed")), (("north", "12"),), (False, True)))
    assert "<caption>By zone</caption>" in html
    assert '<th scope="col">Zone</th><th class="n" scope="col" title="All placed">Orders</th>' in html
    assert '<tr><th scope="row">north</th><td class="n">12</td></tr>' in html
    assert "None in this run" not in html
    assert "None in this run" in markup.table(Table("By zone", (("Zone", ""),), (), (False,)))


def test_the_bar_of_outcomes() -> None:
    """Each outcome that occurred has its part of the bar, and all have a legend; no orders, no bar."""
    counts = dict.fromkeys(State, 0) | {State.ON_TIME: 3, State.FAILED: 1}
    html = markup.outcome_bar(counts)
    assert html.count('<span class="t-') == 2
    assert "flex:3 1 0" in html
    assert html.count("<li") == 5
    assert "<b>3</b> on time (75.0 %)" in html
    assert 'aria-label="4 orders: 3 on time, 0 late, 1 failed, 0 refused, 0 cancelled"' in html
    assert "No order was placed" in markup.outcome_bar(dict.fromkeys(State, 0))


def test_the_audit_is_heard_only_if_it_found_something() -> None:
    """A run whose audit found contradictions says so at the top, with the first ten."""
    assert markup.audit_warning(Figures({"audit": {"faults": 0}}), []) == ""
    html = markup.audit_warning(Figures({"audit": {"faults": 12}}), [f"fault {number}" for number in range(12)])
    assert "found 12 contradictions" in html
    assert html.count("<li>") == 10
