"""What a link to a page shows where it is posted: the tags that a chat or a search engine reads."""

from __future__ import annotations

from html import escape

from tconv_ui.shell.bundles import read_bundle
from tconv_ui.shell.pages import NAME, PageInfo

PICTURE = "preview.png"
"""The picture's address beside the pages': what `docs.make_pictures` took of Home."""
PICTURE_SIZE = (1200, 630)
"""Pixels across and down, the shape that previews are cut to."""


def preview_tags(info: PageInfo, address: str) -> str:
    """Return the title, the tags and the styles of a page for the head of its HTML.

    Args:
        info: The page.
        address: The app's own, with a slash at its end.

    Source:
        The Open Graph protocol (https://ogp.me)

    >>> from tconv_ui.shell.pages import PAGES
    >>> print(preview_tags(PAGES["lesson"], "/").splitlines()[0])
    <title>Lesson · Transposed Convolution Lab</title>
    """
    words = info.claim.replace("**", "")
    width, height = PICTURE_SIZE
    properties = {
        "og:type": "website",
        "og:site_name": NAME,
        "og:title": info.window_title,
        "og:description": words,
        "og:url": f"{address}{info.path}",
        "og:image": f"{address}{PICTURE}",
        "og:image:width": str(width),
        "og:image:height": str(height),
        "og:image:alt": "Stamps of a kernel landing on an output grid and adding up",
    }
    names = {"description": words, "twitter:card": "summary_large_image"}
    return "\n".join(
        [
            f"<title>{escape(info.window_title)}</title>",
            *(f'<meta name="{name}" content="{escape(text)}" />' for name, text in names.items()),
            f"<style>{read_bundle('page.css')}</style>",
            *(
                f'<meta property="{name}" content="{escape(text)}" />'
                for name, text in properties.items()
            ),
        ]
    )
