"""`/subscriptions`: the list, and pausing, editing, moving and removing, through the real discord.py."""

from copy import deepcopy
from datetime import UTC, datetime

import pytest

from papers.models import Style
from playground import permissions
from playground.people import Reply
from support.bot import Bot
from support.discord_town import DAY
from support.papers import ROBOTS, TIDES, answered
from support.restarting import restarted
from support.subscribing import change, choose, fields, labels, named, opened, press, subscribe, text

TODAY = DAY.date()


@pytest.fixture
async def card(bot: Bot) -> Reply:
    """The only subscription, opened from the list."""
    await subscribe(bot, query="flow")
    return await opened(bot)


async def test_they_are_listed_with_what_comes_when(bot: Bot) -> None:
    await subscribe(bot, query="flow")
    await subscribe(bot, tag="Robotics", when="daily", at="9", timezone="Berlin")
    here = f"<#{bot.town.channel.id}>"
    opening = int(datetime(2026, 7, 19, 7, tzinfo=UTC).timestamp())
    assert text(await bot.slash("subscriptions")) == (
        f"1. {here}: **flow**, as papers arrive\n2. {here}: **tag:Robotics**, daily at 09:00 (Europe/Berlin)"
        f"\n-# next <t:{opening}:R>"
    )
    card = await choose(bot, await bot.slash("subscriptions"), 1)
    assert text(card) == f"✅ Active: papers come next <t:{opening}:f> (<t:{opening}:R>)."


async def test_nothing_subscribed_is_said(bot: Bot) -> None:
    assert text(await bot.slash("subscriptions")) == "Nothing is subscribed here. `/subscribe` changes that."


async def test_a_long_list_has_pages(bot: Bot) -> None:
    for number in range(12):
        await subscribe(bot, query=f"word{number}")
    reply = await press(bot, await bot.slash("subscriptions"), "Next")
    assert text(reply).startswith("11. ")
    assert text(reply).count("\n") == 1
    card = await choose(bot, reply, 1)
    assert fields(card)["What"] == "word11"
    assert text(await press(bot, card, "All subscriptions")).startswith("1. ")


async def test_a_paused_subscription_gets_nothing_until_it_is_resumed(bot: Bot, card: Reply) -> None:
    paused = await press(bot, card, "Pause")
    assert text(paused).startswith("⏸ Paused <t:")
    assert "⏸ paused" in text(await bot.slash("subscriptions"))
    await bot.keep(answered(TIDES, day=TODAY))
    assert (await bot.deliver()).sent == 0
    resumed = await press(bot, paused, "Resume")
    assert text(resumed) == "✅ Active: papers come as soon as there are some."
    assert (await bot.deliver()).sent == 0
    await subscribe(bot, query="laundry")
    await bot.keep(answered(ROBOTS, day=TODAY))
    assert (await bot.deliver()).sent == 1


async def test_editing_goes_through_the_preview(bot: Bot, card: Reply) -> None:
    shown = await press(bot, card, "Edit")
    assert shown.message["embeds"][0]["title"] == "Preview of the changed subscription"
    shown = await change(bot, shown, "what", {"query": "tides"})
    shown = await change(bot, shown, "how", {"style": "digest"})
    shown = await change(bot, shown, "when", {"rhythm": "daily", "at": "9"})
    [kept] = await bot.stores.subscriptions.all()
    assert (kept.query, kept.style) == ("flow", Style.CARDS)
    saved = await press(bot, shown, "Save")
    assert text(saved).startswith(f"Changed: <#{bot.town.channel.id}> gets **tides**.")
    [changed] = await bot.stores.subscriptions.all()
    assert (changed.id, changed.query, changed.style) == (kept.id, "tides", Style.DIGEST)
    assert changed.next_at == datetime(2026, 7, 19, 9, tzinfo=UTC)


async def test_moving_goes_through_the_preview(bot: Bot, card: Reply) -> None:
    other = bot.town.playground.world.add_channel(bot.town.guild, "other")
    form = await press(bot, card, "Move")
    shown = await bot.town.playground.submit(bot.town.owner, form.interaction, {"channel": str(other.id)})
    assert fields(shown)["Where"] == f"<#{other.id}>"
    await press(bot, shown, "Save")
    [kept] = await bot.stores.subscriptions.all()
    assert kept.destination.target_id == other.id


async def test_moving_onto_another_with_the_same_query_is_refused(bot: Bot, card: Reply) -> None:
    other = bot.town.playground.world.add_channel(bot.town.guild, "other")
    await subscribe(bot, query="flow", to=other)
    form = await press(bot, card, "Move")
    shown = await bot.town.playground.submit(bot.town.owner, form.interaction, {"channel": str(other.id)})
    refused = await press(bot, shown, "Save")
    assert refused.ephemeral
    assert "error" not in text(refused)
    assert len({each.destination.target_id for each in await bot.stores.subscriptions.all()}) == 2


async def test_removing_asks_once_more(bot: Bot, card: Reply) -> None:
    asked = await press(bot, card, "Remove")
    assert text(asked).startswith(f"Remove **flow** from <#{bot.town.channel.id}>?")
    kept = await press(bot, asked, "Keep it")
    assert "Pause" in labels(kept)
    assert len(await bot.stores.subscriptions.all()) == 1
    gone = await press(bot, await press(bot, kept, "Remove"), "Remove it")
    assert text(gone) == "Nothing is subscribed here. `/subscribe` changes that."
    assert await bot.stores.subscriptions.all() == []


async def test_what_was_removed_meanwhile_is_said_to_be_gone(bot: Bot, card: Reply) -> None:
    shown = await press(bot, card, "Edit")
    before, save = deepcopy(shown.message), named(shown, "Save")
    [kept] = await bot.stores.subscriptions.all()
    await bot.stores.subscriptions.remove(kept.id)
    reply = await bot.town.playground.click(bot.town.owner, before, save)
    assert text(reply) == "This subscription is gone: use /subscribe to have one again."


@pytest.mark.parametrize("label", ["Pause", "Edit", "Move", "Test card", "Remove"])
async def test_a_member_and_another_server_change_nothing(bot: Bot, card: Reply, label: str) -> None:
    town, world = bot.town, bot.town.playground.world
    everyone = {**card.message, "flags": 0}
    refused = await town.playground.click(town.member, everyone, named(card, label))
    assert text(refused) == "That needs the Manage Server permission here."
    other = world.add_guild("Elsewhere", town.member, permissions.MEMBER)
    world.join(other, town.bot.user)
    forged = {**everyone, "channel_id": str(world.add_channel(other, "general").id)}
    assert (
        text(await town.playground.click(town.member, forged, named(card, label)))
        == "This subscription is gone."
    )
    [kept] = await bot.stores.subscriptions.all()
    assert kept.paused_at is None


async def test_a_persons_own_are_listed_for_them_alone(bot: Bot) -> None:
    town, member = bot.town, bot.town.member
    direct = town.playground.world.direct_channel(member, town.bot.user)
    await subscribe(bot, user=member, channel=direct, query="flow")
    listed = await bot.slash("subscriptions", user=member, channel=direct)
    assert text(listed).startswith("1. your direct messages: **flow**")
    assert text(await bot.slash("subscriptions")) == "Nothing is subscribed here. `/subscribe` changes that."


async def test_every_button_and_form_is_answered_after_a_restart(bot: Bot, card: Reply) -> None:
    owner = bot.town.owner
    async with restarted(bot) as second:
        shown = await press(second, card, "Edit")
        form = await press(second, shown, "Change what…")
        async with restarted(second) as third:
            changed = await bot.town.playground.submit(owner, form.interaction, {"query": "tides"})
            saved = await press(third, changed, "Save")
            assert text(saved).startswith(f"Changed: <#{bot.town.channel.id}> gets **tides**.")
            page = await third.slash("papers", query="kites")
            async with restarted(third) as fourth:
                wanted = await press(fourth, page, "Subscribe to this")
                await press(fourth, wanted, "Save")
                listed = await fourth.slash("subscriptions")
                assert "Pause" in labels(await choose(fourth, listed, 1))
    assert [kept.query for kept in await bot.stores.subscriptions.all()] == ["tides", "kites"]
