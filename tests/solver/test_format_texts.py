"""What holds for all formats: no text makes a reader fail in another way than by saying what is wrong."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solver.check import check
from solver.errors import ProblemError
from solver.formats.city_pdptw import read_city_pdptw
from solver.formats.json_text import load_json
from solver.formats.li_lim import read_li_lim, read_li_lim_plan
from solver.formats.native import read_plan, read_problem, write_problem
from solver.formats.orders import time_orders
from solver.formats.vroom import read_vroom
from solver.formats.vrplib import read_vrplib, read_vrplib_plan
from tests.solver import (
    test_city_pdptw,
    test_li_lim,
    test_native,
    test_solomon,
    test_vroom,
    test_vroom_schema,
    test_vrplib,
)
from tests.solver.test_vroom_matrices import Degrees

FORMATS = {
    "native": (lambda text: read_problem(load_json(text)), json.dumps(write_problem(test_native.PROBLEM))),
    "vroom": (lambda text: read_vroom(load_json(text)), json.dumps(test_vroom.SMALL)),
    "vroom, all fields": (
        lambda text: read_vroom(load_json(text), travel=Degrees()),
        json.dumps(test_vroom_schema.EVERYTHING),
    ),
    "vroom, coordinates": (
        lambda text: read_vroom(load_json(text), travel=Degrees()),
        json.dumps(test_vroom_schema.TWO_CREWS),
    ),
    "li-lim": (read_li_lim, test_li_lim.TEXT),
    "city-pdptw": (read_city_pdptw, test_city_pdptw.TEXT),
    "cvrp": (read_vrplib, test_vrplib.CVRP),
    "vrptw": (read_vrplib, test_vrplib.VRPTW),
}
PAGE = Path(__file__).parents[2] / "docs" / "formats.md"


@pytest.mark.parametrize("name", FORMATS)
def test_a_text_cut_off_anywhere_is_refused(name):
    """But for the white space at its end."""
    read, text = FORMATS[name]
    for end in range(len(text.rstrip())):
        with pytest.raises(ProblemError):
            read(text[:end])


@settings(deadline=None)
@given(st.sampled_from([*FORMATS.values(), (read_vrplib, test_solomon.TEXT)]), st.data())
def test_a_text_with_slips_is_read_or_refused(form, data):
    """Words replaced, added or taken away."""
    read, text = form
    words = re.split(r"(\s+|[,:])", text)
    odd = ["", "x", "-1", "1e99", "nan", "0.5", "999999999999", "null", "[", "}", '"', "\n", ":", "\ud800", "٣", "EOF"]
    for _ in range(data.draw(st.integers(1, 3))):
        words[data.draw(st.integers(0, len(words) - 1))] = data.draw(st.sampled_from(odd))
    refused = None
    try:
        read("".join(words))
    except ProblemError as error:
        refused = error
    assert refused is None or (refused.place and refused.message)


def test_the_examples_of_the_page_are_read():
    """And the plans beside them keep their rules."""
    blocks = [block.partition("\n")[2] for block in PAGE.read_text(encoding="utf-8").split("```")[1::2]]
    blocks = [block for block in blocks if not block.startswith("$")]
    native, whole, plan, vroom, li_lim, li_lim_plan, city, vrplib, vrplib_plan, solomon = blocks
    problem = read_problem(load_json(native))
    check(problem, read_plan(load_json(plan), problem))
    assert len(read_problem(load_json(whole)).requests) == 3
    assert len(read_vroom(load_json(vroom)).problem.requests) == 1
    pairs = read_li_lim(li_lim)
    check(pairs.problem, time_orders(pairs.problem, read_li_lim_plan(pairs, li_lim_plan)))
    assert len(read_city_pdptw(city).problem.requests) == 1
    drops = read_vrplib(vrplib)
    check(drops.problem, time_orders(drops.problem, read_vrplib_plan(drops, vrplib_plan)))
    assert read_vrplib(solomon).customers == (1,)
