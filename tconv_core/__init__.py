"""Transposed convolution in NumPy: described once, computed step by step and fast.

>>> import numpy as np, tconv_core as tc
>>> geometry = tc.Geometry.from_torch((3, 3), 3, stride=2, padding=1)
>>> trace = tc.trace_scatter(np.ones((3, 3)), tc.kernels.bilinear(3), geometry)
>>> trace.output.shape, len(trace.steps)
((5, 5), 9)
"""

from tconv_core import kernels, network
from tconv_core.evenness.overlap import (
    axis_deficit,
    axis_overlap,
    clean_padding,
    overlap_count,
    phase_count,
)
from tconv_core.evenness.phases import even_out, phase_sums, unevenness
from tconv_core.evenness.stacks import stack_kernel, stack_response
from tconv_core.fit import (
    NormalEquations,
    box_reduce,
    fit_geometry,
    fit_interior,
    fit_kernel,
    normal_equations,
)
from tconv_core.geometry.axis import Axis
from tconv_core.geometry.checks import GeometryError
from tconv_core.geometry.geometry import Geometry
from tconv_core.matrix import convolution_matrix, polyphase
from tconv_core.metrics import AliasPeak, Spectrum, psnr, spectrum, ssim
from tconv_core.operators import (
    avg_pool2d,
    conv2d,
    conv_transpose2d,
    max_pool2d,
    max_unpool2d,
    pixel_shuffle,
    relu,
    sigmoid,
    transpose_conv,
    upsample_bilinear,
    upsample_nearest,
)
from tconv_core.solve import Solution, conv_input_sizes, solve
from tconv_core.traces.channels import ChannelStep, ChannelTrace, trace_channels
from tconv_core.traces.scatter import Step, Trace, trace_scatter
from tconv_core.traces.upsampling import (
    BlendStep,
    BlendTrace,
    PlaceStep,
    PlaceTrace,
    trace_max_unpool,
    trace_pixel_shuffle,
    trace_upsample_bilinear,
    trace_upsample_nearest,
)
from tconv_core.traces.windows import (
    WindowStep,
    WindowTrace,
    trace_avg_pool,
    trace_conv,
    trace_gather,
    trace_max_pool,
)

__all__ = [
    "AliasPeak",
    "Axis",
    "BlendStep",
    "BlendTrace",
    "ChannelStep",
    "ChannelTrace",
    "Geometry",
    "GeometryError",
    "NormalEquations",
    "PlaceStep",
    "PlaceTrace",
    "Solution",
    "Spectrum",
    "Step",
    "Trace",
    "WindowStep",
    "WindowTrace",
    "avg_pool2d",
    "axis_deficit",
    "axis_overlap",
    "box_reduce",
    "clean_padding",
    "conv2d",
    "conv_input_sizes",
    "conv_transpose2d",
    "convolution_matrix",
    "even_out",
    "fit_geometry",
    "fit_interior",
    "fit_kernel",
    "kernels",
    "max_pool2d",
    "max_unpool2d",
    "network",
    "normal_equations",
    "overlap_count",
    "phase_count",
    "phase_sums",
    "pixel_shuffle",
    "polyphase",
    "psnr",
    "relu",
    "sigmoid",
    "solve",
    "spectrum",
    "ssim",
    "stack_kernel",
    "stack_response",
    "trace_avg_pool",
    "trace_channels",
    "trace_conv",
    "trace_gather",
    "trace_max_pool",
    "trace_max_unpool",
    "trace_pixel_shuffle",
    "trace_scatter",
    "trace_upsample_bilinear",
    "trace_upsample_nearest",
    "transpose_conv",
    "unevenness",
    "upsample_bilinear",
    "upsample_nearest",
]
