"""The forms that change a subscription part by part before it is saved, through the real discord.py."""

from collections.abc import Mapping
from typing import Any

import pytest

from papers.models import Destination, DestinationKind, Overflow, Rhythm, Style
from playground.people import Reply
from playground.world import ChannelType
from support.bot import Bot
from support.subscribing import change, fields, press, text


@pytest.fixture
async def shown(bot: Bot) -> Reply:
    """A preview in the town's channel."""
    return await bot.slash("subscribe", query="flow")


def filled(form: Reply) -> dict[str, Any]:
    """What the fields of a form show when it opens."""
    assert form.modal is not None
    components = [label["component"] for label in form.modal["components"]]
    return {each["custom_id"]: _first(each) for each in components}


def _first(component: Mapping[str, Any]) -> object:
    chosen = [option["value"] for option in component.get("options", ()) if option.get("default")]
    chosen += [each["id"] for each in component.get("default_values", ())]
    return component.get("value") or next(iter(chosen), "")


async def test_every_part_is_changed_and_saved(bot: Bot, shown: Reply) -> None:
    world = bot.town.playground.world
    news = world.add_channel(bot.town.guild, "news", ChannelType.ANNOUNCEMENT)
    role = world.add_role(bot.town.guild, "readers", 0, mentionable=True)
    shown = await change(bot, shown, "what", {"query": "tag:Robotics -sim", "language": "Deutsch"})
    when = {"rhythm": "daily-weekdays", "at": "6:30 pm", "zone": "new york", "quiet": ""}
    shown = await change(bot, shown, "when", when)
    shown = await change(bot, shown, "where", {"channel": str(news.id)})
    how = {"style": "thread", "most": "7", "overflow": "summarise", "role": str(role.id), "publish": "yes"}
    shown = await change(bot, shown, "how", how)
    assert fields(shown) == {
        "What": "tag:Robotics -sim",
        "Where": f"<#{news.id}>",
        "When": "daily at 18:30 (America/New\\_York), weekdays only",
        "Bullets in": "German",
        "How": "a headline, with the papers in its thread\n"
        "at most 7 at a time; the rest is told of in one line\n"
        f"pings <@&{role.id}>\npublished to the channels that follow",
    }
    await press(bot, shown, "Save")
    [kept] = await bot.stores.subscriptions.all()
    assert kept.destination == Destination(
        kind=DestinationKind.CHANNEL, target_id=news.id, guild_id=bot.town.guild.id
    )
    assert (kept.style, kept.most, kept.overflow) == (Style.THREAD, 7, Overflow.SUMMARISE)
    assert (kept.role_id, kept.publish, kept.language) == (role.id, True, "de")
    assert (kept.schedule.rhythm, kept.schedule.weekdays_only) == (Rhythm.DAILY, True)


async def test_a_form_shows_what_counts_now_and_submitting_it_changes_nothing(bot: Bot) -> None:
    role = bot.town.playground.world.add_role(bot.town.guild, "readers", 0, mentionable=True)
    shown = await bot.slash(
        "subscribe", query="flow", when="weekly", at="8", timezone="Paris", how="digest", most=4, role=role
    )
    before = fields(shown)
    expected = {
        "what": {"query": "flow", "language": "English"},
        "when": {"rhythm": "weekly-0", "at": "08:00", "zone": "Europe/Paris", "quiet": ""},
        "how": {
            "style": "digest",
            "most": "4",
            "overflow": "defer",
            "role": str(role.id),
            "publish": "no",
        },
        "where": {"channel": str(bot.town.channel.id)},
    }
    for part, values in expected.items():
        form = await press(bot, shown, f"Change {part}…")
        assert filled(form) == values
        shown = await bot.town.playground.submit(bot.town.owner, form.interaction, {})
        assert fields(shown) == before


@pytest.mark.parametrize(
    ("part", "values", "problem"),
    [
        ("what", {"query": "tag:Robotcs"}, "Robotics"),
        ("what", {"language": "Klingon"}, "There is no language “Klingon” to choose"),
        ("when", {"at": "noonish"}, "“noonish” is no time of day: write it like 9:30, 21:00 or 9 pm."),
        ("when", {"zone": "Atlantis"}, "There is no time zone “Atlantis”"),
        ("when", {"quiet": "22:00"}, "“22:00” are no quiet hours: write them like 22:00-07:00."),
        ("how", {"most": "0"}, "“0” is no number from 1 to 100: leave it empty for all papers."),
        ("how", {"most": "²"}, "“²” is no number from 1 to 100: leave it empty for all papers."),
        ("how", {"style": "forum"}, "choose a forum channel, or another way than “forum”."),
        ("how", {"publish": "yes"}, "Only what stands in an announcement channel is published"),
    ],
)
async def test_what_cannot_be_is_said_and_the_preview_stays(
    bot: Bot, shown: Reply, part: str, values: dict[str, str], problem: str
) -> None:
    refused = await change(bot, shown, part, values)
    assert problem in text(refused)
    assert refused.ephemeral
    await press(bot, shown, "Save")
    [kept] = await bot.stores.subscriptions.all()
    assert (kept.query, kept.style, kept.most) == ("flow", Style.CARDS, None)


async def test_quiet_hours_are_kept_and_taken_back(bot: Bot, shown: Reply) -> None:
    shown = await change(bot, shown, "when", {"rhythm": "arrival-weekdays", "quiet": "22:00-7"})
    assert fields(shown)["When"] == "as papers arrive (UTC), weekdays only, not from 22:00 to 07:00"
    shown = await change(bot, shown, "when", {"rhythm": "arrival", "quiet": ""})
    assert fields(shown)["When"] == "as papers arrive"


async def test_a_forum_takes_posts_and_a_channel_cards_again(bot: Bot, shown: Reply) -> None:
    forum = bot.town.playground.world.add_channel(bot.town.guild, "forum", ChannelType.FORUM)
    shown = await change(bot, shown, "where", {"channel": str(forum.id)})
    assert fields(shown)["How"] == "a post a paper"
    shown = await change(bot, shown, "where", {"channel": str(bot.town.channel.id)})
    assert fields(shown)["How"] == "a message a paper"


async def test_in_direct_messages_nothing_of_servers_is_asked(bot: Bot) -> None:
    town, member = bot.town, bot.town.member
    direct = town.playground.world.direct_channel(member, town.bot.user)
    shown = await bot.slash("subscribe", user=member, channel=direct, query="flow")
    form = await press(bot, shown, "Change how…", user=member)
    assert set(filled(form)) == {"style", "most", "overflow"}
    shown = await town.playground.submit(member, form.interaction, {"style": "digest", "most": "3"})
    assert fields(shown)["How"].startswith("a digest, up to ten papers a message\nat most 3 at a time")


async def test_a_form_of_a_preview_that_is_gone_says_so(bot: Bot, shown: Reply) -> None:
    form = await press(bot, shown, "Change what…")
    await press(bot, shown, "Cancel")
    reply = await bot.town.playground.submit(bot.town.owner, form.interaction, {"query": "tides"})
    assert text(reply) == "This preview is gone: it was saved, cancelled or changed, or is too old."
