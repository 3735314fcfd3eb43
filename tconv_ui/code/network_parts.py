"""What the code of both frameworks shares, and the weights' file it loads."""

from __future__ import annotations

from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from tconv_core.network import LEARNED, LayerSpec, Network, Weights

FILE = "decoder.npz"


def weights_npz(
    network: Network, weights: Weights, x: NDArray[np.floating], y: NDArray[np.floating]
) -> bytes:
    """Return an .npz file of weight1, bias1, ... in PyTorch's layout, and of input and output.

    Args:
        network: Whose weights they are.
        weights: One per layer, None for a layer that learns nothing.
        x, y: The (C, H, W) the network was fed, and what it made of it.
    """
    arrays = {"input": x.astype(np.float32), "output": y.astype(np.float32)}
    for number, (spec, weight) in enumerate(zip(network.layers, weights, strict=True), start=1):
        if weight is not None:
            arrays[f"weight{number}"] = weight
            arrays[f"bias{number}"] = np.zeros(spec.filters, np.float32)
    buffer = BytesIO()
    np.savez(buffer, **arrays)  # type: ignore[arg-type]
    return buffer.getvalue()


def learned(network: Network) -> str:
    """Return the numbers of the layers with weights, as code."""
    numbers = [at for at, spec in enumerate(network.layers, start=1) if spec.kind in LEARNED]
    return "[" + ", ".join(map(str, numbers)) + "]"


def named(spec: LayerSpec, **names: str) -> str:
    """Spell the settings that differ from a framework's defaults, each under its name there."""
    plain = {"stride": 1, "padding": 0, "dilation": 1}
    said = [
        f", {name}={getattr(spec, key)}"
        for key, name in names.items()
        if getattr(spec, key) != plain[key]
    ]
    return "".join(said)


def skip_cut(network: Network, index: int) -> list[tuple[int, int]]:
    """Return the cells cut from the (begin, end) of rows and columns of a layer's skip."""
    skip = network.layers[index].skip
    assert skip is not None
    have, want = network.fed(skip)[1:], network.made[index][1:]
    surplus = [a - b for a, b in zip(have, want, strict=True)]
    return [(each // 2, each - each // 2) for each in surplus]
