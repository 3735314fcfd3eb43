"""One layer as PyTorch, Keras and ONNX read it: size, crop, code, and the error each raises."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tconv_core import Axis, Geometry, GeometryError, transpose_conv
from tconv_ui.code.layer_calls import keras_call, onnx_call, torch_call
from tconv_ui.frameworks.errors import keras_error, onnx_error, torch_elsewhere, torch_error
from tconv_ui.layer.choice import LayerChoice
from tconv_ui.layer.framework_geometries import keras_geometry, onnx_geometry
from tconv_ui.wording import times

IMPULSES = ("first", "middle", "last")


@dataclass(frozen=True, slots=True)
class Column:
    """What one framework makes of the settings: a geometry, or the error it raises.

    With an error goes a `remedy`, the sentence that names the nearest thing that works.
    """

    name: str
    code: str
    note: str
    geometry: Geometry | None = None
    error: str | None = None
    remedy: str = ""

    @property
    def axes(self) -> tuple[Axis, Axis] | None:
        """Rows and columns, where the framework accepts the settings."""
        return self.geometry.axes if self.geometry else None


def columns(choice: LayerChoice) -> tuple[Column, ...]:
    """Return the six columns, PyTorch first.

    >>> [column.name for column in columns(LayerChoice((3, 3), (3, 3), (2, 2)))][:3]
    ['PyTorch', 'Keras valid', 'Keras same']
    """
    return tuple(make(choice) for make in COLUMNS.values())


def torch_column(choice: LayerChoice) -> Column:
    """Return PyTorch's column."""
    error = torch_error(choice)
    geometry, remedy = _tried(lambda: choice.geometry)
    note = (
        "`padding` cuts that many cells from both ends; `output_padding` lengthens the output at "
        f"the end. {torch_elsewhere(choice) if error else ''}"
    )
    return Column(
        "PyTorch",
        torch_call(choice, geometry),
        note.strip(),
        geometry,
        error,
        remedy,
    )


def keras_column(choice: LayerChoice, padding: str) -> Column:
    """Return the column of Keras with padding "valid" or "same"."""
    error = keras_error(choice, padding)
    geometry, remedy = _tried(lambda: keras_geometry(choice, padding))
    note = f'The padding slider means nothing here: `padding="{padding}"` sets the cuts.'
    if choice.keras_output_padding is None:
        note += f" {_left_out(choice, padding)}"
    if error is None and max(choice.dilation) > 1:
        note += " On a CPU without oneDNN, TensorFlow refuses any dilation: hence the first lines."
    return Column(
        f"Keras {padding}",
        keras_call(choice, padding, geometry),
        note.strip(),
        geometry,
        error,
        remedy,
    )


def onnx_column(choice: LayerChoice, auto_pad: str) -> Column:
    """Return ONNX's column, its pads from the padding slider (NOTSET) or by auto_pad."""
    by_pads = auto_pad == "NOTSET"
    error = onnx_error(choice, auto_pad)
    geometry, remedy = _tried(lambda: onnx_geometry(choice, auto_pad))
    note = (
        "The padding slider is `pads`, in the order top, left, bottom, right."
        if by_pads
        else "The padding slider means nothing here: `auto_pad` sets the cuts. An odd one goes to "
        f"the {'end' if auto_pad == 'SAME_UPPER' else 'start'}."
    )
    sides = zip(choice.output_padding, choice.stride, choice.dilation, strict=True)
    if any(s <= op < d for op, s, d in sides):
        note += (
            " PyTorch allows `output_padding` below the dilation; ONNX Runtime 1.31 refuses it "
            "from the strides on."
        )
    if geometry and not by_pads:
        note += _short_of_the_standard(choice, geometry)
    return Column(
        "ONNX pads" if by_pads else f"ONNX {auto_pad}",
        onnx_call(choice, auto_pad),
        note,
        geometry,
        error,
        remedy,
    )


def _short_of_the_standard(choice: LayerChoice, geometry: Geometry) -> str:
    """What ONNX itself says of auto_pad, where ONNX Runtime makes less."""
    rows, cols = (n * s for n, s in zip(choice.size, choice.stride, strict=True))
    if geometry.output_shape == (rows, cols):
        return ""
    return f" The standard says n · strides, here {times((rows, cols))}: ONNX Runtime makes less."


def _tried(make: Callable[[], Geometry]) -> tuple[Geometry | None, str]:
    """The geometry of a framework that accepts the settings, else what would work."""
    try:
        return make(), ""
    except GeometryError as refusal:
        return None, str(refusal)


COLUMNS: dict[str, Callable[[LayerChoice], Column]] = {
    "PyTorch": torch_column,
    "Keras valid": lambda choice: keras_column(choice, "valid"),
    "Keras same": lambda choice: keras_column(choice, "same"),
    "ONNX pads": lambda choice: onnx_column(choice, "NOTSET"),
    "ONNX SAME_UPPER": lambda choice: onnx_column(choice, "SAME_UPPER"),
    "ONNX SAME_LOWER": lambda choice: onnx_column(choice, "SAME_LOWER"),
}


def _left_out(choice: LayerChoice, padding: str) -> str:
    """What Keras would do if output_padding 0 were written out, where that differs."""
    if keras_error(choice, padding):
        return ""
    written = replace(choice, output_padding_written=True)
    if keras_error(written, padding):
        return "`output_padding` is left out; written as 0, TensorFlow would refuse it."
    shape = keras_geometry(written, padding).output_shape
    if shape == keras_geometry(choice, padding).output_shape:
        return ""
    return f"`output_padding` is left out; written as 0, the output would be {times(shape)}."


# Numbers ------------------------------------------------------------------------------------


def impulse_cell(size: int, place: str) -> int:
    """Return the input cell that "first", "middle" or "last" means.

    >>> impulse_cell(3, "middle")
    1
    """
    return {"first": 0, "middle": size // 2, "last": size - 1}[place]


def impulse_response(axis: Axis, cell: int) -> NDArray[np.float64]:
    """Return one axis's output for a 1 at an input cell and the kernel 1, 2, … k.

    >>> impulse_response(Axis.from_keras(3, 3, strides=2, padding="same"), 0).tolist()
    [1.0, 2.0, 3.0, 0.0, 0.0, 0.0]
    """
    x = np.zeros((1, 1, axis.input_size))
    x[0, 0, cell] = 1
    weight = np.arange(1.0, axis.kernel_size + 1).reshape(1, 1, 1, -1)
    return np.asarray(transpose_conv(x, weight, Geometry(Axis(1, 1), axis))[0, 0], np.float64)
