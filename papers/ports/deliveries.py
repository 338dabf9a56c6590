"""What subscribing and delivering need from the outside."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from papers.models import (
    ChangedPaper,
    DayProgress,
    Destination,
    NewDelivery,
    NewSubscription,
    OutboxCounts,
    OutboxMessage,
    Paper,
    PaperKey,
    Payload,
    Subscription,
)


class SubscriptionStore(Protocol):
    """Who wants what."""

    async def add(self, subscription: NewSubscription) -> tuple[Subscription, bool]:
        """Keeps a subscription; the same query for the same destination is kept once, in the language said last.

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

    async def changed(self, *, after: int = 0, limit: int = 20) -> list[ChangedPaper]:
        """Papers that read differently since they were planned, or read to be planned, those changed longest ago first.

        Args:
            after: only changes with a later mark than this.
            limit: how many at most.
        """
        ...

    async def edited(self, outbox_id: str, *, shown: str) -> None:
        """A posted card shows the paper as it is now; `shown` is a hash of what it shows."""
        ...

    async def settle(self, changed: ChangedPaper) -> None:
        """The cards show the paper as it is; a change that came meanwhile stays to be shown."""
        ...

    async def next_due(self) -> datetime | None:
        """When the next message may be claimed; None where nothing waits."""
        ...

    async def counts(self) -> OutboxCounts:
        """How many messages are in each state."""
        ...

    async def progress(
        self, since: PaperKey, *, guild_id: int | None = None, user_id: int | None = None
    ) -> list[DayProgress]:
        """What became of the papers with a key from `since` on, by the day they were first announced, oldest first.

        Days without papers are left out.

        Args:
            since: the first key that counts.
            guild_id: count the deliveries to this server's destinations only.
            user_id: count the deliveries to this person's direct messages only.
        """
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

    async def edit(self, destination: Destination, message_id: int, payload: Payload) -> None:
        """Shows a message of ours anew.

        Raises:
            PublishRefusedError: it cannot be edited, for somebody deleted it or the place is closed.
            PublishError: it may be tried again.
        """
        ...

    async def find(self, destination: Destination, outbox_id: str, *, since: datetime) -> int | None:
        """Looks in the destination's history for the message with that outbox id, newest first.

        Raises:
            PublishRefusedError: the history cannot be read.
            PublishLaterError: it cannot be read now.
        """
        ...
