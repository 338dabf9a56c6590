"""What delivery needs in a test: a planner on real stores, and a board that stands where Discord stands."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from papers.delivery import Planner, outbox_id
from papers.errors import PublishError
from papers.models import Destination, DestinationKind, Paper, Payload
from storage import Stores
from support.clock import SetClock
from support.papers import AT, DAY, EDITION, ROBOTS, SCRIPTS, TIDES, over_at
from support.subscriptions import CHANNEL, GUILD, wanted

OTHER = Destination(kind=DestinationKind.CHANNEL, target_id=12, guild_id=GUILD)
TITLES = [said.statements[0].title or "" for said in (TIDES, ROBOTS, SCRIPTS)]
"""The titles of the edition, in the order in which it is posted."""


class PlainComposer:
    """Makes messages that say title and outbox id."""

    def compose(self, paper: Paper, outbox_id: str) -> Payload:
        """See `papers.ports.Composer`."""
        return {"content": paper.title, "id": outbox_id}


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

    async def publish(self, destination: Destination, payload: Payload, nonce: str) -> int:
        """See `papers.ports.Publisher`."""
        self.attempts.append(nonce)
        await self.meanwhile()
        if destination in self.closed:
            raise self.closed[destination]
        fault = self.faults.popleft() if self.faults else None
        if fault is None or fault.stored:
            number = len(self.posted) + 1
            self.posted.append(Posted(number, self.clock.now(), destination, nonce, payload["content"]))
        if fault is not None:
            raise fault.error
        return len(self.posted)

    async def edit(self, destination: Destination, message_id: int, payload: Payload) -> None:
        """See `papers.ports.Publisher`."""
        await self.meanwhile()
        if destination in self.closed:
            raise self.closed[destination]
        fault = self.faults.popleft() if self.faults else None
        if fault is None or fault.stored:
            self.edits.append((message_id, payload["content"]))
        if fault is not None:
            raise fault.error

    async def find(self, destination: Destination, outbox_id: str, *, since: datetime) -> int | None:
        """See `papers.ports.Publisher`."""
        self.looked_for.append(outbox_id)
        if self.unreadable is not None:
            raise self.unreadable
        for post in reversed(self.posted):
            if post.destination == destination and post.nonce == outbox_id and post.at >= since:
                return post.id
        return None

    def titles(self, destination: Destination = CHANNEL) -> list[object]:
        """What stands at a place, oldest first."""
        return [post.title for post in self.posted if post.destination == destination]


def planner(stores: Stores, clock: SetClock) -> Planner:
    """A planner on these stores."""
    return Planner(
        subscriptions=stores.subscriptions, outbox=stores.outbox, composer=PlainComposer(), clock=clock
    )


async def plan_edition(stores: Stores, clock: SetClock, *places: Destination) -> list[str]:
    """Plans the edition's three papers for each place; the ids of the first place's messages, in order."""
    for place in places:
        await stores.subscriptions.add(wanted("", place))
    await stores.papers.keep(EDITION, over_at=over_at(DAY), at=AT)
    assert await planner(stores, clock).plan() == len(TITLES) * len(places)
    return [outbox_id(places[0], paper) for paper in await stores.papers.edition(DAY)]
