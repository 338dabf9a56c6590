"""The real discord.js answers commands, buttons, menus and forms of the playground."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from playground.interactions.options import Value
from support.discord_js import Script, missing, running
from support.discord_town import Town

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())


@pytest.fixture
async def answering(town: Town) -> AsyncIterator[Script]:
    """The bot that answers, its commands registered."""
    async with running("answers.js", town) as script:
        await script.hear("ready")
        yield script


def by(name: str, *, mayManage: bool = False, **more: object) -> dict[str, Any]:  # noqa: N803 - as the script says
    """What the bot is told of an interaction in the town's channel, and that it answered it."""
    where = {"guild": "Reading group", "channel": "papers", "locale": "en-US"}
    return {"by": name, **where, "mayManage": mayManage, "botMaySend": True, "replied": True, **more}


async def test_a_deferred_answer_is_edited_and_followed(town: Town, answering: Script) -> None:
    reply = await town.playground.slash(town.member, town.channel, "think")
    facts = await answering.hear("think")
    assert facts == by("mika", same=True, more="and more", changed="and less")
    assert reply.message["content"] == "thought it over"
    assert [message["content"] for message in reply.follow_ups] == ["and less"]


async def test_a_private_answer_comes_back_with_its_response(town: Town, answering: Script) -> None:
    reply = await town.playground.slash(town.owner, town.channel, "whisper")
    facts = await answering.hear("whisper")
    assert facts == by("olga", mayManage=True, id=True, ephemeral=True, loading=False, content="psst")
    assert reply.ephemeral


async def test_a_command_is_used_in_direct_messages(town: Town, answering: Script) -> None:
    letters = town.playground.world.direct_channel(town.member, town.bot.user)
    reply = await town.playground.slash(town.member, letters, "whisper")
    facts = await answering.hear("whisper")
    assert (facts["by"], facts["botMaySend"], "guild" in facts) == ("mika", True, False)
    assert reply.message["content"] == "psst"


async def test_options_are_completed_and_resolved(town: Town, answering: Script) -> None:
    choices = await town.playground.autocomplete(
        town.member, town.channel, "find", focused="tag", typed="nl", options={"page": 2}
    )
    assert choices == [{"name": "NL", "value": "tag nl"}]
    assert await answering.hear("find") == by("mika", page=2)
    options: dict[str, Value] = {"tag": "nlp", "page": 3, "who": town.owner, "where": town.channel}
    reply = await town.playground.slash(town.member, town.channel, "find", options)
    assert await answering.hear("find") == by("mika", who="olga", where="papers")
    assert reply.message["content"] == "nlp 3"


async def test_buttons_and_a_menu_are_answered(town: Town, answering: Script) -> None:
    playground = town.playground
    panel = (await playground.slash(town.member, town.channel, "panel")).message
    assert await answering.hear("panel") == by("mika", metadata="mika")

    pressed = await playground.click(town.owner, panel, "next")
    assert await answering.hear("next") == by("olga", mayManage=True, on="Paperboy")
    assert (pressed.message["id"], pressed.message["content"]) == (panel["id"], "page 2")
    assert pressed.message["embeds"] == []

    later = await playground.click(town.member, pressed.message, "later")
    assert await answering.hear("later") == by("mika", content="page 3")
    assert later.message["content"] == "page 3"

    chosen = await playground.select(town.member, later.message, "tags", ["vision", "audio"])
    assert await answering.hear("tags") == by("mika", values=["vision", "audio"])
    assert (chosen.message["content"], chosen.ephemeral) == ("vision and audio", True)

    readers = [str(town.owner.id), str(town.bot.id)]
    await playground.select(town.member, later.message, "readers", readers)
    facts = await answering.hear("readers")
    assert facts == by("mika", users=["olga", "Paperboy"], members=[True, True])

    await playground.click(town.member, later.message, "beside")
    assert await answering.hear("beside") == by("mika")


async def test_a_form_is_shown_and_its_answer_answered(town: Town, answering: Script) -> None:
    shown = await town.playground.slash(town.member, town.channel, "ask")
    assert await answering.hear("ask") == by("mika")
    assert shown.modal is not None
    assert shown.modal["title"] == "Feedback"
    filled = {"missing": "the code", "tag": ["vision"]}
    reply = await town.playground.submit(town.member, shown.interaction, filled)
    assert await answering.hear("feedback") == by("mika", tag=["vision"])
    assert (reply.message["content"], reply.ephemeral) == ("the code", True)
