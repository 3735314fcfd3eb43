"""Medians of interleaved runs: every side sees the same minutes of the same machine.

Each side runs in a process of its own. In one process the libraries' thread pools spin against
each other, and medians swing tenfold.
"""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable, Mapping
from functools import cache
from multiprocessing import get_context
from multiprocessing.connection import Connection
from statistics import median

Call = Callable[[], object]
Make = Callable[[], Call]
RUNS = 9
PAUSE = 0.05  # seconds, for the other sides' threads to stop spinning and go to sleep
WARM = 0.02  # seconds of calls that are not timed: they wake this side's own threads


def medians(sides: Mapping[str, Make], runs: int = RUNS) -> dict[str, float]:
    """Return each side's median time in milliseconds; the sides take turns of three calls.

    Args:
        sides: What makes each side's call; made in the side's process, so it must pickle.
        runs: Turns per side.
    """
    workers = {name: _worker(number) for number, name in enumerate(sides)}
    for name, make in sides.items():
        workers[name].send(make)
        workers[name].recv()
    times: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(runs):
        for name, worker in workers.items():
            time.sleep(PAUSE)
            worker.send("run")
            times[name].append(worker.recv())
    return {name: median(each) for name, each in times.items()}


def peak_bytes(call: Call) -> int:
    """Return the most memory Python and NumPy held at once during a call, beyond the start."""
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    call()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak - before


@cache
def _worker(number: int) -> Connection:
    """Start a process; it makes the calls it is sent, and times the last one when told to."""
    context = get_context("spawn")
    here, there = context.Pipe()
    context.Process(target=_serve, args=(there,), daemon=True, name=f"side {number}").start()
    return here


def _serve(pipe: Connection) -> None:
    call: Call = time.perf_counter
    while True:
        order = pipe.recv()
        if order != "run":
            call = order()
            call()
            pipe.send("made")
            continue
        warm = time.perf_counter() + WARM
        while time.perf_counter() < warm:
            call()
        pipe.send(1e3 * median(_timed(call) for _ in range(3)))


def _timed(call: Call) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start
