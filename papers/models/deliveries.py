"""Who wants papers, and what is on its way to them."""

from datetime import date, datetime
from enum import StrEnum

from papers.models.common import Model, PaperKey, Payload
from papers.models.paper import Paper


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

    `query` is canonical text (empty: everything). Papers with a key of at least `start_key` are due. `language` is
    the one its bullets are wanted in (ISO 639-1); None takes them as they are.
    """

    destination: Destination
    query: str
    created_by: int
    created_at: datetime
    start_key: PaperKey
    language: str | None = None


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
    language: str | None = None


class PostedCard(Model):
    """A paper's message that was posted; `shown` is a hash of what it shows, `language` that of its bullets."""

    outbox_id: str
    destination: Destination
    message_id: int
    shown: str
    language: str | None = None


class ChangedPaper(Model):
    """A paper that reads differently since it was planned, and the cards that show it.

    Attributes:
        mark: the number of its latest change.
        waiting: whether messages that carry it as it was before are still on their way, or may be planned this moment.
        however_old: whether its cards are to be edited although the look-back week is over: a person asked for it.
    """

    paper: Paper
    mark: int
    cards: tuple[PostedCard, ...]
    waiting: bool
    however_old: bool = False


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


class DayProgress(Model):
    """What became of the papers that were first announced on a day; deliveries are counted by destination and paper.

    Attributes:
        papers: how many papers were first announced on that day.
        unplanned: how many of them still wait to be matched with what is subscribed.
        due, sending, sent, failed: how many of their deliveries are in each state.
        reason: why most of the failed ones failed.
    """

    day: date
    papers: int = 0
    unplanned: int = 0
    due: int = 0
    sending: int = 0
    sent: int = 0
    failed: int = 0
    reason: str | None = None

    @property
    def wanted(self) -> int:
        """How many deliveries there are."""
        return self.pending + self.sent + self.failed

    @property
    def pending(self) -> int:
        """How many deliveries are still to come."""
        return self.due + self.sending
