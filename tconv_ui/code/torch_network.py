"""A whole network as PyTorch code that runs as pasted."""

from __future__ import annotations

from tconv_core.network import LayerSpec, Network
from tconv_ui.code.layer_calls import pair
from tconv_ui.code.network_parts import FILE, learned, named, skip_cut

_TORCH_ACTIVATION = {"relu": "ReLU", "sigmoid": "Sigmoid", "tanh": "Tanh"}


def torch_network(network: Network) -> str:
    """Return PyTorch code that builds the network: Sequential, or a Module where skips join.

    >>> up = LayerSpec("tconv", filters=8, kernel=4, stride=2, padding=1, activation="relu")
    >>> print(torch_network(Network((16, 4, 4), (up,))))
    import torch
    from torch import nn
    <BLANKLINE>
    model = nn.Sequential(
        nn.ConvTranspose2d(16, 8, 4, stride=2, padding=1),
        nn.ReLU(),
    )
    print(model(torch.zeros(1, 16, 4, 4)).shape)  # 1, 8, 8, 8
    """
    head = ["import torch", "from torch import nn", ""]
    calls = [_torch_layer(spec, network.fed(at)[0]) for at, spec in enumerate(network.layers)]
    if all(spec.skip is None for spec in network.layers):
        lines = []
        for spec, call in zip(network.layers, calls, strict=True):
            lines.append(f"    {call},")
            if spec.activation != "none":
                lines.append(f"    nn.{_TORCH_ACTIVATION[spec.activation]}(),")
        body = ["model = nn.Sequential(", *lines, ")"]
    else:
        body = _torch_module(network, calls)
    fed, made = (", ".join(map(str, s)) for s in (network.input_shape, network.output_shape))
    return "\n".join([*head, *body, f"print(model(torch.zeros(1, {fed})).shape)  # 1, {made}"])


def torch_weights_loading(network: Network) -> str:
    """Return PyTorch code that loads the weights' file into `model` and compares the outputs."""
    return "\n".join(
        [
            "import numpy as np",
            "",
            f'data = np.load("{FILE}")',
            "kinds = (nn.Conv2d, nn.ConvTranspose2d)",
            "learned = [layer for layer in model.modules() if isinstance(layer, kinds)]",
            f"for layer, number in zip(learned, {learned(network)}):",
            '    layer.weight.data = torch.from_numpy(data[f"weight{number}"])',
            '    layer.bias.data = torch.from_numpy(data[f"bias{number}"])',
            "with torch.no_grad():",
            '    result = model(torch.from_numpy(data["input"])[None])[0].numpy()',
            'print("largest difference:", abs(result - data["output"]).max())',
        ]
    )


def _torch_layer(spec: LayerSpec, channels: int) -> str:
    settings = named(spec, stride="stride", padding="padding")
    match spec.kind:
        case "tconv" | "conv":
            name = "ConvTranspose2d" if spec.kind == "tconv" else "Conv2d"
            settings += f", output_padding={pair(spec.extra)}" if any(spec.extra) else ""
            settings += named(spec, dilation="dilation")
            return f"nn.{name}({channels}, {spec.filters}, {spec.kernel}{settings})"
        case "maxpool" | "avgpool":
            name = "MaxPool2d" if spec.kind == "maxpool" else "AvgPool2d"
            padding = named(spec, padding="padding")
            return f"nn.{name}({spec.kernel}, stride={spec.stride}{padding})"
        case "shuffle":
            return f"nn.PixelShuffle({spec.stride})"
        case _:
            return f'nn.Upsample(scale_factor={spec.stride}, mode="{spec.kind}")'


def _torch_module(network: Network, calls: list[str]) -> list[str]:
    setup = [f"        self.layer{at} = {call}" for at, call in enumerate(calls, start=1)]
    forward = []
    for at, spec in enumerate(network.layers, start=1):
        activation = "" if spec.activation == "none" else f".{spec.activation}()"
        made = f"self.layer{at}(x{at - 1}){activation}"
        if spec.skip is not None and spec.merge == "add":
            made += f" + x{spec.skip}"
        elif spec.skip is not None:
            made = f"torch.cat([{made}, x{spec.skip}{_torch_skip_cut(network, at - 1)}], dim=1)"
        forward.append(f"        x{at} = {made}")
    return [
        "",
        "class Decoder(nn.Module):",
        "    def __init__(self):",
        "        super().__init__()",
        *setup,
        "",
        "    def forward(self, x0):",
        *forward,
        f"        return x{len(calls)}",
        "",
        "",
        "model = Decoder()",
    ]


def _torch_skip_cut(network: Network, index: int) -> str:
    cut = skip_cut(network, index)
    if not any(map(sum, cut)):
        return ""
    want = network.made[index][1:]
    spans = [f"{begin}:{begin + size}" for (begin, _), size in zip(cut, want, strict=True)]
    return f"[:, :, {', '.join(spans)}]"
