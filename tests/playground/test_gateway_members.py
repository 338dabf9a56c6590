"""Members asked for over the gateway."""

from typing import Any

import pytest

from playground import permissions
from playground.gateway.intents import Intent
from playground.gateway.members import CHUNK
from support.discord_rest import Line, gateway
from support.discord_town import TOKEN, Town


async def asked(line: Line, town: Town, **wanted: object) -> dict[str, Any]:
    await line.say(8, {"guild_id": str(town.guild.id), **wanted})
    told: dict[str, Any] = (await line.hear_event("GUILD_MEMBERS_CHUNK"))["d"]
    return told


def names(told: dict[str, Any]) -> list[str]:
    return [member["user"]["username"] for member in told["members"]]


@pytest.mark.parametrize(
    ("intents", "wanted", "found"),
    [
        (Intent.GUILD_MEMBERS, {"query": "", "limit": 0}, ["olga", "mika", "Paperboy"]),
        (Intent.GUILD_MEMBERS, {"query": "", "limit": 2}, ["olga", "mika"]),
        (0, {"query": "", "limit": 0}, []),
        (0, {"query": "PAP", "limit": 10}, ["Paperboy"]),
    ],
)
async def test_members_are_told_as_they_are_asked_for(
    town: Town, intents: int, wanted: dict[str, object], found: list[str]
) -> None:
    async with gateway(town.playground) as line:
        await line.identify(TOKEN, intents)
        told = await asked(line, town, nonce="n", **wanted)
    assert names(told) == found
    assert (told["nonce"], told["chunk_index"], told["chunk_count"]) == ("n", 0, 1)


async def test_members_are_found_by_their_ids(town: Town) -> None:
    async with gateway(town.playground) as line:
        await line.identify(TOKEN)
        several = await asked(line, town, user_ids=[str(town.member.id), "5"])
        one = await asked(line, town, user_ids=str(town.owner.id))
    assert (names(several), several["not_found"]) == (["mika"], ["5"])
    assert (names(one), one["not_found"]) == (["olga"], [])


async def test_many_members_come_in_chunks(town: Town) -> None:
    for number in range(CHUNK):
        town.playground.world.join(town.guild, town.playground.world.add_user(f"reader {number}"))
    async with gateway(town.playground) as line:
        await line.identify(TOKEN, Intent.GUILD_MEMBERS)
        first = await asked(line, town, query="", limit=0)
        second = (await line.hear_event("GUILD_MEMBERS_CHUNK"))["d"]
    assert [len(chunk["members"]) for chunk in (first, second)] == [CHUNK, 3]
    assert [(chunk["chunk_index"], chunk["chunk_count"]) for chunk in (first, second)] == [(0, 2), (1, 2)]


async def test_a_server_elsewhere_tells_nothing(town: Town) -> None:
    elsewhere = town.playground.world.add_guild("Elsewhere", town.owner, permissions.MEMBER)
    async with gateway(town.playground) as line:
        await line.identify(TOKEN, Intent.GUILD_MEMBERS)
        await line.say(8, {"guild_id": str(elsewhere.id), "query": "", "limit": 0})
        await line.say(1, None)
        assert (await line.hear())["op"] == 11


async def test_nobody_asks_before_identifying(town: Town) -> None:
    async with gateway(town.playground) as line:
        await line.say(8, {"guild_id": str(town.guild.id), "query": "", "limit": 0})
        assert await line.closed_with() == 4003
