"""The form of every id: short, printable, and unable to break a key."""

import re

from dispatch.errors import ModelError

PATTERN = re.compile(r"[A-Za-z0-9._:-]{1,64}")


def check_id(field: str, value: str) -> str:
    """Return `value` if it is a well-formed id.

    Raises
    ------
    ModelError
        If it is not.
    """
    if not isinstance(value, str) or not PATTERN.fullmatch(value):
        raise ModelError(field, f"{value!r} is no id: give 1 to 64 of A-Z a-z 0-9 . _ : -")
    return value
