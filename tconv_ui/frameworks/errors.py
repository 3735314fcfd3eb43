"""The errors the frameworks raise for a layer's settings, as they print them.

Each function returns None exactly when the framework accepts the settings. Texts of PyTorch 2.13,
Keras 3.15 on TensorFlow 2.21 (its own kernels, without oneDNN), and ONNX Runtime 1.31.
"""

from __future__ import annotations

from tconv_ui.layer.cells import Shape
from tconv_ui.layer.choice import LayerChoice

SIDES = ("height", "width")
ONEDNN_MESSAGE = "could not construct a memory descriptor using a format tag"


def torch_error(choice: LayerChoice) -> str | None:
    """Return what PyTorch prints when it refuses the settings, None when it accepts them."""
    stride, dilation, extra = choice.stride, choice.dilation, choice.output_padding
    if any(op >= max(s, d) for op, s, d in zip(extra, stride, dilation, strict=True)):
        numbers = " ".join(
            f"{name}_{side}: {value}"
            for name, values in (
                ("output_padding", extra),
                ("stride", stride),
                ("dilation", dilation),
            )
            for side, value in zip(SIDES, values, strict=True)
        )
        return (
            "RuntimeError: output padding must be smaller than either stride or dilation, "
            f"but got {numbers}"
        )
    rows, cols = _torch_shape(choice)
    if min(rows, cols) < 1:
        return (
            f"RuntimeError: Given input size per channel: ({choice.size[0]} x "
            f"{choice.size[1]}). Calculated output size per channel: ({rows} x {cols}). "
            "Output size is too small"
        )
    return None


def torch_elsewhere(choice: LayerChoice) -> str:
    """Return what PyTorch does instead where oneDNN computes the layer; empty where it does not.

    On a CPU it hands a single picture to oneDNN when both sides of the kernel are above 3.
    """
    if min(choice.kernel) <= 3 or min(_torch_shape(choice)) >= 1:
        return ""
    instead = "returns an empty output without an error"
    if min(_torch_shape(choice)) < 0:
        instead = f"says “{ONEDNN_MESSAGE}”"
    return f"On a CPU, where oneDNN computes kernels of 4 × 4 and more, PyTorch {instead}."


def _torch_shape(choice: LayerChoice) -> Shape:
    """The output's shape by PyTorch's formula, below 1 where there is none."""
    rows, cols = (
        full - 2 * p + op
        for full, p, op in zip(
            choice.full.full_shape, choice.padding, choice.output_padding, strict=True
        )
    )
    return rows, cols


def keras_error(choice: LayerChoice, padding: str) -> str | None:
    """Return what Keras on TensorFlow prints when it refuses the settings, None when it accepts.

    Args:
        choice: The layer.
        padding: "valid" or "same".
    """
    strides, rates = choice.stride, choice.dilation
    output_padding = choice.keras_output_padding
    for side, (op, s) in enumerate(zip(output_padding or (), strides, strict=False)):
        if op >= s:
            return (
                "ValueError: `output_padding` must be strictly less than `strides` for all "
                f"dimensions. At dimension {side}, `output_padding` is {op} but `strides` is {s}. "
                f"Received: output_padding={output_padding}, strides={strides}"
            )
    if max(strides) > 1 and max(rates) > 1:
        return (
            "ValueError: `strides > 1` not supported in conjunction with `dilation_rate > 1`. "
            f"Received: strides={strides} and dilation_rate={rates}"
        )
    if output_padding is None or padding == "valid":
        return None
    return _tensorflow_error(choice, output_padding)


def onnx_error(choice: LayerChoice, auto_pad: str) -> str | None:
    """Return what ONNX Runtime prints when it refuses the settings, None when it accepts them."""
    sides = list(zip(choice.output_padding, choice.stride, choice.dilation, strict=True))
    for side, (op, s, d) in enumerate(sides):
        if op >= max(s, d):
            return _onnx_message(
                f"output_padding[{side}] ({op}) must be less than max(stride, dilation) "
                f"({max(s, d)}) for spatial dimension {side}."
            )
    cut = (0, 0) if auto_pad != "NOTSET" else choice.padding
    full = choice.full.full_shape
    for side, (op, s, _) in enumerate(sides):
        n = choice.size[side]
        if op >= s:
            return _onnx_message(
                "Computed output shape is inconsistent with input spatial dimensions. "
                f"output_padding ({op}) may be too large for stride ({s}). "
                f"Expected input size {n + op // s} but got {n}."
            )
        if full[side] + op - 2 * cut[side] < 1:
            return _onnx_message(
                f"Computed output dimension is <= 0 for dim {side}. "
                f"Input shape: {{{choice.size[0]},{choice.size[1]}}}"
            )
    return None


def _tensorflow_error(choice: LayerChoice, output_padding: Shape) -> str | None:
    """TensorFlow's own check: the convolution of the output must give back the input's size."""
    axes = choice.full.axes
    for side, (axis, op) in enumerate(zip(axes, output_padding, strict=True)):
        size = axis.full_size + op - 2 * (axis.effective_kernel // 2)
        back = -(-size // axis.stride)
        if back != axis.input_size:
            return (
                "InvalidArgumentError: Conv2DCustomBackpropInput: Size of out_backprop doesn't "
                f"match computed: actual = {axis.input_size}, computed = {back} "
                f"spatial_dim: {side + 1} input: {size} filter: {axis.kernel_size} "
                f"output: {axis.input_size} stride: {axis.stride} dilation: {axis.dilation}"
            )
    return None


def _onnx_message(status: str) -> str:
    return (
        "InvalidArgument: [ONNXRuntimeError] : 2 : INVALID_ARGUMENT : Non-zero status code "
        f"returned while running ConvTranspose node. Name:'' Status Message: {status}"
    )
