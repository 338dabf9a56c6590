"""A fortnight with everything that happens in one: at its end every paper stood in the channel once, and status says so.

The hub is a real server whose days grow; source, store, planner, courier, discord.py and the commands are the real
ones. Only the time is a test's.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.alarm import next_ring
from bot.sections import ScheduleSettings
from papers.editions import EditionService
from papers.models import Destination, DestinationKind, EditionState, first_key
from papers.reading.reader import LocalReader
from papers.sources.http import HttpClient
from papers.sources.huggingface import HuggingFaceDailyPapers
from support.bot import Bot, running_bot
from support.clock import SetClock
from support.command_line import CommandLine
from support.discord_rest import asking
from support.discord_town import TOKEN
from support.growing_hub import GrowingHub, Item, Trouble, growing, on_day, own_days, recorded_days
from support.replay import reset, status
from support.subscriptions import wanted
from support.web import QUICK

WEEK = timedelta(days=7)
RECORDED = (
    *("2025-03-17", "2025-04-15", "2025-05-22", "2025-06-25", "2025-09-30"),
    *("2025-10-02", "2025-12-11", "2026-01-15", "2026-02-17", "2026-03-12"),
)
CHANGES = {
    "new york, spring": (date(2026, 3, 2), "UTC"),
    "berlin, spring": (date(2026, 3, 23), "Europe/Berlin"),
    "both, autumn": (date(2026, 10, 19), "America/New_York"),
}
"""Fortnights in which clocks are changed, each with the zone of the bot's schedule."""


@dataclass
class Fortnight:
    """A fortnight from a Monday on, lived through."""

    monday: date
    zone: ZoneInfo
    clock: SetClock
    hub: GrowingHub
    bot: Bot
    database: Path

    def moment(self, day: int, hour: int) -> datetime:
        """An hour, UTC, of a day that is counted from 0."""
        return moment(self.monday, day, hour)

    def rings(self) -> Iterator[datetime]:
        """When the bot's alarm rings; on the first Friday nobody has switched it on."""
        end, now = self.moment(14, 9), self.moment(0, 0)
        off = self.moment(4, 0), self.moment(5, 0)
        while (now := next_ring(ScheduleSettings().times, self.zone, now)) < end:
            if not off[0] <= now < off[1]:
                yield now
            now += timedelta(seconds=1)

    async def pass_by(self) -> None:
        """Lives through it; the bot is restarted every night."""
        for _, moments in groupby(self.rings(), key=datetime.date):
            async with self._sources() as editions:
                for now in moments:
                    self.clock.at = now
                    self.hub.catch_up()
                    await editions.look_back()
                    await self.bot.deliver()
        self.clock.at = self.moment(14, 9)

    @asynccontextmanager
    async def _sources(self) -> AsyncIterator[EditionService]:
        async with HttpClient(contact="-", clock=self.clock, limits=QUICK) as http:
            yield EditionService(
                sources=[HuggingFaceDailyPapers(http, base_url=self.hub.replay.url, page_size=20)],
                reader=LocalReader(),
                papers=self.bot.stores.papers,
                editions=self.bot.stores.editions,
                clock=self.clock,
            )

    async def shown(self) -> Counter[str]:
        """How often each paper stands in the channel, by arXiv id, as Discord's API tells it."""
        found: Counter[str] = Counter()
        channel = self.bot.town.channel.id
        before: dict[str, str] = {}
        async with asking(self.bot.town.playground, TOKEN) as rest:
            while page := (await rest.get(f"/channels/{channel}/messages", limit="100", **before)).body:
                found.update(message["embeds"][0]["url"].rpartition("/")[2] for message in page)
                before = {"before": page[-1]["id"]}
        return found

    async def states(self) -> dict[date, EditionState]:
        """The state of each of its days."""
        editions = await self.bot.stores.editions.since(self.monday)
        return {edition.day: edition.state(self.clock.now()) for edition in editions}

    async def told_by_the_command_line(self) -> Any:  # noqa: ANN401 - JSON
        """What `paperboy status --json` says."""
        paperboy = CommandLine(self.database.parent, clock=self.clock)
        done = await asyncio.to_thread(paperboy.in_process, "status", "--json", "--database", self.database)
        assert (done.code, done.stderr) == (0, "")
        return done.document


def moment(monday: date, day: int, hour: int) -> datetime:
    return datetime.combine(monday, time(hour), UTC) + timedelta(days=day)


def troubles(monday: date) -> list[Trouble]:
    """Tuesday noon the connection breaks, Wednesday evening the hub fails, on Thursday it wants to be left alone."""
    too_many = status(429, RateLimit='"api";r=0;t=300')
    return [
        Trouble(moment(monday, 1, 11), moment(monday, 1, 13), reset),
        Trouble(moment(monday, 2, 16), moment(monday, 2, 22), status(500)),
        Trouble(moment(monday, 3, 0), moment(monday, 4, 0), too_many),
    ]


def with_one_again(days: Mapping[date, Sequence[Item]], monday: date) -> dict[date, list[Item]]:
    """The days, with a paper of the first Tuesday announced once more a week later."""
    first, second = monday + timedelta(days=1), monday + timedelta(days=1) + WEEK
    return {
        day: [*items, *([on_day(days[first][0], second)] if day == second else [])]
        for day, items in days.items()
    }


@asynccontextmanager
async def begun(
    folder: Path, days: Mapping[date, Sequence[Item]], zone: str = "UTC"
) -> AsyncIterator[Fortnight]:
    """A fortnight at its beginning: everything is subscribed, and some of it twice."""
    monday = min(days)
    clock = SetClock(moment(monday, 0, 0))
    database = folder / "papers.db"
    async with (
        growing(clock, with_one_again(days, monday), troubles(monday)) as hub,
        running_bot(database, clock=clock) as bot,
    ):
        channel = bot.town.channel
        place = Destination(kind=DestinationKind.CHANNEL, target_id=channel.id, guild_id=channel.guild_id)
        for query in ("", "paper"):
            await bot.stores.subscriptions.add(wanted(query, place, start_key=first_key(monday)))
        yield Fortnight(monday, ZoneInfo(zone), clock, hub, bot, database)


def weekends(monday: date) -> set[date]:
    return {monday + timedelta(days=day) for day in (5, 6, 12, 13)}


async def check(fortnight: Fortnight) -> None:
    """Every paper once, every day in its right state, and both kinds of status say so."""
    papers = len(fortnight.hub.ids)
    assert await fortnight.shown() == Counter(fortnight.hub.ids)
    expected = dict.fromkeys(fortnight.hub.arrivals, EditionState.CLOSED)
    expected |= dict.fromkeys(weekends(fortnight.monday), EditionState.EMPTY)
    expected[fortnight.monday + 2 * WEEK] = EditionState.OPEN
    assert await fortnight.states() == expected
    names = [f"{day:%A} {day.day} {day:%B}" for day in sorted(weekends(fortnight.monday))]
    sentence = (
        f"All is well: {papers} of {papers} posted, nothing pending;"
        f" {', '.join(names[:-1])} and {names[-1]}: no edition."
    )
    told = await fortnight.told_by_the_command_line()
    assert (told["summary"], told["well"]) == (sentence, True)
    assert {edition["date"]: edition["state"] for edition in told["editions"]} == {
        str(day): state for day, state in expected.items()
    }
    assert sum(day["posted"] for day in told["days"]) == sum(day["wanted"] for day in told["days"]) == papers
    assert told["deliveries"] == {"due": 0, "sending": 0, "sent": papers, "failed": 0}
    embed = (await fortnight.bot.slash("status")).message["embeds"][0]
    assert embed["description"].startswith(f"{sentence}\n")
    assert embed["description"].count("no edition") == 1 + len(names)


@pytest.mark.parametrize(("monday", "zone"), CHANGES.values(), ids=CHANGES)
async def test_a_fortnight_in_our_own_words_ends_with_every_paper_once(
    tmp_path: Path, monday: date, zone: str
) -> None:
    async with begun(tmp_path, own_days(monday, papers=5), zone) as fortnight:
        await fortnight.pass_by()
        await check(fortnight)


async def test_a_recorded_fortnight_ends_with_every_paper_once(tmp_path: Path, shared_data: Path) -> None:
    monday, zone = CHANGES["new york, spring"]
    days = recorded_days(shared_data / "hf_daily_papers", RECORDED, monday)
    async with begun(tmp_path, days, zone) as fortnight:
        await fortnight.pass_by()
        await check(fortnight)


async def test_a_bot_that_looks_back_a_day_only_misses_papers_and_status_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("papers.editions.LOOK_BACK", timedelta(days=1))
    monday, zone = CHANGES["new york, spring"]
    async with begun(tmp_path, own_days(monday, papers=2), zone) as fortnight:
        await fortnight.pass_by()
        thursday = monday + timedelta(days=3)
        missed = {each["paper"]["id"] for _, each in fortnight.hub.arrivals[thursday]}
        assert await fortnight.shown() == Counter(fortnight.hub.ids - missed)
        assert (await fortnight.states())[thursday] is EditionState.FAILED
        told = await fortnight.told_by_the_command_line()
    assert not told["well"]
    assert "; Thursday 5 March: no answer from huggingface (127.0.0.1:" in told["summary"]
    assert told["summary"].endswith(
        "too long ago to be asked for again (`paperboy fetch --since 2026-03-05` does)."
    )
