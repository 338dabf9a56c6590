"""What the use cases need from the outside, as protocols.

A call of a store is a whole transaction: when it returns, what it says is kept; when it raises, nothing is.
Every store call may raise `StorageError`.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from papers.models import (
    Announcement,
    Answer,
    Destination,
    Edition,
    Model,
    NewDelivery,
    NewSubscription,
    OutboxCounts,
    OutboxMessage,
    Paper,
    PaperKey,
    Payload,
    Subscription,
)
from papers.query import Query


def tell_nobody(_happening: object) -> None:
    """Hears what happens in a use case, and passes it on to nobody."""


class Clock(Protocol):
    """The time, as the process was told to see it."""

    def now(self) -> datetime:
        """The present moment, in UTC."""
        ...


class Source(Protocol):
    """Where papers come from."""

    @property
    def name(self) -> str:
        """Its name on the command line and in the archive."""
        ...

    def over_at(self, day: date) -> datetime:
        """When the source adds nothing more to that day."""
        ...

    async def fetch(self, day: date) -> Answer:
        """Asks for a day.

        Raises:
            SourceError: it gave no usable answer at all. A part that is missing is said in the answer.
        """
        ...


class Reader(Protocol):
    """Understands papers: bullets, classifications, links."""

    def read(self, announcement: Announcement) -> Announcement:
        """Adds what can be read from the announcement's own values, as a statement of its own origin."""
        ...


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
    skips results from the first page on and goes with `Turn.FIRST` only.
    """

    query: Query
    sort: Sort = Sort.NEWEST
    limit: int = 20
    offset: int = 0
    turn: Turn = Turn.FIRST
    anchor: PaperKey | None = None


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


class SubscriptionStore(Protocol):
    """Who wants what."""

    async def add(self, subscription: NewSubscription) -> tuple[Subscription, bool]:
        """Keeps a subscription; the same query for the same destination is kept once.

        Returns:
            The subscription, and whether it is new.
        """
        ...

    async def get(self, subscription_id: int) -> Subscription | None:
        """The subscription with that id."""
        ...

    async def of_guild(self, guild_id: int) -> list[Subscription]:
        """A server's subscriptions, oldest first."""
        ...

    async def of_person(self, user_id: int) -> list[Subscription]:
        """A person's subscriptions for their direct messages, oldest first."""
        ...

    async def all(self) -> list[Subscription]:
        """Every subscription, oldest first."""
        ...

    async def remove(self, subscription_id: int) -> bool:
        """Forgets a subscription.

        What it had planned and nobody began to send is taken back, and its papers are unplanned again, for
        another subscription of the same destination may want them.

        Returns:
            Whether there was one.
        """
        ...

    async def start_from(self, subscription_id: int, key: PaperKey) -> int:
        """Lets a subscription begin earlier, and marks the papers from that key on as unplanned.

        Returns:
            How many papers are unplanned now because of it.
        """
        ...


class OutboxStore(Protocol):
    """What is planned, on its way, and sent."""

    async def unplanned(self, *, limit: int = 500) -> list[Paper]:
        """Papers that the planner has not seen, in order of their keys."""
        ...

    async def plan(
        self,
        deliveries: Sequence[NewDelivery],
        *,
        planned: Sequence[PaperKey],
        seen: Mapping[int, PaperKey],
        at: datetime,
    ) -> int:
        """Writes deliveries and takes the mark "unplanned" off the papers, in one transaction.

        `seen` are the subscriptions that were matched, each with its start: a paper that is due for another, or
        for one that begins earlier meanwhile, stays unplanned.

        A paper that the destination has already is passed over; so is one whose subscription is gone meanwhile,
        which stays unplanned, for another subscription of the destination may want it.

        Returns:
            How many deliveries are new.
        """
        ...

    async def claim(
        self, owner: str, *, now: datetime, until: datetime, limit: int = 50
    ) -> list[OutboxMessage]:
        """Takes messages that are due, or whose sender's lease ran out, and marks them as being sent."""
        ...

    async def confirm(self, outbox_id: str, *, message_id: int, shown: str, at: datetime) -> None:
        """The message was posted; `shown` is a hash of what it shows."""
        ...

    async def fail(self, outbox_id: str, *, reason: str, at: datetime) -> None:
        """The message will never be posted."""
        ...

    async def postpone(self, outbox_id: str, *, until: datetime, uncertain: bool) -> None:
        """The message is to be tried again; `uncertain` where the last attempt may have posted it."""
        ...

    async def next_due(self) -> datetime | None:
        """When the next message may be claimed; None where nothing waits."""
        ...

    async def counts(self) -> OutboxCounts:
        """How many messages are in each state."""
        ...


class Composer(Protocol):
    """Makes the message that carries a paper."""

    def compose(self, paper: Paper, outbox_id: str) -> Payload:
        """The frozen JSON body of the message; the outbox id stands in one of its buttons."""
        ...


class Publisher(Protocol):
    """Posts messages."""

    async def publish(self, destination: Destination, payload: Payload, nonce: str) -> int:
        """Posts a message and returns its id.

        Raises:
            PublishRefusedError: it will never be taken there.
            PublishLaterError: it was certainly not posted.
            PublishUncertainError: it may have been posted.
        """
        ...

    async def find(self, destination: Destination, outbox_id: str, *, since: datetime) -> int | None:
        """Looks in the destination's history for the message with that outbox id, newest first.

        Raises:
            PublishRefusedError: the history cannot be read.
            PublishLaterError: it cannot be read now.
        """
        ...
