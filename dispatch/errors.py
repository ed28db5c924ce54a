"""What can go wrong in dispatching. Nothing here knows of HTTP or of a command line.

DispatchError
├── ModelError            a value contradicts itself (names the field)
├── UnknownIdError        an id that the directory does not have (names the nearest right one)
├── LedgerError
│   ├── HoldNotFoundError       no hold has this id
│   ├── HoldResolvedError       the hold was committed, released or expired before
│   ├── HoldMismatchError       the id was used before for another request
│   └── StockStateError         a move of more units than there are in that state
└── ReportError           a report that cannot be true (a drop before its pickup); names courier and delivery
"""


class DispatchError(Exception):
    """Base of all errors of this package."""


class ModelError(DispatchError):
    """A value contradicts itself. `field` names it."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field
        self.message = message


class UnknownIdError(DispatchError):
    """An id that the directory does not have."""


class LedgerError(DispatchError):
    """Base of the ledger's errors."""


class HoldNotFoundError(LedgerError):
    """No hold has this id."""


class HoldResolvedError(LedgerError):
    """The hold was committed, released or expired before; `resolution` says which."""

    def __init__(self, hold_id: str, resolution: str) -> None:
        super().__init__(f"hold {hold_id} was {resolution} before; a hold ends once")
        self.hold_id = hold_id
        self.resolution = resolution


class HoldMismatchError(LedgerError):
    """The hold's id was used before for other choices."""


class StockStateError(LedgerError):
    """A move of more units than there are in that state."""


class ReportError(DispatchError):
    """A report that cannot be true."""
