"""The hub as a bot sees it that comes and goes: a day's list that grows and is corrected, and fails now and then."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from aiohttp import web

from support import replay
from support.chaos.clock import SharedClock
from support.hub_items import item
from support.loopback import serving
from support.replay import Fault, Replay

TOPICS = ("tides", "lamps")
FAULTS: Sequence[Fault] = (
    replay.status(500),
    replay.status(503),
    replay.reset,
    replay.truncated,
    replay.body(b'[{"paper": '),
)
_NEWEST = 500


@dataclass
class Announced:
    """A paper as the hub has it now.

    Attributes:
        version: how often its title was corrected.
    """

    arxiv_id: str
    day: date
    topic: str
    version: int = 0

    @property
    def title(self) -> str:
        """What its card should say in the end."""
        corrected = f", corrected {self.version} times" if self.version else ""
        return f"Paper {self.arxiv_id} about {self.topic}{corrected}"


async def let_pass() -> None:
    """Holds no request up."""


@dataclass
class BusyHub:
    """Announces and corrects papers.

    Attributes:
        papers: everything it ever announced, in order.
        trouble: what share of the requests fail.
        asking: how many requests wait for an answer.
        answers: how many were answered.
        asked: is called for each request, before it is answered.
    """

    clock: SharedClock
    random: Random
    url: str = ""
    papers: list[Announced] = field(default_factory=list)
    trouble: float = 0.0
    asking: int = 0
    answers: int = 0
    asked: Callable[[], Awaitable[None]] = let_pass
    _replay: Replay = field(default_factory=Replay)

    def go_on(self, new: int, corrections: int) -> None:
        """Announces so many papers today, and corrects so many of today's newest."""
        today = self.clock.now().date()
        recent = [paper for paper in self.papers[-20:] if paper.day == today]
        for paper in self.random.sample(recent, k=min(corrections, len(recent))):
            paper.version += 1
        for number in range(len(self.papers) + 1, len(self.papers) + new + 1):
            self.papers.append(Announced(f"2607.{number:05}", today, self.random.choice(TOPICS)))
        self._replay.days = {}
        for paper in self.papers[-_NEWEST:]:
            self._replay.days[paper.day] = [*self._replay.days.get(paper.day, ()), _item(paper)]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answers a request, or fails."""
        self.asking += 1
        try:
            await self.asked()
            self._replay.newest = self.clock.now().date()
            fails = self.random.random() < self.trouble
            return await (self.random.choice(FAULTS) if fails else self._replay.answer)(request)
        finally:
            self.asking -= 1
            self.answers += 1


def _item(paper: Announced) -> dict[str, Any]:
    return item(
        paper.arxiv_id,
        paper.title,
        title=paper.title,
        submittedOnDailyAt=f"{paper.day}T00:00:01.000Z",
        summary=f"We measure {paper.topic}. It helps.",
    )


@asynccontextmanager
async def busy(clock: SharedClock, random: Random) -> AsyncIterator[BusyHub]:
    """Runs a hub that has announced nothing yet."""
    hub = BusyHub(clock, random)
    async with serving(hub.answer) as hub.url:
        yield hub
