"""What the Step by step page shows of a layer: what plays, what it comes to, and from what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tconv_core import ChannelTrace, Geometry, trace_scatter
from tconv_core.arrays import FloatArray
from tconv_ui.layer.layer import Layer
from tconv_ui.player.channels import channel_outputs, channels_scene
from tconv_ui.player.layouts import lay_out
from tconv_ui.player.readings import make_readings
from tconv_ui.player.scene import Readings, Scene


@dataclass(frozen=True, slots=True, eq=False)
class ShownScene:
    """One layer on the page.

    Attributes:
        playing: What the player takes.
        scenes: Each of the scenes played, by title.
        outputs: The output by reading, each computed in its own way.
        numbers: Input, weight, geometry and bias, as the exported programs take them.
    """

    playing: Scene | Readings
    scenes: Mapping[str, Scene]
    outputs: Mapping[str, FloatArray]
    numbers: tuple[FloatArray, FloatArray, Geometry, FloatArray | None]


def show_readings(layer: Layer, names: tuple[str, ...], walk: str, *, symbols: bool) -> ShownScene:
    """Return a layer of one channel in the readings named, as far as they can be shown."""
    layout = lay_out(trace_scatter(layer.input, layer.kernel, layer.geometry))
    readings = make_readings(layout, names, walk, symbols=symbols)
    scenes = {scene.title: scene for scene in readings.scenes}
    return ShownScene(
        readings, scenes, layout.outputs, (layer.input, layer.kernel, layer.geometry, None)
    )


def show_channels(trace: ChannelTrace) -> ShownScene:
    """Return a layer with channels, in stamps."""
    scene = channels_scene(trace)
    numbers = (trace.input, trace.weight, trace.geometry, trace.bias)
    return ShownScene(scene, {scene.title: scene}, channel_outputs(trace), numbers)
