"""The gateway without a library in between."""

import asyncio
import json
import zlib
from typing import Any

import pytest
from yarl import URL

from playground import permissions
from playground.gateway.conversation import MOST_SENDS, WITHIN
from playground.gateway.intents import Intent
from playground.gateway.session import KEPT_EVENTS
from playground.server import Playground
from support.discord_rest import Line, Rest, gateway
from support.discord_town import TOKEN, Town

UPGRADE = (
    b"GET /gateway HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDAwMDAwMDAwMDAwMDAwMA==\r\n\r\n"
)


def masked(said: object) -> bytes:
    """A text frame of a client (RFC 6455, 5.2), under the mask of zeros."""
    text = json.dumps(said).encode()
    assert len(text) <= 125
    return bytes([0x81, 0x80 | len(text)]) + bytes(4) + text


async def test_hello_ready_and_heartbeats(town: Town) -> None:
    async with gateway(town.playground) as line:
        hello = await line.hear()
        await line.say(1, None)
        beat = await line.hear()
        await line.say(2, {"token": TOKEN, "intents": 0, "properties": {}})
        ready = await line.hear()
    assert (hello["op"], hello["d"]["heartbeat_interval"]) == (10, 41250)
    assert beat == {"op": 11, "d": None, "s": None, "t": None}
    assert (ready["op"], ready["t"], ready["s"]) == (0, "READY", 1)
    assert ready["d"]["user"]["id"] == str(town.bot.id)
    assert ready["d"]["guilds"] == [{"id": str(town.guild.id), "unavailable": True}]
    assert ready["d"]["resume_gateway_url"] == town.playground.gateway_url


async def test_zlib_stream_is_one_stream(town: Town) -> None:
    inflate = zlib.decompressobj()
    async with gateway(town.playground, "?v=10&encoding=json&compress=zlib-stream") as line:
        for opcode in (b'"op": 10', b'"op": 11'):
            frame = await line.socket.receive_bytes(timeout=5)
            assert frame.endswith(b"\x00\x00\xff\xff")
            assert opcode in inflate.decompress(frame)
            await line.say(1, None)


@pytest.mark.parametrize(
    ("say", "code"),
    [
        ([(2, {"token": "wrong", "intents": 0})], 4004),
        ([(2, {"token": TOKEN, "intents": 0})] * 2, 4005),
        ([(2, {"token": TOKEN, "intents": 1 << 40})], 4013),
        ([(2, {"token": TOKEN, "intents": 0, "shard": [2, 2]})], 4010),
        ([(2, {"token": TOKEN})], 4002),
        ([(2, None)], 4002),
        ([(3, {})], 4003),
        ([(99, {})], 4001),
    ],
)
async def test_what_closes_a_connection(town: Town, say: list[tuple[int, Any]], code: int) -> None:
    async with gateway(town.playground) as line:
        for op, data in say:
            await line.say(op, data)
        assert await line.closed_with() == code


@pytest.mark.parametrize("said", ["{", "[]", "7", '{"d": 1}'])
async def test_what_is_no_payload_closes_it_too(town: Town, said: str) -> None:
    async with gateway(town.playground) as line:
        await line.socket.send_str(said)
        assert await line.closed_with() == 4002


async def test_a_client_that_says_too_much_is_closed(town: Town) -> None:
    async with gateway(town.playground) as line:
        for _ in range(MOST_SENDS):
            await line.say(1, None)
            while (await line.hear())["op"] != 11:
                pass
        town.time.seconds += WITHIN
        await line.say(1, None)
        assert (await line.hear())["op"] == 11
        for _ in range(MOST_SENDS):
            await line.say(1, None)
        assert await line.closed_with() == 4008


async def test_servers_come_when_they_are_asked_for(town: Town) -> None:
    async with gateway(town.playground) as line:
        await line.identify(TOKEN, Intent.GUILDS)
        guild = (await line.hear_event("GUILD_CREATE"))["d"]
        assert (guild["name"], [channel["name"] for channel in guild["channels"]]) == (
            "Reading group",
            ["papers"],
        )
        assert {member["user"]["username"] for member in guild["members"]} == {"olga", "mika", "Paperboy"}
        other = town.playground.world.add_guild("Second", town.owner, permissions.MEMBER)
        town.playground.world.join(other, town.bot.user)
        assert (await line.hear_event("GUILD_CREATE"))["d"]["name"] == "Second"


async def hear_messages(line: Line, town: Town, rest: Rest) -> list[tuple[str, str]]:
    """Two messages of others in two places, and one of the bot's own; what is heard of them before a last ACK."""
    letters = town.playground.world.direct_channel(town.member, town.bot.user)
    town.playground.say(town.member, town.channel, "in the server")
    town.playground.say(town.member, letters, "in private")
    await rest.post(f"/channels/{town.channel.id}/messages", {"content": "my own"})
    await line.say(1, None)
    heard = []
    while (payload := await line.hear())["op"] != 11:
        heard.append((payload["t"], payload["d"]["content"]))
    return heard


@pytest.mark.parametrize(
    ("intents", "heard"),
    [
        (0, []),
        (Intent.GUILD_MESSAGES, ["", "my own"]),
        (Intent.GUILD_MESSAGES | Intent.MESSAGE_CONTENT, ["in the server", "my own"]),
        (Intent.DIRECT_MESSAGES, ["in private"]),
    ],
)
async def test_messages_come_by_intent(town: Town, rest: Rest, intents: int, heard: list[str]) -> None:
    async with gateway(town.playground) as line:
        await line.identify(TOKEN, intents)
        assert await hear_messages(line, town, rest) == [("MESSAGE_CREATE", content) for content in heard]


async def test_edits_deletions_and_threads_are_told(town: Town, rest: Rest) -> None:
    async with gateway(town.playground) as line:
        await line.identify(TOKEN, Intent.GUILDS | Intent.GUILD_MESSAGES)
        path = f"/channels/{town.channel.id}/messages"
        message = (await rest.post(path, {"content": "x"})).body
        await rest.patch(f"{path}/{message['id']}", {"content": "y"})
        assert (await line.hear_event("MESSAGE_CREATE"))["d"]["content"] == "x"
        assert (await line.hear_event("MESSAGE_UPDATE"))["d"]["content"] == "y"
        await rest.post(f"{path}/{message['id']}/threads", {"name": "talk"})
        assert (await line.hear_event("THREAD_CREATE"))["d"]["name"] == "talk"
        await rest.delete(f"{path}/{message['id']}")
        gone = {"id": message["id"], "channel_id": str(town.channel.id), "guild_id": str(town.guild.id)}
        assert (await line.hear_event("MESSAGE_DELETE"))["d"] == gone


async def test_a_channel_that_cannot_be_seen_is_not_heard(town: Town) -> None:
    hidden = town.playground.world.add_channel(town.guild, "hidden")
    hidden.overwrites[town.bot.id] = (0, permissions.VIEW_CHANNEL)
    async with gateway(town.playground) as line:
        await line.identify(TOKEN, Intent.GUILD_MESSAGES | Intent.MESSAGE_CONTENT)
        town.playground.say(town.owner, hidden, "secret")
        town.playground.say(town.owner, town.channel, "public")
        assert (await line.hear_event("MESSAGE_CREATE"))["d"]["content"] == "public"


async def test_each_server_belongs_to_one_shard(town: Town) -> None:
    guilds = []
    for shard in range(3):
        async with gateway(town.playground) as line:
            guilds += (await line.identify(TOKEN, shard=[shard, 3]))["d"]["guilds"]
    assert guilds == [{"id": str(town.guild.id), "unavailable": True}]


async def resume(line: Line, session_id: str, seq: int, token: str = TOKEN) -> None:
    await line.hear()
    await line.say(6, {"token": token, "session_id": session_id, "seq": seq})


async def test_a_session_goes_on_with_what_was_missed(town: Town) -> None:
    async with gateway(town.playground) as line:
        ready = await line.identify(TOKEN, Intent.GUILD_MESSAGES | Intent.MESSAGE_CONTENT)
        await line.socket.close(code=4000)
    for number in range(3):
        town.playground.say(town.member, town.channel, f"missed {number}")
    async with gateway(town.playground) as line:
        await resume(line, ready["d"]["session_id"], ready["s"])
        heard = [await line.hear() for _ in range(4)]
    assert [event["t"] for event in heard] == ["MESSAGE_CREATE"] * 3 + ["RESUMED"]
    assert [event["s"] for event in heard] == [2, 3, 4, 5]


async def test_a_session_that_ended_or_missed_too_much_is_invalid(town: Town) -> None:
    async with gateway(town.playground) as line:
        ended = await line.identify(TOKEN)
        await line.socket.close(code=1000)
    async with gateway(town.playground) as line:
        long_gone = await line.identify(TOKEN, Intent.GUILD_MESSAGES)
        await line.socket.close(code=4000)
    for _ in range(KEPT_EVENTS + 1):
        town.playground.say(town.member, town.channel, "x")
    for ready, token in [(ended, TOKEN), (long_gone, TOKEN), (long_gone, "wrong")]:
        async with gateway(town.playground) as line:
            await resume(line, ready["d"]["session_id"], ready["s"], token)
            assert (await line.hear())["op"] == 9


async def test_a_sequence_from_the_future_closes_the_connection(town: Town) -> None:
    async with gateway(town.playground) as line:
        ready = await line.identify(TOKEN)
        await line.socket.close(code=4000)
    async with gateway(town.playground) as line:
        await resume(line, ready["d"]["session_id"], 7)
        assert await line.closed_with() == 4007


async def test_faults_of_the_gateway(town: Town) -> None:
    hub = town.playground.gateway
    async with gateway(town.playground) as line:
        await line.identify(TOKEN)
        hub.acknowledging = False
        await line.say(1, None)
        hub.ask_to_reconnect()
        hub.invalidate_all()
        assert [(await line.hear())["op"] for _ in range(2)] == [7, 9]
    async with gateway(town.playground) as line:
        await line.identify(TOKEN)
        await hub.close_all(4009)
        assert await line.closed_with() == 4009


async def test_an_invalid_session_tells_nothing_until_it_is_resumed(town: Town) -> None:
    async with gateway(town.playground) as line:
        ready = await line.identify(TOKEN, Intent.GUILD_MESSAGES)
        town.playground.gateway.invalidate_all(resumable=True)
        town.playground.say(town.member, town.channel, "meanwhile")
        await resume(line, ready["d"]["session_id"], ready["s"])
        assert [(await line.hear())["t"] for _ in range(2)] == ["MESSAGE_CREATE", "RESUMED"]
        await line.say(2, {"token": TOKEN, "intents": 0})
        assert await line.closed_with() == 4005


async def test_after_an_invalid_session_another_begins_on_the_same_connection(town: Town) -> None:
    async with gateway(town.playground) as line:
        first = await line.identify(TOKEN)
        town.playground.gateway.invalidate_all()
        second = await line.identify(TOKEN)
    assert first["d"]["session_id"] != second["d"]["session_id"]


async def test_how_many_sessions_may_begin(town: Town, rest: Rest) -> None:
    async with gateway(town.playground) as line:
        await line.identify(TOKEN)
    answer = (await rest.get("/gateway/bot")).body
    assert answer["url"] == town.playground.gateway_url
    assert (answer["shards"], answer["session_start_limit"]["remaining"]) == (1, 999)


async def test_the_playground_ends_while_a_client_reads_nothing() -> None:
    topic = "x" * 1_000_000
    async with asyncio.timeout(20), Playground.running(page=False) as playground:
        world = playground.world
        bot, owner = world.add_application("Paperboy", TOKEN), world.add_user("mika")
        for name in "abcdefghijklmnopqrst":
            guild = world.add_guild(name, owner, permissions.MEMBER)
            world.add_channel(guild, "papers").topic = topic
            world.join(guild, bot.user)
        address = URL(playground.gateway_url)
        reader, writer = await asyncio.open_connection(address.host, address.port, limit=1)
        writer.write(UPGRADE + masked({"op": 2, "d": {"token": TOKEN, "intents": Intent.GUILDS}}))
        await reader.read(1)
        while not playground.gateway.sessions:  # noqa: ASYNC110 - the gateway tells nobody
            await asyncio.sleep(0.01)
    writer.close()
