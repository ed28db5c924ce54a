"""The form of ids."""

import pytest

from dispatch.errors import ModelError
from dispatch.ids import check_id


@pytest.mark.parametrize("value", ["a", "Store-7", "x.y_z:1", "0" * 64])
def test_well_formed_ids(value: str) -> None:
    """Letters, digits and four marks, up to 64."""
    assert check_id("store.id", value) == value


@pytest.mark.parametrize("value", ["", "0" * 65, "a b", "a{b}", "ä", "a\n", "a/b", None, 7])
def test_other_ids_are_refused(value: object) -> None:
    """With the field's name, so that none can break a key."""
    with pytest.raises(ModelError, match=r"store\.id"):
        check_id("store.id", value)  # type: ignore[arg-type]
