"""One layer as PyTorch, Keras and ONNX read it: size, crop, code, and the error each raises."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tconv_core import Axis, Geometry, GeometryError, transpose_conv
from tconv_ui.code.layer_calls import keras_code, onnx_code, torch_code
from tconv_ui.frameworks.errors import keras_error, onnx_error, torch_elsewhere, torch_error
from tconv_ui.layer.settings import Settings
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


def columns(settings: Settings) -> tuple[Column, ...]:
    """Return the six columns, PyTorch first.

    >>> [column.name for column in columns(Settings((3, 3), (3, 3), (2, 2)))][:3]
    ['PyTorch', 'Keras valid', 'Keras same']
    """
    return tuple(make(settings) for make in COLUMNS.values())


def torch_column(settings: Settings) -> Column:
    """Return PyTorch's column."""
    error = torch_error(settings)
    geometry, remedy = _tried(lambda: torch_geometry(settings))
    note = (
        "`padding` cuts that many cells from both ends; `output_padding` lengthens the output at "
        f"the end. {torch_elsewhere(settings) if error else ''}"
    )
    return Column(
        "PyTorch",
        torch_code(settings, geometry),
        note.strip(),
        geometry,
        error,
        remedy,
    )


def keras_column(settings: Settings, padding: str) -> Column:
    """Return the column of Keras with padding "valid" or "same"."""
    error = keras_error(settings, padding)
    geometry, remedy = _tried(lambda: keras_geometry(settings, padding))
    note = f'The padding slider means nothing here: `padding="{padding}"` sets the cuts.'
    if settings.keras_output_padding is None:
        note += f" {_left_out(settings, padding)}"
    if error is None and max(settings.dilation) > 1:
        note += " On a CPU without oneDNN, TensorFlow refuses any dilation: hence the first lines."
    return Column(
        f"Keras {padding}",
        keras_code(settings, padding, geometry),
        note.strip(),
        geometry,
        error,
        remedy,
    )


def onnx_column(settings: Settings, auto_pad: str) -> Column:
    """Return ONNX's column, its pads from the padding slider (NOTSET) or by auto_pad."""
    by_pads = auto_pad == "NOTSET"
    error = onnx_error(settings, auto_pad)
    geometry, remedy = _tried(lambda: onnx_geometry(settings, auto_pad))
    note = (
        "The padding slider is `pads`, in the order top, left, bottom, right."
        if by_pads
        else "The padding slider means nothing here: `auto_pad` sets the cuts. An odd one goes to "
        f"the {'end' if auto_pad == 'SAME_UPPER' else 'start'}."
    )
    sides = zip(settings.output_padding, settings.stride, settings.dilation, strict=True)
    if any(s <= op < d for op, s, d in sides):
        note += (
            " PyTorch allows `output_padding` below the dilation; ONNX Runtime 1.31 refuses it "
            "from the strides on."
        )
    if geometry and not by_pads:
        note += _short_of_the_standard(settings, geometry)
    return Column(
        "ONNX pads" if by_pads else f"ONNX {auto_pad}",
        onnx_code(settings, auto_pad),
        note,
        geometry,
        error,
        remedy,
    )


def _short_of_the_standard(settings: Settings, geometry: Geometry) -> str:
    """What ONNX itself says of auto_pad, where ONNX Runtime makes less."""
    rows, cols = (n * s for n, s in zip(settings.size, settings.stride, strict=True))
    if geometry.output_shape == (rows, cols):
        return ""
    return f" The standard says n · strides, here {times((rows, cols))}: ONNX Runtime makes less."


def torch_geometry(settings: Settings) -> Geometry:
    """Return PyTorch's geometry.

    Raises:
        GeometryError: PyTorch refuses the settings.
    """
    return Geometry.from_torch(
        settings.size,
        settings.kernel,
        stride=settings.stride,
        padding=settings.padding,
        output_padding=settings.output_padding,
        dilation=settings.dilation,
    )


def keras_geometry(settings: Settings, padding: str) -> Geometry:
    """Return Keras's geometry, `output_padding` left out where the settings say 0.

    Raises:
        GeometryError: Keras refuses the settings.
    """
    return Geometry.from_keras(
        settings.size,
        settings.kernel,
        strides=settings.stride,
        padding=padding,
        output_padding=settings.keras_output_padding,
        dilation_rate=settings.dilation,
    )


def onnx_geometry(settings: Settings, auto_pad: str) -> Geometry:
    """Return ONNX's geometry; without auto_pad, the padding is its pads.

    Raises:
        GeometryError: ONNX Runtime refuses the settings.
    """
    return Geometry.from_onnx(
        settings.size,
        settings.kernel,
        strides=settings.stride,
        pads=settings.padding * 2 if auto_pad == "NOTSET" else None,
        auto_pad=auto_pad,
        output_padding=settings.output_padding,
        dilations=settings.dilation,
    )


def _tried(make: Callable[[], Geometry]) -> tuple[Geometry | None, str]:
    """The geometry of a framework that accepts the settings, else what would work."""
    try:
        return make(), ""
    except GeometryError as refusal:
        return None, str(refusal)


COLUMNS: dict[str, Callable[[Settings], Column]] = {
    "PyTorch": torch_column,
    "Keras valid": lambda settings: keras_column(settings, "valid"),
    "Keras same": lambda settings: keras_column(settings, "same"),
    "ONNX pads": lambda settings: onnx_column(settings, "NOTSET"),
    "ONNX SAME_UPPER": lambda settings: onnx_column(settings, "SAME_UPPER"),
    "ONNX SAME_LOWER": lambda settings: onnx_column(settings, "SAME_LOWER"),
}


def _left_out(settings: Settings, padding: str) -> str:
    """What Keras would do if output_padding 0 were written out, where that differs."""
    if keras_error(settings, padding):
        return ""
    written = replace(settings, output_padding_written=True)
    if keras_error(written, padding):
        return "`output_padding` is left out; written as 0, TensorFlow would refuse it."
    shape = keras_geometry(written, padding).output_shape
    if shape == keras_geometry(settings, padding).output_shape:
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
