"""Messages that one person alone sees, and how long what belongs to an interaction is kept."""

import asyncio
from typing import Any

import pytest

from playground import permissions
from playground.errors import PlaygroundError, UnansweredError
from playground.gateway.intents import Intent
from playground.interactions.registry import TOKEN_LIFE
from playground.messages import EPHEMERAL, LOADING
from playground.people import Reply, answered
from playground.world import Event
from support.discord_bot import PRESS, Bot, use
from support.discord_rest import Rest, gateway
from support.discord_town import TOKEN, Town

PRIVATE = {"type": 4, "data": PRESS | {"flags": EPHEMERAL}}


@pytest.fixture
def heard(town: Town) -> list[tuple[str, int | None, str | None, int | None]]:
    """What is told of messages: the event, for whom alone, the text, the flags."""
    told: list[tuple[str, int | None, str | None, int | None]] = []

    def listen(event: Event) -> None:
        told.append((event.name, event.only, event.data.get("content"), event.data.get("flags")))

    town.playground.world.listen(listen)
    return told


async def private(town: Town, bot: Bot) -> tuple[Reply, dict[str, Any]]:
    """A private answer to the member with something to press, and the interaction it answers."""
    task = use(town)
    told = await bot.told()
    await bot.answer(told, PRIVATE)
    return await task, told


async def test_the_person_alone_is_told(
    town: Town, bot: Bot, heard: list[tuple[str, int | None, str | None, int | None]]
) -> None:
    task = use(town)
    told = await bot.told()
    await bot.answer(told, {"type": 5, "data": {"flags": EPHEMERAL}})
    await bot.rest.patch(bot.webhook(told, "@original"), {"content": "found"})
    await task
    await bot.rest.post(bot.webhook(told), {"content": "more", "flags": EPHEMERAL})
    await bot.rest.delete(bot.webhook(told, "@original"))
    member = town.member.id
    assert heard == [
        ("MESSAGE_CREATE", member, "", EPHEMERAL | LOADING),
        ("MESSAGE_UPDATE", member, "found", EPHEMERAL),
        ("MESSAGE_CREATE", member, "more", EPHEMERAL),
        ("MESSAGE_DELETE", member, None, None),
    ]
    assert town.channel.messages == {}


async def test_everybody_is_told_that_a_public_answer_is_no_longer_awaited(
    town: Town, bot: Bot, heard: list[tuple[str, int | None, str | None, int | None]]
) -> None:
    task = use(town)
    told = await bot.told()
    await bot.answer(told, {"type": 5})
    assert (await bot.rest.patch(bot.webhook(told, "@original"), {"content": " "})).code == 50006
    assert not task.done()
    await bot.rest.post(bot.webhook(told), {"content": "found"})
    reply = await task
    assert heard == [("MESSAGE_CREATE", None, "", LOADING), ("MESSAGE_UPDATE", None, "found", 0)]
    assert reply.message["edited_timestamp"] is None
    await bot.rest.patch(bot.webhook(told, "@original"), {"content": "better"})
    assert reply.message["edited_timestamp"] is not None


async def test_no_bot_hears_of_them(town: Town, bot: Bot) -> None:
    async with gateway(town.playground) as line:
        await line.identify(TOKEN, Intent.GUILD_MESSAGES | Intent.MESSAGE_CONTENT)
        await private(town, bot)
        town.playground.say(town.owner, town.channel, "public")
        assert (await line.hear_event("MESSAGE_CREATE"))["d"]["content"] == "public"


async def test_they_are_found_by_whom_they_are_for(town: Town, bot: Bot) -> None:
    playground = town.playground
    reply, _ = await private(town, bot)
    number = int(reply.message["id"])
    assert playground.message(town.member, town.channel, number) is reply.message
    elsewhere = playground.world.add_channel(town.guild, "elsewhere")
    for user, channel in ((town.owner, town.channel), (town.member, elsewhere)):
        with pytest.raises(PlaygroundError, match="does not see the message"):
            playground.message(user, channel, number)
    town.playground.world.set_overwrite(town.channel, town.member.id, 0, permissions.VIEW_CHANNEL)
    assert not playground.sees(town.member, town.channel)
    with pytest.raises(PlaygroundError, match="cannot see the channel"):
        playground.message(town.member, town.channel, number)


async def test_public_messages_are_found_by_everybody_who_sees_the_channel(town: Town, rest: Rest) -> None:
    playground = town.playground
    said = playground.say(town.member, town.channel, "hello")
    assert playground.message(town.owner, town.channel, int(said["id"])) is said
    letters = playground.world.direct_channel(town.member, town.bot.user)
    assert playground.sees(town.member, letters)
    assert not playground.sees(town.owner, letters)
    posted = (await rest.post(f"/channels/{town.channel.id}/messages", {"content": "x"})).body["id"]
    assert playground.message(town.owner, town.channel, int(posted))["content"] == "x"
    await rest.delete(f"/channels/{town.channel.id}/messages/{posted}")
    with pytest.raises(PlaygroundError, match="it is gone, or for others alone"):
        playground.message(town.owner, town.channel, int(posted))


async def test_dismissed_they_are_gone_for_the_person_and_not_for_the_bot(
    town: Town, bot: Bot, heard: list[tuple[str, int | None, str | None, int | None]]
) -> None:
    playground = town.playground
    reply, told = await private(town, bot)
    number = int(reply.message["id"])
    with pytest.raises(PlaygroundError, match="olga has no such message"):
        playground.dismiss(town.owner, number)
    playground.dismiss(town.member, number)
    assert heard[-1] == ("MESSAGE_DELETE", town.member.id, None, None)
    with pytest.raises(PlaygroundError, match="does not see the message"):
        playground.message(town.member, town.channel, number)
    with pytest.raises(PlaygroundError, match="mika has no such message"):
        playground.dismiss(town.member, number)
    before = len(heard)
    assert (await bot.rest.patch(bot.webhook(told, "@original"), {"content": "late"})).status == 200
    assert len(heard) == before


async def test_a_public_message_cannot_be_dismissed(town: Town) -> None:
    said = town.playground.say(town.member, town.channel, "hello")
    with pytest.raises(PlaygroundError, match="no such message to dismiss"):
        town.playground.dismiss(town.member, int(said["id"]))
    assert int(said["id"]) in town.channel.messages


async def test_interactions_are_forgotten_when_their_time_is_over(town: Town, bot: Bot) -> None:
    playground = town.playground
    reply, told = await private(town, bot)
    town.time.seconds += TOKEN_LIFE
    await private(town, bot)
    assert playground.message(town.member, town.channel, int(reply.message["id"])) is reply.message
    town.time.seconds += 1
    await private(town, bot)
    with pytest.raises(PlaygroundError, match="does not see the message"):
        playground.message(town.member, town.channel, int(reply.message["id"]))
    answer = await bot.rest.patch(bot.webhook(told, "@original"), {"content": "late"})
    assert (answer.status, answer.code) == (401, 50027)
    assert (await bot.answer(told, PRIVATE)).code == 10062


async def test_a_private_message_that_is_used_is_kept(town: Town, bot: Bot) -> None:
    playground = town.playground
    reply, _ = await private(town, bot)
    town.time.seconds += TOKEN_LIFE - 1
    press = asyncio.create_task(playground.click(town.member, reply.message, "x"))
    await bot.answer(await bot.told(), {"type": 7, "data": PRESS | {"content": "again"}})
    await press
    town.time.seconds += TOKEN_LIFE - 1
    await private(town, bot)
    found = playground.message(town.member, town.channel, int(reply.message["id"]))
    assert found["content"] == "again"
    town.time.seconds += 2
    await private(town, bot)
    with pytest.raises(PlaygroundError, match="does not see the message"):
        playground.message(town.member, town.channel, int(reply.message["id"]))


async def test_one_may_wait_for_the_first_answer_alone(town: Town, bot: Bot) -> None:
    task = asyncio.create_task(
        town.playground.slash(town.member, town.channel, "papers", until=answered, patience=5)
    )
    told = await bot.told()
    await bot.answer(told, {"type": 5})
    reply = await task
    assert reply.message["flags"] & LOADING
    with pytest.raises(UnansweredError, match=r"Paperboy did not answer within 0\.01 s"):
        await town.playground.slash(town.member, town.channel, "papers", patience=0.01)


async def test_a_message_tells_which_command_it_answers(town: Town, bot: Bot) -> None:
    task = use(town, "feed add", name="daily")
    told = await bot.told()
    await bot.answer(told, {"type": 4, "data": {"content": "added"}})
    reply = await task
    shown = reply.message["interaction"]
    assert (shown["id"], shown["type"], shown["name"]) == (told["id"], 2, "feed add")
    assert shown["user"]["username"] == "mika"
    assert "original_response_message_id" not in reply.message["interaction_metadata"]
    more = (await bot.rest.post(bot.webhook(told), {"content": "more"})).body
    assert more["interaction_metadata"]["original_response_message_id"] == reply.message["id"]
