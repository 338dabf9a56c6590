"""The gateway breaks while papers are delivered: they arrive, and the bot hears of people again."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from papers.models import OutboxCounts
from playground.world import Event
from support.bot import Bot, running_bot
from support.discord_town import DAY
from support.papers import announced, answered
from support.publishing import place
from support.subscriptions import wanted

TITLES = [f"Paper {number}" for number in range(4)]


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Bot]:
    async with running_bot(tmp_path / "papers.db") as made:
        yield made


async def broken(bot: Bot, name: str, comes_back: str) -> None:
    """Breaks the gateway when the second message is there, and waits until the bot is back."""
    second = asyncio.Event()

    def hear(event: Event) -> None:
        if event.name == "MESSAGE_CREATE" and len(bot.town.channel.messages) == 2:
            second.set()

    bot.town.playground.world.listen(hear)
    back = asyncio.ensure_future(bot.client.wait_for(comes_back, timeout=30))
    await second.wait()
    await bot.town.playground.troubles.start(name)
    await back


async def at_once(shard_id: int | None, *, initial: bool = False) -> None:
    """Without the five seconds that discord.py waits before it identifies again."""


@pytest.mark.parametrize(
    ("name", "comes_back"),
    [
        ("close-4000", "shard_resumed"),
        ("close-1001", "shard_resumed"),
        ("close-none", "shard_resumed"),
        ("reconnect", "shard_resumed"),
        ("close-4009", "shard_connect"),
        ("invalid-session", "shard_connect"),
    ],
)
async def test_a_gateway_that_breaks_costs_no_paper(
    bot: Bot, monkeypatch: pytest.MonkeyPatch, name: str, comes_back: str
) -> None:
    town = bot.town
    monkeypatch.setattr(bot.client, "before_identify_hook", at_once)
    await bot.stores.subscriptions.add(wanted("", place(town.channel)))
    said = [announced(f"2607.{number:05}", title) for number, title in enumerate(TITLES, 1)]
    await bot.keep(answered(*said, day=DAY.date()))
    breaking = asyncio.create_task(broken(bot, name, comes_back))
    await bot.deliver()
    await breaking
    assert await bot.stores.outbox.counts() == OutboxCounts(sent=len(TITLES))
    assert [message["embeds"][0]["title"] for message in town.channel.messages.values()] == TITLES
    assert (await bot.slash("status")).message is not None
