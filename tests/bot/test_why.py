"""`/why` in Discord."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from papers.models import Destination, DestinationKind, NewSubscription, first_key
from support.bot import Bot, running_bot
from support.discord_town import DAY
from support.papers import announced, answered

HOSTILE = "@everyone [x](https://evil.example) `tides` <@&1>"


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Bot]:
    async with running_bot(tmp_path / "papers.db") as running:
        await running.keep(answered(announced("2607.00001", HOSTILE), day=DAY.date()))
        yield running


async def subscribe(bot: Bot, query: str = "") -> None:
    place = Destination(
        kind=DestinationKind.CHANNEL, target_id=bot.town.channel.id, guild_id=bot.town.guild.id
    )
    await bot.stores.subscriptions.add(
        NewSubscription(
            destination=place,
            query=query,
            created_by=bot.town.owner.id,
            created_at=DAY - timedelta(days=1),
            start_key=first_key(DAY.date()),
        )
    )


async def said(bot: Bot, paper: str = "2607.00001") -> str:
    reply = await bot.slash("why", paper=paper)
    assert reply.message is not None
    assert reply.message["flags"] & 64
    embeds = reply.message["embeds"]
    return str(embeds[0]["description"] if embeds else reply.message["content"])


async def test_it_links_to_what_was_posted(bot: Bot) -> None:
    await subscribe(bot)
    await bot.deliver()
    [message] = bot.town.channel.messages.values()
    link = f"https://discord.com/channels/{bot.town.guild.id}/{bot.town.channel.id}/{message['id']}"
    assert f"**all papers**: Posted: {link}." in await said(bot, "https://arxiv.org/abs/2607.00001v2")


async def test_it_names_the_term_that_does_not_hold(bot: Bot) -> None:
    await subscribe(bot, "upvotes:>99999")
    await bot.deliver()
    assert "It does not match: `upvotes:" in await said(bot)


async def test_it_says_that_nothing_is_subscribed_and_pings_nobody(bot: Bot) -> None:
    text = await said(bot)
    assert "Nothing is subscribed for" in text
    assert "[x](https://evil" not in text
    assert "<@&1>" not in text.replace(r"\<@&1>", "")


@pytest.mark.parametrize(
    ("paper", "sentence"), [("2607.99999", "has no paper 2607.99999"), ("tides", "no arXiv id")]
)
async def test_what_is_unknown_is_said_in_a_sentence(bot: Bot, paper: str, sentence: str) -> None:
    assert sentence in await said(bot, paper)
