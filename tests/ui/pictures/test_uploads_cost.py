"""What a hostile file costs, and what damage does: the limits that README and docs promise."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from tconv_ui.pictures.uploads import Reason
from tests.ui.pictures.costly_files import costly_files
from tests.ui.pictures.fuzz_uploads import fuzz

ROOT = Path(__file__).parents[3]
MOST_MEGABYTES = 450


@pytest.fixture(scope="module")
def table() -> dict[str, tuple[str, float]]:
    """(decision, peak MB) of each file, decided in one fresh process."""
    command = [sys.executable, "-m", "benchmarks.upload_costs"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    rows = [line.strip("| ").split(" | ") for line in done.stdout.splitlines()[2:] if "|" in line]
    return {name: (decision, float(mb)) for name, decision, _, mb in rows}


def test_the_files_are_many_and_none_is_refused_for_its_bytes_alone() -> None:
    files = costly_files()
    assert len(files) >= 60
    kinds = [name for name in files if name.startswith(("PNG", "JPEG", "WebP", "GIF"))]
    assert len(kinds) >= 40


def test_every_file_is_decided_with_a_picture_or_a_reason(
    table: dict[str, tuple[str, float]],
) -> None:
    assert table.keys() == costly_files().keys()
    taken = {name for name, (decision, _) in table.items() if decision.endswith(", 3)")}
    reasons = {decision for name, (decision, _) in table.items() if name not in taken}
    assert len(taken) >= 40
    assert reasons < set(get_args(Reason))
    refused_unread = [name for name, row in table.items() if row[0] == "too_many_bytes"]
    assert refused_unread == ["10 MiB and a byte"]
    assert {"empty", "too_many_bytes", "not_an_image", "format", "pixels", "truncated"} <= reasons


def test_no_file_holds_more_memory_than_is_promised(table: dict[str, tuple[str, float]]) -> None:
    large = {name: row for name, row in table.items() if row[1] > MOST_MEGABYTES}
    assert large == {}
    assert max(row[1] for row in table.values()) > 200, "the peak is not measured"


def test_what_makes_a_file_slow_is_counted(table: dict[str, tuple[str, float]]) -> None:
    """A scan passes over every pixel, a segment or chunk over the parser: neither without end."""
    decided = {name: decision for name, (decision, _) in table.items()}
    assert decided["JPEG of 33 scans"] == "truncated"
    assert decided["JPEG of 32 scans"] == "(2048, 2048, 3)"
    for name in ("JPEG markers", "JPEG segments", "empty PNG chunks", "empty PNG pixels"):
        assert decided[f"10 MiB of {name}"] == "truncated"
    for pixels in ("PNG of 170 MP", "WebP of 34 bytes, 268 MP"):
        assert decided[pixels] in ("pixels", "side")


def test_random_damage_ends_in_a_picture_or_a_reason() -> None:
    decided = fuzz(5000, seed=2)
    assert decided.total() == 5000
    assert decided["taken"] > 100
    assert decided["truncated"] > 1000
