"""Reads papers with nothing but what their announcement says: no key, no network."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property

from papers.links.releases import released
from papers.models import Announcement, Link, Origin, Part, Statement
from papers.precedence import PRECEDENCE
from papers.reading.classifier import Classifier
from papers.reading.summary import bullets


class LocalReader:
    """Draws bullets from the abstract, classifies with a trained model and finds the paper's own links in the text."""

    def __init__(self, classifier: Classifier | None = None) -> None:
        """Reads nothing yet.

        Args:
            classifier: what classifies; None for the one that ships, loaded when it is needed first.
        """
        self._given = classifier

    @cached_property
    def _classifier(self) -> Classifier:
        return self._given or Classifier.shipped()

    def read(self, announcement: Announcement) -> Announcement:
        """Adds what was read as statements of its own.

        Args:
            announcement: a paper with what its sources say of it.

        Returns:
            The announcement with a statement of `Origin.EXTRACT` (bullets, links) and one of `Origin.SHIPPED_MODEL`
            (classifications), in place of earlier ones; all others are left as they are. A part nothing was found for
            is None. Where there is no abstract, the bullets that a source gives are classified and searched for links.
        """
        told = tuple(
            said
            for said in announcement.statements
            if said.origin not in {Origin.EXTRACT, Origin.SHIPPED_MODEL}
        )
        title = _best(told, Part.TITLE) or ""
        abstract = _best(told, Part.ABSTRACT) or ""
        text = abstract or _best(told, Part.BULLETS) or ""
        drawn = Statement(
            origin=Origin.EXTRACT,
            bullets=bullets(abstract, lead=_best(told, Part.LEAD)) or None,
            links=released([text, *_comments(told)], title=title, vouched=[*_vouched(told)]) or None,
        )
        classified = Statement(
            origin=Origin.SHIPPED_MODEL,
            maker=self._classifier.name,
            classifications=self._classifier.classify(title, text),
        )
        return announcement.model_copy(update={"statements": (*told, drawn, classified)})


def _best(statements: tuple[Statement, ...], part: Part) -> str | None:
    """The part's text in the words of the best origin that has one; several items stand in lines."""
    ranked = PRECEDENCE[part]
    having = [said for said in statements if said.origin in ranked and getattr(said, part.value)]
    if not having:
        return None
    value = getattr(
        max(having, key=lambda said: (-ranked.index(said.origin), said.day or date.min)), part.value
    )
    return value if isinstance(value, str) else "\n".join(value)


def _comments(statements: tuple[Statement, ...]) -> Iterator[str]:
    """What the authors say in arXiv's comment."""
    for said in statements:
        if said.arxiv is not None and said.arxiv.comment:
            yield said.arxiv.comment


def _vouched(statements: tuple[Statement, ...]) -> Iterator[Link]:
    """The links that the hub says are the paper's."""
    for said in statements:
        if said.origin is Origin.HUB:
            yield from said.every_link
