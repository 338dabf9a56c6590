"""What a paper is, where its values came from, and who wants it."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

PaperKey = int
"""Eight digits of the first announced day, then five of the sequence in that day: 2026062400007."""

DAY_SPAN = 100_000
"""How many keys a day has."""

Payload = Mapping[str, object]
"""The JSON body of one Discord message, as the REST API takes it."""


def first_key(day: date) -> PaperKey:
    """The smallest key a paper first announced on that day can have."""
    return (day.year * 10_000 + day.month * 100 + day.day) * DAY_SPAN


def key_day(key: PaperKey) -> date:
    """The day a key belongs to."""
    number = key // DAY_SPAN
    return date(number // 10_000, number // 100 % 100, number % 100)


LOOK_BACK = timedelta(days=7)
"""How far back days are asked for again until they are whole; what was announced before is never posted."""


class Model(BaseModel):
    """A frozen value that takes no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Origin(StrEnum):
    """Who says so."""

    PERSON = "person"
    LANGUAGE_MODEL = "language-model"
    SHIPPED_MODEL = "shipped-model"
    ARXIV = "arxiv"
    HUB = "hub"
    DIGEST = "digest"
    EXTRACT = "extract"


class Part(StrEnum):
    """The parts of a paper that different origins may tell differently."""

    TITLE = "title"
    AUTHORS = "authors"
    ABSTRACT = "abstract"
    LEAD = "lead"
    BULLETS = "bullets"
    CLASSIFICATIONS = "classifications"
    LINKS = "links"
    UPVOTES = "upvotes"


class LinkKind(StrEnum):
    """What a link leads to."""

    CODE = "code"
    MODEL = "model"
    DATASET = "dataset"
    SPACE = "space"
    COLLECTION = "collection"
    PROJECT = "project"


class Link(Model):
    """A link in its one form: https, no tracking, no trailing punctuation."""

    kind: LinkKind
    url: str


class Classification(Model):
    """A label and how sure its origin is of it (0 to 1; None where it did not say)."""

    name: str
    confidence: Annotated[float, Field(ge=0, le=1)] | None = None


class Statement(Model):
    """What one origin says of a paper; a part it says nothing of is None.

    Digests speak once a day (`day` is set) and may tell the same paper differently on different days; every
    other origin speaks once, its newest word replacing the older.
    """

    origin: Origin
    day: date | None = None
    title: str | None = None
    authors: tuple[str, ...] | None = None
    abstract: str | None = None
    lead: str | None = None
    bullets: tuple[str, ...] | None = None
    classifications: tuple[Classification, ...] | None = None
    links: tuple[Link, ...] | None = None
    upvotes: int | None = None


class Announcement(Model):
    """A paper as a source announced it on a day: its identity and all that is said of it.

    `arxiv_id` has no version (`2409.17481`); `published` is the day of the first version, where known.
    """

    arxiv_id: str
    published: date | None = None
    statements: tuple[Statement, ...]


class Problem(Model):
    """Something that could not be read, where it stood, and why; it costs nothing but itself."""

    reason: str
    file: str | None = None
    line: int | None = None
    item: str | None = None


class Answer(Model):
    """What a source answered for a day, in its own order.

    `whole` is False where pages or items are missing; `problems` says which.
    """

    source: str
    day: date
    announcements: tuple[Announcement, ...] = ()
    problems: tuple[Problem, ...] = ()
    whole: bool = True


class Paper(Model):
    """A paper as people see it: for each part the best value there is, and who said it."""

    key: PaperKey
    arxiv_id: str
    title: str
    authors: tuple[str, ...] = ()
    abstract: str | None = None
    bullets: tuple[str, ...] = ()
    classifications: tuple[Classification, ...] = ()
    links: tuple[Link, ...] = ()
    upvotes: int | None = None
    published: date | None = None
    editions: tuple[date, ...] = ()
    origins: Mapping[Part, Origin] = Field(default_factory=dict)

    @property
    def day(self) -> date:
        """The day it was first announced, as known when it was first kept."""
        return key_day(self.key)

    @property
    def url(self) -> str:
        """Its abstract page on arXiv."""
        return f"https://arxiv.org/abs/{self.arxiv_id}"

    @property
    def pdf_url(self) -> str:
        """Its PDF on arXiv."""
        return f"https://arxiv.org/pdf/{self.arxiv_id}"


class EditionState(StrEnum):
    """How much of a day is known: see `Edition.state`."""

    OPEN = "open"
    CLOSED = "closed"
    EMPTY = "empty"
    PARTIAL = "partial"
    FAILED = "failed"


class Edition(Model):
    """What is known of one day at one source.

    Attributes:
        over_at: when the source adds nothing more to the day.
        answered_at: when it last answered; None where it never did.
        answer_whole: whether that answer was whole.
        papers: how many papers the day has so far.
        reason: why the last attempt brought no answer, or not a whole one.
    """

    source: str
    day: date
    over_at: datetime
    answered_at: datetime | None = None
    answer_whole: bool = False
    papers: int = 0
    reason: str | None = None

    def state(self, now: datetime) -> EditionState:
        """How much of the day is known at `now`."""
        if self.answered_at is None:
            return EditionState.FAILED
        if not self.answer_whole:
            return EditionState.PARTIAL
        if self.answered_at >= self.over_at:
            return EditionState.CLOSED if self.papers else EditionState.EMPTY
        return EditionState.OPEN if now < self.over_at else EditionState.PARTIAL


class DestinationKind(StrEnum):
    """Where a message can go."""

    CHANNEL = "channel"
    DIRECT = "direct"


class Destination(Model):
    """A place that wants papers.

    `target_id` is the channel's id, or for direct messages the person's; `guild_id` is None for the latter.
    """

    kind: DestinationKind
    target_id: int
    guild_id: int | None = None


class NewSubscription(Model):
    """A reason why a destination wants papers.

    `query` is canonical text (empty: everything). Papers with a key of at least `start_key` are due.
    """

    destination: Destination
    query: str
    created_by: int
    created_at: datetime
    start_key: PaperKey


class Subscription(NewSubscription):
    """A subscription that is kept."""

    id: int


class NewDelivery(Model):
    """One paper for one destination because of one subscription, with the frozen message that carries it.

    `outbox_id` is at most 25 characters, made from destination and paper: it is the nonce and stands in the
    card's buttons.
    """

    outbox_id: str
    subscription_id: int
    destination: Destination
    paper: PaperKey
    payload: Payload


class OutboxMessage(Model):
    """One Discord message on its way.

    `uncertain` is True where an earlier attempt may have posted it; `claimed_at` is when that first attempt
    began, so that one knows how far back in the channel to look.
    """

    id: str
    destination: Destination
    payload: Payload
    attempts: int
    uncertain: bool
    first_claimed_at: datetime
    planned_at: datetime


class OutboxCounts(Model):
    """How many messages are in each state."""

    due: int = 0
    sending: int = 0
    sent: int = 0
    failed: int = 0
