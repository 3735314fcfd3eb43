"""What the Step by step page shows of a layer: what plays, what it comes to, and from what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tconv_core import ChannelTrace, Geometry, trace_scatter
from tconv_core.arrays import FloatArray
from tconv_ui.layer.layer import Layer
from tconv_ui.player.channels import channel_outputs, channels_scene
from tconv_ui.player.layouts import Layout
from tconv_ui.player.readings import BY_INPUT, READINGS, WALKS, make_readings
from tconv_ui.player.scene import Readings, Scene
from tconv_ui.step_by_step.channels import MOST_CHANNELS, PLAIN, Wanted, add_channels, refusal


@dataclass(frozen=True, slots=True)
class Playing:
    """What the visitor wants to see of a layer.

    Attributes:
        names: Readings by name.
        walk: What a step goes through.
        symbols: Letters in place of numbers.
        wanted: Channels and a bias, which only the stamps show.
    """

    names: tuple[str, ...] = READINGS[:1]
    walk: str = BY_INPUT
    symbols: bool = False
    wanted: Wanted = PLAIN

    @classmethod
    def from_query(cls, query: Mapping[str, tuple[str, ...]]) -> Playing:
        """Return what an address asks for; what cannot be read is as it begins.

        >>> Playing.from_query({"readings": ("Matrix",), "channels_in": ("2",)}).wanted.ins
        2
        """

        def one(key: str) -> str:
            return query.get(key, ("",))[-1]

        names = tuple(name for name in READINGS if name in query.get("readings", ()))
        walk = one("walk") if one("walk") in WALKS else BY_INPUT
        counts = [
            int(one(key)) if one(key) in map(str, range(1, MOST_CHANNELS + 1)) else 1
            for key in ("channels_in", "channels_out")
        ]
        wanted = Wanted(counts[0], counts[1], one("bias").lower() == "true")
        return cls(names or READINGS[:1], walk, one("symbolic").lower() == "true", wanted)

    def scenes(self, layer: Layer) -> ShownScene:
        """Return a layer as it is wanted, as far as it can be shown."""
        if self.wanted.plain or refusal(layer.geometry):
            return show_readings(layer, self.names, self.walk, symbols=self.symbols)
        return show_channels(add_channels(layer, self.wanted))


@dataclass(frozen=True, slots=True, eq=False)
class ShownScene:
    """One layer on the page.

    Attributes:
        playing: What the player takes.
        scenes: Each of the scenes played, by title.
        outputs: Computes the output by reading, each in its own way.
        numbers: Input, weight, geometry and bias, as the exported programs take them.
    """

    playing: Scene | Readings
    scenes: Mapping[str, Scene]
    outputs: Callable[[], Mapping[str, FloatArray]]
    numbers: tuple[FloatArray, FloatArray, Geometry, FloatArray | None]


def show_readings(layer: Layer, names: tuple[str, ...], walk: str, *, symbols: bool) -> ShownScene:
    """Return a layer of one channel in the readings named, as far as they can be shown."""
    layout = Layout(trace_scatter(layer.input, layer.kernel, layer.geometry))
    readings = make_readings(layout, names, walk, symbols=symbols)
    scenes = {scene.title: scene for scene in readings.scenes}
    numbers = (layer.input, layer.kernel, layer.geometry, None)
    return ShownScene(readings, scenes, lambda: layout.outputs, numbers)


def show_channels(trace: ChannelTrace) -> ShownScene:
    """Return a layer with channels, in stamps."""
    scene = channels_scene(trace)
    numbers = (trace.input, trace.weight, trace.geometry, trace.bias)
    return ShownScene(scene, {scene.title: scene}, lambda: channel_outputs(trace), numbers)
