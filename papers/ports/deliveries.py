"""What delivering needs from the outside."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from papers.models import (
    Batch,
    ChangedPaper,
    DayProgress,
    Destination,
    Fate,
    NewBatch,
    NewDelivery,
    NewMessage,
    OutboxCounts,
    OutboxMessage,
    Paper,
    PaperKey,
    Payload,
    PostedMessage,
    Ready,
    Subscription,
)


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
        """Writes deliveries, which wait, and takes the mark "unplanned" off the papers, in one transaction.

        `seen` are the subscriptions that were matched, each with its start: a paper that is due for another, or
        for one that begins earlier meanwhile, stays unplanned.

        A paper that the destination has already is passed over; so is one whose subscription is gone meanwhile,
        which stays unplanned, for another subscription of the destination may want it.

        Returns:
            How many deliveries are new.
        """
        ...

    async def ready(self, now: datetime, *, after: int = 0, limit: int = 200) -> list[Ready]:
        """Active subscriptions whose time has come, oldest first; of a closed place, those that are tried again.

        Those without waiting papers are among them only where their time came just now, and passes by.

        Args:
            now: the time.
            after: only subscriptions with a greater id.
            limit: how many at most.
        """
        ...

    async def gather(self, batches: Sequence[NewBatch], *, at: datetime) -> int:
        """Writes batches into the outbox, each in one piece: a crash leaves all of its messages, or none.

        A batch is passed over if its subscription changed or a paper of it waits no longer.

        Returns:
            How many messages are new.
        """
        ...

    async def claim(
        self, owner: str, *, now: datetime, until: datetime, limit: int = 50
    ) -> list[OutboxMessage]:
        """Takes messages that are due, or whose sender's lease ran out, and marks them as being sent.

        Of what is published, at most ten an hour a channel, the batches with the fewest messages first.
        """
        ...

    async def confirm(
        self, outbox_id: str, *, message_id: int, shown: str, at: datetime, remark: str | None = None
    ) -> None:
        """The message was posted, and its place is open; `shown` is a hash of what it shows.

        `remark` says what is doubtful about it.
        """
        ...

    async def fail(self, outbox_id: str, owner: str, *, reason: str, at: datetime) -> None:
        """The message will never be posted, nor what comes after it; unless somebody else has it meanwhile."""
        ...

    async def postpone(self, outbox_id: str, owner: str, *, until: datetime, uncertain: bool) -> None:
        """The message is to be tried again; `uncertain` where the last attempt may have posted it.

        Nothing happens where somebody else has it meanwhile.
        """
        ...

    async def close(
        self,
        destination: Destination,
        owner: str,
        *,
        unsent: Sequence[str],
        reason: str,
        at: datetime,
        probe_at: datetime,
    ) -> list[Subscription]:
        """A place is closed to the bot: what was not sent there waits again, until `probe_at`.

        The first message that is posted there opens it again.

        Args:
            destination: the place.
            owner: who claimed the messages.
            unsent: the ids of claimed messages that were certainly not sent.
            reason: why it is closed.
            at: since when.
            probe_at: when it is tried again.

        Returns:
            The place's subscriptions, each with since when it is closed: the notice of one closing is written once.
        """
        ...

    async def add(self, message: NewMessage, destination: Destination, *, at: datetime) -> bool:
        """Writes a message that carries no paper; whether it is new."""
        ...

    async def changed(
        self, *, after: int = 0, limit: int = 20, minor: bool | None = None
    ) -> list[ChangedPaper]:
        """Papers that read differently since they were planned, or read to be planned, those changed longest ago first.

        Args:
            after: only changes with a later mark than this.
            limit: how many at most.
            minor: only those of upvotes and stars, or only others; None for both.
        """
        ...

    async def edited(self, outbox_id: str, *, shown: str, at: datetime) -> None:
        """A posted message shows its papers as they are now; `shown` is a hash of what it shows. It is counted."""
        ...

    async def edits_on(self, day: date) -> int:
        """How many edits were made on that day (UTC)."""
        ...

    async def settle(self, changed: ChangedPaper) -> None:
        """The cards show the paper as it is; a change that came meanwhile stays to be shown."""
        ...

    async def fate(self, destination: Destination, paper: PaperKey) -> Fate | None:
        """What became of a paper at a destination; None where it was never planned for it."""
        ...

    async def is_unplanned(self, paper: PaperKey) -> bool:
        """Whether a paper still waits to be matched with what is subscribed."""
        ...

    async def next_due(self) -> datetime | None:
        """When the next message may be claimed; None where nothing waits."""
        ...

    async def is_due(self, now: datetime) -> bool:
        """Whether a message may be claimed now, or what waits may be gathered."""
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


class Recomposer(Protocol):
    """Makes posted messages anew."""

    def again(self, message: PostedMessage) -> Payload:
        """A posted message with its papers as they are now."""
        ...


class Composer(Recomposer, Protocol):
    """Makes messages of papers."""

    def compose(self, batch: Batch) -> Sequence[NewMessage]:
        """The messages of a batch, frozen, in the order in which they are sent, in the style of its subscription.

        Every paper is in exactly one of them: shown, or told of in one line.
        """
        ...

    def notice(self, subscriptions: Sequence[Subscription], reason: str) -> Mapping[Destination, NewMessage]:
        """What those who made subscriptions are told when their place is closed, by where they are told."""
        ...


class MessageEditor(Protocol):
    """Edits messages that were posted."""

    async def edit(self, message: PostedMessage, payload: Payload) -> None:
        """Shows a message of ours anew.

        Raises:
            PublishRefusedError: it cannot be edited, for somebody deleted it or the place is closed.
            PublishError: it may be tried again.
        """
        ...


class Publisher(MessageEditor, Protocol):
    """Posts messages."""

    async def publish(self, message: OutboxMessage) -> int:
        """Does what the message says, and returns the id of the message that came of it, or the thread's.

        Raises:
            PublishClosedError: the place is closed to the bot, whatever is posted.
            PublishRefusedError: it will never be taken there.
            PublishLaterError: it was certainly not posted.
            PublishUncertainError: it may have been posted.
        """
        ...

    async def find(self, message: OutboxMessage, *, since: datetime) -> int | None:
        """Looks whether the message was posted, by the outbox id it carries, newest first.

        Raises:
            PublishRefusedError: the history cannot be read.
            PublishLaterError: it cannot be read now.
        """
        ...
