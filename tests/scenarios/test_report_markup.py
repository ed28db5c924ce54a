"""The report's plain HTML: whatever the files say, it is text."""

from __future__ import annotations

from scenarios.report import markup
from scenarios.report.figures import Figures
from scenarios.report.rows import State
from scenarios.report.tables import Table

EVIL = "</script><script>alert(1)</script><img src=x onerror='alert(2)' \"&"


def test_every_text_is_escaped() -> None:
    """Neither tables nor warnings let markup through."""
    table = Table(EVIL, ((EVIL, EVIL), ("n", "")), ((EVIL, EVIL),), (False, True))
    made = [
        markup.table(table),
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
