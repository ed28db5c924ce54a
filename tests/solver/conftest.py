"""Fixtures for tests of the solver."""

import pytest


@pytest.fixture
def interpreter():
    """Have compiled functions run by the interpreter: no test waits for the compiler, and coverage sees them."""
    from tests.solver.in_python import in_python

    with in_python():
        yield
