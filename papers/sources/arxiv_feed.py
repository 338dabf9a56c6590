"""arXiv's documents: Atom answers of its API, and the RSS feed of what was announced last."""

import io
import re
from collections.abc import Mapping
from datetime import date
from email.utils import parsedate_to_datetime
from typing import Any

from papers.errors import BadPayloadError, SourceRefusedError
from papers.models import Model, Problem
from papers.sources.arxiv_calendar import EASTERN
from papers.sources.arxiv_entries import Entry, UnreadableEntryError, understand
from papers.text import normalise

_ERRORS = "/api/errors"
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)
_SHOWN = 60  # characters of an id that are repeated in a problem


class Feed(Model):
    """A document, as far as it could be read.

    Attributes:
        entries: its papers, in its order.
        problems: entries that could not be read.
        total: how many results the question has in all, on every page; None where the document does not say.
        day: the day that its list belongs to; None where it is no list of a day.
    """

    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()
    total: int | None = None
    day: date | None = None

    @property
    def length(self) -> int:
        """How many entries it has, readable or not."""
        return len(self.entries) + len(self.problems)


def parse(content: bytes) -> Feed:
    """Reads a document. It takes about 0.4 ms an entry: too long for a busy event loop where there are thousands.

    Raises:
        BadPayloadError: it is no feed, or not whole.
        SourceRefusedError: it says that the question was wrong.
    """
    import feedparser  # noqa: PLC0415 - 60 ms that only those pay who ask arXiv

    try:
        document = feedparser.parse(io.BytesIO(content), sanitize_html=False, resolve_relative_uris=False)
    except ValueError as error:  # its second parser, for what is no XML, stumbles over some of it
        raise BadPayloadError("arXiv answered with something that is no whole feed.") from error
    if document.bozo or not document.get("version"):
        raise BadPayloadError("arXiv answered with something that is no whole feed.") from document.get(
            "bozo_exception"
        )
    entries: list[Entry] = []
    problems: list[Problem] = []
    for number, entry in enumerate(document.entries, 1):
        _check(entry)
        try:
            entries.append(understand(entry))
        except UnreadableEntryError as error:
            name = normalise(str(entry.get("id", ""))[:_SHOWN]) or f"number {number}"
            problems.append(Problem(reason=f"the entry cannot be read: {error}", item=name))
    return Feed(
        entries=tuple(entries),
        problems=tuple(problems),
        total=_count(document.feed.get("opensearch_totalresults")),
        day=_list_day(document.feed),
    )


def _check(entry: Mapping[str, Any]) -> None:
    """An answer to a wrong question is an entry with the title "Error" (arXiv API User's Manual, 3.4)."""
    if _ERRORS in str(entry.get("id", "")):
        reason = normalise(str(entry.get("summary", ""))[:200])
        raise SourceRefusedError(f"arXiv refused the request: {reason}.", status=400)


def _count(text: object) -> int | None:
    return int(text) if isinstance(text, str) and _NUMBER.fullmatch(text) else None


def _list_day(feed: Mapping[str, Any]) -> date | None:
    """A list is dated midnight of its day, Eastern time."""
    try:
        return parsedate_to_datetime(str(feed.get("published"))).astimezone(EASTERN).date()
    except (ValueError, OverflowError):
        return None
