"""Files and code: read back or run, they do what the kernel did."""

from __future__ import annotations

import json
import sys
from io import BytesIO
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tconv_core import Geometry, conv_transpose2d
from tconv_ui.code.picture_kernels import keras_kernel, torch_kernel
from tconv_ui.upsample.compare import Panel, make_panel, make_task
from tconv_ui.upsample.takeaway import (
    contact_sheet,
    kernel_json,
    kernel_npy,
    remark_of,
)
from tconv_ui.upsample.weights import Settings
from tests.ui.upsample.test_methods import noise

LAYERS = [
    Geometry.from_torch(3, 4, stride=2, padding=1),
    Geometry.from_torch(3, (3, 5), stride=(2, 3), padding=(0, 2), output_padding=(1, 2)),
    Geometry.from_torch(3, (1, 2), stride=(2, 3), output_padding=(1, 0)),
    Geometry.from_torch(3, 3, stride=2, dilation=3, padding=1),
]
NAMES = ["Sidebar kernel", "Fitted kernel", "Bilinear weights", "Bicubic weights", "Zero insertion"]


def stamped(name: str, layer: Geometry) -> tuple[np.ndarray, Panel]:
    """A picture's planes, and what a method made of them."""
    weights = np.random.default_rng(1).random(layer.kernel_shape)
    task = make_task(noise(24, 26), (1, 1), "Enlarge")
    panel = make_panel(name, task, Settings(layer, weights, reach=3))
    return task.planes, panel


def cases() -> list[Any]:
    return [(name, layer) for layer in LAYERS for name in NAMES]


class FakeTensor(np.ndarray):
    """An array with the one method of a tensor that the code calls."""

    def expand(self, *shape: int) -> np.ndarray:
        return np.broadcast_to(np.asarray(self, np.float32), shape)


def run(
    code: str, monkeypatch: pytest.MonkeyPatch, picture: np.ndarray, **modules: Any
) -> np.ndarray:
    for name, members in modules.items():
        module = ModuleType(name)
        vars(module).update(members)
        monkeypatch.setitem(sys.modules, name, module)
    scope: dict[str, Any] = {"picture": picture}
    exec(compile(code, "code", "exec"), scope)
    return np.asarray(scope["result"])


@pytest.mark.parametrize(("name", "layer"), cases())
def test_the_torch_code_does_what_the_kernel_did(
    name: str, layer: Geometry, monkeypatch: pytest.MonkeyPatch
) -> None:
    planes, panel = stamped(name, layer)
    if panel.kernel is None or panel.geometry is None:
        assert panel.problem
        return
    functional = SimpleNamespace(conv_transpose2d=conv_transpose2d)
    made = run(
        torch_kernel(panel.kernel, panel.geometry),
        monkeypatch,
        planes,
        torch={
            "tensor": lambda cells: np.array(cells).view(FakeTensor),
            "nn": SimpleNamespace(functional=functional),
        },
    )
    levels = np.moveaxis(np.clip(np.rint(made), 0, 255), 0, -1)
    assert levels.shape == panel.picture.shape
    assert np.abs(levels - panel.picture).max() <= 1


def keras_valid(
    x: np.ndarray, weight: np.ndarray, strides: tuple[int, int], **rest: str
) -> np.ndarray:
    """Keras's sum for "valid": the full output, and zeros up to the stride if k < s."""
    assert rest == {"padding": "valid", "data_format": "channels_last"}
    full = conv_transpose2d(
        x[..., 0][:, np.newaxis], weight[:, :, 0, 0][np.newaxis, np.newaxis], stride=strides
    )
    ends = [max(s - k, 0) for s, k in zip(strides, weight.shape, strict=False)]
    return np.pad(full[:, 0], ((0, 0), (0, ends[0]), (0, ends[1])))[..., np.newaxis]


@pytest.mark.parametrize(("name", "layer"), cases())
def test_the_keras_code_does_what_the_kernel_did(
    name: str, layer: Geometry, monkeypatch: pytest.MonkeyPatch
) -> None:
    planes, panel = stamped(name, layer)
    if panel.kernel is None or panel.geometry is None:
        assert panel.problem
        return
    ops = SimpleNamespace(conv_transpose=keras_valid, pad=np.pad)
    made = run(keras_kernel(panel.kernel, panel.geometry), monkeypatch, planes, keras={"ops": ops})
    levels = np.moveaxis(np.clip(np.rint(made), 0, 255), 0, -1)
    assert levels.shape == panel.picture.shape
    assert np.abs(levels - panel.picture).max() <= 1


def test_kernels_are_read_back() -> None:
    kernel = np.random.default_rng(0).standard_normal((3, 4))
    geometry = Geometry.from_keras(5, (3, 4), strides=2, padding="same")
    np.testing.assert_array_equal(np.load(BytesIO(kernel_npy(kernel))), kernel.astype(np.float32))
    read = json.loads(kernel_json("Fitted kernel", kernel, geometry))
    np.testing.assert_array_equal(read["weights"], kernel)
    assert read["crop"] == [[0, 1], [1, 1]]
    assert (read["name"], read["stride"], read["dilation"]) == ("Fitted kernel", [2, 2], [1, 1])


def test_a_contact_sheet_shows_every_picture() -> None:
    colours = [(200, 0, 0), (0, 200, 0), (0, 0, 200), (90, 90, 0), (0, 90, 90)]
    panels = [(f"Panel {c}", "20 × 30", np.full((30, 20, 3), c, np.uint8)) for c in colours]
    panels[4] = (*panels[4][:2], np.zeros((30, 20, 4), np.uint8))
    with Image.open(BytesIO(contact_sheet(panels))) as sheet:
        found = np.asarray(sheet).reshape(-1, 3)
    for colour in colours[:4]:
        assert (found == colour).all(axis=1).sum() == 12**2 * 600
    assert not (found == colours[4]).all(axis=1).any()
    wide = np.zeros((2, 3000, 3), np.uint8)
    with Image.open(BytesIO(contact_sheet([("Wide", "", wide)]))) as sheet:
        assert sheet.width < 800


def test_a_remark_is_the_size_and_the_score() -> None:
    task = make_task(noise(40, 44), (2, 2), "Restore")
    layer = Settings(LAYERS[0], np.ones((4, 4)))
    remark = remark_of(make_panel("Pillow bicubic", task, layer))
    assert remark.startswith("44 × 40, ")
    assert "dB, SSIM 0." in remark
    enlarge = make_task(noise(4, 4), (2, 2), "Enlarge")
    assert remark_of(make_panel("Max unpooling", enlarge, layer)).endswith("choose Restore.")
