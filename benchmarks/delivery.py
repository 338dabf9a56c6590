"""Twenty papers to a thousand channels in `digest` style, against plain unpaced `channel.send` of the same messages.

Run it from the project's root: `.venv/bin/python -m benchmarks.delivery [--channels 1000] [--plain 200]`. A playground
with Discord's limits runs in a process of its own, one for each way. "Ours" is the whole bot: planner, gatherer,
courier, publisher and limiter on SQLite, while somebody uses `/papers tag:Multimodal` ten times a second. "Plain" is
`asyncio.gather` of discord.py's `channel.send` for every message at once, to fewer channels, as each takes long.

The fewest messages are counted here from the papers' texts alone: title, two whole bullets, classifications and links,
in rank order. The best time is what windows of fifty requests a second allow, and five messages in five seconds a
channel, the first of them full at once. A stall is how much later than asked the bot's event loop came to a timer.
"""

import argparse
import asyncio
import json
import logging
import math
import random
import statistics
import sys
import tempfile
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import discord

from benchmarks.delivery_town import TOKEN
from bot.client import point_at
from bot.run import connect
from bot.settings import from_environment
from bot.shop import Shop, open_shop
from papers.models import (
    Announcement,
    Answer,
    Classification,
    Destination,
    DestinationKind,
    Link,
    LinkKind,
    NewSubscription,
    Origin,
    Statement,
    Style,
    first_key,
)
from papers.taxonomy import NAMES

PAPERS = 20
TEXT_OF_EMBEDS, EMBEDS = 6_000, 10
REQUESTS_A_SECOND = 50
MESSAGES_A_CHANNEL, SECONDS_A_CHANNEL = 5, 5.0
TICK = 0.01


@dataclass(frozen=True)
class Reach:
    """A running playground and what it said."""

    process: Process
    api: str
    gateway: str
    channels: list[tuple[int, int]]

    async def tell(self, line: str) -> None:
        """Tells it something."""
        assert self.process.stdin is not None  # noqa: S101 - it was started with one
        self.process.stdin.write(f"{line}\n".encode())
        await self.process.stdin.drain()

    async def report(self) -> dict[str, Any]:
        """What came there."""
        await self.tell("report")
        return await _heard(self.process)


async def _heard(process: Process) -> dict[str, Any]:
    assert process.stdout is not None  # noqa: S101 - it was started with one
    said: dict[str, Any] = json.loads(await process.stdout.readline())
    return said


@asynccontextmanager
async def town(channels: int) -> AsyncIterator[Reach]:
    """A playground in a process of its own, to which this one's discord.py is pointed."""
    arguments = ("-m", "benchmarks.delivery_town", str(channels))
    process = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, stdin=PIPE, stdout=PIPE, limit=1 << 26
    )
    try:
        said = await _heard(process)
        point_at(said["api"], said["gateway"])
        yield Reach(process, said["api"], said["gateway"], [*map(tuple, said["channels"])])
    finally:
        process.kill()
        await process.wait()


def edition(now: datetime) -> Answer:
    """Twenty papers of about the size of real ones, always the same."""
    chance = random.Random(7)
    words = ["".join(chance.choices("aeioubdgklmnprst", k=chance.randint(2, 11))) for _ in range(5_000)]

    def text(length: int) -> str:
        return " ".join(chance.choices(words, k=length))

    said = [
        Statement(
            origin=Origin.HUB,
            title=text(9).capitalize(),
            abstract=text(180),
            authors=tuple(text(2).title() for _ in range(6)),
            bullets=tuple(text(chance.randint(16, 30)) for _ in range(4)),
            classifications=tuple(Classification(name=name) for name in chance.sample(NAMES, 2)),
            links=(Link(kind=LinkKind.CODE, url=f"https://github.com/someone/{text(1)}"),),
            upvotes=chance.randint(0, 200),
        )
        for _ in range(PAPERS)
    ]
    announced = [
        Announcement(arxiv_id=f"{now:%y%m}.{number:05}", statements=(statement,))
        for number, statement in enumerate(said, start=1)
    ]
    return Answer(source="huggingface", day=now.date(), announcements=tuple(announced))


def fewest(answer: Answer) -> int:
    """The fewest messages that hold each paper's title, two bullets, classifications and links, in rank order."""
    said = [announcement.statements[0] for announcement in answer.announcements]
    ranked = sorted(said, key=lambda statement: -(statement.upvotes or 0))
    messages, held, used = 0, EMBEDS, 0
    for statement in ranked:
        parts = [
            statement.title or "",
            *(statement.bullets or ())[:2],
            *(each.name for each in statement.classifications or ()),
            *(link.url for link in statement.links or ()),
        ]
        size = sum(len(part.encode("utf-16-le")) // 2 for part in parts)
        if held == EMBEDS or used + size > TEXT_OF_EMBEDS:
            messages, held, used = messages + 1, 0, 0
        held, used = held + 1, used + size
    return messages


def best_seconds(requests: int, messages_a_channel: int) -> float:
    """Seconds between the first and the last request of so many at best."""
    over_all = (math.ceil(requests / REQUESTS_A_SECOND) - 1) * 1.0
    one_channel = (math.ceil(messages_a_channel / MESSAGES_A_CHANNEL) - 1) * SECONDS_A_CHANNEL
    return max(over_all, one_channel)


async def subscribe(shop: Shop, channels: Sequence[tuple[int, int]], now: datetime) -> None:
    """Has the papers posted to every channel in `digest` style."""
    for channel, guild in channels:
        place = Destination(kind=DestinationKind.CHANNEL, target_id=channel, guild_id=guild)
        await shop.stores.subscriptions.add(
            NewSubscription(
                destination=place,
                query="",
                style=Style.DIGEST,
                created_by=1,
                created_at=now,
                start_key=first_key(now.date()),
            )
        )


async def stalls(into: list[float]) -> None:
    """Notes how much later than asked the event loop comes to a timer, all the while."""
    for _ in count():
        before = time.perf_counter()
        await asyncio.sleep(TICK)
        into.append(time.perf_counter() - before - TICK)


class Now:
    """The real time."""

    def now(self) -> datetime:
        """The time, with its zone."""
        return datetime.now(UTC)


async def ours(channels: int, answer: Answer, database: Path) -> tuple[dict[str, Any], list[float], float]:
    """What came of the bot's way, how its event loop stalled, and how many seconds passed in all."""
    now = datetime.now(UTC)
    late: list[float] = []
    async with town(channels) as reach, open_shop(from_environment(), database, Now(), reach.api) as shop:
        await subscribe(shop, reach.channels, now)
        await shop.stores.papers.keep(answer, over_at=now + timedelta(days=1), at=now)
        async with connect(shop, TOKEN) as connected:
            connecting = asyncio.create_task(connected.client.connect())
            while not connected.client.shards or connected.client.is_closed():  # noqa: ASYNC110 - no cache, no ready
                await asyncio.sleep(TICK)
            await reach.tell("press")
            await asyncio.sleep(1)
            watching = asyncio.create_task(stalls(late))
            began = time.perf_counter()
            await connected.job.post()
            passed = time.perf_counter() - began
            watching.cancel()
            report = await reach.report()
            await connected.client.close()
            await connecting
        return report, late, passed


async def plain(channels: int, messages: Sequence[Sequence[dict[str, Any]]]) -> tuple[dict[str, Any], int]:
    """What came of `channel.send` of everything at once, and how many of them raised."""
    async with town(channels) as reach, discord.Client(intents=discord.Intents.none()) as client:
        await client.login(TOKEN)
        sending = [
            client.get_partial_messageable(channel).send(embeds=[*map(discord.Embed.from_dict, embeds)])
            for channel, _ in reach.channels
            for embeds in messages
        ]
        ended = await asyncio.gather(*sending, return_exceptions=True)
        failed = sum(isinstance(result, BaseException) for result in ended)
        return await reach.report(), failed


def show(name: str, report: dict[str, Any], channels: int, least: int, passed: float | None = None) -> None:
    """Prints the ratios of one way."""
    best = best_seconds(least * channels, least)
    seconds = report["seconds"]
    whole = "" if passed is None else f"; {passed:.1f} s with planning and gathering"
    print(f"{name}: {channels:,} channels, {PAPERS} papers each")
    print(
        f"  requests {report['posts']:,}, fewest {least * channels:,}, ratio {report['posts'] / (least * channels):.3f}"
    )
    print(f"  seconds {seconds:.2f}, best {best:.2f}, ratio {seconds / best:.3f}{whole}")
    missing = channels * PAPERS - report["shown"]
    print(f"  429 {report['refused']:,}, papers lost {missing:,}, papers twice {report['again']:,}")


def quantile(values: Sequence[float], part: int) -> float:
    """A percentile in milliseconds."""
    return statistics.quantiles(values, n=100, method="inclusive")[part - 1] * 1_000


def main(channels: int, fewer: int) -> None:
    """Measures and prints."""
    logging.basicConfig(level=logging.ERROR)
    answer = edition(datetime.now(UTC))
    least = fewest(answer)
    with tempfile.TemporaryDirectory() as folder:
        report, late, passed = asyncio.run(ours(channels, answer, Path(folder) / "papers.db"))
    show("ours", report, channels, least, passed)
    waits = report["waits"]
    print(f"  /papers {len(waits)} times: p50 {quantile(waits, 50):.0f} ms, p99 {quantile(waits, 99):.0f} ms")
    print(f"  stalls of the event loop: p99 {quantile(late, 99):.0f} ms, worst {max(late) * 1_000:.0f} ms")
    unpaced, failed = asyncio.run(plain(fewer, report["sample"]))
    show("plain", unpaced, fewer, least)
    print(f"  {failed:,} messages raised")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--channels", type=int, default=1_000)
    parser.add_argument("--plain", type=int, default=200, help="channels of the plain way")
    given = parser.parse_args()
    main(given.channels, given.plain)
