"""A layer with its numbers as PyTorch and as Keras code that prints the page's output."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tconv_core import Axis, Geometry, GeometryError
from tconv_ui.formulas import torch_settings

_SUMMARISED = 1000  # PyTorch and NumPy print larger arrays with gaps unless told otherwise


@dataclass(frozen=True, slots=True)
class Code:
    """A program, and what a reader should know about how it says the layer.

    Attributes:
        text: Runs by itself and prints the output.
        remark: A sentence where the framework cannot spell a setting directly, else nothing.
    """

    text: str
    remark: str = ""


def torch_program(x: ArrayLike, kernel: ArrayLike, geometry: Geometry) -> Code:
    """Return a PyTorch program of a layer.

    Args:
        x: (H, W) or (C_in, H, W), the input.
        kernel: (kH, kW) or (C_in, C_out, kH, kW).
        geometry: Any crop at all; what `ConvTranspose2d` cannot spell is cut or padded after it.

    Raises:
        ValueError: An array has another number of axes.

    Source:
        torch.nn.ConvTranspose2d (PyTorch 2.13): its settings, and weight (C_in, C_out, kH, kW).

    >>> code = torch_program([[1.0]], [[2.0, 3.0]], Geometry.from_torch(1, (1, 2)))
    >>> "torch.nn.ConvTranspose2d(" in code.text, code.remark
    (True, '')
    """
    planes, weight = _lifted(x, kernel)
    axes = (geometry.rows, geometry.cols)
    exact = _torch_spelling(geometry)
    settings = exact or ((0, 0), (0, 0))
    channels = f"{weight.shape[0]}, {weight.shape[1]}"
    lines = [
        "import torch",
        "",
        "x = torch.tensor(  # (batch, channels, rows, cols)",
        f"    {_numbers(planes[np.newaxis])}\n)",
        f"weight = torch.tensor(  # (C_in, C_out, kH, kW)\n    {_numbers(weight)}\n)",
        "",
        "layer = torch.nn.ConvTranspose2d(",
        f"    {channels},",
        f"    kernel_size={geometry.kernel_shape},",
        f"    stride={tuple(axis.stride for axis in axes)},",
        f"    padding={settings[0]},",
        f"    output_padding={settings[1]},",
        f"    dilation={tuple(axis.dilation for axis in axes)},",
        "    bias=False,",
        ")",
        "with torch.no_grad():",
        "    layer.weight.copy_(weight)",
        "    y = layer(x)",
    ]
    remark = ""
    if exact is None:
        lines += [
            f"y = torch.nn.functional.pad(y, {sides})  # left, right, top, bottom"
            for sides in _torch_pads(axes)
        ]
        remark = (
            "PyTorch's padding and output_padding cannot spell this crop: the layer makes the full "
            "output, and what follows it adds zeros (positive) or cuts (negative)."
        )
    lines.append("")
    if weight.shape[1] * np.prod(geometry.output_shape) > _SUMMARISED:
        lines.append('torch.set_printoptions(profile="full")')
    shown = "y[0, 0]" if weight.shape[1] == 1 else "y[0]"
    return Code("\n".join([*lines, f"print({shown})", ""]), remark)


def keras_program(x: ArrayLike, kernel: ArrayLike, geometry: Geometry) -> Code:
    """Return a Keras program of a layer.

    Args:
        x: (H, W) or (C_in, H, W), the input.
        kernel: (kH, kW) or (C_in, C_out, kH, kW).
        geometry: Any crop at all; what `Conv2DTranspose` cannot spell is cut or padded after it.

    Raises:
        ValueError: An array has another number of axes.

    Source:
        keras.layers.Conv2DTranspose (3.15): weight (kH, kW, C_out, C_in), channels last.

    >>> geometry = Geometry.from_keras(2, 3, strides=2, padding="same")
    >>> 'padding="same"' in keras_program(np.eye(2), np.eye(3), geometry).text
    True
    """
    planes, weight = _lifted(x, kernel)
    remarks = []
    axes = (geometry.rows, geometry.cols)
    if max(axis.stride for axis in axes) > 1 and max(axis.dilation for axis in axes) > 1:
        weight, geometry = _spread(weight, geometry)
        axes = (geometry.rows, geometry.cols)
        remarks.append(
            "Keras refuses strides above 1 together with dilation_rate above 1: zeros between the "
            "kernel's taps say the same, exactly."
        )
    elif max(axis.dilation for axis in axes) > 1:
        remarks.append("TensorFlow on a CPU needs oneDNN, which it has on x86, for dilation_rate.")
    spelling = _keras_spelling(geometry)
    padding, output_padding = spelling or ("valid", None)
    lines = [
        "import keras",
        "import numpy as np",
        "",
        "x = np.array(  # (channels, rows, cols)",
        f'    {_numbers(planes)},\n    dtype="float32",\n)',
        "weight = np.array(  # (C_in, C_out, kH, kW)",
        f'    {_numbers(weight)},\n    dtype="float32",\n)',
        "",
        "layer = keras.layers.Conv2DTranspose(",
        f"    {weight.shape[1]},",
        f"    kernel_size={geometry.kernel_shape},",
        f"    strides={tuple(axis.stride for axis in axes)},",
        f'    padding="{padding}",',
        *([] if output_padding is None else [f"    output_padding={output_padding},"]),
        f"    dilation_rate={tuple(axis.dilation for axis in axes)},",
        "    use_bias=False,",
        '    data_format="channels_last",',
        ")",
        "batch = np.moveaxis(x, 0, -1)[np.newaxis]",
        "layer.build(batch.shape)",
        "layer.set_weights([np.transpose(weight, (2, 3, 1, 0))])  # (kH, kW, C_out, C_in)",
        "y = layer(batch)",
    ]
    if spelling is None:
        lines += _keras_cuts(axes)
        remarks.append(
            'Keras\'s "valid" and "same" cannot spell this crop: the layer makes the full output, '
            "and the next layers add zeros or cut."
        )
    lines.append("")
    if weight.shape[1] * np.prod(geometry.output_shape) > _SUMMARISED:
        lines.append("np.set_printoptions(threshold=np.inf)")
    shown = "y[0, :, :, 0]" if weight.shape[1] == 1 else "np.moveaxis(y[0], -1, 0)"
    lines += ["y = keras.ops.convert_to_numpy(y)", f"print({shown})", ""]
    return Code("\n".join(lines), " ".join(remarks))


Settings = tuple[tuple[int, int], tuple[int, int]]


def _torch_spelling(geometry: Geometry) -> Settings | None:
    """(padding, output_padding), or None where PyTorch refuses them or they mean another crop."""
    padding, output_padding = zip(
        torch_settings(geometry.rows), torch_settings(geometry.cols), strict=True
    )
    try:
        said = Geometry.from_torch(
            geometry.input_shape,
            geometry.kernel_shape,
            stride=(geometry.rows.stride, geometry.cols.stride),
            padding=padding,
            output_padding=output_padding,
            dilation=(geometry.rows.dilation, geometry.cols.dilation),
        )
    except GeometryError:
        return None
    return (padding, output_padding) if said == geometry else None


def _keras_spelling(geometry: Geometry) -> tuple[str, tuple[int, int] | None] | None:
    """(padding, output_padding) if Keras can say the crop in its words, else None."""
    strides = (geometry.rows.stride, geometry.cols.stride)
    extras: list[tuple[int, int] | None] = [None]
    extras += list(np.ndindex(*strides))
    for padding in ("valid", "same"):
        for extra in extras:
            try:
                said = Geometry.from_keras(
                    geometry.input_shape,
                    geometry.kernel_shape,
                    strides=strides,
                    padding=padding,
                    output_padding=extra,
                    dilation_rate=(geometry.rows.dilation, geometry.cols.dilation),
                )
            except GeometryError:
                continue
            if said == geometry and (padding == "valid" or _same_runs(geometry)):
                return padding, extra
    return None


def _same_runs(geometry: Geometry) -> bool:
    """Whether TensorFlow computes "same": a convolution of the output must give back the input.

    With an even kernel, stride 1 and output_padding 0 Keras promises a size for which it does not,
    and TensorFlow stops.
    """
    axes = (geometry.rows, geometry.cols)
    return all(-(-axis.output_size // axis.stride) == axis.input_size for axis in axes)


def _torch_pads(axes: tuple[Axis, Axis]) -> list[tuple[int, ...]]:
    """The zeros to add to the full output, then the cells to cut: a cut may reach into them."""
    (top, bottom), (left, right) = (axis.crop for axis in axes)
    sides = (-left, -right, -top, -bottom)
    both = [tuple(max(side, 0) for side in sides), tuple(min(side, 0) for side in sides)]
    return [each for each in both if any(each)]


def _keras_cuts(axes: tuple[Axis, Axis]) -> list[str]:
    """The layers that make the output from what "valid" gives: n · stride cells at least."""
    cuts = []
    for axis in axes:
        begin, end = axis.crop
        cuts.append((begin, end + max(axis.stride - axis.effective_kernel, 0)))
    crop = tuple((max(begin, 0), max(end, 0)) for begin, end in cuts)
    zeros = tuple((max(-begin, 0), max(-end, 0)) for begin, end in cuts)
    lines = []
    if np.any(zeros):  # first: a cut may reach into them
        lines.append(f"y = keras.layers.ZeroPadding2D({zeros})(y)")
    if np.any(crop):
        lines.append(f"y = keras.layers.Cropping2D({crop})(y)")
    return lines


def _spread(
    weight: NDArray[np.float64], geometry: Geometry
) -> tuple[NDArray[np.float64], Geometry]:
    """The kernel with its dilation written out as zeros, and the geometry that has none."""
    axes = [
        Axis(axis.input_size, axis.effective_kernel, axis.stride, 1, axis.crop)
        for axis in (geometry.rows, geometry.cols)
    ]
    spread = np.zeros((*weight.shape[:2], *(axis.kernel_size for axis in axes)))
    spread[..., :: geometry.rows.dilation, :: geometry.cols.dilation] = weight
    return spread, Geometry(*axes)


def _lifted(x: ArrayLike, kernel: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(C_in, H, W) and (C_in, C_out, kH, kW)."""
    planes, weight = np.asarray(x, np.float64), np.asarray(kernel, np.float64)
    if planes.ndim not in (2, 3) or weight.ndim not in (2, 4):
        raise ValueError(
            f"The input has {planes.ndim} axes and the kernel {weight.ndim}: give (H, W) or "
            "(C_in, H, W), and (kH, kW) or (C_in, C_out, kH, kW)."
        )
    planes = planes[np.newaxis] if planes.ndim == 2 else planes
    return planes, weight[np.newaxis, np.newaxis] if weight.ndim == 2 else weight


def _numbers(array: NDArray[np.float64]) -> str:
    """An array as nested lists, one row a line, each number in its shortest exact spelling."""

    def spell(part: NDArray[np.float64], indent: int) -> str:
        if part.ndim == 1:
            return f"[{', '.join(repr(float(value)) for value in part)}]"
        gap = ",\n" + " " * (indent + 1)
        return f"[{gap.join(spell(each, indent + 1) for each in part)}]"

    return spell(array, 4)
