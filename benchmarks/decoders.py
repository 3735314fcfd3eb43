"""Run the exported code of every decoder, and count what PyTorch counts.

`python -m benchmarks.decoders` pastes the code of each preset, and of a few awkward stacks, into
PyTorch and, where it is installed, into Keras; loads the page's weights; and prints the largest
difference between their output and the core's. `--write` also stores PyTorch's shapes, parameters
and multiply-adds in tests/golden/decoder_cases.json.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import io
import json
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from tconv_core import GeometryError
from tconv_core.network import Network, he_weights, repairs, run
from tconv_ui.code.keras_network import keras_network, keras_weights_loading
from tconv_ui.code.network_parts import FILE, weights_npz
from tconv_ui.code.torch_network import torch_network, torch_weights_loading
from tconv_ui.decoder.presets import PRESETS
from tconv_ui.decoder.text import Plan, read_plan, write_plan

GOLDEN = Path(__file__).parents[1] / "tests" / "golden" / "decoder_cases.json"
TOLERANCE = 1e-5
AWKWARD = {
    "every kind": "4x7x9-conv8.k3.s2.p1.relu-bilinear.s2-avgpool.k3.s2.p1-maxpool.k2.s1.p1"
    "-tconv6.k3.s3.p1.o2x1.tanh-conv8.k2.d2-shuffle.s2.sigmoid-nearest.s2",
    "holes": "2x5x6-tconv3.k2.s4.p1.o3",
    "dilated": "2x6x5-tconv3.k3.p2.d2-conv2.k3.p1.d2.relu",
    "cropped skip": "2x9x11-maxpool.k2.s2.relu-tconv3.k2.s2.crop0",
    "added input": "3x8x8-conv3.k3.p1.relu.add0-tconv4.k4.s2.p1-maxpool.k2.s2.cat1",
    "dilated strides": "2x6x5-tconv3.k3.s2.p1.o1.d2",
}


def network_of(plan: Plan) -> Network:
    """Return the plan's network, or that of its first repair."""
    try:
        return plan.network()
    except GeometryError:
        first = repairs(plan.input_shape, plan.layers)[0]
        return Plan(first.input_shape, first.layers).network()


def cases() -> dict[str, Network]:
    """Return every network that is checked, by name."""
    found = {label: network_of(preset.plan) for label, preset in PRESETS.items()}
    return found | {name: network_of(read_plan(text)) for name, text in AWKWARD.items()}


def pasted(code: str) -> dict[str, Any]:
    """Run code as somebody would who pasted it; return its names."""
    names: dict[str, Any] = {"__name__": "pasted"}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(code, "pasted", "exec"), names)
    return names


def difference(network: Network, code: str, loading: str) -> float:
    """Return how far the pasted code's output is from the core's, weights and input the same."""
    x = np.random.default_rng(1).random(network.input_shape, np.float32)
    weights = he_weights(network, seed=3)
    y = run(network, x, weights)[-1]
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        Path(FILE).write_bytes(weights_npz(network, weights, x, y))
        result = pasted(f"{code}\n{loading}")["result"]
    assert result.shape == network.output_shape, (result.shape, network.output_shape)
    return float(np.abs(result - y).max())


def counted(network: Network) -> dict[str, Any]:
    """Return PyTorch's shape, parameters and multiply-adds of each layer."""
    torch = importlib.import_module("torch")
    counter = importlib.import_module("torch.utils.flop_counter").FlopCounterMode
    names = pasted(torch_network(network))
    model = names["model"]
    layers = [
        module for module in model.modules() if not list(module.children()) and _is_layer(module)
    ]
    assert len(layers) == len(network.layers)
    found: list[dict[str, Any]] = []

    def note(module: Any, _: Any, output: Any) -> None:
        found.append(
            {
                "made": list(output.shape[1:]),
                "parameters": sum(weight.numel() for weight in module.parameters()),
            }
        )

    for layer in layers:
        layer.register_forward_hook(note)
    x = torch.zeros(1, *network.input_shape)
    with torch.no_grad(), counter(display=False) as flops:
        y = model(x)
    operations = int(flops.get_total_flops())
    return {"layers": found, "multiply_adds": operations // 2, "output": list(y.shape[1:])}


def _is_layer(module: Any) -> bool:
    return type(module).__name__ not in ("ReLU", "Sigmoid", "Tanh")


def check(name: str, network: Network, code_of: Callable[[Network], str], loading: str) -> float:
    """Print a line for one network in one framework; return the difference."""
    try:
        code = code_of(network)
    except GeometryError as error:
        print(f"{name:20} {code_of.__name__:11} not exported: {error}")
        return 0.0
    found = difference(network, code, loading)
    print(f"{name:20} {code_of.__name__:11} {found:.1e}")
    return found


def main() -> None:
    """Check every network in the frameworks there are; fail where one differs."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    worst = 0.0
    with_torch, with_keras = (importlib.util.find_spec(name) for name in ("torch", "keras"))
    golden: dict[str, Any] = {}
    for name, network in cases().items():
        if with_torch:
            worst = max(worst, check(name, network, torch_network, torch_weights_loading(network)))
            stack = write_plan(Plan(network.input_shape, network.layers))
            golden[name] = {"stack": stack, **counted(network)}
        if with_keras:
            worst = max(worst, check(name, network, keras_network, keras_weights_loading(network)))
    print(f"largest difference {worst:.1e}, allowed {TOLERANCE:.0e}")
    if "--write" in sys.argv[1:] and golden:
        lines = (f"{json.dumps(name)}: {json.dumps(case)}" for name, case in golden.items())
        GOLDEN.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    if worst > TOLERANCE:
        sys.exit(1)


if __name__ == "__main__":
    main()
