"""A layer with its numbers as PyTorch and as Keras code that prints the page's output."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tconv_core import Geometry
from tconv_ui.code.spellings import keras_cuts, keras_spelling, spread, torch_pads, undilated

Array = NDArray[np.float64]

SUMMARISED = 1000
"""PyTorch and NumPy print larger arrays with gaps unless told otherwise."""
SPREAD = (
    "Zeros between the kernel's taps say its dilation, exactly: Keras, or TensorFlow on some CPUs, "
    "refuses dilation_rate here."
)
"""What is said of a kernel with its dilation written out."""
TORCH_CUTS = (
    "PyTorch's padding and output_padding cannot spell this crop: the layer makes the full output, "
    "and what follows it adds zeros (positive) or cuts (negative)."
)
KERAS_CUTS = (
    'Keras\'s "valid" and "same" cannot spell this crop: the layer makes the full output, and the '
    "next layers add zeros or cut."
)
"""What is said of a crop that stands in lines of its own."""


@dataclass(frozen=True, slots=True)
class Code:
    """A program, and what a reader should know about how it says the layer.

    Attributes:
        text: Runs by itself and prints the output; nothing where a framework has no such call.
        remark: A sentence where the framework cannot spell a setting directly, else nothing.
    """

    text: str
    remark: str = ""


def torch_program(
    x: ArrayLike, kernel: ArrayLike, geometry: Geometry, bias: ArrayLike | None = None
) -> Code:
    """Return a PyTorch program of a layer.

    Args:
        x: (H, W) or (C_in, H, W), the input.
        kernel: (kH, kW) or (C_in, C_out, kH, kW).
        geometry: Any crop at all; what `ConvTranspose2d` cannot spell is cut or padded after it.
        bias: (C_out,), or none.

    Raises:
        ValueError: An array has another number of axes.

    Source:
        torch.nn.ConvTranspose2d (PyTorch 2.13): its settings, and weight (C_in, C_out, kH, kW).

    >>> code = torch_program([[1.0]], [[2.0, 3.0]], Geometry.from_torch(1, (1, 2)))
    >>> "torch.nn.ConvTranspose2d(" in code.text, code.remark
    (True, '')
    """
    planes, weight, offset = _lifted(x, kernel, bias)
    exact = geometry.padding is not None
    channels = f"{weight.shape[0]}, {weight.shape[1]}"
    lines = [
        "import torch",
        "",
        torch_array("x", "batch, channels, rows, cols", planes[np.newaxis]),
        torch_array("weight", "C_in, C_out, kH, kW", weight),
        *([] if offset is None else [f"bias = torch.tensor({offset})"]),
        "",
        "layer = torch.nn.ConvTranspose2d(",
        f"    {channels},",
        f"    kernel_size={geometry.kernel_shape},",
        f"    stride={geometry.stride},",
        f"    padding={geometry.padding or (0, 0)},",
        f"    output_padding={geometry.output_padding or (0, 0)},",
        f"    dilation={geometry.dilation},",
        f"    bias={offset is not None and exact},",
        ")",
        "with torch.no_grad():",
        "    layer.weight.copy_(weight)",
        *([] if offset is None or not exact else ["    layer.bias.copy_(bias)"]),
        "    y = layer(x)",
    ]
    if not exact:
        lines += [
            f"y = torch.nn.functional.pad(y, {sides})  # left, right, top, bottom"
            for sides in torch_pads(geometry.axes)
        ]
        if offset is not None:
            lines.append("y = y + bias.reshape(-1, 1, 1)  # in every cell, added zeros too")
    lines.append("")
    if weight.shape[1] * np.prod(geometry.output_shape) > SUMMARISED:
        lines.append('torch.set_printoptions(profile="full")')
    shown = "y[0, 0]" if weight.shape[1] == 1 else "y[0]"
    return Code("\n".join([*lines, f"print({shown})", ""]), "" if exact else TORCH_CUTS)


def keras_program(
    x: ArrayLike, kernel: ArrayLike, geometry: Geometry, bias: ArrayLike | None = None
) -> Code:
    """Return a Keras program of a layer.

    Args:
        x: (H, W) or (C_in, H, W), the input.
        kernel: (kH, kW) or (C_in, C_out, kH, kW).
        geometry: Any crop at all; what `Conv2DTranspose` cannot spell is cut or padded after it.
        bias: (C_out,), or none.

    Raises:
        ValueError: An array has another number of axes.

    Source:
        keras.layers.Conv2DTranspose (3.15): weight (kH, kW, C_out, C_in), channels last.

    >>> geometry = Geometry.from_keras(2, 3, strides=2, padding="same")
    >>> 'padding="same"' in keras_program(np.eye(2), np.eye(3), geometry).text
    True
    """
    planes, weight, offset = _lifted(x, kernel, bias)
    remarks = []
    if max(geometry.dilation) > 1:
        weight, geometry = spread(weight, geometry.dilation), undilated(geometry)
        remarks.append(SPREAD)
    spelling = keras_spelling(geometry)
    told = offset is not None and spelling is not None
    lines = [
        "import keras",
        "import numpy as np",
        "",
        numpy_array("x", "channels, rows, cols", planes),
        numpy_array("weight", "C_in, C_out, kH, kW", weight),
        *([] if offset is None else [f'bias = np.array({offset}, dtype="float32")']),
        "",
        *_keras_layer(weight.shape[1], geometry, spelling or ("valid", None), told),
        "batch = np.moveaxis(x, 0, -1)[np.newaxis]",
        "layer.build(batch.shape)",
        "kernel = np.transpose(weight, (2, 3, 1, 0))  # (kH, kW, C_out, C_in)",
        f"layer.set_weights([kernel{', bias' if told else ''}])",
        "y = layer(batch)",
    ]
    if spelling is None:
        lines += keras_cuts(geometry.axes)
        lines += [] if offset is None else ["y = y + bias"]
        remarks.append(KERAS_CUTS)
    lines.append("")
    if weight.shape[1] * np.prod(geometry.output_shape) > SUMMARISED:
        lines.append("np.set_printoptions(threshold=np.inf)")
    shown = "y[0, :, :, 0]" if weight.shape[1] == 1 else "np.moveaxis(y[0], -1, 0)"
    lines += ["y = keras.ops.convert_to_numpy(y)", f"print({shown})", ""]
    return Code("\n".join(lines), " ".join(remarks))


def _keras_layer(
    filters: int, geometry: Geometry, spelling: tuple[str, tuple[int, int] | None], bias: bool
) -> list[str]:
    padding, output_padding = spelling
    return [
        "layer = keras.layers.Conv2DTranspose(",
        f"    {filters},",
        f"    kernel_size={geometry.kernel_shape},",
        f"    strides={geometry.stride},",
        f'    padding="{padding}",',
        *([] if output_padding is None else [f"    output_padding={output_padding},"]),
        f"    use_bias={bias},",
        '    data_format="channels_last",',
        ")",
    ]


def _lifted(
    x: ArrayLike, kernel: ArrayLike, bias: ArrayLike | None
) -> tuple[Array, Array, list[float] | None]:
    """(C_in, H, W), (C_in, C_out, kH, kW), and a bias as a list."""
    planes, weight = np.asarray(x, np.float64), np.asarray(kernel, np.float64)
    if planes.ndim not in (2, 3) or weight.ndim not in (2, 4):
        raise ValueError(
            f"The input has {planes.ndim} axes and the kernel {weight.ndim}: give (H, W) or "
            "(C_in, H, W), and (kH, kW) or (C_in, C_out, kH, kW)."
        )
    planes = planes[np.newaxis] if planes.ndim == 2 else planes
    weight = weight[np.newaxis, np.newaxis] if weight.ndim == 2 else weight
    return planes, weight, None if bias is None else [float(value) for value in np.asarray(bias)]


def torch_array(name: str, axes: str, array: Array) -> str:
    """Return the assignment of an array to a name, with its axes in words, in PyTorch.

    >>> print(torch_array("x", "rows, cols", np.array([[1.0, 2.0], [0.5, -1.0]])))
    x = torch.tensor(  # (rows, cols)
        [[1.0, 2.0],
         [0.5, -1.0]]
    )
    """
    return f"{name} = torch.tensor(  # ({axes})\n    {spelled_array(array)}\n)"


def numpy_array(name: str, axes: str, array: Array) -> str:
    """Return the same in NumPy, which Keras takes."""
    return f'{name} = np.array(  # ({axes})\n    {spelled_array(array)},\n    dtype="float32",\n)'


def spelled_array(array: Array) -> str:
    """Return nested lists as code, one row a line, each number in its shortest exact spelling.

    >>> print(spelled_array(np.eye(2)))
    [[1.0, 0.0],
         [0.0, 1.0]]
    """

    def spell(part: Array, indent: int) -> str:
        if part.ndim == 1:
            return f"[{', '.join(repr(float(value)) for value in part)}]"
        gap = ",\n" + " " * (indent + 1)
        return f"[{gap.join(spell(each, indent + 1) for each in part)}]"

    return spell(array, 4)
