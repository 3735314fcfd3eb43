"""Decoders people use, each as the text a link carries."""

from __future__ import annotations

from dataclasses import dataclass

from tconv_core.network import resize_convolution
from tconv_ui.decoder.text import Plan, read_plan, write_plan


@dataclass(frozen=True, slots=True)
class StackPreset:
    """A stack by name.

    Attributes:
        label: On its button.
        text: What a link carries, see `read_plan`.
        about: What it is, in two short sentences.
        input: What it is fed at first.
        source: Where it was published, as Markdown, or nothing.
    """

    label: str
    text: str
    about: str
    input: str
    source: str = ""

    @property
    def plan(self) -> Plan:
        """The text, read."""
        return read_plan(self.text)


_DCGAN = "-".join(
    ["512x4x4", *(f"tconv{f}.k4.s2.p1.relu" for f in (256, 128, 64)), "tconv3.k4.s2.p1.tanh"]
)
_RESIZED = resize_convolution(read_plan(_DCGAN).network())
_ENCODER = "conv32.k3.p1.relu-maxpool.k2.s2-conv64.k3.p1.relu-maxpool.k2.s2-conv128.k3.p1.relu"
_UNET = (
    f"{_ENCODER}-tconv64.k2.s2.cat3-conv64.k3.p1.relu-tconv32.k2.s2.cat1-conv32.k3.p1.relu-conv2"
)
_SCORES = "3x224x224-conv21.k8.s8.relu-maxpool.k2.s2-maxpool.k2.s2-conv21"
_STAND_IN = (
    "Layers 1 to 4 stand in for VGG and its scores of 21 classes, padding for the authors’ crop."
)
_FCN = "[Long et al. 2015](https://arxiv.org/abs/1411.4038)"
_UNET_SOURCE = "[Ronneberger et al. 2015](https://arxiv.org/abs/1505.04597)"

USES: dict[str, tuple[StackPreset, ...]] = {
    "Segmentation": (
        StackPreset(
            "U-Net",
            f"3x64x64-{_UNET}",
            "Each 2×2 layer doubles the size, and a skip brings back what pooling lost. Here "
            "with two levels and half the paper's channels.",
            "Scene",
            _UNET_SOURCE,
        ),
        StackPreset(
            "U-Net, odd size",
            f"3x64x90-{_UNET}",
            "The same layers on 90 columns: pooling rounds 45 down to 22, doubling makes 44, and "
            "the skip has 45.",
            "Scene",
            _UNET_SOURCE,
        ),
        StackPreset(
            "FCN-32s",
            f"{_SCORES}-tconv21.k64.s32.p16",
            "One 64×64 layer enlarges the scores 32 times. The authors hold it at bilinear weights "
            "and cut 19 cells from the begin of a larger output; here weights are random. "
            f"{_STAND_IN}",
            "Scene",
            _FCN,
        ),
        StackPreset(
            "FCN-16s",
            f"{_SCORES}-tconv21.k4.s2.p1.add2-tconv21.k32.s16.p8",
            f"Twice, add finer scores, then 16 times. {_STAND_IN}",
            "Scene",
            _FCN,
        ),
        StackPreset(
            "FCN-8s",
            f"{_SCORES}-tconv21.k4.s2.p1.add2-tconv21.k4.s2.p1.add1-tconv21.k16.s8.p4",
            f"Twice, twice, then 8 times, with finer scores added on the way. {_STAND_IN}",
            "Scene",
            _FCN,
        ),
    ),
    "Generation": (
        StackPreset(
            "DCGAN 4 → 64",
            _DCGAN,
            "PyTorch's example: four 4×4 layers of stride 2 turn 4 × 4 cells into a 64 × 64 "
            "picture (the authors' code has 5×5 and begins with 1024 channels). The stride divides "
            "the kernel, so the overlap is even; random weights make a pattern all the same.",
            "Noise",
            "[Radford et al. 2016](https://arxiv.org/abs/1511.06434)",
        ),
        StackPreset(
            "Resize-convolution",
            write_plan(Plan(_RESIZED.input_shape, _RESIZED.layers)),
            "The same generator with nearest-neighbour upsampling and a 3×3 convolution for each "
            "transposed one.",
            "Noise",
            "[Odena et al. 2016](https://doi.org/10.23915/distill.00003)",
        ),
    ),
    "Super-resolution": (
        StackPreset(
            "ESPCN ×3",
            "1x48x48-conv64.k5.p2.tanh-conv32.k3.p1.tanh-conv9.k3.p1-shuffle.s3",
            "All the work is done at the small size; the last step lays 9 channels out as one "
            "picture three times as large. Filters whose sums differ leave a 3×3 pattern.",
            "Text",
            "[Shi et al. 2016](https://arxiv.org/abs/1609.05158)",
        ),
    ),
    "Autoencoders": (
        StackPreset(
            "Autoencoder",
            "1x64x64-conv16.k3.s2.p1.relu-conv32.k3.s2.p1.relu"
            "-tconv16.k3.s2.p1.o1.relu-tconv1.k3.s2.p1.o1.sigmoid",
            "Two convolutions halve the size, two transposed ones bring it back. Only "
            "output_padding 1 makes it 64 again, not 61.",
            "Scene",
        ),
        StackPreset(
            "Tutorial decoder",
            "8x32x32-tconv16.k3.s2.p1.o1.relu-conv1.sigmoid",
            "A 3×3 layer of stride 2, then a 1×1 convolution. Stride 2 does not divide 3, and "
            "mixing channels does not mix neighbours: with such weights the checkerboard stays.",
            "Flat colours",
        ),
    ),
}
"""Where transposed convolution is used, and a decoder of each kind."""
PRESETS = {preset.label: preset for presets in USES.values() for preset in presets}
FIRST = PRESETS["Tutorial decoder"]
