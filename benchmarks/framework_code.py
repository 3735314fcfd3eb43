"""Run the Frameworks page's code in the frameworks themselves: python -m benchmarks.framework_code.

Random settings, legal or not, go through the code each column shows; what it makes, or the error it
raises, must be what the page says. Then every translation is run beside the layer it translates.
Frameworks that are not installed are left out and named; besides requirements-bench.txt this needs

    pip install keras==3.15.1 "tensorflow-cpu==2.21.*"
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tconv_core import transpose_conv
from tconv_ui.code.layer_calls import CHANNELS
from tconv_ui.frameworks.columns import Column, keras_column, onnx_column, torch_column
from tconv_ui.frameworks.errors import ONEDNN_MESSAGE
from tconv_ui.frameworks.translation import Translation, translate
from tconv_ui.layer.choice import LayerChoice
from tconv_ui.layer.framework_geometries import keras_geometry

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "1"  # as the code does; TensorFlow looks once, when imported

CASES, SEED = 150, 0
Array = NDArray[np.float32]
Run = Callable[[str, Array, Array], Array]
"""Runs a column's code with an input and a weight in PyTorch's layout."""


@dataclass
class Tally:
    """What came of one kind of check."""

    counts: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def note(self, kind: str, failure: str | None) -> None:
        self.counts[kind] += 1
        if failure:
            self.failures.append(failure)


def random_settings(count: int) -> Iterator[LayerChoice]:
    """Yield settings within the sidebar's bounds, about half of them refused by somebody."""
    rng = np.random.default_rng(SEED)
    lows, highs = (1, 1, 1, 0, 0, 1), (7, 6, 4, 5, 3, 3)
    for number in range(count):
        rows, cols = (
            [int(rng.integers(low, high + 1)) for low, high in zip(lows, highs, strict=True)]
            for _ in range(2)
        )
        if number % 2:
            cols = rows
        elif number % 4 == 0:
            rows[5] = cols[5] = 1
        size, kernel, stride, padding, extra, dilation = zip(rows, cols, strict=True)
        yield LayerChoice(size, kernel, stride, padding, extra, dilation)


def arrays(choice: LayerChoice) -> tuple[Array, Array]:
    """Return an input and a weight of whole numbers: float32 adds them without rounding."""
    rng = np.random.default_rng(SEED)
    x = rng.integers(-9, 10, (1, CHANNELS[0], *choice.size)).astype(np.float32)
    return x, rng.integers(-9, 10, (*CHANNELS, *choice.kernel)).astype(np.float32)


def run_torch(code: str, x: Array, weight: Array) -> Array:
    """Run PyTorch code that makes `layer`, and the layer with these weights."""
    torch = importlib.import_module("torch")
    names: dict[str, Any] = {}
    exec(code, names)
    layer = names["layer"]
    with torch.no_grad():
        layer.weight.copy_(torch.from_numpy(weight))
        layer.bias.zero_()
        return np.asarray(layer(torch.from_numpy(x)))


def run_keras(code: str, x: Array, weight: Array) -> Array:
    """Run Keras code that makes `layer`, and the layer with these weights."""
    names: dict[str, Any] = {}
    exec(code, names)
    kernel = weight.transpose(2, 3, 1, 0)
    names["layer"].set_weights([kernel, np.zeros(CHANNELS[1], np.float32)])
    return np.asarray(names["layer"](x.transpose(0, 2, 3, 1))).transpose(0, 3, 1, 2)


def run_onnx(code: str, x: Array, weight: Array) -> Array:
    """Run ONNX code that makes `node`, and a model of it with these weights."""
    onnx, runtime = importlib.import_module("onnx"), importlib.import_module("onnxruntime")
    runtime.set_default_logger_severity(4)
    names: dict[str, Any] = {}
    exec(code, names)
    real, helper = onnx.TensorProto.FLOAT, onnx.helper
    graph = helper.make_graph(
        [names["node"]],
        "layer",
        [helper.make_tensor_value_info("x", real, x.shape)],
        [helper.make_tensor_value_info("y", real, None)],
        [helper.make_tensor("w", real, weight.shape, weight.ravel())],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    session = runtime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    return np.asarray(session.run(None, {"x": x})[0])


def check_column(column: Column, choice: LayerChoice, run: Run, tally: Tally) -> None:
    """Compare what a framework makes of a column's code with what the column says."""
    x, weight = arrays(choice)
    try:
        made = run(column.code, x, weight)
    except Exception as error:
        raised = _plain(f"{type(error).__name__}: {error}")
        same = column.error is not None and _says(raised, column)
        tally.note("refused", None if same else f"{choice}\n  {raised}\n  {column.error}")
        return
    if column.geometry is None:
        empty = made.size == 0 and "returns an empty output" in column.note
        said = f"{choice}\n  made {made.shape}, the page says {column.error}"
        tally.note("refused", None if empty else said)
        return
    wanted = transpose_conv(x, weight, column.geometry)
    same = made.shape == wanted.shape and np.array_equal(made, wanted)
    tally.note("accepted", None if same else f"{choice}: {made.shape}, not {wanted.shape}")


def check_translation(choice: LayerChoice, padding: str | None, tally: Tally) -> None:
    """Run a translation beside the layer it translates, both as the page spells them."""
    found = translate(choice, padding)
    if found.error is not None:
        return
    try:
        failure = _translation_failure(found, choice, padding)
    except Exception as error:
        failure = f"{choice}, {padding}: {type(error).__name__}: {error}"
    tally.note("accepted", failure)


def _translation_failure(
    found: Translation, choice: LayerChoice, padding: str | None
) -> str | None:
    torch, keras = importlib.import_module("torch"), importlib.import_module("keras")
    x, weight = arrays(choice)
    bias = np.arange(1, CHANNELS[1] + 1, dtype=np.float32)
    names: dict[str, Any] = {}
    exec(found.source_code, names)
    source = names["layer"]
    if padding is None:
        with torch.no_grad():
            source.weight.copy_(torch.from_numpy(weight))
            source.bias.copy_(torch.from_numpy(bias))
            wanted = np.asarray(source(torch.from_numpy(x)))
        twin: dict[str, Any] = {"torch_layer": source}
        exec(found.code, twin)
        made = np.asarray(twin["model"](x.transpose(0, 2, 3, 1))).transpose(0, 3, 1, 2)
        geometry = choice.geometry
    else:
        source.set_weights([weight.transpose(2, 3, 1, 0), bias])
        wanted = np.asarray(source(x.transpose(0, 2, 3, 1))).transpose(0, 3, 1, 2)
        twin = {"keras_layer": source}
        code = re.sub(r"^x = torch\.ones.*\n", "", found.code, flags=re.MULTILINE)
        exec(code, twin | {"x": torch.from_numpy(x)}, twin)
        made = twin["y"].detach().numpy()
        geometry = keras_geometry(choice, padding)
    page = transpose_conv(x, weight, geometry, bias=bias)
    keras.backend.clear_session()
    same = np.array_equal(made, wanted) and np.array_equal(wanted, page)
    return None if same else f"{choice}, {padding}: {made.shape} {wanted.shape}"


def main() -> None:
    """Check everything that the installed frameworks allow, and print one line a check."""
    checks: dict[str, tuple[tuple[str, ...], Callable[[LayerChoice, Tally], None]]] = {
        "PyTorch": (
            ("torch",),
            lambda s, t: check_column(torch_column(s), s, run_torch, t),
        )
    }
    for padding in ("valid", "same"):
        checks[f"Keras {padding}"] = (
            ("keras", "tensorflow"),
            lambda s, t, p=padding: check_column(keras_column(s, p), s, run_keras, t),  # type: ignore[misc]
        )
    for auto_pad in ("NOTSET", "SAME_UPPER", "SAME_LOWER"):
        checks[f"ONNX {auto_pad}"] = (
            ("onnx", "onnxruntime"),
            lambda s, t, a=auto_pad: check_column(onnx_column(s, a), s, run_onnx, t),  # type: ignore[misc]
        )
    for padding_of in (None, "valid", "same"):
        name = f"Keras {padding_of} to PyTorch" if padding_of else "PyTorch to Keras"
        checks[name] = (
            ("torch", "keras", "tensorflow"),
            lambda s, t, p=padding_of: check_translation(s, p, t),  # type: ignore[misc]
        )
    failed = False
    for name, (needs, check) in checks.items():
        missing = [each for each in needs if importlib.util.find_spec(each) is None]
        if missing:
            print(f"{name:24} left out: {', '.join(missing)} not installed")
            continue
        tally = Tally()
        for choice in random_settings(CASES):
            check(choice, tally)
        counts = f"{tally.counts['accepted']:4} run, {tally.counts['refused']:4} refused"
        print(f"{name:24} {counts}, {len(tally.failures)} unlike the page")
        for failure in tally.failures[:5]:
            print(f"  {failure}")
        failed = failed or bool(tally.failures)
    if failed:
        raise SystemExit(1)


def _plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def _says(raised: str, column: Column) -> bool:
    """Whether an error is the one a column shows, or the one oneDNN has in its place.

    oneDNN names no sizes: PyTorch's is the one the column's note quotes, TensorFlow's a failed
    primitive.
    """
    expected = [column.error]
    if ONEDNN_MESSAGE in column.note:
        expected.append(f"RuntimeError: {ONEDNN_MESSAGE}")
    if raised in expected:
        return True
    return raised.startswith("AbortedError: Exception enc") and "Size of out_backprop" in str(
        column.error
    )


if __name__ == "__main__":
    main()
