"""Who wants papers, where, when and how."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from papers.models.common import Model, PaperKey
from papers.models.schedules import Schedule


class DestinationKind(StrEnum):
    """Where papers can go; a channel may be a thread or a forum too."""

    CHANNEL = "channel"
    DIRECT = "direct"


class Destination(Model):
    """A place that wants papers.

    `target_id` is the channel's id, or for direct messages the person's; `guild_id` is None for the latter.
    """

    kind: DestinationKind
    target_id: int
    guild_id: int | None = None


class Style(StrEnum):
    """How papers are posted.

    `cards`: a message a paper. `digest`: several papers in as few messages as the limits allow. `thread`: a headline,
    with the papers in its thread. `forum`: a post a paper, for forum channels.
    """

    CARDS = "cards"
    DIGEST = "digest"
    THREAD = "thread"
    FORUM = "forum"


class Overflow(StrEnum):
    """What becomes of papers above the most that are wanted at a time."""

    DEFER = "defer"
    SUMMARISE = "summarise"


class Preferences(Model):
    """What somebody chooses when they subscribe.

    Attributes:
        query: canonical text (empty: everything).
        language: the one bullets are wanted in (ISO 639-1); None takes them as they are.
        schedule: when papers go out.
        style: how.
        most: how many papers at a time at most, those with the most upvotes first; None for all.
        overflow: what becomes of the rest.
        role_id: the role that is pinged once a delivery.
        publish: whether messages in an announcement channel are published to the channels that follow it.
    """

    query: str
    language: str | None = None
    schedule: Schedule = Schedule()
    style: Style = Style.CARDS
    most: Annotated[int, Field(ge=1, le=100)] | None = None
    overflow: Overflow = Overflow.DEFER
    role_id: int | None = None
    publish: bool = False


class NewSubscription(Preferences):
    """A reason why a destination wants papers; those with a key of at least `start_key` are due."""

    destination: Destination
    created_by: int
    created_at: datetime
    start_key: PaperKey


class Closed(Model):
    """A place that the bot lost its way into: why, since when, and when it is tried next."""

    reason: str
    since: datetime
    probe_at: datetime


class Subscription(NewSubscription):
    """A subscription that is kept.

    Attributes:
        paused_at: when a person paused it; it then gets nothing.
        next_at: when its waiting papers may go out; None for at once.
        closed: whether its place is closed to the bot. Papers wait meanwhile.
    """

    id: int
    paused_at: datetime | None = None
    next_at: datetime | None = None
    closed: Closed | None = None


class Draft(Model):
    """A subscription that was shown to somebody and waits to be saved or cancelled.

    Attributes:
        person: who made it; nobody else may save it.
        subscription_id: the one it changes; None where it is a new one.
    """

    destination: Destination
    preferences: Preferences
    person: int
    subscription_id: int | None = None
