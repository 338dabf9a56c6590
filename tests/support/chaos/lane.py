"""A town, a hub and a database; the bot comes and goes."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from support.chaos.clock import SharedClock
from support.chaos.hub import BusyHub, busy, let_pass
from support.chaos.moments import Life, Moment
from support.chaos.states import UNPLANNED, Doing, Snapshot, doing, kinds, writes
from support.chaos.town import BusyTown, busy_town
from support.command_line import ASKING_NOBODY
from support.discord_town import TOKEN

BEGIN = datetime(2026, 7, 18, 6, tzinfo=UTC)
OVER_THE_LEASE = timedelta(minutes=3, seconds=10)
"""The lease is three minutes (`papers.delivery.LEASE`)."""

_PATIENCE = 6.0
_SETTLING = 30.0
_QUIET = 0.01
_BETWEEN_LOOKS = 0.5
_SHOWN = 4_000
_WAITING = (
    UNPLANNED,
    "SELECT 1 FROM changed",
    "SELECT 1 FROM outbox WHERE state IN ('due', 'sending')",
)


@dataclass(frozen=True)
class Killed:
    """What a kill hit.

    Attributes:
        writing: whether a transaction was writing.
        fetching: whether the hub was being asked, whatever the outbox did.
        kinds: of what was being sent.
    """

    doing: Doing
    writing: bool
    fetching: bool
    kinds: set[str]


@dataclass
class Lane:
    """Where one bot is started and stopped, again and again."""

    folder: Path
    random: Random
    clock: SharedClock
    town: BusyTown
    hub: BusyHub

    @property
    def database(self) -> Path:
        """The bot's."""
        return self.folder / "papers.db"

    @property
    def log(self) -> str:
        """The end of what the bot said."""
        return (self.folder / "bot.log").read_text("utf-8", errors="replace")[-_SHOWN:]

    @asynccontextmanager
    async def bot(self, command: str = "run") -> AsyncIterator[Process]:
        """The bot as a process, killed at the end if it still runs; `unheld` does without the lock on the database."""
        variables = {
            "PAPERBOY_DISCORD__TOKEN": TOKEN,
            "PAPERBOY_DISCORD__API_BASE": self.town.playground.api_base,
            "PAPERBOY_DISCORD__GATEWAY_URL": self.town.playground.gateway_url,
            "PAPERBOY_SOURCES__HUGGINGFACE__BASE_URL": self.hub.url,
            "XDG_CONFIG_HOME": str(self.folder),
        }
        arguments = [
            "-m",
            "support.chaos.bot",
            str(self.folder / "clock"),
            command,
            "--verbose",
            "--database",
        ]
        with (self.folder / "bot.log").open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                *arguments,
                str(self.database),
                env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **ASKING_NOBODY, **variables},
                stderr=log,
            )
        try:
            yield process
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()

    async def kill_at(self, moment: Moment) -> Killed:
        """A life from its start until that moment, or until it was waited for in vain."""
        self.begin()
        async with self.bot() as process:
            life = Life(self.town.wire, self.hub, self.database, lambda: stop(process))
            with suppress(TimeoutError):
                async with asyncio.timeout(_PATIENCE):
                    await moment.wait(life)
            life.stop()
            await asyncio.sleep(_QUIET)
            writing, fetching = writes(self.database), self.hub.asking > 0
            assert process.returncode is None, self.log
            process.kill()
            await process.wait()
        snapshot = Snapshot(self.database, self.folder / "left.db")
        wire = self.town.wire
        killed = Killed(doing(snapshot, wire, fetching=fetching), writing, fetching, kinds(snapshot, wire))
        life.dead.set()
        return killed

    def begin(self) -> None:
        """Forgets what the last process did."""
        self.town.wire.begin()
        self.hub.asked, self.hub.answers = let_pass, 0

    async def settle(self, later: timedelta = timedelta(minutes=30)) -> list[str]:
        """Lets the bot finish undisturbed, starts it once more hours later, and says what the places hold wrongly."""
        self.hub.trouble = 0.0
        for wait in (later, timedelta(hours=6)):
            self.clock.advance(wait)
            self.begin()
            async with self.bot() as process:
                await self.finished()
                process.send_signal(signal.SIGTERM)
                await process.wait()
            assert process.returncode == 0, self.log
        return await self.wrong()

    async def finished(self) -> None:
        """Waits until nothing is to be done any more, and a little longer; or until it was waited for in vain."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_SETTLING):
                while not self.hub.answers or self._waits() or await self.wrong():  # noqa: ASYNC110 - elsewhere
                    await asyncio.sleep(_BETWEEN_LOOKS)
                await asyncio.sleep(_BETWEEN_LOOKS)

    async def wrong(self) -> list[str]:
        """What the places hold wrongly now, in words."""
        return await self.town.wrong(self.hub.papers)

    def _waits(self) -> bool:
        snapshot = Snapshot(self.database, self.folder / "left.db")
        return any(snapshot.is_true(query) for query in _WAITING)


def stop(process: Process) -> None:
    """Lets a process stand still, where it runs."""
    if process.returncode is None:
        process.send_signal(signal.SIGSTOP)


@asynccontextmanager
async def open_lane(folder: Path, seed: int, *, only: str | None = None) -> AsyncIterator[Lane]:
    """A lane whose places, or the one that is named, are subscribed; its choices come from the seed."""
    clock = SharedClock(folder / "clock")
    clock.advance(BEGIN - clock.now())
    random = Random(seed)  # noqa: S311 - a seeded generator makes the choices repeatable
    async with busy_town(clock, only=only) as town, busy(clock, random) as hub:
        lane = Lane(folder, random, clock, town, hub)
        await town.subscribe(lane.database, clock)
        yield lane
