"""Rows and rules of stock become what stands on the shelves, or faults that say where."""

from pathlib import Path

import pytest

from scenarios.load import load
from tests.scenarios.corner_shop import HERE, STORE, corner, faults


def test_rules_of_stock_draw_by_store_and_sku(tmp_path: Path) -> None:
    """Later rules and rows replace earlier ones; draws stay when other stores come."""
    rules = '[[stock_rules]]\nskus=["b*"]\nquantity=[1, 1000]\nbuffer=2\n'
    alone = load(corner(tmp_path, rules))
    beside = load(corner(tmp_path, rules + STORE + HERE))
    beer = {row.store: row.quantity for row in beside.stock if row.sku == "beer"}
    assert beer["S1"] == alone.stock[1].quantity
    assert beer["S1"] != beer["S2"]
    assert all(1 <= quantity <= 1_000 for quantity in beer.values())
    assert alone.stock[1].buffer == 2
    none = load(corner(tmp_path, "[[stock_rules]]\nquantity=7\ncarried=0\n"))
    assert {row.quantity for row in none.stock} == {100}
    row = load(corner(tmp_path, '[[stock]]\nstore="S1"\nsku="beer"\nquantity=3\n'))
    assert [stock.quantity for stock in row.stock] == [100, 3]


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ('[[stock]]\nstore="S9"\nsku="milk"\nquantity=1\n', "stock[milk].store: S9 is not known"),
        ('[[stock]]\nstore="S1"\nsku="mlk"\nquantity=1\n', "stock[mlk].sku: mlk is not known; did you mean milk?"),
        ('[[stock]]\nstore="S1"\nsku="milk"\nquantity=1\n' * 2, "stock[1]: milk in S1 is there twice"),
        ("[[stock_rules]]\nquantity=[5, 1]\n", "stock_rules[1].quantity: [5, 1]: give the least first"),
        ('[[stock_rules]]\nquantity=5\nskus=["x*"]\n', "stock_rules[1].skus: x* is not known"),
    ],
)
def test_stock_of_nothing_known_is_named(tmp_path: Path, more: str, says: str) -> None:
    """Stores and items that are not there, twice there, or drawn from nothing."""
    assert says in faults(tmp_path, more)
