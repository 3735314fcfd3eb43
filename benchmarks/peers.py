"""The same transposed convolution in the libraries measured against."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import onnxruntime
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper
from PIL import Image
from scipy import signal

from benchmarks import THREADS

torch.set_num_threads(THREADS)


@dataclass(frozen=True)
class Layer:
    """One layer with its random input (C_in, n, n) and weight, the same for every side."""

    name: str
    c_in: int
    c_out: int
    k: int
    s: int
    p: int
    n: int
    groups: int = 1

    def arrays(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        rng = np.random.default_rng(0)
        x = rng.standard_normal((self.c_in, self.n, self.n), np.float32)
        shape = (self.c_in, self.c_out // self.groups, self.k, self.k)
        return x, rng.standard_normal(shape, np.float32)


def pytorch(layer: Layer) -> Callable[[], Any]:
    """Return PyTorch's call, without gradients."""
    x, weight = (torch.from_numpy(array) for array in layer.arrays())
    settings = {"stride": layer.s, "padding": layer.p, "groups": layer.groups}

    def call() -> Any:
        with torch.inference_mode():
            return torch.nn.functional.conv_transpose2d(x[None], weight, **settings)

    return call


def onnx_runtime(layer: Layer) -> Callable[[], Any]:
    """Return ONNX Runtime's call; the weight is part of the model, as it is when deployed."""
    x, weight = layer.arrays()
    batch = x[np.newaxis]
    node = helper.make_node(
        "ConvTranspose",
        ["x", "w"],
        ["y"],
        strides=[layer.s] * 2,
        pads=[layer.p] * 4,
        group=layer.groups,
    )
    graph = helper.make_graph(
        [node],
        layer.name,
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, batch.shape)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
        initializer=[helper.make_tensor("w", TensorProto.FLOAT, weight.shape, weight.ravel())],
    )
    opset = helper.make_opsetid("", 18)
    model = helper.make_model(graph, opset_imports=[opset], ir_version=9)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    return lambda: session.run(None, {"x": batch})[0]


def scipy_convolve(layer: Layer) -> Callable[[], Any]:
    """Return SciPy's convolution of each zero-stuffed channel with its kernel."""
    x, weight = layer.arrays()
    size = (layer.n - 1) * layer.s + 1

    def call() -> Any:
        stuffed = np.zeros((layer.c_in, size, size), np.float32)
        stuffed[:, :: layer.s, :: layer.s] = x
        pairs = zip(stuffed, weight[:, 0], strict=True)
        return np.stack([signal.oaconvolve(plane, kernel) for plane, kernel in pairs])

    return call


def pillow_bicubic(n: int, scale: int) -> Callable[[], Any]:
    """Return Pillow's bicubic resize of three float planes."""
    rng = np.random.default_rng(0)
    planes = [Image.fromarray(rng.random((n, n), np.float32)) for _ in range(3)]
    size = (n * scale, n * scale)
    return lambda: [plane.resize(size, Image.Resampling.BICUBIC) for plane in planes]


def pillow_bicubic_rgb(n: int, scale: int) -> Callable[[], Any]:
    """Return Pillow's bicubic resize of an RGB picture of bytes."""
    rng = np.random.default_rng(0)
    picture = Image.fromarray(rng.integers(0, 256, (n, n, 3), np.uint8))
    return lambda: picture.resize((n * scale, n * scale), Image.Resampling.BICUBIC)
