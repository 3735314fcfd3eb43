"""Networks made from networks: the resize-convolution version, and one that is light enough."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import prod

from tconv_core.geometry.checks import GeometryError
from tconv_core.network.network import Network
from tconv_core.network.spec import Kind, LayerSpec

_STEEP = 4  # enlargements beyond it are too coarse for nearest-neighbour blocks
_RATE = 4e9  # multiply-adds per second of the convolutions here, on two slow cores
_TRAFFIC = 3e-9  # seconds per number moved
_PER_TAP = 6e-5  # seconds per tap of a convolution or pooling, however small the layer
_PER_STAMP = 1e-5  # the same of a transposed convolution


@dataclass(frozen=True, slots=True)
class Load:
    """What running a network takes, roughly: seconds, and bytes at the same time."""

    seconds: float
    size: int

    def within(self, budget: Load) -> bool:
        """Whether neither exceeds the budget's."""
        return self.seconds <= budget.seconds and self.size <= budget.size


def load(network: Network) -> Load:
    """Return what running the network takes, estimated before it is run.

    >>> load(Network((1, 8, 8), (LayerSpec("conv", filters=1, kernel=3),))).seconds < 0.01
    True
    """
    seconds, held, widest = 0.0, 4 * prod(network.input_shape), 0
    for index, (spec, cost) in enumerate(zip(network.layers, network.costs, strict=True)):
        fed, made = network.fed(index), network.made[index]
        taps = spec.kernel**2
        transposed = spec.kind == "tconv"
        stamps = taps * prod(fed[1:]) * (made[0] if transposed else 0)
        moved = stamps if transposed else taps * (fed[0] + made[0]) * prod(made[1:])
        seconds += cost.multiply_adds / _RATE + moved * _TRAFFIC
        seconds += taps * (_PER_STAMP if transposed else _PER_TAP)
        # The weight is drawn as float64 before it is kept as float32.
        held += cost.activation_bytes + 4 * cost.parameters
        # Stamps are multiplied in blocks of a million, or one filter's at once.
        block = min(4 * stamps, max(2**22, 4 * taps * prod(fed[1:])))
        widest = max(widest, 16 * cost.parameters, 2 * block + 8 * prod(made), 12 * prod(made))
    return Load(seconds, held + widest)


def lightened(network: Network, budget: Load) -> Network | None:
    """Return the network with a smaller input, then with fewer filters, until it is in the budget.

    The input's sides are halved first, which leaves the weights alone. None if nothing legal is.

    >>> tall = Network((1, 64, 64), (LayerSpec("conv", filters=4, kernel=3, padding=1),))
    >>> lightened(tall, Load(1.0, 80_000)).input_shape
    (1, 32, 32)
    """
    for share in (1, 2, 4, 8, 16):
        layers = tuple(
            replace(spec, filters=max(1, spec.filters // share)) if spec.filters else spec
            for spec in network.layers
        )
        for part in (1, 2, 4, 8, 16):
            channels, height, width = network.input_shape
            try:
                lighter = Network((channels, max(1, height // part), max(1, width // part)), layers)
            except GeometryError:
                continue
            if load(lighter).within(budget):
                return lighter
    return None


def resize_convolution(network: Network) -> Network:
    """Return the network with upsampling and a convolution for every strided transposed one.

    Nearest-neighbour upsampling by the stride, bilinear beyond 4, then a convolution of stride 1
    that keeps the size: every output cell is reached by as many taps as its neighbours.

    Raises:
        GeometryError: A skip no longer fits, because the layer did not make stride times its input.

    Source:
        Odena et al. 2016, doi 10.23915/distill.00003, "Better Upsampling".

    >>> up = LayerSpec("tconv", filters=8, kernel=4, stride=2, padding=1)
    >>> [spec.kind for spec in resize_convolution(Network((4, 4, 4), (up,))).layers]
    ['nearest', 'conv']
    """
    layers: list[LayerSpec] = []
    number = {0: 0}
    for before, spec in enumerate(network.layers, start=1):
        last = spec
        if spec.kind == "tconv" and spec.stride > 1:
            kernel = 3 if spec.kernel <= _STEEP else 5
            resize: Kind = "nearest" if spec.stride <= _STEEP else "bilinear"
            layers.append(LayerSpec(resize, stride=spec.stride))
            last = LayerSpec(
                "conv",
                filters=spec.filters,
                kernel=kernel,
                padding=kernel // 2,
                activation=spec.activation,
                skip=spec.skip,
                merge=spec.merge,
            )
        layers.append(last if last.skip is None else replace(last, skip=number[last.skip]))
        number[before] = len(layers)
    return Network(network.input_shape, tuple(layers))
