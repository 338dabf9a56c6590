"""What people cannot do, said in a sentence."""

from typing import Any

import pytest

from playground import permissions
from playground.errors import ApiError, PlaygroundError
from playground.messages import EPHEMERAL
from support.discord_bot import PRESS, Bot, pressed
from support.discord_town import Town


@pytest.mark.parametrize(
    ("name", "options", "match"),
    [
        ("nothing", {}, "No application has a command /nothing"),
        ("feed", {}, "feed needs one of: add"),
        ("feed remove", {}, "no sub-command remove"),
        ("feed add", {}, "/add needs name"),
        ("papers", {"colour": "x"}, "has no option colour"),
        ("papers", {"page": "two"}, "page does not take 'two'"),
        ("papers", {"page": True}, "page does not take True"),
        ("papers", {"page": 10}, "page takes 1 to 9"),
        ("papers", {"sort": "old"}, "one of its choices"),
    ],
)
async def test_what_a_person_cannot_fill_in(
    town: Town, bot: Bot, name: str, options: dict[str, Any], match: str
) -> None:
    with pytest.raises(PlaygroundError, match=match):
        await bot.town.playground.slash(town.member, town.channel, name, options)


async def test_what_a_person_cannot_press(town: Town, bot: Bot) -> None:
    reply, told, press = await pressed(town, bot)
    await bot.answer(told, {"type": 4, "data": PRESS | {"flags": EPHEMERAL}})
    private = (await press).message
    act = town.playground
    for attempt, match in [
        (act.click(town.member, private, "x"), "somebody else alone"),
        (act.click(town.member, reply.message, "y"), "disabled"),
        (act.click(town.member, reply.message, "z"), "nothing named z"),
        (act.select(town.member, reply.message, "m", ["d"]), "does not offer d"),
        (act.select(town.member, reply.message, "m", ["a", "b", "c"]), "takes 1 to 2 values"),
    ]:
        with pytest.raises(PlaygroundError, match=match):
            await attempt
    town.channel.overwrites[town.member.id] = (0, permissions.VIEW_CHANNEL)
    with pytest.raises(PlaygroundError, match="cannot see the channel"):
        await act.click(town.member, reply.message, "x")


async def test_a_bot_that_is_away_or_silent(town: Town, bot: Bot) -> None:
    with pytest.raises(PlaygroundError, match=r"did not answer within 0\.01 s"):
        await town.playground.slash(town.member, town.channel, "papers", patience=0.01)
    await bot.line.socket.close(code=1000)
    with pytest.raises(PlaygroundError, match="is not connected"):
        await town.playground.slash(town.member, town.channel, "papers")


async def test_what_a_person_cannot_write(town: Town) -> None:
    hidden = town.playground.world.add_channel(town.guild, "hidden")
    hidden.overwrites[town.member.id] = (0, permissions.VIEW_CHANNEL)
    letters = town.playground.world.direct_channel(town.owner, town.bot.user)
    for channel in (hidden, letters):
        with pytest.raises(PlaygroundError, match="mika cannot see the channel"):
            town.playground.say(town.member, channel, "x")
    with pytest.raises(ApiError, match="50006"):
        town.playground.say(town.member, town.channel, " ")
