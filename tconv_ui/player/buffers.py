"""Arrays laid end to end as bytes, each stored once, and left out where it follows from others."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
_TYPES = {"float32": "f4", "uint8": "u1", "int16": "i2", "int32": "i4"}
SPARSE_BELOW = 0.4
"""Share of cells that are not zero below which only those are sent."""


class Buffers:
    """Arrays laid end to end, each on an 8-byte boundary; equal arrays are stored once."""

    def __init__(self) -> None:
        self.index: dict[str, dict[str, Any]] = {}
        self.parts: list[bytes] = []
        self._size = 0
        self._names: dict[tuple[str, bytes], str] = {}
        self._whole: list[tuple[str, Array]] = []

    def add(self, name: str, array: Array) -> str:
        """Store an array unless it is stored already or follows from others; return its name."""
        stored = np.ascontiguousarray(array.astype(_type_of(array)))
        data = stored.tobytes()
        key = (stored.dtype.name, data)
        if key in self._names:
            return self._names[key]
        self._names[key] = name
        if array.ndim == 2:
            self._whole.append((name, array))
        if outer := self._outer(array):
            self.index[name] = {"outer": outer}
            return name
        told = np.flatnonzero(stored)
        if stored.size >= 64 and told.size < SPARSE_BELOW * stored.size:
            gaps = self.add(f"{name}-gaps", np.diff(told, prepend=-1))
            values = self.add(f"{name}-told", stored.ravel()[told])
            self.index[name] = {"sparse": [gaps, values], "length": stored.size}
            return name
        kind = _TYPES[stored.dtype.name]
        self.index[name] = {"type": kind, "offset": self._size, "length": stored.size}
        self.parts.append(data + b"\0" * (-len(data) % 8))
        self._size += len(self.parts[-1])
        return name

    def _outer(self, array: Array) -> list[str] | None:
        """The names of two grids of which the array is the outer product."""
        if array.ndim != 3 or array.dtype.kind != "f":
            return None
        for first, left in self._whole:
            for second, right in self._whole:
                fits = left.size == len(array) and right.shape == array.shape[1:]
                if fits and np.array_equal(np.multiply.outer(left.ravel(), right), array):
                    return [first, second]
        return None


def _type_of(array: Array) -> str:
    if array.dtype.kind == "f":
        return "float32"
    low, high = (int(array.min()), int(array.max())) if array.size else (0, 0)
    if low >= 0 and high < 256:
        return "uint8"
    return "int16" if low >= -(2**15) and high < 2**15 else "int32"
