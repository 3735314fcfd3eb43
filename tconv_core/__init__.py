"""Transposed convolution in NumPy: described once, computed step by step and fast.

>>> import numpy as np, tconv_core as tc
>>> geometry = tc.Geometry.from_torch((3, 3), 3, stride=2, padding=1)
>>> trace = tc.trace_scatter(np.ones((3, 3)), tc.kernels.bilinear(3), geometry)
>>> trace.output.shape, len(trace.steps)
((5, 5), 9)
"""

from tconv_core import kernels
from tconv_core.geometry import Axis, Geometry, GeometryError
from tconv_core.operators import conv_transpose2d, transpose_conv
from tconv_core.overlap import axis_deficit, axis_overlap, overlap_count, phase_count
from tconv_core.solve import Solution, conv_input_sizes, solve
from tconv_core.trace import Step, Trace, trace_scatter

__all__ = [
    "Axis",
    "Geometry",
    "GeometryError",
    "Solution",
    "Step",
    "Trace",
    "axis_deficit",
    "axis_overlap",
    "conv_input_sizes",
    "conv_transpose2d",
    "kernels",
    "overlap_count",
    "phase_count",
    "solve",
    "trace_scatter",
    "transpose_conv",
]
