"""One entry of an arXiv feed, understood: Atom of the API, or RSS of what was announced.

LaTeX is left as it stands; feedparser puts text right that was encoded as UTF-8 twice. The API says more (comment,
authors one by one, the day of the first version) and has turned some of the LaTeX into characters; the feed says
whether a paper is new.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from papers.links import ARXIV_ID
from papers.models import Announcement, ArxivRecord, Model, Origin, Statement
from papers.text import normalise

_ID = re.compile(rf"(?:/abs/|^oai:arXiv\.org:)({ARXIV_ID})(?:v(\d{{1,4}}))?$", re.ASCII)
_ANNOUNCED = "oai:"  # what an id in the feed of what was announced begins with
_CATEGORY = re.compile(r"[a-z-]+(?:\.[A-Za-z-]+)?", re.ASCII)
_PREFIX = re.compile(r"^arXiv:\S+ Announce Type: (\S+) (?:Abstract: )?")
_LONGEST_TITLE, _LONGEST_LINE, _LONGEST_TEXT = 2_000, 5_000, 200_000


class UnreadableEntryError(Exception):
    """Why an entry cannot be read, as the rest of a sentence about it."""


class Entry(Model):
    """A paper as a feed tells it.

    Attributes:
        announcement: the paper; its day of the first version where the feed knows it.
        announced_as: `new`, `cross`, `replace` or `replace-cross` in a feed of what was announced; else None.
    """

    announcement: Announcement
    announced_as: str | None = None


def understand(entry: Mapping[str, Any]) -> Entry:
    """Reads an entry.

    Args:
        entry: as feedparser gives it.

    Raises:
        UnreadableEntryError: it has no arXiv id or no title.
    """
    name = _line(entry.get("id"), _LONGEST_LINE) or ""
    found = _ID.search(name)
    if found is None:
        raise UnreadableEntryError("it has no arXiv id")
    title = _line(entry.get("title"), _LONGEST_TITLE)
    if title is None:
        raise UnreadableEntryError("it has no title")
    announced = name.startswith(_ANNOUNCED)
    announced_as, abstract = _abstract(entry, announced=announced)
    said = Statement(
        origin=Origin.ARXIV,
        title=title,
        authors=tuple(_authors(entry, announced=announced)) or None,
        abstract=abstract or None,
        arxiv=_record(entry, version=found[2]),
    )
    published = None if announced else _day(entry.get("published"))  # else the day of the announcement
    announcement = Announcement(arxiv_id=found[1], published=published, statements=(said,))
    return Entry(announcement=announcement, announced_as=announced_as)


def _abstract(entry: Mapping[str, Any], *, announced: bool) -> tuple[str | None, str | None]:
    text = _line(entry.get("summary"), _LONGEST_TEXT) or ""
    prefix = _PREFIX.match(text)
    if not announced or prefix is None:
        return None, text
    return _line(entry.get("arxiv_announce_type"), _LONGEST_LINE) or prefix[1], text[prefix.end() :]


def _authors(entry: Mapping[str, Any], *, announced: bool) -> Iterator[str]:
    """The API has an element for each author; the feed has one for all, affiliations in parentheses."""
    together = _line(entry.get("author"), _LONGEST_TEXT) or ""
    alone = [_line(author.get("name"), _LONGEST_LINE) for author in entry.get("authors", ())]
    names = _outside_parentheses(together).split(",") if announced else alone
    yield from filter(None, (name and name.strip() for name in names))


def _outside_parentheses(text: str) -> str:
    """The text without what stands in parentheses; as it is where they do not match."""
    depth, kept = 0, []
    for char in text:
        depth += (char == "(") - (char == ")")
        if depth == 0 and char != ")":
            kept.append(char)
        elif depth < 0:
            return text
    return text if depth else normalise("".join(kept))


def _record(entry: Mapping[str, Any], *, version: str | None) -> ArxivRecord:
    return ArxivRecord(
        categories=tuple(dict.fromkeys(_categories(entry))),
        comment=_line(entry.get("arxiv_comment"), _LONGEST_LINE),
        journal_ref=_line(
            entry.get("arxiv_journal_ref") or entry.get("arxiv_journal_reference"), _LONGEST_LINE
        ),
        doi=_line(entry.get("arxiv_doi"), _LONGEST_LINE),
        version=int(version) if version and int(version) else None,
        updated=_day(entry["updated"])
        if "updated" in entry
        else None,  # `get` would take when it was published
    )


def _categories(entry: Mapping[str, Any]) -> Iterator[str]:
    """The primary one first; classes of the MSC and the ACM stand among them and are left out."""
    primary = entry.get("arxiv_primary_category") or {}
    for tag in (primary, *entry.get("tags", ())):
        term = _line(tag.get("term"), _LONGEST_LINE)
        if term and _CATEGORY.fullmatch(term):
            yield term


def _day(moment: object) -> date | None:
    try:
        return datetime.fromisoformat(str(moment)).astimezone(UTC).date()
    except (ValueError, OverflowError):
        return None


def _line(value: object, longest: int) -> str | None:
    return (normalise(value) or None) if isinstance(value, str) and len(value) <= longest else None
