"""Each operation of the Operations page as a scene of the player."""

from __future__ import annotations

from collections.abc import Callable

from tconv_core import trace_scatter
from tconv_ui.layer.layer import Layer
from tconv_ui.operations.enlarging_scenes import (
    bilinear_scene,
    max_unpooling_scene,
    nearest_scene,
    pixel_shuffle_scene,
)
from tconv_ui.operations.sliding_scenes import (
    average_pooling_scene,
    convolution_scene,
    dilated_scene,
    max_pooling_scene,
)
from tconv_ui.player.scatter import scatter_scene
from tconv_ui.player.scene import Scene


def operation_scene(name: str, layer: Layer) -> Scene:
    """Return the scene of an operation of `catalogue.OPERATIONS` on the layer's input.

    Raises:
        GeometryError: The settings do not fit the operation, or make too many steps to play.
    """
    return _SCENES[name](layer)


def _transposed(layer: Layer) -> Scene:
    return scatter_scene(trace_scatter(layer.input, layer.kernel, layer.geometry))


_SCENES: dict[str, Callable[[Layer], Scene]] = {
    "Convolution": convolution_scene,
    "Transposed convolution": _transposed,
    "Dilated convolution": dilated_scene,
    "Max pooling": max_pooling_scene,
    "Average pooling": average_pooling_scene,
    "Max-unpooling": max_unpooling_scene,
    "Nearest upsampling": nearest_scene,
    "Bilinear upsampling": bilinear_scene,
    "Pixel shuffle": pixel_shuffle_scene,
}
