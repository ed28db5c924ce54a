"""The table of free units grows as it is written."""

import numpy as np

from dispatch.ledger.shelves import Shelves


def test_a_table_that_grows() -> None:
    """More stores and skus than it began with keep their figures."""
    shelves = Shelves()
    for number in range(40):
        shelves.add(f"store{number}", f"sku{number % 20}", number)
    shelves.add_many({(f"store{number}", f"more{number}"): 7 for number in range(60)})
    shelves.add_many({})
    assert [shelves.get(f"store{number}", f"sku{number % 20}") for number in range(40)] == list(range(40))
    assert shelves.get("store5", "more5") == 7
    assert shelves.get("store5", "none") == shelves.get("none", "sku5") == shelves.get("store5", "sku6") == 0
    assert len(list(shelves.pairs())) == 39 + 60
    assert ("store59", "more59") in set(shelves.pairs())


def test_a_row_of_stores_is_read_at_once() -> None:
    """Stores that the table has never heard of get a column; skus it has not are nobody's."""
    shelves = Shelves()
    shelves.add("a", "x", 3)
    columns = shelves.columns_of(["b", "a"])
    assert shelves.table_of(["x", "y"], columns).tolist() == [[0, 3], [0, 0]]
    assert shelves.table_of([], columns).shape == (0, 2)
    many = shelves.columns_of([f"s{number}" for number in range(50)])
    assert shelves.table_of(["x"], np.concatenate((columns, many))).sum() == 3
