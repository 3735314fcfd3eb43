"""The chapters on what comes of it: patterns, cures, cost, uses and names."""

from __future__ import annotations

from tconv_ui.field_guide.chapter import (
    AITKEN,
    DUMOULIN,
    LONG,
    ODENA,
    RADFORD,
    RONNEBERGER,
    SHI,
    SUGAWARA,
    ZEILER,
    Chapter,
)
from tconv_ui.field_guide.facts import (
    back_numbers,
    checkerboard_numbers,
    cost_numbers,
    cure_numbers,
    edge_numbers,
    network_numbers,
)
from tconv_ui.field_guide.pictures import (
    along,
    costs,
    counted,
    cured,
    played,
    returned,
)
from tconv_ui.layer.choice import LayerChoice
from tconv_ui.layer.page_link import PageLink

CONSEQUENCES = (
    Chapter(
        "checkerboard",
        "The checkerboard",
        "{reason} The counts of rows and columns multiply: up to {most}. With equal weights, a "
        "flat input comes out uneven by {amount} (standard deviation by mean). But the count "
        "alone does not decide. **Away from the edges, a flat input stays flat exactly when all "
        "{phases} phases of the kernel have the same sum.**",
        "The overlap count building up, stamp by stamp, to {most} at most.",
        checkerboard_numbers,
        counted,
        r"\text{stamps}_r = \#\{u : u\,d \bmod s = r\}",
        PageLink("overlap", LayerChoice.of(size=4, padding=0, input="constant", weights="ones")),
        "Open in Overlap",
        (ODENA, SUGAWARA),
    ),
    Chapter(
        "edges",
        "Edges",
        "At the border a neighbour is missing, and so is its stamp. {border} Along a row, {remedy}",
        "Stamps on {full_length} cells: fewer land near both ends.",
        edge_numbers,
        along,
        r"\text{cells short} = \max(k - s - p,\, 0) \quad {(d = 1)}",
        PageLink(
            "overlap",
            LayerChoice.of(size=4, kernel=4, padding=0, input="constant"),
            view={"section": "Edges"},
        ),
        "Open in Overlap",
        (ODENA,),
    ),
    Chapter(
        "cures",
        "Cures",
        "On a flat input, away from the border, this layer is uneven by {amount}. Of {tried} other "
        "ways, {kept} keep it flat: a kernel with equal phase sums, repaired or bilinear; dividing "
        "by the overlap "
        "count, when weights are equal; resizing, then convolving; pixel shuffle with equal "
        "filters (ICNR). Not flat: {failed}. Training may bring the pattern back. "
        "Below, how far each cell strays from the mean.",
        "Deviation from flat: this layer at {amount}, then other ways to enlarge.",
        cure_numbers,
        cured,
        r"\sum_{u\,d \bmod s\, =\, r} w[u] = c",
        PageLink(
            "overlap",
            LayerChoice.of(size=4, padding=0, input="constant", weights="ones"),
            view={"section": "Cure"},
        ),
        "Open in Overlap",
        (SUGAWARA, ODENA, AITKEN),
    ),
    Chapter(
        "cost",
        "Cost",
        "Count the products for a pair of channels. Stamping multiplies every input cell by every "
        "weight: {stamping}. Sliding over inserted zeros takes {inserted}; {wasted} of them "
        "multiply a zero. Enlarging first, then convolving with a kernel of this size, takes "
        "{enlarged}.",
        "Bars: products by stamping {stamping}, with zeros inserted {inserted}, and enlarged first "
        "{enlarged}.",
        cost_numbers,
        costs,
        r"n^2 k^2 \quad\text{instead of}\quad n'^2 k^2",
        PageLink("step_by_step", LayerChoice.of(size=4, kernel=4)),
        "Open in Step by step",
        (SHI, DUMOULIN),
    ),
    Chapter(
        "uses",
        "Where it is used",
        "**Labelling every pixel.** FCN-32s enlarges by {fcn_stride} in one layer, with a "
        "{fcn_kernel} kernel of bilinear weights. U-Net takes {unet_input} cells to {unet_output} "
        "with a {unet_kernel} kernel: no overlap. **Drawing pictures.** PyTorch’s DCGAN example "
        "takes {dcgan_input} to {dcgan_output} with {dcgan_kernel}, and so on, layer by layer. "
        "**Training.** Every convolution passes its gradient back to its input this way.",
        "The stamps of a layer of DCGAN: {input} cells become {output}.",
        network_numbers,
        played,
        r"n' = (n-1)\,s - 2\,p + k",
        PageLink("step_by_step", LayerChoice.of(size=4, kernel=4, input="random")),
        "Open in Step by step",
        (LONG, RONNEBERGER, RADFORD),
    ),
    Chapter(
        "names",
        "Names and history",
        "Transposed convolution, fractionally strided convolution, up-convolution, backward "
        "convolution: **one operation**. “Deconvolution” is said too, after networks that search "
        "for the maps whose convolution gives an image; this layer inverts nothing. Convolve an "
        "image and bring it back: the shape returns, but {changed} of {total} values differ.",
        "Grids: an image, its convolution, and what comes back; {changed} of {total} cells differ.",
        back_numbers,
        returned,
        r"C^{\top} C \neq I \quad\text{in general}",
        PageLink("operations", LayerChoice.of(size=5)),
        "Open in Operations",
        (ZEILER, LONG, DUMOULIN),
    ),
)
