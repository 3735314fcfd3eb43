"""What deciding one upload costs: processor time, and the most memory the process held.

`python -m benchmarks.upload_costs` prints a table. Time is told as a multiple of what an ordinary
photo takes in the same run, which a slower machine does not change; processor time, not the
clock's. The process has imported what the server has.
"""

from __future__ import annotations

import ctypes
import resource
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import streamlit  # noqa: F401  its memory is part of the process

from tconv_ui.pictures.uploads import UploadError, inspect_image, load_image
from tests.ui.pictures.costly_files import costly_files, ordinary_photo

SIDE = 2048
"""The longest side the app asks for, which costs most: a picture to cut a part from."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one decision took, and what it was: a reason, or the picture's shape.

    Attributes:
        name, decision: Of the file, and about it.
        photos: Processor time, in times that of an ordinary photo.
        megabytes: The most that the process held.
    """

    name: str
    decision: str
    photos: float
    megabytes: float


def costs() -> Iterator[Cost]:
    """Decide each costly file; yield what that took."""
    photo = ordinary_photo()
    usual = statistics.median(_seconds(photo)[1] for _ in range(5))
    for name, make in costly_files().items():
        data = make()
        forget_peak()
        decision, seconds = _seconds(data)
        yield Cost(name, decision, seconds / usual, peak_megabytes())


def _seconds(data: bytes) -> tuple[str, float]:
    begun = time.process_time()
    decision = _decide(data)
    return decision, time.process_time() - begun


def _decide(data: bytes) -> str:
    try:
        inspect_image(data)
        return str(load_image(data, max_side=SIDE).shape)
    except UploadError as error:
        return error.reason


def forget_peak() -> None:
    """Give back what making a file took, and let Linux measure the peak anew (proc(5))."""
    if sys.platform == "linux":
        ctypes.CDLL(None).malloc_trim(0)
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def peak_megabytes() -> float:
    if sys.platform == "linux":
        status = Path("/proc/self/status").read_text(encoding="ascii")
        return int(status.split("VmHWM:")[1].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def main() -> None:
    """Print a row per file, then the worst of each."""
    print("| file | decision | × a photo of 12 MP | peak MB |\n|---|---|---|---|")
    found = []
    for cost in costs():
        found.append(cost)
        print(f"| {cost.name} | {cost.decision} | {cost.photos:.2f} | {cost.megabytes:.0f} |")
    photos, memory = max(each.photos for each in found), max(each.megabytes for each in found)
    print(f"\nWorst of {len(found)}: {photos:.1f} × a photo of 12 MP, {memory:.0f} MB.")


if __name__ == "__main__":
    main()
