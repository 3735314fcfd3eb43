"""Many visitors at once: how long a slider's move takes, and what a visitor costs the server.

`make load`, or `python -m benchmarks.load --help`. One process of the app on this machine; visitors
move a slider of "Step by step" every PERIOD seconds or so, and wait for the answer before the next.
It prints tables and exits with 1 if a promise of docs/reliability.md is broken. The machine should
do nothing else: `others` is how many processor cores something else used meanwhile.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from httpx2 import AsyncClient

from benchmarks.visitors import Question, Visitor
from tconv_ui.layer.settings import SETTINGS
from tests.serving import ROOT, Server

SLIDER = next(each for each in SETTINGS if each.name == "kernel")
PERIOD = 2.0  # seconds between moves, give or take half
MOST_P95 = {50: 150.0, 100: 300.0, 200: 700.0}
"""Milliseconds, by the number of visitors."""
MOST_LIVE = 150.0  # ms, p95 of a picture while a slider moves
MOST_PROCESSOR = 15.0  # ms per rerun
MOST_PER_VISITOR = 1.0  # MB
MOST_DRIFT = 5.0  # % of the memory, over the soak
DRAG, DRAG_EVERY = 2.0, 8.0
"""Seconds that a drag takes, and that pass between two, give or take half."""
TICK = os.sysconf("SC_CLK_TCK")


@dataclass
class Tally:
    """What the visitors saw: milliseconds per move, and what went wrong."""

    waits: list[float] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def quantile(self, share: float) -> float:
        """Return the wait that a share of all moves did not exceed, in ms."""
        ordered = sorted(self.waits)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


@dataclass(frozen=True, slots=True)
class Row:
    """One crowd, measured."""

    visitors: int
    tally: Tally
    processor: float
    per_visitor: float
    others: float

    @property
    def broken(self) -> list[str]:
        """Which promises this crowd saw broken."""
        limits = {
            "p95": (self.tally.quantile(0.95), MOST_P95.get(self.visitors, float("inf"))),
            "faults": (float(len(self.tally.faults)), 0.0),
            "processor": (self.processor, MOST_PROCESSOR),
            "memory": (self.per_visitor, MOST_PER_VISITOR),
        }
        return [name for name, (value, limit) in limits.items() if value > limit]


def megabytes(pid: int) -> float:
    """Return the resident memory of a process."""
    pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE") / 2**20


def processor(pid: int) -> float:
    """Return the processor seconds a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def machine() -> float:
    """Return the processor seconds that this machine has used in all."""
    line = Path("/proc/stat").read_text(encoding="ascii").splitlines()[0]
    user, nice, system, _, _, *rest = map(int, line.split()[1:9])
    return (user + nice + system + sum(rest)) / TICK


@contextmanager
def app() -> Iterator[Server]:
    """Serve the app as it is deployed, warm: one visitor has been there."""
    server = Server(ROOT / "serve.py")
    server.start()
    try:
        now = time.monotonic()
        asyncio.run(_stay(server.address, Tally(), 0, (now, now + 2), period=0.2))
        yield server
    finally:
        server.stop()


def crowd(visitors: int, seconds: float, *, period: float = PERIOD, dragging: bool = False) -> Row:
    """Let visitors in one after another, ten a second, and measure for seconds."""
    with app() as server:
        tally, before = Tally(), megabytes(server.pid)
        begun = time.monotonic() + visitors / 10 + 2
        used: list[float] = []

        async def watch() -> None:
            await asyncio.sleep(max(0.0, begun - time.monotonic()))
            start = processor(server.pid), machine(), time.process_time(), time.monotonic()
            await asyncio.sleep(seconds)
            now = processor(server.pid), machine(), time.process_time(), time.monotonic()
            own, whole, mine, passed = (b - a for a, b in zip(start, now, strict=True))
            used.extend((own, max(0.0, whole - own - mine) / passed, megabytes(server.pid)))

        async def everybody() -> None:
            stays = (
                _stay(
                    server.address,
                    tally,
                    number,
                    (begun, begun + seconds),
                    period,
                    dragging=dragging,
                )
                for number in range(visitors)
            )
            await asyncio.gather(watch(), *stays)

        asyncio.run(everybody())
    own, others, after = used
    cost = 1000 * own / max(1, len(tally.waits))
    return Row(visitors, tally, cost, (after - before) / visitors, others)


def soak(reruns: int, visitors: int = 4) -> list[float]:
    """Let visitors move without a pause; return the memory after each tenth of the reruns."""
    with app() as server:
        memory: list[float] = []

        async def move(number: int) -> None:
            rng = random.Random(number)
            async with Visitor(server.address) as visitor:
                for done in range(reruns // visitors):
                    await visitor.move(SLIDER, rng)
                    if number == 0 and done % (reruns // visitors // 10) == 0:
                        memory.append(megabytes(server.pid))

        async def everybody() -> None:
            await asyncio.gather(*(move(number) for number in range(visitors)))

        asyncio.run(everybody())
        return [*memory, megabytes(server.pid)]


async def _stay(
    address: str,
    tally: Tally,
    number: int,
    span: tuple[float, float],
    period: float = PERIOD,
    *,
    dragging: bool = False,
) -> None:
    """Be one visitor until the span ends; count what is waited for within it."""
    begun, end = span
    rng = random.Random(number)
    try:
        await asyncio.sleep(number / 10)
        query = f"seed={number}&input=random"  # no two visitors ask for the same
        async with Visitor(address, query=query) as visitor, AsyncClient(timeout=60) as client:
            while True:
                await asyncio.sleep(rng.uniform(0.5, 1.5) * period)
                if time.monotonic() > end:
                    return
                if dragging:
                    asked = await visitor.drag(SLIDER, DRAG, client)
                    tally.questions += asked if time.monotonic() > begun else []
                waited = await visitor.move(SLIDER, rng)
                if time.monotonic() > begun:
                    tally.waits.append(1000 * waited)
    except Exception as error:
        tally.faults.append(f"{type(error).__name__}: {error}")


def main() -> int:
    """Measure what is asked for; return 1 if a promise is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visitors", type=int, nargs="*", default=list(MOST_P95))
    parser.add_argument("--seconds", type=float, default=60.0, help="measured, per crowd")
    parser.add_argument("--drag", type=int, nargs="*", default=[50], help="visitors who drag")
    parser.add_argument("--soak", type=int, default=10_000, help="reruns; 0 leaves it out")
    asked = parser.parse_args()
    broken = _crowds(asked.visitors, asked.seconds) if asked.visitors else []
    broken += [each for size in asked.drag for each in _drags(size, asked.seconds)]
    broken += _soak(asked.soak) if asked.soak else []
    print(f"\nBroken: {', '.join(broken)}." if broken else "\nEvery promise measured is kept.")
    return 1 if broken else 0


def _crowds(sizes: list[int], seconds: float) -> list[str]:
    heads = "visitors|reruns|p50 ms|p95 ms|p99 ms|most ms|faults|processor ms a rerun|MB a visitor"
    names = [*heads.split("|"), "others, cores"]
    print(f"| {' | '.join(names)} |\n|{'---|' * len(names)}")
    broken = []
    for size in sizes:
        row = crowd(size, seconds)
        waits = [row.tally.quantile(share) for share in (0.5, 0.95, 0.99, 1.0)]
        print(
            f"| {size} | {len(row.tally.waits)} | {' | '.join(f'{wait:.0f}' for wait in waits)} "
            f"| {len(row.tally.faults)} | {row.processor:.1f} | {row.per_visitor:.2f} "
            f"| {row.others:.2f} |",
            flush=True,
        )
        for fault in row.tally.faults[:3]:
            print(f"  {fault}")
        broken += [f"{name} of {size} visitors" for name in row.broken]
    return broken


def _drags(size: int, seconds: float) -> list[str]:
    """Compare visitors who drag with as many who only let go, every ten seconds."""
    calm, row = (crowd(size, seconds, period=DRAG_EVERY, dragging=each) for each in (False, True))
    waits = sorted(1000 * each.seconds for each in row.tally.questions if each.status == 200)
    statuses = sorted({each.status for each in row.tally.questions})
    late = sum(each.status == 503 for each in row.tally.questions)
    live = [waits[min(len(waits) - 1, int(share * len(waits)))] for share in (0.5, 0.95)]
    still, moving = calm.tally.quantile(0.95), row.tally.quantile(0.95)
    print(
        f"\n{size} visitors, {DRAG:g} s of every {DRAG + DRAG_EVERY:g} at 20 values a second: "
        f"let go {row.tally.quantile(0.5):.0f} ms, p95 {moving:.0f} ms (without dragging "
        f"{still:.0f} ms); {len(waits)} pictures, {live[0]:.0f} ms, p95 {live[1]:.0f} ms; "
        f"{late} asked again; statuses {statuses}; faults {len(row.tally.faults)}"
    )
    limits = {
        "p95 of letting go": moving > 1.5 * still,
        "p95 of pictures": live[1] > MOST_LIVE,
        "answers": not {*statuses} <= {200, 503},
        "faults": bool(row.tally.faults),
    }
    return [f"{name} of {size} who drag" for name, broken in limits.items() if broken]


def _soak(reruns: int) -> list[str]:
    memory = soak(reruns)
    drift = 100 * (memory[-1] / memory[1] - 1)
    print(f"\nMemory over {reruns} reruns, MB: {' '.join(f'{each:.0f}' for each in memory)}")
    print(f"From the first tenth to the end: {drift:+.1f} %")
    return ["memory over the soak"] if drift > MOST_DRIFT else []


if __name__ == "__main__":
    sys.exit(main())
