"""Reason codes in words."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    # An order that no store could take.
    "NO_STORE_IN_REACH": "No store delivers to this place",
    "NO_STOCK": "No store in reach has all of it in stock",
    "NO_CAPACITY": "Every store in reach is at its capacity",
    "TOO_SLOW": "No store in reach can keep the promise of the service level",
    "ALL_CLOSED": "Every store in reach is closed",
    "UNREACHABLE": "No store in reach has a way to this place",
    "STORE_NOT_ALLOWED": "No store that the order allows is in reach",
    "PAST_CUT_OFF": "Placed after the last time for its service level",
    "SERVICE_CLOSED": "The service level is not offered at this hour",
    "BAD_SLOT": "The chosen slot cannot be promised",
    "UNKNOWN_SERVICE_LEVEL": "The service level does not exist",
    "UNKNOWN_SKU": "An item of it does not exist",
    "UNKNOWN_STORE": "A store that it names does not exist",
    # One that was taken, and then came to nothing.
    "NO_COURIER_IN_TIME": "No courier could deliver it in time",
    "CUSTOMER_ABSENT": "Nobody opened the door",
    "CUSTOMER_CANCELLED": "The customer called it off",
    "HOLD_EXPIRED": "It was not paid for before its hold ran out",
    # One that could not be read.
    "DUPLICATE_ID": "Its id was there before",
    "BAD_ID": "Its id is none",
    "BAD_PLACE": "Its place is none on earth",
    "BAD_ORDER": "It cannot be an order",
    "BAD_LINE": "A line of it cannot be one",
    "BAD_PRICE": "A price of it is none",
    "BAD_QUANTITY": "A quantity of it is none",
    "BAD_SPLIT": "It does not say whether it may be split",
    "CONTRADICTION": "Its rows contradict each other",
    "OUTSIDE_DAY": "Placed outside the hours of the scenario",
}


def code_of(reason: str) -> str:
    """Return the code that a reason begins with; what follows a colon are its figures."""
    return reason.partition(":")[0].strip()


def sentence_of(reason: str) -> str:
    """Return what a reason means, with its figures; a code without a sentence of its own is read out."""
    code, figures = code_of(reason), reason.partition(":")[2].strip()
    sentence = SENTENCES.get(code, code.replace("_", " ").lower().capitalize())
    return f"{sentence}: {figures}" if figures else sentence
