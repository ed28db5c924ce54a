"""How far a run is, on a terminal and elsewhere."""

import io

from rich.console import Console

from api.progress import DayProgress
from scenarios.run import Progress
from tests.scenarios.village import T0, scenario


def shown(*, terminal: bool) -> str:
    """Return what is shown of a run of two hours that takes four."""
    text = io.StringIO()
    console = Console(file=text, force_terminal=terminal, width=120, color_system=None)
    with DayProgress(console, scenario(hours=2)) as progress:
        for number in range(0, 14_401, 20):
            done = number // 200
            progress(Progress(now_s=T0 + number, placed=72, ended=done, delivered=done, on_time=done // 2))
    return text.getvalue()


def test_elsewhere_a_line_is_printed_each_tenth() -> None:
    """Ten lines, the last when the scenario's hours are over."""
    lines = shown(terminal=False).splitlines()
    assert len(lines) == 10
    assert lines[0] == " 10 %  Sun 16:12  72 orders, 3 ended, 33.3 % on time"
    assert lines[-1] == "100 %  Sun 18:00  72 orders, 36 ended, 50.0 % on time"


def test_on_a_terminal_there_is_a_bar() -> None:
    """Its last state is the end of the run, at 100 %."""
    text = shown(terminal=True)
    last = text[text.rindex("Sun ") :]
    assert last.startswith("Sun 20:00")
    assert "100%" in last
    assert "72 orders, 72 ended, 50.0 % on time" in last


def test_a_run_of_no_turns_shows_nothing() -> None:
    """Nothing is shown of what never began."""
    text = io.StringIO()
    with DayProgress(Console(file=text, force_terminal=True), scenario()):
        pass
    assert "ended" not in text.getvalue()
