"""What a visitor takes home: kernels as files and as code, and all panels on one sheet."""

from __future__ import annotations

import json
from io import BytesIO

import numpy as np
from PIL import Image

from tconv_core import Geometry
from tconv_ui.export.lettering import draw_text
from tconv_ui.pictures.arrays import Picture, full_png
from tconv_ui.theme import LIGHT
from tconv_ui.upsample.compare import Panel
from tconv_ui.upsample.weights import Kernel

_GAP, _LINE, _BASELINE = 16, 26, 18  # pixels of a contact sheet
_LARGEST = 700  # the longest side of a picture on it


def kernel_npy(kernel: Kernel) -> bytes:
    """Return a .npy file of a (kH, kW) kernel, float32.

    >>> np.load(BytesIO(kernel_npy(np.eye(2)))).tolist()
    [[1.0, 0.0], [0.0, 1.0]]
    """
    buffer = BytesIO()
    np.save(buffer, kernel.astype(np.float32), allow_pickle=False)
    return buffer.getvalue()


def kernel_json(name: str, kernel: Kernel, geometry: Geometry) -> str:
    """Return the weights and the layer's settings as JSON.

    `crop` is what is cut from the (begin, end) of the full output, rows then columns.

    >>> geometry = Geometry.from_torch(3, 2, stride=2)
    >>> json.loads(kernel_json("Sidebar kernel", np.eye(2), geometry))["stride"]
    [2, 2]
    """
    return json.dumps(
        {
            "name": name,
            "weights": kernel.tolist(),
            "stride": geometry.stride,
            "dilation": geometry.dilation,
            "crop": [axis.crop for axis in geometry.axes],
        },
        indent=1,
    )


def contact_sheet(panels: list[tuple[str, str, Picture]]) -> bytes:
    """Return a PNG of all panels with their captions.

    Args:
        panels: (name, remark, picture) each; a picture is (H, W, 3 or 4) uint8.

    >>> Image.open(BytesIO(contact_sheet([("A", "", np.zeros((9, 9, 3), np.uint8))]))).mode
    'RGB'
    """
    images = [_fitted(picture) for _, _, picture in panels]
    wide, tall = (max(image.size[side] for image in images) for side in (0, 1))
    wide = max(wide, 260)
    columns = 2 if len(panels) in {2, 4} else min(len(panels), 3)
    rows = -(-len(panels) // columns)
    cell = (wide + _GAP, tall + 2 * _LINE + _GAP)
    sheet = Image.new("RGB", (columns * cell[0] + _GAP, rows * cell[1] + _GAP), LIGHT.page)
    for index, ((name, remark, _), image) in enumerate(zip(panels, images, strict=True)):
        x, y = _GAP + index % columns * cell[0], _GAP + index // columns * cell[1]
        draw_text(sheet, (x, y + _BASELINE), name, 18, LIGHT.ink)
        draw_text(sheet, (x, y + _LINE + _BASELINE), remark, 13, LIGHT.soft)
        sheet.paste(image, (x, y + 2 * _LINE), image if image.mode == "RGBA" else None)
    return full_png(np.asarray(sheet))


def remark_of(panel: Panel) -> str:
    """Return what a contact sheet says below a panel's name."""
    if panel.problem:
        return panel.problem
    size = f"{panel.picture.shape[1]} × {panel.picture.shape[0]}"
    if panel.score is None:
        return size
    similar = "" if panel.score.ssim is None else f", SSIM {panel.score.ssim:.3f}"
    return f"{size}, {panel.score.psnr:.2f} dB{similar}"


def file_stem(name: str) -> str:
    """Return a method's name as a file is named.

    >>> file_stem("Evened-out kernel")
    'evened-out_kernel'
    """
    return name.lower().replace(" ", "_")


def _fitted(picture: Picture) -> Image.Image:
    """Averaged down, or in whole blocks enlarged, to a size that can be looked at."""
    image = Image.fromarray(picture)
    factor = -(-max(image.size) // _LARGEST)
    if factor > 1:
        return image.reduce(factor)
    times = max(1, 380 // max(image.size))
    return image.resize((image.width * times, image.height * times), Image.Resampling.NEAREST)
