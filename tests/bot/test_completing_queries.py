"""What `/papers` offers while a query is typed, through the real discord.py."""

from typing import Any

import pytest

from support.bot import Bot
from support.papers import EDITION


async def offered(bot: Bot, typed: str) -> list[dict[str, Any]]:
    town = bot.town
    return await town.playground.autocomplete(
        town.owner, town.channel, "papers", focused="query", typed=typed
    )


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("", "tag:"),
        ("flow ta", "flow tag:"),
        ("flow -tag:multi", "flow -tag:Multimodal"),
        ("(flow OR author:mar", '(flow OR author:"Ada Marsh"'),
        ("has:", "has:code"),
        ("source:", "source:huggingface"),
        ("category:cs.cl", "category:cs.CL"),
        ("since:", "since:2026-07-18"),
    ],
)
async def test_the_term_being_typed_is_completed(bot: Bot, typed: str, first: str) -> None:
    await bot.keep(EDITION)
    choices = await offered(bot, typed)
    assert choices[0] == {"name": first, "value": first}


@pytest.mark.parametrize(
    "typed", ["category:", "tag:", "x" * 90 + " category:", "author:", "year:", '"', "\ud83d"]
)
async def test_no_more_is_offered_than_discord_takes(bot: Bot, typed: str) -> None:
    choices = await offered(bot, typed)
    assert len(choices) <= 25
    assert all(len(choice["value"]) <= 100 for choice in choices)


async def test_what_was_completed_is_found(bot: Bot) -> None:
    await bot.keep(EDITION)
    [choice] = await offered(bot, "-upvotes:<5 author:olm")
    reply = await bot.slash("papers", query=choice["value"])
    assert reply.message["embeds"][0]["footer"]["text"].startswith("1–1 of 1")
