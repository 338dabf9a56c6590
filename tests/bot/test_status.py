"""`/status`, and `paperboy status` in text: the same fortnight for whoever asks."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.sections import SourcesSettings
from papers.models import Destination, DestinationKind, first_key
from playground import permissions
from playground.people import Reply
from playground.world import Channel
from storage import open_stores
from support.bot import NEXT_RUN, Bot
from support.clock import SetClock
from support.command_line import CommandLine
from support.deliveries import plan_edition
from support.discord_town import DAY
from support.papers import AT, EDITION, announced, answered, over_at
from support.subscriptions import CHANNEL, wanted

TODAY = DAY.date()
LIMIT = 4096


def embed(reply: Reply) -> dict[str, Any]:
    found: dict[str, Any] = reply.message["embeds"][0]
    return found


def place(channel: Channel) -> Destination:
    return Destination(kind=DestinationKind.CHANNEL, target_id=channel.id, guild_id=channel.guild_id)


async def tell(bot: Bot, day: date, papers: int, *, source: str = "huggingface") -> None:
    """A day's whole answer, after the day was over; today's as of now."""
    said = [announced(f"26{day.day:02}.{number:05}") for number in range(papers)]
    answer = answered(*said, day=day, source=source)
    at = DAY if day == TODAY else over_at(day)
    await bot.stores.papers.keep(answer, over_at=over_at(day), at=at)


async def want(bot: Bot, destination: Destination) -> None:
    await bot.stores.subscriptions.add(wanted("", destination, start_key=first_key(TODAY)))


async def test_it_tells_the_server_of_its_days_privately(bot: Bot) -> None:
    await tell(bot, TODAY - timedelta(days=1), 0)
    await tell(bot, TODAY, 2)
    await want(bot, place(bot.town.channel))
    await bot.deliver()
    reply = await bot.slash("status", user=bot.town.member)
    assert reply.ephemeral
    assert embed(reply)["title"] == "The last two weeks in this server"
    assert embed(reply)["description"] == (
        "All is well: 2 of 2 posted, nothing pending; Friday 17 July: no edition.\n"
        f"I look next <t:{int(NEXT_RUN.timestamp())}:R>.\n\n"
        "🕓 **Sat 18 Jul** 2 papers so far · 2 of 2 posted\n"
        "▫️ **Fri 17 Jul** no edition"
    )


async def test_a_server_hears_nothing_of_another(bot: Bot) -> None:
    elsewhere = bot.town.playground.world.add_guild("Elsewhere", bot.town.owner, permissions.MEMBER)
    bot.town.playground.world.join(elsewhere, bot.town.bot.user)
    channel = bot.town.playground.world.add_channel(elsewhere, "papers")
    await tell(bot, TODAY, 2)
    await want(bot, place(channel))
    await bot.deliver()
    assert "no subscription matched" in embed(await bot.slash("status"))["description"]
    assert "2 of 2 posted" in embed(await bot.slash("status", channel=channel))["description"]


async def test_in_direct_messages_it_tells_of_the_persons_own(bot: Bot) -> None:
    town = bot.town
    direct = town.playground.world.direct_channel(town.member, town.bot.user)
    await tell(bot, TODAY, 2)
    await want(bot, Destination(kind=DestinationKind.DIRECT, target_id=town.member.id))
    await want(bot, place(town.channel))
    await bot.deliver()
    mine = embed(await bot.slash("status", user=town.member, channel=direct))
    assert mine["title"] == "The last two weeks and your direct messages"
    assert mine["description"].startswith("All is well: 2 of 2 posted, nothing pending.")
    other = town.playground.world.direct_channel(town.owner, town.bot.user)
    assert "no subscription matched" in embed(await bot.slash("status", channel=other))["description"]


async def test_what_failed_and_what_is_missing_is_marked(bot: Bot) -> None:
    await tell(bot, TODAY - timedelta(days=2), 1)
    hostile = "@everyone **hub** <@1> `is` down"
    await bot.stores.editions.fail(
        "huggingface", TODAY - timedelta(days=1), over_at=over_at(TODAY), reason=hostile
    )
    await tell(bot, TODAY, 1)
    await want(bot, place(bot.town.channel))
    await bot.planner.plan()
    await bot.gatherer.gather()
    [message] = await bot.stores.outbox.claim("me", now=DAY, until=DAY)
    await bot.stores.outbox.fail(message.id, "me", reason="Discord refuses: Unknown Channel", at=DAY)
    said = embed(await bot.slash("status"))["description"]
    assert said.startswith("Not all is well: 0 of 1 posted, 1 failed (Discord refuses: Unknown Channel)")
    assert "⚠️ **Sat 18 Jul** 1 paper so far · 0 of 1 posted, 1 failed" in said
    assert r"⚠️ **Fri 17 Jul** no answer (@everyone \*\*hub\*\* \<@1\>" in said
    assert "<@1>" not in said.replace(r"\<@1\>", "")


async def test_a_fortnight_of_many_sources_and_long_reasons_fits_and_is_cut_between_days(bot: Bot) -> None:
    for number in range(15):
        for source in ("huggingface", "arxiv", "digest"):
            day = TODAY - timedelta(days=number)
            reason = f"{source} says {number} " + "*long* " * 200
            await bot.stores.editions.fail(source, day, over_at=over_at(day), reason=reason)
    said = embed(await bot.slash("status"))["description"]
    assert 1_500 < len(said) <= LIMIT
    *lines, last = said.partition("\n\n")[2].split("\n")
    assert last == f"+{15 - len(lines)} more"
    assert all(line.startswith("⚠️ **") and line.endswith("…") for line in lines)


async def test_before_the_first_run_it_says_so(bot: Bot) -> None:
    said = embed(await bot.slash("status"))["description"]
    assert said == (
        "No source was asked for papers of the last two weeks.\n"
        f"I look next <t:{int(NEXT_RUN.timestamp())}:R>."
    )


# On the command line.


@pytest.fixture
async def paperboy(tmp_path: Path) -> CommandLine:
    """The command line on an archive with a posted edition, on the afternoon of the day after."""
    clock = SetClock(datetime(2026, 6, 25, 13, tzinfo=UTC))
    database = tmp_path / "papers.db"
    async with open_stores(database) as stores:
        await plan_edition(stores, clock, CHANNEL)
        messages = await stores.outbox.claim("me", now=clock.now(), until=clock.now())
        for message in messages[:2]:
            await stores.outbox.confirm(message.id, message_id=1, shown="x", at=AT)
        await stores.editions.fail(
            "hub", clock.now().date(), over_at=over_at(clock.now().date()), reason="Down."
        )
    return CommandLine(tmp_path, {"PAPERBOY_STORAGE__PATH": str(database)}, clock)


def test_the_text_is_read_at_a_glance(paperboy: CommandLine) -> None:
    result = paperboy.in_process("status")
    assert (result.code, result.stderr) == (0, "")
    assert result.stdout == (
        "Not all is well: 2 of 3 posted, 1 pending; Thursday 25 June: no answer from hub (Down), asked again at the"
        " next run.\n"
        "\n"
        "Wed 24 Jun  huggingface  -        not asked           2 of 3 posted, 1 pending\n"
        "Wed 24 Jun  hub          closed   3 papers\n"
        "Thu 25 Jun  huggingface  -        not asked\n"
        "Thu 25 Jun  hub          failed   no answer (Down)\n"
        "\n"
        "Deliveries in all: 0 due, 1 being sent, 2 sent, 0 failed.\n"
        "The next run, where the bot is running: Thursday 17:00 UTC.\n"
    )


def test_json_has_the_same_day_by_day(paperboy: CommandLine) -> None:
    told = paperboy.in_process("--json", "status").document
    assert told["summary"].startswith("Not all is well: 2 of 3 posted, 1 pending; ")
    assert told["well"] is False
    assert told["next_run"] == "2026-06-25T17:00:00+00:00"
    assert told["editions"] == [
        {"source": "hub", "date": "2026-06-24", "state": "closed", "papers": 3, "reason": None},
        {"source": "hub", "date": "2026-06-25", "state": "failed", "papers": 0, "reason": "Down."},
    ]
    assert told["days"][0] == {
        "date": "2026-06-24",
        "papers": len(EDITION.announcements),
        "unplanned": 0,
        "wanted": 3,
        "posted": 2,
        "pending": 1,
        "failed": 0,
        "reason": None,
        "not_asked": ["huggingface"],
    }
    assert told["deliveries"] == {"due": 0, "sending": 1, "sent": 2, "failed": 0}


def test_the_next_run_follows_the_schedule(paperboy: CommandLine) -> None:
    paperboy = paperboy.with_environment(
        PAPERBOY_SCHEDULE__TIMES='["09:30"]', PAPERBOY_SCHEDULE__TIMEZONE="Asia/Tokyo"
    )
    assert paperboy.in_process("--json", "status").document["next_run"] == "2026-06-26T00:30:00+00:00"


def test_arxiv_is_a_daily_source_where_categories_are_chosen() -> None:
    assert SourcesSettings().names == ("huggingface",)
    chosen = SourcesSettings.model_validate({"arxiv": {"categories": ["cs.CL"]}})
    assert chosen.names == ("huggingface", "arxiv")
