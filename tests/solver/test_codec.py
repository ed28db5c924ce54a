"""Dataclasses as JSON and back, by their annotations."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

import numpy as np
import pytest

from solver.errors import ProblemError
from solver.formats.codec import decode, encode
from solver.formats.pointer import At
from solver.problem import FOREVER_S, IntMatrix


class Colour(StrEnum):
    """Two of them."""

    RED = "red"
    GREEN = "green"


class Pair(NamedTuple):
    """An array in JSON."""

    left: int
    right: int


class Triple(NamedTuple):
    """An array of one to three in JSON."""

    first: int
    second: int = 2
    third: str = ""


@dataclass(frozen=True, kw_only=True)
class Part:
    """Of the thing."""

    name: str
    until_s: int = FOREVER_S


@dataclass(frozen=True, kw_only=True)
class Thing:
    """One of everything that a field may be."""

    number: int
    share: float = 0.5
    is_on: bool = False
    colour: Colour = Colour.RED
    pair: Pair | None = None
    parts: tuple[Part, ...] = field(default_factory=lambda: (Part(name="first"),))
    both: tuple[int, str] = (1, "one")
    words: frozenset[str] = frozenset()
    derived: int = field(default=3, init=False)


@dataclass(frozen=True, eq=False)
class Grid:
    """A matrix, or none."""

    cells: IntMatrix | None = None


@dataclass(frozen=True)
class Odd:
    """What JSON has no form for."""

    what: int | str


FULL = Thing(
    number=-3,
    share=0.25,
    is_on=True,
    colour=Colour.GREEN,
    pair=Pair(1, 2),
    parts=(Part(name="a", until_s=9), Part(name="b")),
    both=(2, "two"),
    words=frozenset({"y", "x"}),
)
FULL_JSON = {
    "number": -3,
    "share": 0.25,
    "is_on": True,
    "colour": "green",
    "pair": [1, 2],
    "parts": [{"name": "a", "until_s": 9}, {"name": "b"}],
    "both": [2, "two"],
    "words": ["x", "y"],
}


def test_every_kind_of_field_there_and_back():
    """Sets are sorted; what is not an argument of the dataclass is not written."""
    assert encode(FULL) == FULL_JSON
    assert decode(At(FULL_JSON), Thing) == FULL


def test_defaults_are_left_out():
    """Also those that are made by a function."""
    assert encode(Thing(number=np.int64(4))) == {"number": 4}
    assert decode(At({"number": 4}), Thing) == Thing(number=4)


def test_null_is_for_ever_where_that_is_the_default():
    """And nowhere else."""
    assert decode(At({"name": "a", "until_s": None}), Part).until_s == FOREVER_S
    assert decode(At({"number": 1, "pair": None}), Thing).pair is None
    with pytest.raises(ProblemError, match="/number: is null: give a whole number"):
        decode(At({"number": None}), Thing)


def test_a_matrix_may_be_missing():
    """None is its default."""
    assert decode(At({}), Grid).cells is None
    assert decode(At({"cells": [[1, 2], [3, 4]]}), Grid).cells.tolist() == [[1, 2], [3, 4]]
    assert encode(Grid(np.arange(4).reshape(2, 2))) == {"cells": [[0, 1], [2, 3]]}


@pytest.mark.parametrize(
    ("changes", "place", "text"),
    [
        ({"numbers": 1}, "/numbers", "did you mean number? Known here: number, share, is_on"),
        ({"derived": 1}, "/derived", "is not honoured"),
        ({"number": True}, "/number", "is true: give a whole number"),
        ({"number": 3.0}, "/number", "is 3.0: give a whole number"),
        ({"number": float("nan")}, "/number", "is nan"),
        ({"number": 2**63}, "/number", "give -9223372036854775807 to"),
        ({"share": float("inf")}, "/share", "is no number: give a finite one"),
        ({"share": 10**400}, "/share", "is no number: give a finite one"),
        ({"share": "0.5"}, "/share", "is no number"),
        ({"share": False}, "/share", "is no number"),
        ({"is_on": 1}, "/is_on", "give one of them"),
        ({"colour": "blue"}, "/colour", "is 'blue': give one of red, green"),
        ({"pair": [1]}, "/pair", "has 1 elements: give 2"),
        ({"pair": [1, "x"]}, "/pair/1", "is a string: give a whole number"),
        ({"parts": {}}, "/parts", "is an object: give an array"),
        ({"parts": [{"name": "a"}, {}]}, "/parts/1", "has no name: give one"),
        ({"parts": [{"name": "\ud800"}]}, "/parts/0/name", "half a surrogate pair"),
        ({"both": [1, 2]}, "/both/1", "give a string"),
        ({"words": ["x", "x"]}, "/words/1", "is 'x' a second time"),
    ],
)
def test_what_is_wrong_is_named_by_its_place(changes, place, text):
    """A JSON pointer, what is there, and what may be."""
    with pytest.raises(ProblemError) as caught:
        decode(At({**FULL_JSON, **changes}), Thing)
    assert caught.value.place == place
    assert text in caught.value.message


def test_an_annotation_without_a_form_is_the_programs_fault():
    """Two types that cannot be told apart, or one that is not known."""
    with pytest.raises(TypeError, match="cannot be told apart"):
        decode(At({"what": 1}), Odd)
    for kind in (bytes, list[int]):
        with pytest.raises(TypeError, match="no form in JSON"):
            decode(At([]), kind)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (Triple(1), [1]),
        (Triple(1, 5), [1, 5]),
        (Triple(1, 2, "x"), [1, 2, "x"]),
        (Triple(2, 2), [2]),
    ],
)
def test_a_named_tuple_ends_before_its_defaults(value, told):
    """What is in the middle is written all the same; what is left out is the default."""
    assert encode(value) == told
    assert decode(At(told), Triple) == value
    assert decode(At([*value]), Triple) == value


@pytest.mark.parametrize(("given", "text"), [([], "has 0 elements: give 1 to 3"), ([1, 2, "", 4], "has 4 elements")])
def test_a_named_tuple_has_bounds(given, text):
    """As many as have no default, at most all."""
    with pytest.raises(ProblemError, match=text):
        decode(At(given), Triple)
