"""What else keeps a constant constant, and what only seems to."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from tconv_core import Geometry, kernels, unevenness
from tconv_ui.layer.cures import cures


@pytest.mark.parametrize(("k", "s"), [(3, 2), (4, 2), (2, 2), (5, 3), (9, 5), (3, 1)])
def test_cures_do_what_they_promise(k: int, s: int) -> None:
    kernel = np.abs(kernels.random(k, seed=4)) + 0.1
    geometry = Geometry.from_torch(4, k, stride=s)
    found = {cure.name: cure for cure in cures(kernel, geometry)}
    this = found["This layer"]
    assert this.amount == pytest.approx(unevenness(kernel, s), abs=1e-9)
    flat = [name for name, cure in found.items() if (cure.amount or 0) <= 1e-7]
    assert {"Evened out", "Nearest, then convolution", "Pixel shuffle, ICNR"} <= set(flat)
    assert "Bilinear, then convolution" in flat
    assert any(name.startswith("Bilinear ") and "×" in name for name in flat)
    if s > 1:
        assert this.amount
        assert found["Pixel shuffle, random"].amount
        assert found["Divided by the count"].amount
    for cure in found.values():
        assert cure.pattern.shape == this.pattern.shape


@pytest.mark.parametrize("s", list(product(range(1, 6), repeat=2)))
@pytest.mark.parametrize(("k", "d"), [(1, 1), (2, 3), (3, 1), (9, 2)])
def test_the_bilinear_cure_is_flat(k: int, d: int, s: tuple[int, int]) -> None:
    found = cures(kernels.ones(k), Geometry.from_torch(4, k, stride=s, dilation=d))
    (cure,) = [cure for cure in found if cure.name.startswith("Bilinear ") and "×" in cure.name]
    assert cure.amount == pytest.approx(0, abs=1e-9)


def test_dividing_by_the_count_repairs_a_kernel_of_ones_only() -> None:
    geometry = Geometry.from_torch(4, 3, stride=2)
    ones = {cure.name: cure.amount for cure in cures(kernels.ones(3), geometry)}
    other = {cure.name: cure.amount for cure in cures(kernels.bilinear(3), geometry)}
    assert ones["Divided by the count"] == pytest.approx(0)
    assert other["Divided by the count"] == pytest.approx(unevenness([[1, 0.5], [0.5, 0.25]], 2))


def test_holes_cannot_be_evened_out_and_rectangles_are_not_shuffled() -> None:
    holes = {c.name: c.amount for c in cures(kernels.ones(1), Geometry.from_torch(4, 1, stride=2))}
    assert holes["Evened out"] is None
    ramp = np.array([[1.0, 2, 3, 4]])
    apart = cures(ramp, Geometry.from_torch((1, 6), (1, 4), stride=(1, 2)))
    assert not any("shuffle" in cure.name for cure in apart)
