"""The beginning of a paper: what is read of its pages."""

from pydantic import BaseModel, ConfigDict

from papers.text import SURROGATE

MOST_TEXT = 60_000
"""Characters that are read; title, abstract and introduction of a long paper have a third of it."""

MOST_LINKS = 200
"""Links that are read."""


class FrontMatter(BaseModel):
    """A paper's beginning.

    Attributes:
        abstract: the abstract; empty where it cannot be told from the rest.
        rest: title block, introduction and footnotes, each in a text of its own; where a link stands behind words, its
            address stands after them.
    """

    model_config = ConfigDict(frozen=True)

    abstract: str = ""
    rest: tuple[str, ...] = ()

    def shortened(self) -> "FrontMatter":
        """Itself, with as many characters as are read, and none that UTF-8 cannot say."""
        left = MOST_TEXT
        texts = []
        for text in (self.abstract, *self.rest):
            texts.append(SURROGATE.sub("\ufffd", text[:left]))
            left -= len(texts[-1])
        return FrontMatter(abstract=texts[0], rest=tuple(filter(None, texts[1:])))
