"""Li and Lim's text of pickup and delivery problems with time windows.

Source: H. Li and A. Lim, "A metaheuristic for the pickup and delivery problem with time windows" (ICTAI 2001), and
SINTEF's page of the instances. The first line is ``vehicles capacity speed``; then follows a line for each node,
``task x y demand open close service pickup delivery``, the depot first as task 0.

Times are Euclidean distances, which are real: a unit is 1,000 seconds here. Distances are rounded up, times of a window
into it, so that a plan that is in time here is in time by the real distances.
"""

from __future__ import annotations

from solver.formats.euclid import distances
from solver.formats.lines import Lines, check_reachable
from solver.formats.pdptw import NODE, Node, PdptwProblem, make_pdptw, read_pdptw_plan, write_pdptw_plan

SCALE = 1_000
HEADER = ("vehicles", "capacity", "speed")
ROW = ("task", "x", "y", *NODE)


def read_li_lim(text: str) -> PdptwProblem:
    """Return the problem of a text in Li and Lim's format: all served, fewest couriers first, then least travel.

    Raises
    ------
    ProblemError
        Naming the line that is cut off, no row of numbers, or a node without its other half.
    """
    lines = Lines(text)
    header = lines.take("vehicles, capacity and speed").row(HEADER)
    vehicles, capacity = header["vehicles"].whole(least=1), header["capacity"].whole()
    if header["speed"].number() not in (0, 1):  # some of the published files have 0
        raise header["speed"].refuse("give 1, for the time between two nodes is their distance")
    nodes: list[Node] = []
    places: list[tuple[float, float]] = []
    while lines.peek() is not None or len(nodes) < 2:
        line = lines.take("a pickup or delivery" if nodes else "the depot, as node 0")
        row = line.row(ROW)
        if row["task"].whole() != len(nodes):
            raise row["task"].refuse(f"give {len(nodes)}, for nodes are numbered from 0")
        nodes.append(Node.read(line, row, SCALE))
        places.append((float(row["x"].number()), float(row["y"].number())))
    durations = distances(places, scale=SCALE, up=True)
    check_reachable(durations, [node.line for node in nodes])
    whole = durations.astype("int32")
    return make_pdptw(nodes, whole, whole, capacity=capacity, most_couriers=vehicles, scale=SCALE)


write_li_lim = write_pdptw_plan
read_li_lim_plan = read_pdptw_plan

__all__ = ["read_li_lim", "read_li_lim_plan", "write_li_lim"]
