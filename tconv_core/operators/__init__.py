"""The fast paths: whole arrays at a time, with PyTorch's layouts and meaning."""

from tconv_core.operators.activation import relu, sigmoid
from tconv_core.operators.convolution import conv2d
from tconv_core.operators.pooling import avg_pool2d, max_pool2d, max_unpool2d
from tconv_core.operators.transposed import conv_transpose2d, transpose_conv
from tconv_core.operators.upsampling import pixel_shuffle, upsample_bilinear, upsample_nearest

__all__ = [
    "avg_pool2d",
    "conv2d",
    "conv_transpose2d",
    "max_pool2d",
    "max_unpool2d",
    "pixel_shuffle",
    "relu",
    "sigmoid",
    "transpose_conv",
    "upsample_bilinear",
    "upsample_nearest",
]
