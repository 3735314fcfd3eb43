"""A kernel that enlarged a picture, as PyTorch and Keras code that does it again."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tconv_core import Geometry
from tconv_ui.code.programs import spelled_array
from tconv_ui.code.spellings import spread
from tconv_ui.layer.formulas import torch_settings

Kernel = NDArray[np.float64]


def torch_kernel(kernel: Kernel, geometry: Geometry) -> str:
    """Return PyTorch code that does to `picture`, (3, H, W), what the kernel did here.

    >>> print(torch_kernel(np.ones((1, 2)), Geometry.from_torch(3, (1, 2), stride=(1, 2))))
    import torch
    <BLANKLINE>
    weight = torch.tensor(
        [[1.0, 1.0]]
    )
    result = torch.nn.functional.conv_transpose2d(
        picture,
        weight.expand(3, 1, 1, 2),
        stride=(1, 2),
        padding=(0, 0),
        output_padding=(0, 0),
        dilation=(1, 1),
        groups=3,
    )
    """
    spelled = [torch_settings(axis) for axis in geometry.axes]
    extra = tuple(max(given, 0) for _, given in spelled)
    lines = [
        "import torch",
        "",
        f"weight = torch.tensor(\n    {_numbers(kernel)}\n)",
        "result = torch.nn.functional.conv_transpose2d(",
        "    picture,",
        f"    weight.expand(3, 1, {kernel.shape[0]}, {kernel.shape[1]}),",
        f"    stride={geometry.stride},",
        f"    padding={tuple(padding for padding, _ in spelled)},",
        f"    output_padding={extra},",
        f"    dilation={geometry.dilation},",
        "    groups=3,",
        ")",
    ]
    rows, cols = (max(-given, 0) for _, given in spelled)
    if rows or cols:
        lines.append(f"result = result[:, {_until(rows)}, {_until(cols)}]")
    return "\n".join(lines)


def keras_kernel(kernel: Kernel, geometry: Geometry) -> str:
    """Return Keras code that does to `picture`, (3, H, W), what the kernel did here.

    Keras refuses a stride above 1 together with a dilation above 1; dilated weights are written
    out with zeros between them.
    """
    axes = geometry.axes
    cuts = ", ".join(f"{axis.crop[0]}:{axis.crop[0] + axis.output_size}" for axis in axes)
    ends = [max(-axis.crop[1], 0) for axis in axes]
    numbers = _numbers(spread(kernel, geometry.dilation))
    lines = [
        "import keras",
        "import numpy as np",
        "",
        f"weight = np.array(\n    {numbers},\n    dtype=np.float32,\n)",
        "full = keras.ops.conv_transpose(",
        "    picture[..., np.newaxis],",
        "    weight[:, :, np.newaxis, np.newaxis],",
        f"    strides={geometry.stride},",
        '    padding="valid",',
        '    data_format="channels_last",',
        ")",
    ]
    if any(ends):
        lines.append(
            f"full = keras.ops.pad(full, ((0, 0), (0, {ends[0]}), (0, {ends[1]}), (0, 0)))"
        )
    return "\n".join([*lines, f"result = full[:, {cuts}, 0]"])


def _numbers(kernel: Kernel) -> str:
    """The weights as float32 writes them."""
    return spelled_array(
        np.array([[float(str(np.float32(each))) for each in row] for row in kernel])
    )


def _until(cut: int) -> str:
    return f":-{cut}" if cut else ":"
