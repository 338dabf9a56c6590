"""What waits, what is on its way, and what was posted."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from pydantic import Field

from papers.models.common import Model, PaperKey, Payload
from papers.models.paper import Paper
from papers.models.subscriptions import Destination, Subscription


class NewDelivery(Model):
    """One paper for one destination because of one subscription; it waits until the subscription's time has come."""

    subscription_id: int
    destination: Destination
    paper: PaperKey
    language: str | None = None


class Ready(Model):
    """A subscription whose time has come, and the papers that wait for it, in order of their keys."""

    subscription: Subscription
    papers: tuple[Paper, ...]


class Batch(Model):
    """What goes out for one subscription at one time.

    Attributes:
        papers: those that are shown, best first, as the destination sees them.
        summarised: those that one line tells of.
        deferred: how many wait for the next time.
    """

    subscription: Subscription
    papers: tuple[Paper, ...]
    summarised: tuple[Paper, ...] = ()
    deferred: int = 0


class Kind(StrEnum):
    """What an outbox row does at Discord.

    `message` posts a message, in the thread of the row `after` if there is one. `thread` starts a thread at the message
    of the row `after`, `post` a post in a forum with its first message, and `publish` shows the message of the row
    `after` to the channels that follow an announcement channel.
    """

    MESSAGE = "message"
    THREAD = "thread"
    POST = "post"
    PUBLISH = "publish"


class Form(StrEnum):
    """What a message shows, so that it can be shown anew."""

    CARD = "card"
    DIGEST = "digest"
    HEADLINE = "headline"
    NOTICE = "notice"
    NOTHING = "nothing"


Context = Mapping[str, object]
"""What a message shows beside its papers, as JSON: written and read by the composer alone."""


class NewMessage(Model):
    """An outbox row to be: one step at Discord, frozen.

    Attributes:
        id: at most 25 characters; made from destination and content, see `papers.delivery.outbox_id`. It is the nonce
            and stands in a button or menu.
        after: the id of the row that must be done before, in the same batch.
        papers: the keys of the papers it shows, in order.
        summarised: the keys of those that it tells of in one line.
        payload: for `message` the JSON body; for `thread` `{"name"}`; for `post` `{"name", "tags", "message"}` with the
            names that its tags should have, best first; for `publish` empty.
    """

    id: str
    kind: Kind = Kind.MESSAGE
    after: str | None = None
    form: Form = Form.CARD
    papers: tuple[PaperKey, ...] = ()
    summarised: tuple[PaperKey, ...] = ()
    context: Context = Field(default_factory=dict)
    payload: Payload


class NewBatch(Model):
    """The messages of one subscription at one time, in the order in which they are sent.

    Attributes:
        next_at: when the subscription's next papers may go out; None for at once.
        deferred: the keys of papers that stay waiting although they were ready.
    """

    subscription: Subscription
    messages: tuple[NewMessage, ...]
    next_at: datetime | None = None
    deferred: tuple[PaperKey, ...] = ()


class OutboxMessage(Model):
    """One step at Discord on its way.

    `uncertain` is True where an earlier attempt may have done it; `claimed_at` is when that first attempt
    began, so that one knows how far back in the channel to look. `after_id` is the id of the message that the row
    `after` posted, which is that of its thread too.
    """

    id: str
    kind: Kind = Kind.MESSAGE
    destination: Destination
    after_id: int | None = None
    payload: Payload
    attempts: int
    uncertain: bool
    first_claimed_at: datetime
    planned_at: datetime

    @property
    def channel_id(self) -> int:
        """The channel or thread it goes to; for direct messages the person."""
        in_thread = self.kind is Kind.MESSAGE and self.after_id is not None
        return self.after_id if in_thread and self.after_id else self.destination.target_id


class PostedMessage(Model):
    """A message with papers that was posted; `shown` is a hash of what it shows, `language` that of its bullets.

    Attributes:
        channel_id: the channel or thread it stands in; for direct messages the person.
        papers: those it shows, in order, as everybody sees them.
        edited_at: when it was last edited; before that, when it was posted.
    """

    outbox_id: str
    destination: Destination
    channel_id: int
    message_id: int
    kind: Kind = Kind.MESSAGE
    form: Form = Form.CARD
    context: Context = Field(default_factory=dict)
    papers: tuple[Paper, ...]
    shown: str
    language: str | None = None
    edited_at: datetime | None = None


class ChangedPaper(Model):
    """A paper that reads differently since it was planned, and the messages that show it.

    Attributes:
        mark: the number of its latest change.
        waiting: whether messages that carry it as it was before are still on their way, or may be planned this moment.
        however_old: whether its cards are to be edited although the look-back week is over: a person asked for it.
        minor: whether only what changes by the hour did: upvotes and stars.
    """

    paper: Paper
    mark: int
    messages: tuple[PostedMessage, ...]
    waiting: bool
    however_old: bool = False
    minor: bool = False


class FateState(StrEnum):
    """Where a delivery is."""

    WAITING = "waiting"
    DUE = "due"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


class Fate(Model):
    """What became of one paper at one destination.

    Attributes:
        subscription_id: for which subscription; it may be gone.
        state: where it is.
        reason: why it failed, or what is doubtful about it.
        due_at: when it is tried next, where it is due or being sent.
        channel_id: the channel or thread in which its message stands.
        message_id: the message, where it was posted.
        summarised: whether one line tells of it.
        deferred: how often others were sent before it.
    """

    subscription_id: int
    state: FateState
    reason: str | None = None
    due_at: datetime | None = None
    channel_id: int | None = None
    message_id: int | None = None
    summarised: bool = False
    deferred: int = 0


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
        waiting: how many of their deliveries wait for the time of their subscription.
        due, sending, sent, failed: how many of their deliveries are in each state.
        reason: why most of the failed ones failed.
    """

    day: date
    papers: int = 0
    unplanned: int = 0
    waiting: int = 0
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
        return self.waiting + self.due + self.sending
