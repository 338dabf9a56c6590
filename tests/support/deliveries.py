"""What delivery needs in a test: a planner on real stores, and a board that stands where Discord stands."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from papers.delivery import Gatherer, Planner, outbox_id
from papers.errors import PublishError
from papers.models import (
    Batch,
    Destination,
    DestinationKind,
    Form,
    NewMessage,
    OutboxMessage,
    Payload,
    PostedMessage,
    Subscription,
)
from storage import Stores
from support.clock import SetClock
from support.papers import AT, DAY, EDITION, ROBOTS, SCRIPTS, TIDES, over_at
from support.subscriptions import CHANNEL, GUILD, wanted

OTHER = Destination(kind=DestinationKind.CHANNEL, target_id=12, guild_id=GUILD)
TITLES = [said.statements[0].title or "" for said in (TIDES, ROBOTS, SCRIPTS)]
"""The titles of the edition, in the order in which it is posted."""


class PlainComposer:
    """Makes messages that say title and outbox id, one a paper."""

    def compose(self, batch: Batch) -> Sequence[NewMessage]:
        """See `papers.ports.Composer`."""
        place = batch.subscription.destination
        return [
            NewMessage(id=name, papers=(paper.key,), payload={"content": paper.title, "id": name})
            for paper in (*batch.papers, *batch.summarised)
            if (name := outbox_id(place, paper.arxiv_id))
        ]

    def again(self, message: PostedMessage) -> Payload:
        """See `papers.ports.Composer`."""
        return {"content": message.papers[0].title, "id": message.outbox_id}

    def notice(self, subscriptions: Sequence[Subscription], reason: str) -> Mapping[Destination, NewMessage]:
        """See `papers.ports.Composer`."""
        people = {one.created_by for one in subscriptions if one.destination.guild_id is not None}
        places = [Destination(kind=DestinationKind.DIRECT, target_id=person) for person in sorted(people)]
        return {
            place: NewMessage(
                id=outbox_id(place, reason, form=Form.NOTICE), form=Form.NOTICE, payload={"content": reason}
            )
            for place in places
        }


@dataclass(frozen=True)
class Posted:
    """A message that stands on the board."""

    id: int
    at: datetime
    destination: Destination
    nonce: str
    title: object


@dataclass(frozen=True)
class Fault:
    """What becomes of one attempt to post: the error, and whether the message stands on the board all the same."""

    error: PublishError
    stored: bool = False


@dataclass
class Board:
    """A `papers.ports.Publisher` in memory, that keeps what it takes and fails as it is told.

    Attributes:
        posted: what stands on it, oldest first.
        attempts: the nonces that were to be posted, in order.
        edits: what messages were edited to, in order, by their ids.
        looked_for: what was looked for, in order.
        faults: what becomes of the next attempts, one each; None takes the message.
        closed: places that refuse every message or cannot be read now, by the error they give.
        unreadable: what looking answers, where it does not look.
        meanwhile: what happens while a message is being posted.
    """

    clock: SetClock
    posted: list[Posted] = field(default_factory=list)
    attempts: list[str] = field(default_factory=list)
    edits: list[tuple[int, object]] = field(default_factory=list)
    looked_for: list[str] = field(default_factory=list)
    faults: deque[Fault | None] = field(default_factory=deque)
    closed: dict[Destination, PublishError] = field(default_factory=dict)
    unreadable: PublishError | None = None
    meanwhile: Callable[[], Awaitable[object]] = lambda: asyncio.sleep(0)

    async def publish(self, message: OutboxMessage) -> int:
        """See `papers.ports.Publisher`."""
        self.attempts.append(message.id)
        await self.meanwhile()
        if message.destination in self.closed:
            raise self.closed[message.destination]
        fault = self.faults.popleft() if self.faults else None
        if fault is None or fault.stored:
            number = len(self.posted) + 1
            said = message.payload.get("content")
            self.posted.append(Posted(number, self.clock.now(), message.destination, message.id, said))
        if fault is not None:
            raise fault.error
        return len(self.posted)

    async def edit(self, message: PostedMessage, payload: Payload) -> None:
        """See `papers.ports.Publisher`."""
        await self.meanwhile()
        if message.destination in self.closed:
            raise self.closed[message.destination]
        fault = self.faults.popleft() if self.faults else None
        if fault is None or fault.stored:
            self.edits.append((message.message_id, payload["content"]))
        if fault is not None:
            raise fault.error

    async def find(self, message: OutboxMessage, *, since: datetime) -> int | None:
        """See `papers.ports.Publisher`."""
        self.looked_for.append(message.id)
        if self.unreadable is not None:
            raise self.unreadable
        for post in reversed(self.posted):
            if post.destination == message.destination and post.nonce == message.id and post.at >= since:
                return post.id
        return None

    def titles(self, destination: Destination = CHANNEL) -> list[object]:
        """What stands at a place, oldest first."""
        return [post.title for post in self.posted if post.destination == destination]


def planner(stores: Stores, clock: SetClock) -> Planner:
    """A planner on these stores."""
    return Planner(subscriptions=stores.subscriptions, outbox=stores.outbox, clock=clock)


def gatherer(stores: Stores, clock: SetClock) -> Gatherer:
    """A gatherer on these stores."""
    return Gatherer(outbox=stores.outbox, composer=PlainComposer(), clock=clock)


async def plan_all(stores: Stores, clock: SetClock) -> int:
    """Plans and gathers; how many messages are new."""
    await planner(stores, clock).plan()
    return await gatherer(stores, clock).gather()


async def plan_edition(stores: Stores, clock: SetClock, *places: Destination) -> list[str]:
    """Plans the edition's three papers for each place; the ids of the first place's messages, in order."""
    for place in places:
        await stores.subscriptions.add(wanted("", place))
    await stores.papers.keep(EDITION, over_at=over_at(DAY), at=AT)
    assert await plan_all(stores, clock) == len(TITLES) * len(places)
    return [outbox_id(places[0], paper.arxiv_id) for paper in await stores.papers.edition(DAY)]
