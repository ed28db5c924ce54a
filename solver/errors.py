"""What can go wrong in planning.

SolverError
├── ProblemError      the problem contradicts itself; names the element
├── ParameterError    a solver parameter is out of bounds
├── PlanFault         a plan breaks a rule of its problem (raised by the checker)
└── WorkerError       the solver's child process could not be used
"""


class SolverError(Exception):
    """Base of all errors of this package."""


class ProblemError(SolverError):
    """The problem contradicts itself.

    `place` is a JSON pointer to the element at fault (``/requests/3/loads/0/windows/0``), or its line in a text that is
    not JSON (``line 12``).
    """

    def __init__(self, place: str, message: str) -> None:
        super().__init__(f"{place}: {message}")
        self.place = place
        self.message = message


class ParameterError(SolverError):
    """A solver parameter is out of its bounds."""


class PlanFault(SolverError):  # noqa: N818 - a fault is found in a plan; nothing went wrong in the program
    """A plan breaks a rule of its problem. `code` is stable, the text names courier, stop and figures."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message


class WorkerError(SolverError):
    """The solver's child process could not be started, died, or answered with an error."""
