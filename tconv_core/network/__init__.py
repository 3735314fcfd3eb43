"""A decoder as a whole: layers described once, counted, repaired, run."""

from tconv_core.network.change import Load, lightened, load, resize_convolution
from tconv_core.network.network import Cost, Network, NetworkError, Shape
from tconv_core.network.pattern import centre_of, pattern_share, periods
from tconv_core.network.reach import (
    axis_reach,
    field_shape,
    largest_fields,
    projective_field,
    receptive_field,
)
from tconv_core.network.repair import Repair, repairs
from tconv_core.network.run import Weights, flat_response, he_weights, run, shuffled
from tconv_core.network.spec import ACTIVATIONS, KINDS, LEARNED, MERGES, SETTINGS, LayerSpec

__all__ = [
    "ACTIVATIONS",
    "KINDS",
    "LEARNED",
    "MERGES",
    "SETTINGS",
    "Cost",
    "LayerSpec",
    "Load",
    "Network",
    "NetworkError",
    "Repair",
    "Shape",
    "Weights",
    "axis_reach",
    "centre_of",
    "field_shape",
    "flat_response",
    "he_weights",
    "largest_fields",
    "lightened",
    "load",
    "pattern_share",
    "periods",
    "projective_field",
    "receptive_field",
    "repairs",
    "resize_convolution",
    "run",
    "shuffled",
]
