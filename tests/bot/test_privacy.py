"""`/privacy`, through the real discord.py."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from papers.models import Destination, DestinationKind, Draft, NewCorrection, Preferences
from playground import permissions
from playground.people import Reply
from playground.world import Channel, User
from support.bot import Bot
from support.discord_town import DAY
from support.papers import ROBOTS, TIDES, answered
from support.subscriptions import wanted

TODAY = DAY.date()
NOT_YOURS = "This is not yours to delete here: use `/privacy` yourself."


def shown(reply: Reply) -> dict[str, str]:
    embeds: list[dict[str, Any]] = reply.message["embeds"]
    return {embed["title"]: embed["description"] for embed in embeds}


def labels(reply: Reply) -> dict[str, str]:
    rows: list[dict[str, Any]] = reply.message["components"]
    return {item["label"]: item["custom_id"] for row in rows for item in row["components"]}


async def press(bot: Bot, user: User, reply: Reply, label: str) -> Reply:
    return await bot.town.playground.click(user, reply.message, labels(reply)[label])


def direct(bot: Bot, user: User) -> Channel:
    return bot.town.playground.world.direct_channel(user, bot.town.bot.user)


def tables_with(path: Path, number: int) -> set[str]:
    """The tables in which a number stands, in whatever form: those that are to come as well."""
    with closing(sqlite3.connect(path)) as db:
        tables = [name for [name] in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            table
            for table in tables
            for row in db.execute(f"SELECT * FROM '{table}'")  # noqa: S608 - its own name of a table
            for value in row
            if str(number).encode() in (value if isinstance(value, bytes) else str(value).encode())
        }


async def live_here(bot: Bot) -> None:
    """The owner subscribes the channel and their direct messages, papers come, and one of them is put right."""
    owner, town = bot.town.owner, bot.town
    here = Destination(kind=DestinationKind.CHANNEL, target_id=town.channel.id, guild_id=town.guild.id)
    home = Destination(kind=DestinationKind.DIRECT, target_id=owner.id)
    await bot.stores.subscriptions.add(wanted("tag:Robotics", here, created_by=owner.id))
    await bot.stores.subscriptions.add(wanted("laundry *here*", home, created_by=owner.id))
    await bot.keep(answered(ROBOTS, TIDES, day=TODAY))
    await bot.deliver()
    correction = NewCorrection(
        guild_id=town.guild.id, arxiv_id=TIDES.arxiv_id, person=owner.id, classifications=("Audio",), at=DAY
    )
    await bot.stores.corrections.add(correction)
    await bot.stores.subscriptions.save_draft(
        Draft(destination=here, preferences=Preferences(query="flow"), person=owner.id), at=DAY
    )


async def test_nobody_hears_of_anything_where_nothing_is_kept(bot: Bot) -> None:
    reply = await bot.slash("privacy", user=bot.town.member)
    assert reply.ephemeral
    assert shown(reply) == {"Kept of you": "Nothing."}
    assert reply.message["components"] == []


async def test_somebody_who_manages_the_server_sees_what_is_kept_of_both(bot: Bot) -> None:
    await live_here(bot)
    reply = await bot.slash("privacy")
    assert reply.ephemeral
    assert shown(reply)["Kept of you"].splitlines() == [
        "• 1 subscription in your direct messages: **laundry \\*here\\***",
        "• 1 subscription in servers that you made",
        "• 1 correction of classifications that you made in servers",
        "• 1 draft of subscriptions, which go after a day anyway",
    ]
    assert shown(reply)["Kept of this server"].splitlines() == [
        "• 1 subscription",
        "• 1 channel that papers go or went to",
        "• a record of 1 posted message, so that nothing comes twice",
        "• 1 correction of classifications",
        "• 1 draft of subscriptions",
    ]
    assert list(labels(reply)) == ["Delete what is kept of me", "Delete what is kept of this server"]


async def test_in_direct_messages_and_for_plain_members_only_their_own_is_shown(bot: Bot) -> None:
    await live_here(bot)
    own = await bot.slash("privacy", channel=direct(bot, bot.town.owner))
    assert list(shown(own)) == ["Kept of you"]
    assert list(labels(own)) == ["Delete what is kept of me"]
    assert list(shown(await bot.slash("privacy", user=bot.town.member))) == ["Kept of you"]


async def test_a_person_is_asked_once_more_and_then_stands_nowhere(bot: Bot, tmp_path: Path) -> None:
    await live_here(bot)
    owner, path = bot.town.owner, tmp_path / "papers.db"
    assert tables_with(path, owner.id) >= {"destinations", "subscriptions", "corrections", "drafts"}
    asked = await press(bot, owner, await bot.slash("privacy"), "Delete what is kept of me")
    assert "This cannot be taken back" in shown(asked)
    assert "subscriptions" in tables_with(path, owner.id)
    done = await press(bot, owner, asked, "Delete for good")
    assert "goes on, without your id" in shown(done)["Deleted"]
    assert tables_with(path, owner.id) == set()
    assert shown(await bot.slash("privacy"))["Kept of you"] == "Nothing."
    assert [item.query for item in await bot.stores.subscriptions.all()] == ["tag:Robotics"]


async def test_a_person_who_thinks_again_keeps_everything(bot: Bot) -> None:
    await live_here(bot)
    owner = bot.town.owner
    first = await bot.slash("privacy")
    asked = await press(bot, owner, first, "Delete what is kept of me")
    assert shown(await press(bot, owner, asked, "Keep it")) == shown(first)
    assert (await bot.stores.privacy.of_person(owner.id)).direct


async def test_a_server_stands_nowhere_afterwards_and_gets_nothing_more(bot: Bot, tmp_path: Path) -> None:
    await live_here(bot)
    owner, guild = bot.town.owner, bot.town.guild
    asked = await press(bot, owner, await bot.slash("privacy"), "Delete what is kept of this server")
    done = await press(bot, owner, asked, "Delete for good")
    assert shown(done) == {"Deleted": "Nothing is kept of this server any more."}
    assert tables_with(tmp_path / "papers.db", guild.id) == set()
    assert (await bot.stores.privacy.of_person(owner.id)).direct
    assert len(bot.town.channel.messages) == 1


@pytest.mark.parametrize("step", ["privacy", "forget"])
@pytest.mark.parametrize("whose", ["person", "guild"])
async def test_nobody_deletes_what_is_anothers(bot: Bot, step: str, whose: str) -> None:
    await live_here(bot)
    town, world = bot.town, bot.town.playground.world
    reply = await bot.slash("privacy")
    other = world.add_guild("Elsewhere", town.member, permissions.MEMBER)
    world.join(other, town.bot.user)
    channel = world.add_channel(other, "general")
    of_whom = town.owner.id if whose == "person" else town.guild.id
    row = {
        "type": 1,
        "components": [{"type": 2, "style": 4, "label": "x", "custom_id": f"{step}:{whose}:{of_whom}"}],
    }
    forged = {**reply.message, "channel_id": str(channel.id), "flags": 0, "components": [row]}
    answer = await town.playground.click(town.member, forged, f"{step}:{whose}:{of_whom}")
    assert answer.message["content"] == NOT_YOURS
    assert (await bot.stores.privacy.of_person(town.owner.id)).direct
    assert (await bot.stores.privacy.of_guild(town.guild.id)).subscriptions == 1


async def test_a_plain_member_cannot_delete_what_is_kept_of_the_server(bot: Bot) -> None:
    await live_here(bot)
    reply = await bot.slash("privacy")
    forged = {**reply.message, "flags": 0}
    pressed = labels(reply)["Delete what is kept of this server"]
    answer = await bot.town.playground.click(bot.town.member, forged, pressed)
    assert answer.message["content"] == "That needs the Manage Server permission here."
    assert (await bot.stores.privacy.of_guild(bot.town.guild.id)).subscriptions == 1
