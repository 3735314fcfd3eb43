"""The pages of the app: where each is found, what it is called, and what it says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

NAME = "Transposed Convolution Lab"


@dataclass(frozen=True, slots=True)
class PageInfo:
    """A page.

    Attributes:
        page: Its file in pages/ without the ending, and, but for Home's, its address.
        name: What the navigation calls it.
        icon: The name of a Material symbol.
        line: What it is for, in a few words.
        claim: The sentence below its title, in Markdown.
        own_controls: Whether it needs no sidebar, which then waits until it is opened.
        charts: Whether it draws charts, whose script is fetched while it still connects.
        view: Its own parameters as they are where nobody has touched it.
    """

    page: str
    name: str
    icon: str
    line: str
    claim: str
    own_controls: bool = False
    charts: bool = False
    view: Mapping[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """The page's address below the app's own; Home's is the app's own."""
        return "" if self == HOME else self.page

    @property
    def title(self) -> str:
        """What stands at the top of the page."""
        return NAME if self == HOME else self.name

    @property
    def window_title(self) -> str:
        """What a browser's tab and a link's preview are called.

        >>> PAGES["lesson"].window_title
        'Lesson · Transposed Convolution Lab'
        """
        return NAME if self == HOME else f"{self.name} · {NAME}"


HOME = PageInfo(
    "home",
    "Home",
    "home",
    "where to begin",
    "A transposed convolution is how many networks enlarge a grid: each input cell scales the "
    "kernel and **stamps it on the output**, and stamps that overlap add up.",
    own_controls=True,
)
SEE = (
    PageInfo(
        "step_by_step",
        "Step by step",
        "animation",
        "each input cell and its stamp",
        "Every input pixel stamps a scaled copy of the kernel onto the output. Where stamps "
        "overlap, they add.",
        view={"readings": "Scatter", "walk": "By input cell", "symbolic": "false"},
    ),
    PageInfo(
        "overlap",
        "Overlap",
        "layers",
        "the count, the cause, the cure",
        "How many stamps land on each output cell is one thing; whether a flat input stays flat is "
        "another. The first is often uneven; only the second is the checkerboard.",
        charts=True,
        view={"section": "Phases"},
    ),
    PageInfo(
        "operations",
        "Operations",
        "compare",
        "convolution, pooling, upsampling",
        "Convolution and pooling summarise windows; transposed convolution, unpooling and "
        "upsampling fill a larger grid. Watch two of them on the same input.",
        charts=True,
        view={"left": "Convolution", "right": "Transposed convolution"},
    ),
)
USE = (
    PageInfo(
        "upsample",
        "Upsample an image",
        "image",
        "your own picture, enlarged",
        "Ways of enlarging a picture, side by side: look for the checkerboard where the picture is "
        "flat, and for what a learned kernel gains.",
        charts=True,
    ),
    PageInfo(
        "decoder",
        "Decoder",
        "stacks",
        "stacks of layers and their cost",
        "A decoder is a stack of layers that grows a small map into a large one: see every size on "
        "the way, what it costs, and the pattern it leaves.",
        own_controls=True,
        charts=True,
    ),
    PageInfo(
        "frameworks",
        "Frameworks",
        "compare_arrows",
        "PyTorch, Keras, ONNX",
        "PyTorch, Keras and ONNX compute the same full output. They differ in what they cut from "
        "it, and in what they refuse.",
        charts=True,
    ),
    PageInfo(
        "solver",
        "Solver",
        "calculate",
        "layers that make the size you need",
        "Many layers lead from one size to another. Here are all of them within your limits, the "
        "usual ones first.",
        own_controls=True,
    ),
)
LEARN = (
    PageInfo(
        "field_guide",
        "Field guide",
        "menu_book",
        "the subject in short chapters",
        "Transposed convolution in short chapters. Every number and picture is computed as you "
        "read.",
        own_controls=True,
        charts=True,
    ),
    PageInfo(
        "lesson",
        "Lesson",
        "school",
        "predict, then see",
        "Predict, then see. The same link asks everybody the same questions.",
        own_controls=True,
    ),
)
GROUPS = {"": (HOME,), "See": SEE, "Use": USE, "Learn": LEARN}
"""The navigation's, in its order."""
PAGES = {info.page: info for infos in GROUPS.values() for info in infos}
