"""When the bot is killed: every kind of moment stops it at what it waits for."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Protocol

from support.chaos.hub import BusyHub
from support.chaos.states import UNPLANNED
from support.chaos.wire import Exchange, Kind, Stage, Wire

_GLANCE = 0.0005
_WAITS_UNPLANNED = f"SELECT EXISTS ({UNPLANNED})"
_WAITS_DUE = (
    "SELECT EXISTS (SELECT 1 FROM outbox WHERE state = 'due')"
    " AND NOT EXISTS (SELECT 1 FROM outbox WHERE state = 'sending')"
)


@dataclass
class Life:
    """One process, from its start to its death.

    Attributes:
        stop: lets it stand still at once, where it runs.
        dead: is set when it was killed.
    """

    wire: Wire
    hub: BusyHub
    database: Path
    stop: Callable[[], None]
    dead: asyncio.Event = field(default_factory=asyncio.Event)


class Moment(Protocol):
    """A moment to be killed at."""

    async def wait(self, life: Life) -> None:
        """Waits for it, and stops the process."""


@dataclass
class After:
    """So many seconds after the start."""

    seconds: float

    async def wait(self, life: Life) -> None:
        """See `Moment`."""
        await asyncio.sleep(self.seconds)
        life.stop()


@dataclass
class OnRequest:
    """When so many requests of a kind came to a stage, and a little later; the last gets no further than that."""

    kind: Kind
    stage: Stage
    number: int
    delay: float = 0.0

    async def wait(self, life: Life) -> None:
        """See `Moment`."""
        stopped = asyncio.Event()

        async def reached(exchange: Exchange) -> bool:
            if (exchange.kind, exchange.stage) != (self.kind, self.stage):
                return False
            self.number -= 1
            if self.number:
                return False
            await asyncio.sleep(self.delay)
            life.stop()
            stopped.set()
            await life.dead.wait()
            return True

        life.wire.reached = reached
        await stopped.wait()


@dataclass
class OnFetch:
    """When the hub is asked so many times."""

    number: int

    async def wait(self, life: Life) -> None:
        """See `Moment`."""
        stopped = asyncio.Event()

        async def asked() -> None:
            self.number -= 1
            if not self.number:
                life.stop()
                stopped.set()
                await life.dead.wait()

        life.hub.asked = asked
        await stopped.wait()


@dataclass
class OnState:
    """When the bot is there and a query of its database says yes, and a little later."""

    query: str
    delay: float = 0.0

    async def wait(self, life: Life) -> None:
        """See `Moment`."""
        while not life.wire.exchanges:  # noqa: ASYNC110 - it happens in another process
            await asyncio.sleep(_GLANCE)
        with closing(sqlite3.connect(life.database, isolation_level=None)) as connection:
            while not connection.execute(self.query).fetchone()[0]:  # noqa: ASYNC110 - as above
                await asyncio.sleep(_GLANCE)
            await asyncio.sleep(self.delay)
            life.stop()


def some_moment(random: Random) -> Moment:
    """Any moment of a life, those that are short more often than they would come by themselves."""
    number = random.randint(1, 6)
    edits = random.randint(1, 2)
    kinds: dict[Callable[[], Moment], int] = {
        lambda: After(random.uniform(0.2, 3.0)): 10,
        lambda: OnFetch(random.randint(1, 6)): 4,
        lambda: OnState(_WAITS_UNPLANNED, random.uniform(0, 0.01)): 28,
        lambda: OnState(_WAITS_DUE): 24,
        lambda: OnRequest(Kind.CREATE, Stage.ARRIVED, number): 18,
        lambda: OnRequest(Kind.CREATE, Stage.DONE, number): 16,
        lambda: OnRequest(Kind.CREATE, Stage.ANSWERED, number, random.uniform(0, 0.001)): 36,
        lambda: OnRequest(Kind.EDIT, Stage.ARRIVED, edits): 3,
        lambda: OnRequest(Kind.EDIT, Stage.DONE, edits): 3,
        lambda: OnRequest(Kind.EDIT, Stage.ANSWERED, edits, random.uniform(0, 0.004)): 4,
    }
    [make] = random.choices([*kinds], weights=[*kinds.values()])
    return make()
