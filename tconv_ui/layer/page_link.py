"""A way into another page: which page, and the state it opens in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tconv_ui.layer.choice import LayerChoice
from tconv_ui.shell.pages import PAGES


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page, the layer it opens with, and its own parameters.

    Attributes:
        page: The stem of the page's file.
        choice: The layer.
        view: The page's own parameters, as a link spells them.
    """

    page: str
    choice: LayerChoice = field(default_factory=LayerChoice)
    view: Mapping[str, str] = field(default_factory=dict)

    @property
    def query(self) -> dict[str, str]:
        """The parameters of the address, without what is as it begins.

        >>> PageLink("overlap", LayerChoice.of(6), view={"section": "Edges"}).query
        {'size': '6', 'section': 'Edges'}
        """
        return {**self.choice.words, **self.view}

    @property
    def layer(self) -> dict[str, str]:
        """The layer's words, one at least: a page opened without any keeps the visitor's layer.

        >>> PageLink("overlap").layer
        {'size': '3'}
        """
        return self.choice.words or {"size": str(self.choice.size[0])}

    @property
    def whole_view(self) -> dict[str, str]:
        """All of the page's own parameters, which a visitor may have left otherwise.

        >>> PageLink("overlap").whole_view
        {'section': 'Phases'}
        """
        return {**PAGES[self.page].view, **self.view}
