"""An open page is told what its person sees happen, and nothing else."""

import asyncio
import json
from collections.abc import Callable

import aiohttp
import pytest
from aiohttp import WSCloseCode

from playground import permissions
from playground.page.feed import MOST_WAITING
from playground.world import ChannelType, Event, Listener
from support.discord_bot import Bot, use
from support.discord_rest import Rest
from support.discord_town import Town, inhabited
from support.playground_page import Page

PRIVATE = 1 << 6
HANDSHAKE = (
    b"GET /page/live?as=%d HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)


async def comes_true(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110 - nobody tells of it
            await asyncio.sleep(0)


async def test_a_message_is_told_as_it_looks(town: Town, page: Page) -> None:
    async with page.live() as live:
        said = town.playground.say(town.owner, town.channel, "**hello** <b>")
        frame = await live.hear("message")
    html = frame.pop("html")
    assert frame == {
        "kind": "message",
        "channel": str(town.channel.id),
        "id": said["id"],
        "fresh": True,
        "private": False,
        "author": "olga",
        "text": "hello <b>",
    }
    assert f'id="m-{said["id"]}"' in html
    assert "<strong>hello</strong> &lt;b&gt;" in html


async def test_changes_and_deletions_are_told(town: Town, rest: Rest, page: Page) -> None:
    path = f"/channels/{town.channel.id}/messages"
    async with page.live() as live:
        posted = (await rest.post(path, {"content": "one"})).body["id"]
        assert (await live.hear("message"))["fresh"] is True
        await rest.patch(f"{path}/{posted}", {"content": "two"})
        changed = await live.hear("message")
        assert (changed["id"], changed["fresh"], changed["text"]) == (posted, False, "two")
        await rest.delete(f"{path}/{posted}")
        assert await live.hear("gone") == {"kind": "gone", "channel": str(town.channel.id), "id": posted}


async def test_what_is_hidden_is_not_told(town: Town, page: Page) -> None:
    world = town.playground.world
    hidden = world.add_channel(town.guild, "hidden")
    hidden.overwrites[town.guild.id] = (0, permissions.VIEW_CHANNEL)
    apart = world.add_guild("Apart", town.owner, permissions.MEMBER)
    elsewhere = world.add_channel(apart, "elsewhere")
    direct = world.direct_channel(town.owner, town.bot.user)
    async with page.live() as members, page.seen_by(town.owner).live() as owners:
        for channel in (hidden, elsewhere, direct, town.channel):
            town.playground.say(town.owner, channel, f"said in {channel.id}")
        assert (await members.hear("message"))["text"] == f"said in {town.channel.id}"
        heard = [(await owners.hear("message"))["text"] for _ in range(4)]
    assert heard == [f"said in {channel.id}" for channel in (hidden, elsewhere, direct, town.channel)]


async def test_a_private_message_reaches_its_person_alone(bot: Bot, page: Page) -> None:
    town = bot.town
    async with page.live() as members, page.seen_by(town.owner).live() as owners:
        task = use(town)
        told = await bot.told()
        await bot.answer(told, {"type": 4, "data": {"content": "psst", "flags": PRIVATE}})
        await bot.rest.patch(bot.webhook(told, "@original"), {"content": "changed"})
        await bot.rest.delete(bot.webhook(told, "@original"))
        await task
        town.playground.say(town.owner, town.channel, "for everybody")
        fresh, changed = await members.hear("message"), await members.hear("message")
        assert (fresh["text"], fresh["private"], fresh["fresh"]) == ("psst", True, True)
        assert (changed["text"], changed["private"], changed["fresh"]) == ("changed", True, False)
        assert (await members.hear("gone"))["id"] == fresh["id"]
        frames = [await owners.socket.receive_json(timeout=5)]
        while frames[-1]["kind"] != "message":
            frames.append(await owners.socket.receive_json(timeout=5))
    assert frames[-1]["text"] == "for everybody"
    assert "gone" not in [frame["kind"] for frame in frames]
    shown = [frame for frame in frames if frame["kind"] != "request"]
    assert "psst" not in json.dumps(shown)
    assert "changed" not in json.dumps(shown)


async def test_who_loses_sight_of_a_channel_hears_no_more_of_it(town: Town, page: Page) -> None:
    async with page.live() as live:
        town.playground.world.set_overwrite(town.channel, town.guild.id, 0, permissions.VIEW_CHANNEL)
        town.playground.say(town.owner, town.channel, "in private now")
        town.playground.world.set_overwrite(town.channel, town.guild.id, 0, 0)
        town.playground.say(town.owner, town.channel, "in public again")
        assert (await live.hear("message"))["text"] == "in public again"


async def test_places_that_come_and_go_are_told_once(town: Town, rest: Rest, page: Page) -> None:
    world = town.playground.world
    async with page.live() as live:
        for _ in range(MOST_WAITING + 1):
            world.changed(town.channel)
        channel = world.add_channel(town.guild, "new")
        assert await live.hear("places") == {"kind": "places"}
        world.remove_channel(channel)
        assert await live.hear("places") == {"kind": "places"}
        body = {"name": "a thread", "type": int(ChannelType.PUBLIC_THREAD)}
        assert (await rest.post(f"/channels/{town.channel.id}/threads", body)).status == 201
        assert await live.hear("places") == {"kind": "places"}
        world.join(town.guild, world.add_application("Another", "another.token").user)
        assert await live.hear("places") == {"kind": "places"}


async def test_a_server_of_others_changes_no_places(town: Town, page: Page) -> None:
    world = town.playground.world
    async with page.live() as live:
        world.add_channel(world.add_guild("Apart", town.owner, permissions.MEMBER), "elsewhere")
        town.playground.say(town.owner, town.channel, "hi")
        assert (await live.socket.receive_json(timeout=5))["kind"] == "message"


async def test_direct_messages_that_begin_are_a_new_place(town: Town, rest: Rest, page: Page) -> None:
    async with page.live() as live:
        direct = (await rest.post("/users/@me/channels", {"recipient_id": str(town.member.id)})).body["id"]
        await rest.post(f"/channels/{direct}/messages", {"content": "hello"})
        await live.hear("places")
        assert (await live.hear("message"))["channel"] == direct


async def test_each_request_of_a_bot_is_a_row(town: Town, rest: Rest, page: Page) -> None:
    async with page.live() as live:
        await rest.get(f"/channels/{town.channel.id}")
        row = (await live.hear("request"))["html"]
    assert row == (await page.get("requests")).html
    assert row.startswith("<tr>")


async def test_a_page_that_goes_is_listened_for_no_more(town: Town, page: Page) -> None:
    listeners = town.playground.log.listeners
    before = len(listeners)
    async with page.live() as live:
        town.playground.say(town.owner, town.channel, "hi")
        await live.hear("message")
        assert len(listeners) == before + 1
    await comes_true(lambda: len(listeners) == before)


async def test_the_world_forgets_a_page_that_goes(
    town: Town, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = town.playground.world
    forget, forgotten = world.unlisten, list[Listener]()

    def note(listener: Listener) -> None:
        forget(listener)
        forgotten.append(listener)

    monkeypatch.setattr(world, "unlisten", note)
    async with page.live():
        assert not forgotten
    await comes_true(lambda: len(forgotten) == 1)


async def test_the_world_calls_who_no_longer_listens_no_more(town: Town) -> None:
    heard: list[Event] = []
    town.playground.world.listen(heard.append)
    town.playground.say(town.owner, town.channel, "one")
    town.playground.world.unlisten(heard.append)
    town.playground.say(town.owner, town.channel, "two")
    assert [event.data["content"] for event in heard] == ["one"]


async def test_a_page_that_is_too_far_behind_begins_anew(town: Town, page: Page) -> None:
    async with page.live() as live:
        for _ in range(MOST_WAITING + 1):
            town.playground.say(town.member, town.channel, "again")
        while not live.socket.closed:
            await live.socket.receive(timeout=5)
        assert live.socket.close_code == WSCloseCode.ABNORMAL_CLOSURE
    async with page.live() as live:
        town.playground.say(town.member, town.channel, "once more")
        assert (await live.hear("message"))["text"] == "once more"


async def test_for_a_page_that_does_not_read_little_is_kept(town: Town, page: Page) -> None:
    listeners = town.playground.log.listeners
    before = len(listeners)
    reader, writer = await asyncio.open_connection(page.url.host, page.url.port, limit=1_024)
    writer.write(HANDSHAKE % (town.member.id, page.url.port))
    await reader.readuntil(b"\r\n\r\n")
    await comes_true(lambda: len(listeners) > before)
    said = 0
    while len(listeners) > before:
        town.playground.say(town.member, town.channel, "x" * 2_000)
        said += 1
        await asyncio.sleep(0)
    writer.close()
    assert said > MOST_WAITING


async def test_pages_are_closed_with_the_playground() -> None:
    async with aiohttp.ClientSession() as session:
        async with inhabited() as town:
            live = await session.ws_connect(f"{town.playground.page_url}page/live")
        goodbye = await live.receive(timeout=5)
    assert (goodbye.type, goodbye.data) == (aiohttp.WSMsgType.CLOSE, WSCloseCode.GOING_AWAY)


async def test_a_page_that_cannot_be_told_is_closed_and_the_log_says_why(
    town: Town, page: Page, caplog: pytest.LogCaptureFixture
) -> None:
    async with page.live() as live:
        town.playground.world.tell(Event("MESSAGE_CREATE", town.guild.id, town.channel, {"id": "no message"}))
        goodbye = await live.socket.receive(timeout=5)
    assert (goodbye.type, goodbye.data) == (aiohttp.WSMsgType.CLOSE, WSCloseCode.INTERNAL_ERROR)
    assert "KeyError" in caplog.text
