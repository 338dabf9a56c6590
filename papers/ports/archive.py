"""What keeping and finding papers need from the outside."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from papers.models import (
    Answer,
    Edition,
    Model,
    Paper,
    PaperKey,
    Statement,
)
from papers.query import Query


class Kept(Model):
    """What keeping an answer changed: papers seen for the first time, and the day as it stands now."""

    edition: Edition
    new: int


class Sort(StrEnum):
    """The order of search results."""

    NEWEST = "newest"
    RELEVANCE = "relevance"


class Turn(StrEnum):
    """Which page of the results."""

    FIRST = "first"
    NEXT = "next"
    PREVIOUS = "previous"
    LAST = "last"


class SearchRequest(Model):
    """A page of results.

    For `Turn.NEXT` and `Turn.PREVIOUS`, `anchor` is the key at that end of the page one comes from. `offset`
    skips results from the first page on and goes with `Turn.FIRST` only. `guild_id` is the server whose corrections
    count.
    """

    query: Query
    sort: Sort = Sort.NEWEST
    limit: int = 20
    offset: int = 0
    turn: Turn = Turn.FIRST
    anchor: PaperKey | None = None
    guild_id: int | None = None


class Found(Model):
    """A page of results and how many there are.

    `total` is exact up to 1,000; above that it is 1,000 and `capped` is True. `before` and `after` tell how
    many results stand before this page's first (exact up to 1,000) and whether any come after its last.
    """

    papers: tuple[Paper, ...]
    total: int
    capped: bool
    before: int
    more: bool


class PaperStore(Protocol):
    """The archive."""

    async def keep(self, answer: Answer, *, over_at: datetime, at: datetime) -> Kept:
        """Keeps a day's answer: papers, everything said of them, the day's membership and state.

        The same answer again changes nothing but the time of the answer. New papers are marked unplanned.
        """
        ...

    async def keep_all(self, answers: Sequence[tuple[Answer, datetime]], *, at: datetime) -> list[Kept]:
        """Keeps many days at once, each with the moment it was over, in one transaction."""
        ...

    async def said(self, arxiv_ids: Iterable[str]) -> dict[str, tuple[Statement, ...]]:
        """Everything that is said of those papers that are kept, by arXiv id without version."""
        ...

    async def labelled(self) -> list[Paper]:
        """The papers whose classifications come from a digest or a person, oldest first."""
        ...

    async def get(self, arxiv_id: str) -> Paper | None:
        """The paper with that arXiv id (without version)."""
        ...

    async def edition(self, day: date) -> list[Paper]:
        """The papers any source announced on that day, in its order; digest values are that day's."""
        ...

    async def newest_day(self) -> date | None:
        """The newest day with papers."""
        ...

    async def newest_key(self) -> PaperKey | None:
        """The highest key in the archive."""
        ...

    async def search(self, request: SearchRequest) -> Found:
        """One page of what the query finds."""
        ...

    async def suggest_authors(self, prefix: str, *, limit: int = 25) -> list[str]:
        """Author names of which a word begins like that, those with most papers first."""
        ...


class EditionStore(Protocol):
    """What is known of the days."""

    async def find(self, source: str, day: date) -> Edition | None:
        """The day at that source; None where it was never asked for."""
        ...

    async def since(self, day: date) -> list[Edition]:
        """All days from that one on, oldest first."""
        ...

    async def fail(self, source: str, day: date, *, over_at: datetime, reason: str) -> Edition:
        """Notes that the source gave no answer; what was kept before stays."""
        ...


class SearchStore(Protocol):
    """Searches too long for a button."""

    async def save(self, text: str) -> str:
        """Keeps a query's text; the same text has the same id.

        Returns:
            An id of at most 16 characters of a-z and 0-9.
        """
        ...

    async def load(self, search_id: str) -> str | None:
        """The text of a kept query."""
        ...
