"""Seeded problems of the kinds that dispatching meets, in the size wanted."""

from __future__ import annotations

import numpy as np

from solver.problem import Courier, DelayCost, Matrix, Problem, Request, Task, Window


def orders_from_stores(orders: int, couriers: int, *, seed: int = 1, stores: int = 3, tight: bool = False) -> Problem:
    """Return orders to be taken from stores to doors, with soft deadlines, or hard ones if `tight`."""
    rng = np.random.default_rng(seed)
    at = rng.integers(0, 4_000, (stores + orders + couriers, 2))
    metres = np.abs(at[:, None] - at[None]).sum(axis=-1)
    matrix = Matrix(durations_s=(metres // 5).astype(np.int32), distances_m=metres.astype(np.int32))
    requests = []
    for number in range(orders):
        ready_s = int(rng.integers(0, 900))
        due_s = ready_s + 1_800
        unload = Task(
            place=stores + number,
            windows=(Window(latest_s=due_s),) if tight else (Window(),),
            delay_costs=(DelayCost(after_s=ready_s, per_s=1), DelayCost(after_s=due_s, per_s=20)),
            service_s=60,
            setup_s=30,
            unload=(1,),
        )
        load = Task(
            place=int(rng.integers(0, stores)),
            windows=(Window(earliest_s=ready_s),),
            service_s=30,
            setup_s=60,
            load=(1,),
        )
        requests.append(Request(id=f"o{number}", loads=(load,), unloads=(unload,), price=100_000))
    crew = [
        Courier(id=f"c{n}", shift=Window(latest_s=7_200), start=stores + orders + n, capacity=(4,), cost_per_s=2)
        for n in range(couriers)
    ]
    return Problem(matrices=(matrix,), couriers=tuple(crew), requests=tuple(requests), dimensions=("parcels",))


def parcels_from_a_depot(parcels: int, vans: int, *, seed: int = 1) -> Problem:
    """Return parcels to be brought from one place, in slots, by vans that come back."""
    rng = np.random.default_rng(seed)
    at = rng.integers(0, 9_000, (parcels + 1, 2))
    metres = np.abs(at[:, None] - at[None]).sum(axis=-1)
    matrix = Matrix(durations_s=(metres // 8).astype(np.int32), distances_m=metres.astype(np.int32))
    requests = []
    for number in range(parcels):
        slot_s = int(rng.integers(0, 4)) * 3_600
        window = Window(earliest_s=slot_s, latest_s=slot_s + 3_600)
        unload = Task(place=number + 1, windows=(window,), service_s=120, unload=(int(rng.integers(1, 5)),))
        requests.append(Request(id=f"p{number}", unloads=(unload,), price=50_000))
    crew = tuple(
        Courier(id=f"v{n}", shift=Window(latest_s=18_000), start=0, end=0, capacity=(40,)) for n in range(vans)
    )
    return Problem(matrices=(matrix,), couriers=crew, requests=tuple(requests), dimensions=("weight",))
