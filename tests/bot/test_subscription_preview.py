"""The preview of a subscription before it is saved, through the real discord.py."""

from copy import deepcopy

import pytest

from papers.models import DestinationKind, Rhythm, Style
from papers.query.limits import MAX_TERMS
from playground import permissions
from playground.world import ChannelType
from support.bot import Bot
from support.discord_town import DAY
from support.papers import ROBOTS, TIDES, announced, answered
from support.subscribing import change, fields, labels, named, press, subscribe, text

TODAY = DAY.date()
GONE = "This preview is gone: it was saved, cancelled or changed, or is too old."


async def test_it_says_what_would_come_where_when_and_how_and_saves_nothing(bot: Bot) -> None:
    await bot.keep(answered(TIDES, ROBOTS, day=TODAY))
    role = bot.town.playground.world.add_role(bot.town.guild, "readers", 0, mentionable=True)
    shown = await bot.slash(
        "subscribe",
        tag="Robotics",
        when="daily",
        at="9 pm",
        timezone="Berlin",
        how="digest",
        most=5,
        role=role,
    )
    assert shown.ephemeral
    assert text(shown) == (
        "It would have brought **1** of the last 30 days' 2 papers.\nThe newest:\n"
        f"- [Robots that Fold Laundry by Reading Its Labels](https://arxiv.org/abs/2606.01002) · {TODAY}"
    )
    assert fields(shown) == {
        "What": "tag:Robotics",
        "Where": f"<#{bot.town.channel.id}>",
        "When": "daily at 21:00 (Europe/Berlin)",
        "Bullets in": "English",
        "How": "a digest, up to ten papers a message\nat most 5 at a time; the rest comes next time\n"
        f"pings <@&{role.id}>",
    }
    assert not shown.message["mention_roles"]
    assert await bot.stores.subscriptions.all() == []


async def test_what_is_saved_is_what_was_shown(bot: Bot) -> None:
    role = bot.town.playground.world.add_role(bot.town.guild, "readers", 0)
    await subscribe(
        bot, tag="Robotics", when="weekly", at="7:30", timezone="Tokyo", how="thread", most=3, role=role
    )
    [kept] = await bot.stores.subscriptions.all()
    assert (kept.query, kept.style, kept.most, kept.role_id) == ("tag:Robotics", Style.THREAD, 3, role.id)
    assert (kept.schedule.rhythm, f"{kept.schedule.at:%H:%M}") == (Rhythm.WEEKLY, "07:30")
    assert (kept.schedule.zone, kept.created_by) == ("Asia/Tokyo", bot.town.owner.id)


async def test_saving_twice_saves_once_and_cancelling_saves_nothing(bot: Bot) -> None:
    town = bot.town
    shown = await bot.slash("subscribe", query="flow")
    before, save = deepcopy(shown.message), named(shown, "Save")
    await press(bot, shown, "Save")
    assert text(await town.playground.click(town.owner, before, save)) == GONE
    assert len(await bot.stores.subscriptions.all()) == 1
    other = await bot.slash("subscribe", query="tides")
    before, save = deepcopy(other.message), named(other, "Save")
    assert text(await press(bot, other, "Cancel")) == "Cancelled: nothing was saved."
    assert text(await town.playground.click(town.owner, before, save)) == GONE
    assert len(await bot.stores.subscriptions.all()) == 1


async def test_the_same_query_for_a_place_changes_how_it_comes(bot: Bot) -> None:
    await subscribe(bot, query="flow")
    shown = await bot.slash("subscribe", query="FLOW", how="digest")
    assert shown.message["embeds"][0]["title"] == "Preview of the changed subscription"
    assert text(await press(bot, shown, "Save")).startswith(
        f"Changed: <#{bot.town.channel.id}> gets **flow**."
    )
    [kept] = await bot.stores.subscriptions.all()
    assert kept.style is Style.DIGEST


async def test_a_preview_that_is_changed_to_other_papers_leaves_the_one_that_was_there(bot: Bot) -> None:
    await subscribe(bot, tag="Robotics", how="digest")
    shown = await bot.slash("subscribe", tag="Robotics")
    shown = await change(bot, shown, "what", {"query": "tag:Audio", "language": "English"})
    assert shown.message["embeds"][0]["title"] == "Preview of a subscription"
    await press(bot, shown, "Save")
    kept = await bot.stores.subscriptions.all()
    assert [(one.query, one.style) for one in kept] == [
        ("tag:Robotics", Style.DIGEST),
        ("tag:Audio", Style.CARDS),
    ]


async def test_the_largest_query_can_be_subscribed_to(bot: Bot) -> None:
    largest = " OR ".join(f"upvotes:>{number}" for number in range(MAX_TERMS))
    await subscribe(bot, query=largest)
    [kept] = await bot.stores.subscriptions.all()
    assert kept.query == largest


async def test_only_whoever_made_it_may_save_it_and_only_while_they_manage_the_server(bot: Bot) -> None:
    town, world = bot.town, bot.town.playground.world
    manager = world.add_user("nora")
    member = world.join(town.guild, manager, world.add_role(town.guild, "managers", permissions.MANAGE_GUILD))
    shown = await bot.slash("subscribe", user=manager, query="flow")
    seen = {**shown.message, "flags": 0}
    assert text(await town.playground.click(town.owner, seen, named(shown, "Save"))) == GONE
    member.roles.clear()
    refused = await press(bot, shown, "Save", user=manager)
    assert text(refused) == "That needs the Manage Server permission here."
    assert await bot.stores.subscriptions.all() == []


async def test_a_preview_of_another_server_is_not_found_here(bot: Bot) -> None:
    town, world = bot.town, bot.town.playground.world
    shown = await bot.slash("subscribe", query="flow")
    other = world.add_guild("Elsewhere", town.owner, permissions.MEMBER)
    world.join(other, town.bot.user)
    forged = {**shown.message, "channel_id": str(world.add_channel(other, "general").id)}
    assert text(await town.playground.click(town.owner, forged, named(shown, "Save"))) == GONE
    assert await bot.stores.subscriptions.all() == []


async def test_it_says_what_the_bot_lacks_there(bot: Bot) -> None:
    town, world = bot.town, bot.town.playground.world
    quiet = world.add_channel(town.guild, "quiet")
    quiet.overwrites[town.bot.id] = (0, permissions.EMBED_LINKS | permissions.READ_MESSAGE_HISTORY)
    role = world.add_role(town.guild, "readers", 0)
    town.guild.roles[town.guild.id].permissions &= ~permissions.MENTION_EVERYONE
    shown = await bot.slash("subscribe", channel=quiet, language="de", role=role)
    *_, place, ping, language = text(shown).split("\n\n")
    assert place == (
        f"⚠️ Give me Embed Links and Read Message History in <#{quiet.id}>. Papers wait until then."
    )
    assert ping.startswith(f"⚠️ <@&{role.id}> will not be pinged until it may be mentioned by anyone")
    assert language == "⚠️ Bullets stay in English until the operator of this bot sets up a language model."
    assert "Save" in labels(shown)


@pytest.mark.parametrize(
    ("kind", "options", "problem"),
    [
        (
            ChannelType.FORUM,
            {"how": "cards"},
            "is a forum, where papers come as posts: choose “forum” as how.",
        ),
        (ChannelType.TEXT, {"how": "forum"}, "choose a forum channel, or another way than “forum”."),
        (ChannelType.TEXT, {"at": "25:00"}, "“25:00” is no time of day: write it like 9:30, 21:00 or 9 pm."),
        (ChannelType.TEXT, {"when": "arrival", "at": "9"}, "leave `at` out, or choose daily."),
        (ChannelType.TEXT, {"timezone": "Nowhere"}, "There is no time zone “Nowhere”"),
        (ChannelType.TEXT, {"query": '"flow'}, "quotation mark"),
    ],
)
async def test_what_does_not_go_together_is_said_in_a_sentence(
    bot: Bot, kind: ChannelType, options: dict[str, str], problem: str
) -> None:
    place = bot.town.playground.world.add_channel(bot.town.guild, "place", kind)
    shown = await bot.use("subscribe", {**options, "channel": place})
    assert problem in text(shown)
    assert not shown.message["components"]


async def test_everyone_is_never_pinged(bot: Bot) -> None:
    everyone = bot.town.guild.roles[bot.town.guild.id]
    shown = await bot.slash("subscribe", role=everyone)
    assert text(shown) == "I never ping everyone: choose another role, or none."


async def test_a_forum_gets_posts_if_nothing_else_is_said(bot: Bot) -> None:
    forum = bot.town.playground.world.add_channel(bot.town.guild, "forum", ChannelType.FORUM)
    shown = await bot.use("subscribe", {"channel": forum})
    assert fields(shown)["How"] == "a post a paper"
    await press(bot, shown, "Save")
    [kept] = await bot.stores.subscriptions.all()
    assert (kept.destination.target_id, kept.style) == (forum.id, Style.FORUM)


async def test_a_thread_cannot_be_started_in_a_thread(bot: Bot) -> None:
    thread = bot.town.playground.world.add_thread(bot.town.channel, "papers here", bot.town.owner.id)
    shown = await bot.use("subscribe", {"channel": thread, "how": "thread"})
    assert (
        text(shown)
        == f"No thread can be started in <#{thread.id}>: choose “cards” or “digest”, or a channel."
    )


async def test_time_zones_and_queries_are_completed_while_typing(bot: Bot) -> None:
    town = bot.town
    zones = await town.playground.autocomplete(
        town.owner, town.channel, "subscribe", focused="timezone", typed="berl"
    )
    assert zones == [{"name": "Europe/Berlin", "value": "Europe/Berlin"}]
    queries = await town.playground.autocomplete(
        town.owner, town.channel, "subscribe", focused="query", typed="tag:robo"
    )
    assert "tag:Robotics" in [choice["value"] for choice in queries]


async def test_a_search_can_be_subscribed_to(bot: Bot) -> None:
    await bot.keep(answered(announced("2607.00001", "Ebbs"), day=TODAY))
    page = await bot.slash("papers", query="ebbs", since="2026-01-01")
    shown = await press(bot, page, "Subscribe to this")
    assert shown.ephemeral
    assert fields(shown)["What"] == "ebbs"
    await press(bot, shown, "Save")
    [kept] = await bot.stores.subscriptions.all()
    assert (kept.query, kept.destination.target_id) == ("ebbs", bot.town.channel.id)


async def test_a_long_search_and_one_that_found_nothing_too(bot: Bot) -> None:
    words = " ".join(f"word{number}" for number in range(40))
    shown = await press(bot, await bot.slash("papers", query=words), "Subscribe to this")
    assert fields(shown)["What"].startswith("word0 word1")
    await press(bot, shown, "Save")
    [kept] = await bot.stores.subscriptions.all()
    assert kept.query == words


async def test_days_alone_are_nothing_to_subscribe_to(bot: Bot) -> None:
    await bot.keep(answered(TIDES, day=TODAY))
    assert "Subscribe to this" not in labels(await bot.slash("today"))
    assert "Subscribe to this" in labels(await bot.slash("papers"))


async def test_a_member_subscribes_themselves_to_a_search(bot: Bot) -> None:
    member = bot.town.member
    shown = await press(
        bot, await bot.slash("papers", user=member, query="tides"), "Subscribe to this", user=member
    )
    assert fields(shown)["Where"] == "your direct messages"
    assert "Change where…" not in labels(shown)
    await press(bot, shown, "Save", user=member)
    [kept] = await bot.stores.subscriptions.all()
    assert (kept.destination.kind, kept.destination.target_id) == (DestinationKind.DIRECT, member.id)
