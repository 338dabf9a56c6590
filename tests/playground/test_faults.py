"""Faults on the wire, and what discord.py makes of them."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import discord
import pytest

from playground.faults import Effect, Fault
from playground.requests import RequestRecord
from support.discord_client import OPTIONS, logged_in
from support.discord_rest import Rest
from support.discord_town import TOKEN, Town


def posting(effect: Effect, **more: Any) -> Fault:  # noqa: ANN401 - the fields of a fault
    return Fault(effect, "POST", "/channels/{channel_id}/messages", **more)


@pytest.fixture
async def channel(town: Town) -> AsyncIterator[discord.PartialMessageable]:
    client = discord.Client(intents=discord.Intents.none(), **OPTIONS)
    async with logged_in(town.playground, client, TOKEN):
        yield client.get_partial_messageable(town.channel.id)


def asked(town: Town) -> list[int]:
    return [record.status for record in town.playground.log.records if record.method == "POST"]


@pytest.mark.parametrize(
    ("effect", "status", "code"),
    [
        (Effect.MISSING_ACCESS, 403, 50001),
        (Effect.MISSING_PERMISSIONS, 403, 50013),
        (Effect.UNKNOWN_CHANNEL, 404, 10003),
        (Effect.SERVER_ERROR, 500, 0),
        (Effect.TOO_MANY, 429, 0),
    ],
)
async def test_a_fault_answers_in_place_of_the_route_and_once(
    town: Town, rest: Rest, effect: Effect, status: int, code: int
) -> None:
    fault = town.playground.faults.add(posting(effect))
    path = f"/channels/{town.channel.id}/messages"
    first, second = [await rest.post(path, {"content": "x"}) for _ in range(2)]
    assert (first.status, first.code) == (status, code)
    assert second.status == 200
    assert (fault.hits, len(town.channel.messages)) == (1, 1)


async def test_a_fault_hits_only_what_it_is_for(town: Town, rest: Rest) -> None:
    other = town.playground.world.add_channel(town.guild, "other")
    town.playground.faults.add(
        posting(Effect.MISSING_ACCESS, path={"channel_id": str(town.channel.id)}, after=1, times=2)
    )
    assert (await rest.get(f"/channels/{town.channel.id}/messages")).status == 200
    assert (await rest.post(f"/channels/{town.channel.id}/threads", {"name": "x", "type": 11})).status == 201
    assert (await rest.post(f"/channels/{other.id}/messages", {"content": "x"})).status == 200
    path = f"/channels/{town.channel.id}/messages"
    assert [(await rest.post(path, {"content": "x"})).status for _ in range(4)] == [200, 403, 403, 200]


@pytest.mark.parametrize("scope", ["user", "shared", "global"])
async def test_a_429_says_whose_limit_it_is(town: Town, rest: Rest, scope: str) -> None:
    town.playground.faults.add(Fault(Effect.TOO_MANY, scope=scope, seconds=1.5))
    answer = await rest.get("/users/@me")
    assert answer.headers["X-RateLimit-Scope"] == scope
    assert answer.body["global"] is (scope == "global")
    assert (answer.body["retry_after"], answer.headers["Retry-After"]) == (1.5, "1.500")


async def test_discord_py_waits_for_a_429_and_tries_again(
    town: Town, channel: discord.PartialMessageable
) -> None:
    town.playground.faults.add(posting(Effect.TOO_MANY, times=2, seconds=0.01))
    await channel.send("x")
    assert asked(town) == [429, 429, 200]


async def test_discord_py_takes_a_429_without_via_for_a_ban(
    town: Town, channel: discord.PartialMessageable
) -> None:
    town.playground.faults.add(posting(Effect.FIREWALL))
    with pytest.raises(discord.HTTPException, match="429"):
        await channel.send("x")
    assert asked(town) == [429]


async def test_discord_py_raises_a_503_at_once(town: Town, channel: discord.PartialMessageable) -> None:
    town.playground.faults.add(posting(Effect.SERVER_ERROR, status=503))
    with pytest.raises(discord.DiscordServerError):
        await channel.send("x")
    assert asked(town) == [503]


@pytest.mark.parametrize("status", [500, 502, 504])
async def test_discord_py_tries_again_after_other_server_errors(
    town: Town, channel: discord.PartialMessageable, status: int
) -> None:
    town.playground.faults.add(posting(Effect.SERVER_ERROR, status=status))
    await channel.send("x")
    assert asked(town) == [status, 200]


@pytest.mark.parametrize(("effect", "kept"), [(Effect.RESET, 0), (Effect.ANSWER_LOST, 1)])
async def test_a_broken_connection_is_raised_whether_or_not_the_message_is_there(
    town: Town, channel: discord.PartialMessageable, effect: Effect, kept: int
) -> None:
    town.playground.faults.add(posting(effect))
    with pytest.raises((aiohttp.ClientError, OSError)):
        await channel.send("x", nonce="n1")
    assert asked(town) == [0]
    assert len(town.channel.messages) == kept
    await channel.send("x", nonce="n1")
    assert len(town.channel.messages) == 1


async def test_a_slow_answer_comes_after_the_deed(town: Town, rest: Rest) -> None:
    town.playground.faults.add(posting(Effect.SLOW, seconds=0.02))
    assert (await rest.post(f"/channels/{town.channel.id}/messages", {"content": "x"})).status == 200
    assert town.playground.faults.switched_on == []


async def test_a_deed_that_is_done_may_be_answered_with_an_error(town: Town, rest: Rest) -> None:
    town.playground.faults.add(posting(Effect.FAILED_AFTER, status=504))
    assert (await rest.post(f"/channels/{town.channel.id}/messages", {"content": "x"})).status == 504
    assert len(town.channel.messages) == 1


async def test_an_answer_may_be_cut_short(town: Town, channel: discord.PartialMessageable) -> None:
    town.playground.faults.add(posting(Effect.ANSWER_CUT))
    with pytest.raises(ValueError, match="line 1 column"):
        await channel.send("x")
    assert len(town.channel.messages) == 1
    assert asked(town) == [200]


async def test_a_refusal_may_have_any_code(town: Town, rest: Rest) -> None:
    town.playground.faults.add(posting(Effect.REFUSED, status=400, code=160006))
    answer = await rest.post(f"/channels/{town.channel.id}/messages", {"content": "x"})
    assert (answer.status, answer.code, len(town.channel.messages)) == (400, 160006, 0)


@pytest.mark.parametrize("status", [403, 404])
async def test_a_proxy_answers_with_a_page_of_its_own(
    town: Town, channel: discord.PartialMessageable, status: int
) -> None:
    town.playground.faults.add(posting(Effect.PROXY, status=status))
    with pytest.raises(discord.HTTPException, match="<html>") as caught:
        await channel.send("x")
    assert (caught.value.status, caught.value.code) == (status, 0)
    assert not town.channel.messages


async def test_faults_can_be_switched_off(town: Town, rest: Rest) -> None:
    town.playground.faults.add(Fault(Effect.SERVER_ERROR, times=9))
    town.playground.faults.clear()
    assert (await rest.get("/users/@me")).status == 200


async def test_every_request_is_logged(town: Town, rest: Rest) -> None:
    heard: list[RequestRecord] = []
    town.playground.log.listeners.append(heard.append)
    await rest.post(f"/channels/{town.channel.id}/messages", {"content": "x"})
    await rest.get(f"/channels/{town.channel.id}/messages", limit="1")
    post, get = heard
    assert (post.method, post.route, post.status) == ("POST", "/channels/{channel_id}/messages", 200)
    assert (post.body, post.bot_id, post.at) == ({"content": "x"}, town.bot.id, town.playground.world.now())
    assert (get.path, get.query) == (f"/api/v10/channels/{town.channel.id}/messages", {"limit": "1"})
    assert [*town.playground.log.records] == heard
