"""What a language model answered, held against the text it was given."""

from collections.abc import Iterator, Sequence

from papers.languages import ENGLISH
from papers.links import find, key, recognise
from papers.models import Classification, Link
from papers.reading.language_model import bullets
from papers.reading.language_model.answers import Reading
from papers.reading.language_model.bullets import Bullets
from papers.reading.language_model.figures import Figure, figures
from papers.taxonomy import canonical
from papers.text import normalise

_LONGEST_TITLE = 1_000
_LONGEST_ABSTRACT = 20_000
"""Characters; no abstract on arXiv comes near it (its own limit is 1,920: info.arxiv.org/help/prep)."""

_MOST_CLASSIFICATIONS = 5
_LOOKED_AT = 50  # names and addresses of an answer
_LONGEST = 500  # characters of one


class PaperText:
    """Title and abstract of a paper: all that a language model is given and may speak of."""

    def __init__(self, title: str, abstract: str) -> None:
        self.title = normalise(title)[:_LONGEST_TITLE]
        self.abstract = normalise(abstract)[:_LONGEST_ABSTRACT]
        self._figures: frozenset[Figure] | None = None

    def bullets(self, written: Sequence[str], *, language: str = ENGLISH) -> Bullets:
        """The bullets that may be shown: see `bullets.checked`."""
        if self._figures is None:
            self._figures = figures(f"{self.title}\n{self.abstract}")
        return bullets.checked(written, self._figures, language=language)

    def links(self, named: Sequence[str]) -> tuple[Link, ...]:
        """The links among those named that stand in the text, in their one form, in the order of the text."""
        meant = {key(link) for link in map(recognise, _sensible(named)) if link is not None}
        return tuple(link for link in find(f"{self.title} {self.abstract}") if key(link) in meant)


def classifications(answer: Reading) -> tuple[Classification, ...]:
    """The names of the taxonomy among those answered, at most five, once each, in that order."""
    names = dict.fromkeys(filter(None, map(canonical, _sensible(answer.classifications))))
    return tuple(Classification(name=name) for name in list(names)[:_MOST_CLASSIFICATIONS])


def _sensible(named: Sequence[str]) -> Iterator[str]:
    return (name for name in named[:_LOOKED_AT] if len(name) <= _LONGEST)
