"""A whole network as Keras code that runs as pasted and computes PyTorch's numbers."""

from __future__ import annotations

from tconv_core import GeometryError
from tconv_core.network import LayerSpec, Network
from tconv_ui.code.layer_calls import ONEDNN, pair
from tconv_ui.code.network_parts import FILE, learned, named, skip_cut

_SHUFFLE = '''
class PixelShuffle(layers.Layer):
    """Channel c * r * r + a * r + b holds the cells of phase (a, b), as in PyTorch."""

    def __init__(self, r):
        super().__init__()
        self.r = r

    def call(self, x):
        _, height, width, channels = x.shape
        kept = channels // self.r**2
        x = keras.ops.reshape(x, (-1, height, width, kept, self.r, self.r))
        x = keras.ops.transpose(x, (0, 1, 4, 2, 5, 3))
        return keras.ops.reshape(x, (-1, height * self.r, width * self.r, kept))'''.lstrip("\n")


def keras_network(network: Network) -> str:
    """Return Keras code that builds the network: Sequential, or functional where skips join.

    PyTorch's padding becomes a crop of its own after a transposed convolution, and zeros of their
    own before a convolution, so that the numbers are the same and not only the sizes.

    Raises:
        GeometryError: Keras has no such layer; the sentence says which and why.

    >>> up = LayerSpec("tconv", filters=8, kernel=4, stride=2, padding=1, activation="relu")
    >>> print(keras_network(Network((16, 4, 4), (up,))))
    import keras
    from keras import layers
    <BLANKLINE>
    model = keras.Sequential(
        [
            keras.Input((4, 4, 16)),
            layers.Conv2DTranspose(8, 4, strides=2, activation="relu", name="layer1"),
            layers.Cropping2D(1),
        ]
    )
    print(model.output_shape)  # None, 8, 8, 8
    """
    chains = [_keras_layers(spec, number) for number, spec in enumerate(network.layers, start=1)]
    dilated = any(spec.kind == "tconv" and spec.dilation > 1 for spec in network.layers)
    head = [*(ONEDNN if dilated else ()), "import keras", "from keras import layers", ""]
    if any(spec.kind == "shuffle" for spec in network.layers):
        head += [_SHUFFLE, "", ""]
    channels, height, width = network.input_shape
    start = f"keras.Input(({height}, {width}, {channels}))"
    if all(spec.skip is None for spec in network.layers):
        inner = [f"        {call}," for chain in chains for call in chain]
        body = ["model = keras.Sequential(", "    [", f"        {start},", *inner, "    ]", ")"]
    else:
        body = _keras_model(network, chains, start)
    made = ", ".join(map(str, (*network.output_shape[1:], network.output_shape[0])))
    return "\n".join([*head, *body, f"print(model.output_shape)  # None, {made}"])


def keras_weights_loading(network: Network) -> str:
    """Return Keras code that loads the weights' file into `model` and compares the outputs."""
    return "\n".join(
        [
            "import numpy as np",
            "",
            f'data = np.load("{FILE}")',
            f"for number in {learned(network)}:",
            '    weight, bias = data[f"weight{number}"], data[f"bias{number}"]',
            "    weight = weight.transpose(2, 3, 1, 0)",
            '    model.get_layer(f"layer{number}").set_weights([weight, bias])',
            'x = data["input"].transpose(1, 2, 0)[None]',
            "result = model.predict(x, verbose=0)[0].transpose(2, 0, 1)",
            'print("largest difference:", abs(result - data["output"]).max())',
        ]
    )


def _keras_layers(spec: LayerSpec, number: int) -> list[str]:
    """Return the Keras layers that compute what one layer does, in order."""
    activation = "" if spec.activation == "none" else f', activation="{spec.activation}"'
    pool = f"{spec.kernel}, strides={spec.stride}"
    padded = [f"layers.ZeroPadding2D({spec.padding})"] if spec.padding else []
    match spec.kind:
        case "tconv":
            return _keras_transposed(spec, number, activation)
        case "conv":
            _refuse_dilated_strides(spec, number)
            settings = named(spec, stride="strides", dilation="dilation_rate") + activation
            layer = f'layers.Conv2D({spec.filters}, {spec.kernel}{settings}, name="layer{number}")'
            return [*padded, layer]
        case "maxpool":
            made = [*_keras_lowest(spec.padding), f"layers.MaxPooling2D({pool})"]
        case "avgpool":
            made = [*padded, f"layers.AveragePooling2D({pool})"]
        case "shuffle":
            made = [f"PixelShuffle({spec.stride})"]
        case _:
            made = [f'layers.UpSampling2D({spec.stride}, interpolation="{spec.kind}")']
    if activation:
        made.append(f'layers.Activation("{spec.activation}")')
    return made


def _keras_transposed(spec: LayerSpec, number: int, activation: str) -> list[str]:
    _refuse_dilated_strides(spec, number)
    if max(spec.extra) >= spec.stride:
        raise GeometryError(
            f"Layer {number}: Keras takes an output_padding below the strides {spec.stride} only, "
            f"got {max(spec.extra)}: use at most {spec.stride - 1}."
        )
    settings = named(spec, stride="strides", dilation="dilation_rate")
    if any(spec.extra) or spec.kernel < spec.stride:
        # Left out, Keras would append the cells that a kernel below the stride leaves empty.
        settings += f", output_padding={pair(spec.extra)}"
    name = f'name="layer{number}"'
    call = f"layers.Conv2DTranspose({spec.filters}, {spec.kernel}{settings}{activation}, {name})"
    return [call, *([f"layers.Cropping2D({spec.padding})"] if spec.padding else [])]


def _keras_lowest(padding: int) -> list[str]:
    """Return the padding of max pooling: minus infinity never wins."""
    if not padding:
        return []
    sides = f"[[0, 0], [{padding}, {padding}], [{padding}, {padding}], [0, 0]]"
    padded = f'keras.ops.pad(x, {sides}, constant_values=float("-inf"))'
    return [f"layers.Lambda(lambda x: {padded})"]


def _refuse_dilated_strides(spec: LayerSpec, number: int) -> None:
    if spec.stride > 1 and spec.dilation > 1:
        raise GeometryError(
            f"Layer {number}: Keras does not combine strides {spec.stride} with dilation_rate "
            f"{spec.dilation}: use 1 for one of them."
        )


def _keras_model(network: Network, chains: list[list[str]], start: str) -> list[str]:
    lines = [f"x0 = {start}"]
    for at, (spec, chain) in enumerate(zip(network.layers, chains, strict=True), start=1):
        fed = f"x{at - 1}"
        for call in chain:
            lines.append(f"x{at} = {call}({fed})")
            fed = f"x{at}"
        if spec.skip is None:
            continue
        other = f"x{spec.skip}"
        if any(map(sum, cut := skip_cut(network, at - 1))):
            other = f"layers.Cropping2D({tuple(cut)})({other})"
        join = "Add" if spec.merge == "add" else "Concatenate"
        lines.append(f"x{at} = layers.{join}()([x{at}, {other}])")
    return [*lines, f"model = keras.Model(x0, x{len(chains)})"]
