"""Reads papers with nothing but what their announcement says: no key, no network."""

from datetime import date

from papers import links
from papers.models import Announcement, Origin, Part, Statement
from papers.precedence import PRECEDENCE
from papers.reading import classifications, summary


class LocalReader:
    """Draws bullets from the abstract, classifies by rules and finds the links in the text."""

    def read(self, announcement: Announcement) -> Announcement:
        """Adds what was read as a statement of its own.

        Args:
            announcement: a paper with what its sources say of it.

        Returns:
            The announcement with one statement of `Origin.EXTRACT`, in place of an earlier one; all others are
            left as they are. A part nothing was found for is None. Where there is no abstract, the bullets
            that a source gives are classified and searched for links.
        """
        told = tuple(said for said in announcement.statements if said.origin is not Origin.EXTRACT)
        title = _best(told, Part.TITLE) or ""
        abstract = _best(told, Part.ABSTRACT) or ""
        text = abstract or _best(told, Part.BULLETS) or ""
        read = Statement(
            origin=Origin.EXTRACT,
            bullets=summary.bullets(abstract, lead=_best(told, Part.LEAD)) or None,
            classifications=classifications.classify(title, text),
            links=links.find(text) or None,
        )
        return announcement.model_copy(update={"statements": (*told, read)})


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
