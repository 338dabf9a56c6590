"""`/papers`, `/paper` and `/today`, through the real discord.py."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from playground.people import Reply
from support.bot import Bot, running_bot
from support.discord_town import DAY
from support.papers import EDITION, TIDES, announced, answered
from support.subscribing import subscribe

HOSTILE = announced(
    "2606.09999",
    "@everyone <@1> [x](https://evil.example) " + "a" * 400,
    authors=tuple(f"Author {number} <@{number}>" for number in range(40)),
    abstract="*" * 9_000,
    bullets=("`" * 3_000, "||" * 2_000, "# " * 500),
)


def many(count: int) -> list[Any]:
    return [announced(f"2606.{number:05}", f"Paper number {number}") for number in range(count)]


def embed(reply: Reply) -> dict[str, Any]:
    found: dict[str, Any] = reply.message["embeds"][0]
    return found


def button(message: dict[str, Any], label: str) -> dict[str, Any]:
    return next(
        item for row in message["components"] for item in row["components"] if item.get("label") == label
    )


async def test_papers_are_found_by_tag_author_words_and_days(bot: Bot) -> None:
    await bot.keep(EDITION)
    reply = await bot.slash(
        "papers", tag="Multimodal", author="marsh", since="2026-06-24", until="2026-06-24"
    )
    assert reply.ephemeral
    assert embed(reply)["title"] == "Papers: tag:Multimodal author:marsh since:2026-06-24 until:2026-06-24"
    assert embed(reply)["footer"]["text"] == "1–1 of 1 · newest first"
    assert "扩散模型" in embed(reply)["description"]


async def test_sharing_is_asked_for(bot: Bot) -> None:
    await bot.keep(EDITION)
    reply = await bot.slash("papers", query="flow", share=True)
    assert not reply.ephemeral
    assert int(reply.message["id"]) in bot.town.channel.messages


@pytest.mark.parametrize("sort", ["newest", "relevance"])
async def test_pages_turn_forward_back_to_the_last_and_the_first(bot: Bot, sort: str) -> None:
    await bot.keep(answered(*many(12)))
    reply = await bot.slash("papers", query="paper", sort=sort)
    places = []
    for label in ("Next", "Last", "Previous", "First"):
        custom_id = button(reply.message, label)["custom_id"]
        reply = await bot.town.playground.click(bot.town.owner, reply.message, custom_id)
        places.append(embed(reply)["footer"]["text"].partition(" of ")[0])
    assert places[0] == "6–10"
    assert places[1] == "11–12"
    assert places[2:] == ["6–10", "1–5"]
    assert button(reply.message, "First")["disabled"]
    assert button(reply.message, "Previous")["disabled"]


async def test_buttons_survive_a_restart_and_long_searches_are_kept(tmp_path: Path) -> None:
    words = " ".join(f"-absent{number}" for number in range(20))
    async with running_bot(tmp_path / "papers.db") as bot:
        await bot.keep(answered(*many(12)))
        reply = await bot.slash("papers", query=f"paper {words}")
        custom_id = button(reply.message, "Next")["custom_id"]
        kept = reply.message
    assert len(custom_id) <= 100
    async with running_bot(tmp_path / "papers.db") as bot:
        kept["interaction_metadata"]["user"]["id"] = str(bot.town.owner.id)
        reply = await bot.town.playground.click(bot.town.owner, kept, custom_id)
        assert embed(reply)["footer"]["text"].startswith("6–10 of 12")


async def test_nothing_found_names_the_nearest_author(bot: Bot) -> None:
    await bot.keep(EDITION)
    reply = await bot.slash("papers", author="Marsch")
    assert embed(reply)["description"] == "Nothing found. Did you mean **Ada Marsh**?"


async def test_nothing_found_names_the_family(bot: Bot) -> None:
    await bot.keep(EDITION)
    reply = await bot.slash("papers", tag="VQA")
    assert "**Multimodal**" in embed(reply)["description"]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"tag": "Multimodl"}, "There is no classification “Multimodl”: did you mean Multimodal"),
        ({"query": '"open'}, "The quotation mark at character 1 is never closed."),
        ({"since": "yesterday"}, "“yesterday” is no date: write it like 2026-01-31."),
        ({"query": "* or \U0001f642"}, "“*” holds no word to look for."),
        ({"query": "a" * 2_000}, "The query is too long"),
        ({"query": "NEAR(a b) title:x"}, "There is no “title:” to search by"),
    ],
)
async def test_what_cannot_be_understood_is_answered_privately(
    bot: Bot, options: dict[str, str], sentence: str
) -> None:
    reply = await bot.use("papers", options | {"share": True})
    assert reply.ephemeral
    assert reply.message["content"].startswith(sentence)


async def test_tags_and_authors_are_completed(bot: Bot) -> None:
    await bot.keep(EDITION)
    town = bot.town
    tags = await town.playground.autocomplete(
        town.owner, town.channel, "papers", focused="tag", typed="multi"
    )
    assert tags[0] == {"name": "Multimodal", "value": "Multimodal"}
    authors = await town.playground.autocomplete(
        town.owner, town.channel, "papers", focused="author", typed="ma"
    )
    assert authors == [{"name": "Ada Marsh", "value": "Ada Marsh"}]
    titles = await town.playground.autocomplete(
        town.owner, town.channel, "paper", focused="id", typed="laundry"
    )
    assert titles == [{"name": "Robots that Fold Laundry by Reading Its Labels", "value": "2606.01002"}]


async def test_a_paper_is_shown_in_full_by_id_address_and_menu(bot: Bot) -> None:
    await bot.keep(EDITION)
    for written in ("2606.01001", "https://arxiv.org/abs/2606.01001v2"):
        reply = await bot.slash("paper", id=written)
        card, abstract = reply.message["embeds"]
        assert card["title"] == "Tides: Flow Matching for Coastal Forecasts"
        assert abstract["description"].startswith("We forecast tides")
    listed = await bot.slash("papers", query="tides")
    opened = await bot.town.playground.select(bot.town.owner, listed.message, "open", ["2606.01001"])
    assert opened.ephemeral
    assert embed(opened)["title"] == card["title"]


async def test_a_paper_with_an_id_of_the_old_kind_is_found(bot: Bot) -> None:
    await bot.keep(answered(announced("astro-ph/0601001", "Old stars")))
    reply = await bot.slash("paper", id="https://arxiv.org/abs/astro-ph/0601001")
    assert embed(reply)["title"] == "Old stars"


async def test_a_paper_that_is_not_there_is_said(bot: Bot) -> None:
    assert (await bot.slash("paper", id="1234.56789")).message[
        "content"
    ] == "The archive has no paper 1234.56789."
    assert (await bot.slash("paper", id="what?")).message["content"].startswith("That is no arXiv id")


async def test_today_is_the_newest_edition(bot: Bot) -> None:
    assert "No paper has arrived yet" in (await bot.slash("today")).message["content"]
    await bot.keep(EDITION, answered(announced("2606.00001", "Older"), day=date(2026, 6, 23)))
    reply = await bot.slash("today")
    assert embed(reply)["footer"]["text"].startswith("1–3 of 3")


async def test_it_works_in_direct_messages_and_where_a_person_installed_it(bot: Bot) -> None:
    await bot.keep(EDITION)
    town, world = bot.town, bot.town.playground.world
    direct = world.direct_channel(town.member, town.bot.user)
    assert embed(await bot.slash("papers", user=town.member, channel=direct, query="flow"))["footer"]
    town.member.installed.add(town.bot.id)
    elsewhere = world.add_guild("Elsewhere", town.member, town.guild.roles[town.guild.id].permissions)
    channel = world.add_channel(elsewhere, "general")
    reply = await bot.slash("papers", user=town.member, channel=channel, query="flow")
    assert embed(reply)["footer"]["text"].startswith("1–1 of 1")


async def test_hostile_papers_break_no_message_and_ping_nobody(bot: Bot) -> None:
    await bot.keep(answered(HOSTILE))
    for reply in (
        await bot.slash("papers", share=True),
        await bot.slash("paper", id="2606.09999", share=True),
    ):
        assert not reply.message["mentions"]
        assert not reply.message["mention_everyone"]
    shown = embed(await bot.slash("papers"))["description"]
    assert r"@everyone \<@1\> \[x\](https://evil.example)" in shown


async def test_the_button_of_a_posted_card_shows_the_abstract(bot: Bot) -> None:
    await subscribe(bot)
    await bot.keep(answered(TIDES, day=DAY.date()))
    assert (await bot.deliver()).sent == 1
    [message] = bot.town.channel.messages.values()
    [button] = message["components"][0]["components"]
    reply = await bot.town.playground.click(bot.town.member, message, button["custom_id"])
    assert reply.ephemeral
    assert reply.message["embeds"][1]["title"] == "Abstract"


async def test_an_error_of_ours_is_told_with_its_id_and_logged(
    bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    await bot.stores.database.write(lambda db: db.execute("DROP TABLE search"))
    reply = await bot.slash("papers", query="flow")
    assert reply.ephemeral
    error_id = reply.message["content"].rpartition("error ")[2].rstrip(")")
    assert error_id in caplog.text
    assert "Traceback" not in reply.message["content"]
