"""Cases computed by the frameworks themselves, stored in tests/golden."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

FOLDER = Path(__file__).parents[1] / "golden"


@dataclass(frozen=True)
class Case:
    """One call: its settings, its input arrays by name, and what the framework returned."""

    id: str
    op: str
    params: dict[str, Any]
    inputs: dict[str, np.ndarray]
    expected: np.ndarray


def load_cases(name: str, op: str) -> list[Case]:
    """Return the cases of one operator from `<name>_cases`."""
    entries = json.loads((FOLDER / f"{name}_cases.json").read_text())
    with np.load(FOLDER / f"{name}_cases.npz", allow_pickle=False) as arrays:
        cases = [
            Case(
                entry["id"],
                op,
                {k: tuple(v) if isinstance(v, list) else v for k, v in entry["params"].items()},
                {key: arrays[f"{entry['id']}_{key}"] for key in entry["inputs"]},
                arrays[f"{entry['id']}_expected"],
            )
            for entry in entries
            if entry["op"] == op
        ]
    assert cases, f"no {op} case in {name}_cases.json"
    return cases
