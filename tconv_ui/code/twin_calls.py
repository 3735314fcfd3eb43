"""The code of a layer's twin, which takes the weights over."""

from __future__ import annotations

from tconv_ui.code.layer_calls import CHANNELS, pair
from tconv_ui.code.twins import NOTHING, KerasTwin, TorchTwin
from tconv_ui.layer.cells import Shape


def keras_twin_code(twin: KerasTwin, channels: Shape = CHANNELS, *, bias: bool = True) -> str:
    """Return Keras code that takes the weights of a PyTorch layer called `torch_layer`."""
    choice = twin.choice
    height, width = choice.size
    layers = [f"keras.Input(({height}, {width}, {channels[0]})),"]
    if any(twin.input_zeros):
        rows, cols = twin.input_zeros
        layers.append(f"keras.layers.ZeroPadding2D(((0, {rows}), (0, {cols}))),")
    options = [f"{channels[1]}, {pair(twin.kernel)}", f"strides={pair(choice.stride)}"]
    if twin.output_padding is not None:
        options.append(f"output_padding={pair(twin.output_padding)}")
    if not bias:
        options.append("use_bias=False")
    layers.append("keras.layers.Conv2DTranspose(")
    layers += [f"    {option}," for option in options]
    layers.append("),")
    if twin.cropping != (NOTHING, NOTHING):
        layers.append(f"keras.layers.Cropping2D({twin.cropping}),")
    numpy = ["import numpy as np"] if twin.spread else []
    lines = ["import keras", *numpy, "", "model = keras.Sequential(["]
    lines += [f"    {line}" for line in layers]
    lines += ["])", "", "# torch_layer: the PyTorch layer"]
    lines.append("weight = torch_layer.weight.detach().numpy()")
    if twin.spread:
        lines += _spread_code(twin)
    name = "wide" if twin.spread else "weight"
    lines.append("# to (kH, kW, C_out, C_in)")
    lines.append(f"kernel = {name}.transpose(2, 3, 1, 0)")
    if bias:
        lines.append("bias = torch_layer.bias.detach().numpy()")
    layer = f"model.layers[{int(any(twin.input_zeros))}]"
    lines.append(f"{layer}.set_weights([kernel{', bias' * bias}])")
    return "\n".join(lines)


def torch_twin_code(twin: TorchTwin, channels: Shape = CHANNELS, *, bias: bool = True) -> str:
    """Return PyTorch code that takes the weights of a Keras layer called `keras_layer`."""
    options = [f"{channels[0]}, {channels[1]}, {pair(twin.choice.kernel)}"]
    for name, values, default in (
        ("stride", twin.choice.stride, 1),
        ("padding", twin.padding, 0),
        ("output_padding", twin.output_padding, 0),
        ("dilation", twin.choice.dilation, 1),
    ):
        if values != (default, default):
            options.append(f"{name}={pair(values)}")
    if not bias:
        options.append("bias=False")
    names = "kernel, bias" if bias else "(kernel,)"
    height, width = twin.choice.size
    lines = [
        "import torch",
        "",
        "layer = torch.nn.ConvTranspose2d(",
        *(f"    {option}," for option in options),
        ")",
        "",
        "# keras_layer: the Keras layer, built",
        f"{names} = keras_layer.get_weights()",
        "# to (C_in, C_out, kH, kW)",
        "weight = kernel.transpose(3, 2, 0, 1)",
        "with torch.no_grad():",
        "    layer.weight.copy_(torch.from_numpy(weight))",
        *(["    layer.bias.copy_(torch.from_numpy(bias))"] if bias else []),
        "",
        f"x = torch.ones(1, {channels[0]}, {height}, {width})",
        "y = layer(x)",
    ]
    if any(twin.trim):
        rows, cols = twin.trim
        lines.append("# Negative padding cuts the end.")
        lines.append(f"y = torch.nn.functional.pad(y, (0, {-cols}, 0, {-rows}))")
    return "\n".join(lines)


def _spread_code(twin: KerasTwin) -> list[str]:
    rows, cols = twin.choice.dilation
    return [
        "# Zeros between the taps do what dilation does,",
        "# with any strides.",
        f"shape = (*weight.shape[:2], {twin.kernel[0]}, {twin.kernel[1]})",
        "wide = np.zeros(shape, np.float32)",
        f"wide[:, :, ::{rows}, ::{cols}] = weight",
    ]
