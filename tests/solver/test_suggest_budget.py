"""How what there is to find changes is shared between requests."""

import pytest

from solver.errors import ParameterError
from solver.suggest.budget import Budget


def test_work_is_shared():
    """Of 80 trials for ten requests an eighth for each of the first ones, of what is left; then even shares."""
    budget = Budget(None, 80)
    assert (budget.words, budget.timed) == ("80 trials", False)
    assert Budget(None, 1).words == "1 trial"
    shares = []
    for _ in budget.shared(range(10)):
        shares.append(0)
        while not budget.share_over:
            budget.spend(1)
            shares[-1] += 1
    assert shares[:3] == [10, 9, 8]
    assert sum(shares) == 80


def test_what_is_not_used_is_left_to_others():
    """The last one may use all of it."""
    budget = Budget(None, 30)
    for request in budget.shared([1, 2]):
        budget.spend(1)
        assert not budget.share_over
        if request == 2:
            budget.spend(27)
            assert not budget.share_over
            budget.spend(1)
            assert budget.share_over


def test_nobody_comes_after_the_end():
    """Where one took more than its share, those after it get nothing."""
    budget = Budget(None, 2)
    asked = []
    for request in budget.shared([1, 2, 3]):
        asked.append(request)
        budget.spend(5)
    assert asked == [1]


def test_time_is_shared():
    """By the clock that is given."""
    now = [100.0]
    budget = Budget(2.04, None, clock=lambda: now[0])
    assert (budget.words, budget.timed) == ("2 s", True)
    (first, *_) = budget.shared([7])
    assert (first, budget.left_s) == (7, pytest.approx(2.04))
    now[0] = 102.0
    assert budget.left_s == pytest.approx(0.04)
    now[0] = 103.0
    assert budget.share_over
    assert list(budget.shared([7])) == []


@pytest.mark.parametrize("limits", [(None, None), (1.0, 1), (-1.0, None), (None, -1)])
def test_one_limit_of_nothing_or_more(limits):
    """Any other is refused."""
    with pytest.raises(ParameterError):
        Budget(*limits)
