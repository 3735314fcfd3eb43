"""Charts of the image page: they hold the numbers they are given."""

from __future__ import annotations

import numpy as np
import pytest

from tconv_core import kernels, spectrum
from tconv_ui.theme import THEMES, Theme
from tconv_ui.upsample.charts import kernel_figure, loss_figure, spectrum_figure


@pytest.mark.parametrize("theme", THEMES.values())
def test_a_kernel_is_shown_with_zero_in_the_middle(theme: Theme) -> None:
    kernel = kernels.bicubic(2)
    (cells,) = kernel_figure(kernel, theme).data
    np.testing.assert_allclose(cells.z, kernel, rtol=1e-6)
    assert cells.zmin == -cells.zmax == -np.abs(kernel).max()
    assert cells.colorscale[2] == (0.5, theme.page)
    (empty,) = kernel_figure(np.zeros((2, 2)), theme).data
    assert empty.zmax > 0


@pytest.mark.parametrize("stride", [1, 2, 3, (2, 4)])
def test_rings_mark_every_alias(stride: int | tuple[int, int]) -> None:
    found = spectrum(np.random.default_rng(0).random((24, 36)) * 255, stride)
    cells, rings = spectrum_figure(found, THEMES["light"]).data
    marked = set(zip(np.round(rings.y, 6), np.round(rings.x, 6), strict=True))
    assert marked == {tuple(np.round(peak.frequency, 6)) for peak in found.peaks}
    np.testing.assert_allclose(cells.customdata, found.magnitude, rtol=1e-6)
    assert cells.z.dtype == np.uint8
    assert np.unravel_index(cells.z.argmax(), cells.z.shape) == (12, 18)


def test_a_loss_curve_never_goes_below_its_floor() -> None:
    figure = loss_figure([100.0, 10.0, 1.0], 1.0, THEMES["dark"], most=50)
    (line,) = figure.data
    np.testing.assert_allclose(line.y, [100, 10, 1])
    assert figure.layout.xaxis.range == (0, 50)
    low, high = figure.layout.yaxis.range
    assert low < 0
    assert high > 2
    perfect = loss_figure([1.0, 0.0], 0.0, THEMES["light"])
    assert np.isfinite(perfect.layout.yaxis.range).all()
