"""What each framework cuts from the full output: its settings as one (begin, end) crop.

The three functions take plain numbers and return the crop; `Axis.from_torch`,
`Axis.from_keras` and `Axis.from_onnx` are what callers use.
"""

from __future__ import annotations

from tconv_core.geometry.checks import GeometryError, numbers_of, whole

Crop = tuple[int, int]
Numbers = tuple[int, int, int, int]
"""Input size, kernel size, stride and dilation of an axis."""


def full_output(n: int, k: int, stride: int, dilation: int) -> int:
    """Return the cells of the full output of n input cells and k taps, before any crop.

    Source:
        Dumoulin & Visin 2016, arXiv 1603.07285, relationship 13.

    >>> full_output(3, 3, stride=2, dilation=1)
    7
    """
    return (n - 1) * stride + dilation * (k - 1) + 1


def torch_crop(numbers: Numbers, padding: int, output_padding: int) -> Crop:
    """Return the cells PyTorch 2.13 cuts: `padding`, and `padding - output_padding`.

    Raises:
        GeometryError: PyTorch refuses the settings.

    Source:
        torch.nn.ConvTranspose2d.
    """
    padding = whole("padding", padding, at_least=0)
    output_padding = whole("output_padding", output_padding, at_least=0)
    _, _, stride, dilation = numbers
    limit = max(stride, dilation)
    if output_padding >= limit:
        raise GeometryError(
            f"output_padding {output_padding} must be smaller than the stride {stride} or the "
            f"dilation {dilation}: use {_at_most(limit - 1)}."
        )
    full = full_output(*numbers)
    if full - 2 * padding + output_padding < 1:
        raise GeometryError(
            f"padding {padding} crops {2 * padding - output_padding} of the {full} cells of "
            f"the full output and leaves none: use {_at_most((full + output_padding - 1) // 2)}."
        )
    return padding, padding - output_padding


def keras_crop(numbers: Numbers, padding: str, output_padding: int | None) -> Crop:
    """Return the cells Keras 3 on TensorFlow cuts: what is too much for the size it promises.

    Without `output_padding`, "same" promises n · stride cells and "valid" adds what the kernel
    overhangs; with it, "valid" keeps the full output and "same" cuts half a kernel per side.

    Raises:
        GeometryError: Keras refuses the settings.

    Source:
        keras.layers.Conv2DTranspose (3.15), `compute_conv_transpose_output_length`.
    """
    n, k, s, dilation = numbers
    full, span = full_output(*numbers), dilation * (k - 1) + 1
    if s > 1 and dilation > 1:
        raise GeometryError(
            f"strides {s} cannot be combined with dilation_rate {dilation} in Keras: "
            f"use strides 1 or dilation_rate 1."
        )
    if padding not in ("valid", "same"):
        raise GeometryError(f'padding must be "valid" or "same", got {padding!r}.')
    if output_padding is None:
        size = n * s + (max(span - s, 0) if padding == "valid" else 0)
    else:
        output_padding = _below_strides(output_padding, s)
        size = full + output_padding - (2 * (span // 2) if padding == "same" else 0)
    if size < 1:
        raise GeometryError(
            f'padding "same" with output_padding {output_padding} cuts {full - size} of the {full} '
            f"cells of the full output and leaves none: leave output_padding out (None)."
        )
    if padding == "same" and -(-size // s) != n:
        raise GeometryError(
            f'padding "same" with output_padding {output_padding} makes {size} cells, which the '
            f"convolution takes back to {-(-size // s)}, not {n}: leave output_padding out (None)."
        )
    begin = max(full - size, 0) // 2 if padding == "same" else 0
    return begin, full - size - begin


def onnx_crop(
    numbers: Numbers,
    pads: tuple[int, int] | None,
    auto_pad: str,
    output_shape: int | None,
    output_padding: int,
) -> Crop:
    """Return the cells ONNX Runtime cuts, from pads, from auto_pad, or from output_shape.

    Raises:
        GeometryError: ONNX Runtime refuses the settings, or would ignore one of them.

    Source:
        ONNX operator ConvTranspose, as ONNX Runtime 1.31.1 computes it: its test is that the
        convolution of the result must give back the input's size. For SAME_UPPER and SAME_LOWER
        the standard (opset 11 and later) says n · strides cells; ONNX Runtime makes fewer where
        the kernel reaches less far than the strides.
    """
    (n, k, stride, _), full = numbers, full_output(*numbers)
    output_padding = _below_strides(output_padding, stride)
    if auto_pad not in ("NOTSET", "VALID", "SAME_UPPER", "SAME_LOWER"):
        raise GeometryError(
            f"auto_pad must be NOTSET, VALID, SAME_UPPER or SAME_LOWER, got {auto_pad!r}."
        )
    if pads is not None and (auto_pad != "NOTSET" or output_shape is not None):
        other = "auto_pad" if auto_pad != "NOTSET" else "output_shape"
        raise GeometryError(f"pads {pads} and {other} both set the crop: give one of them.")
    if output_shape is not None:
        size = whole("output_shape", output_shape, at_least=1)
        largest = full + stride - 1
        if size > largest:
            raise GeometryError(
                f"output_shape {size} is more than {n} input cells with strides {stride} and "
                f"kernel {k} can make: use at most {largest}."
            )
        total = max(full + output_padding - size, 0)
        begin = total // 2 if auto_pad == "SAME_UPPER" else total - total // 2
        return begin, full - size - begin
    if auto_pad.startswith("SAME"):
        total = max(full + output_padding - n * stride, 0)
        begin = total // 2 if auto_pad == "SAME_UPPER" else total - total // 2
        return begin, total - begin - output_padding
    both = (0, 0) if pads is None else numbers_of("pads", pads, "begin", "end")
    first, last = (whole("pads", each, at_least=0) for each in both)
    if full + output_padding - first - last < 1:
        raise GeometryError(
            f"pads ({first}, {last}) crop {first + last - output_padding} of the {full} "
            f"cells of the full output and leave none: "
            f"use at most {full + output_padding - 1} in all."
        )
    return first, last - output_padding


def _at_most(number: int) -> str:
    return f"at most {number}" if number else "0"


def _below_strides(value: int, strides: int) -> int:
    output_padding = whole("output_padding", value, at_least=0)
    if output_padding >= strides:
        raise GeometryError(
            f"output_padding {output_padding} must be smaller than the strides {strides}: "
            f"use {_at_most(strides - 1)}."
        )
    return output_padding
