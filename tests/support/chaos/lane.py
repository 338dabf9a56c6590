"""One bot that is started and killed, again and again, and the town that it serves."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import Process
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from playground.faults import Effect, Fault
from support.chaos.clock import SharedClock
from support.chaos.hub import BusyHub, busy, let_pass
from support.chaos.moments import Life, some_moment
from support.chaos.states import Doing, Snapshot, doing, writes
from support.chaos.town import BusyTown, busy_town
from support.command_line import ASKING_NOBODY
from support.discord_town import TOKEN

BEGIN = datetime(2026, 7, 18, 6, tzinfo=UTC)
OVER_THE_LEASE = timedelta(minutes=3, seconds=10)
KILLS_BETWEEN_LOOKS = 50
_PATIENCE = 6.0
_SETTLING = 60.0
_QUIET = 0.01
_BETWEEN_LOOKS = 0.5
_SHOWN = 4_000
_WAITING = "SELECT 1 FROM unplanned UNION ALL SELECT 1 FROM changed UNION ALL SELECT 1 FROM outbox WHERE state IN ('due', 'sending')"

FAULTS: tuple[Callable[[Random], Fault], ...] = (
    *(
        lambda random, scope=scope: Fault(Effect.TOO_MANY, scope=scope, seconds=random.uniform(0.05, 0.4))
        for scope in ("user", "global", "shared")
    ),
    *(lambda _, status=status: Fault(Effect.SERVER_ERROR, status=status) for status in (500, 502, 503, 504)),
    lambda _: Fault(Effect.FIREWALL),
    lambda _: Fault(Effect.RESET),
    lambda _: Fault(Effect.ANSWER_LOST),
    lambda random: Fault(Effect.SLOW, seconds=random.uniform(0.05, 0.4)),
)


@dataclass
class Tally:
    """What came of the kills.

    Attributes:
        doing: how many hit each thing the outbox can be doing.
        in_transactions: how many hit a transaction that was writing.
        faults: how often each fault hit a request.
        cards: how many cards stand in the places at the end.
        wrong: what the places hold wrongly.
    """

    doing: Counter[Doing] = field(default_factory=Counter)
    in_transactions: int = 0
    faults: Counter[Effect] = field(default_factory=Counter)
    cards: int = 0
    wrong: list[str] = field(default_factory=list)

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.doing + other.doing,
            self.in_transactions + other.in_transactions,
            self.faults + other.faults,
            self.cards + other.cards,
            self.wrong + other.wrong,
        )


@dataclass
class Lane:
    """A town, a hub and a database; the bot comes and goes."""

    folder: Path
    random: Random
    clock: SharedClock
    town: BusyTown
    hub: BusyHub
    tally: Tally = field(default_factory=Tally)

    @property
    def database(self) -> Path:
        """The bot's."""
        return self.folder / "papers.db"

    @asynccontextmanager
    async def bot(self, command: str = "run") -> AsyncIterator[Process]:
        """The bot as a process; what it says goes into a file, and if it still runs at the end, it is killed."""
        variables = {
            "PAPERBOY_DISCORD__TOKEN": TOKEN,
            "PAPERBOY_DISCORD__API_BASE": self.town.playground.api_base,
            "PAPERBOY_DISCORD__GATEWAY_URL": self.town.playground.gateway_url,
            "PAPERBOY_SOURCES__HUGGINGFACE__BASE_URL": self.hub.url,
            "XDG_CONFIG_HOME": str(self.folder),
        }
        named = (
            [str(self.database)] if command == "unheld" else ["--verbose", "--database", str(self.database)]
        )
        arguments = ["-m", "support.chaos.bot", str(self.folder / "clock"), command, *named]
        with (self.folder / "bot.log").open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                sys.executable, *arguments, env={**os.environ, **ASKING_NOBODY, **variables}, stderr=log
            )
        try:
            yield process
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()

    async def kill_once(self) -> None:
        """A life with faults, from its start to its death at some moment."""
        random, playground = self.random, self.town.playground
        self.clock.advance(
            OVER_THE_LEASE if random.random() < 0.9 else timedelta(hours=random.uniform(1, 12))
        )
        self.hub.go_on(random.randint(1, 3), random.randint(0, 2))
        self.hub.trouble = 0.1 if random.random() < 0.3 else 0.0
        faults = [self._some_fault() for _ in range(random.randint(0, 3))]
        moment = some_moment(random)
        self.town.wire.begin()
        self.hub.asked = let_pass
        async with self.bot() as process:
            life = Life(self.town.wire, self.hub, self.database, lambda: _stop(process))
            with suppress(TimeoutError):
                async with asyncio.timeout(_PATIENCE):
                    await moment.wait(life)
            life.stop()
            await asyncio.sleep(_QUIET)
            in_transaction, fetching = writes(self.database), self.hub.asking > 0
            assert process.returncode is None, self.log()
            process.kill()
            await process.wait()
        snapshot = Snapshot(self.database, self.folder / "left.db")
        self.tally.doing[doing(snapshot, self.town.wire, fetching=fetching)] += 1
        self.tally.in_transactions += in_transaction
        life.dead.set()
        playground.faults.clear()
        self.tally.faults.update({fault.effect: fault.hits for fault in faults})

    def _some_fault(self) -> Fault:
        fault = self.random.choice(FAULTS)(self.random)
        fault.route = self.random.choice(("/channels/{channel_id}/messages", "*"))
        fault.after = self.random.randint(0, 6)
        return self.town.playground.faults.add(fault)

    async def settle(self) -> None:
        """Lets the bot finish, undisturbed, what is to be done, starts it once more, and looks what the places hold."""
        self.hub.trouble, self.hub.asked = 0.0, let_pass
        self.town.playground.limiter.enabled = False
        for later in (timedelta(minutes=30), timedelta(hours=1), timedelta(hours=6)):
            self.clock.advance(later)
            self.town.wire.begin()
            self.hub.answers = 0
            async with self.bot() as process:
                with suppress(TimeoutError):
                    async with asyncio.timeout(_SETTLING):
                        await self._finished()
                process.send_signal(signal.SIGTERM)
                await process.wait()
            assert process.returncode == 0, self.log()
        self.town.playground.limiter.enabled = True
        self.tally.wrong = await self.town.wrong(self.hub.papers)
        self.tally.cards = sum(len(place.wanted(self.hub.papers)) for place in self.town.places)

    async def _finished(self) -> None:
        while not self.hub.answers or self._waits() or await self.town.wrong(self.hub.papers):
            await asyncio.sleep(_BETWEEN_LOOKS)
        await asyncio.sleep(_BETWEEN_LOOKS)

    def _waits(self) -> bool:
        return Snapshot(self.database, self.folder / "left.db").is_true(_WAITING)

    def log(self) -> str:
        """The end of what the bot said."""
        return (self.folder / "bot.log").read_text("utf-8", errors="replace")[-_SHOWN:]


def _stop(process: Process) -> None:
    if process.returncode is None:
        process.send_signal(signal.SIGSTOP)


@asynccontextmanager
async def open_lane(folder: Path, seed: int) -> AsyncIterator[Lane]:
    """A lane whose places are subscribed, and whose choices come from the seed."""
    clock = SharedClock(folder / "clock")
    clock.advance(BEGIN - clock.now())
    random = Random(seed)  # noqa: S311 - a seeded generator makes the choices repeatable
    async with busy_town(clock) as town, busy(clock, random) as hub:
        lane = Lane(folder, random, clock, town, hub)
        await town.subscribe(lane.database, clock)
        yield lane


async def kill_often(
    folder: Path, seed: int, kills: int, *, tell: Callable[[int], None] = lambda _: None
) -> Tally:
    """Kills a bot so many times, and says what came of it.

    Args:
        folder: an empty one, for the database and what the bot says.
        seed: of what is random.
        kills: how many.
        tell: hears how many there were, now and then.
    """
    async with open_lane(folder, seed) as lane:
        for kill in range(1, kills + 1):
            await lane.kill_once()
            if kill % KILLS_BETWEEN_LOOKS == 0 or kill == kills:
                await lane.settle()
                tell(kill)
                if lane.tally.wrong:
                    break
        return lane.tally
