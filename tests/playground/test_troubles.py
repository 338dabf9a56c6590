"""Troubles over the wire, without a library in between."""

from typing import Any

import aiohttp
import pytest

from playground import permissions
from playground.errors import ApiError, PlaygroundError
from playground.gateway.hub import AWAY_KEPT
from playground.gateway.intents import Intent
from support.discord_rest import Rest, asking, gateway
from support.discord_town import TOKEN, Town

NAMES = [
    "429-route",
    "429-global",
    "429-shared",
    "500",
    "502",
    "503",
    "504",
    "reset",
    "answer-lost",
    "answer-cut",
    "failed-after",
    "slow",
    "403-access",
    "403-permissions",
    "404-channel",
    "403-proxy",
    "close-4000",
    "close-4009",
    "close-1001",
    "close-none",
    "reconnect",
    "invalid-session",
    "heartbeats-unanswered",
    "channel-deleted",
    "permission-taken-away",
]


def path(town: Town) -> str:
    return f"/channels/{town.channel.id}/messages"


def active(town: Town) -> dict[str, str]:
    return {trouble.name: trouble.left for trouble in town.playground.troubles.active()}


def test_every_trouble_has_a_name_a_title_and_an_explanation(town: Town) -> None:
    troubles = town.playground.troubles.all
    assert [*troubles] == NAMES
    assert all(trouble.name == name and trouble.title for name, trouble in troubles.items())
    assert all(trouble.explanation.endswith(".") for trouble in troubles.values())
    lasting = {name for name, trouble in troubles.items() if trouble.lasting}
    assert lasting == {"heartbeats-unanswered", "permission-taken-away"}


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        ("429-route", (429, 0, "user")),
        ("429-global", (429, 0, "global")),
        ("429-shared", (429, 0, "shared")),
        ("500", (500, 0, None)),
        ("502", (502, 0, None)),
        ("503", (503, 0, None)),
        ("504", (504, 0, None)),
        ("403-access", (403, 50001, None)),
        ("403-permissions", (403, 50013, None)),
        ("404-channel", (404, 10003, None)),
    ],
)
async def test_requests_are_refused_as_often_as_asked(
    town: Town, rest: Rest, name: str, refusal: tuple[int, int, str | None]
) -> None:
    await town.playground.troubles.start(name, times=2)
    assert active(town) == {name: "2 more requests"}
    answers = [await rest.post(path(town), {"content": "x"}) for _ in range(3)]
    assert answers.pop().status == 200
    for answer in answers:
        assert (answer.status, answer.code, answer.headers.get("X-RateLimit-Scope")) == refusal
    assert active(town) == {}


async def test_a_slow_answer_takes_as_long_as_asked(town: Town, rest: Rest) -> None:
    troubles, faults = town.playground.troubles, town.playground.faults
    await troubles.start("slow", seconds=0.01)
    await troubles.start("slow")
    assert [fault.seconds for fault in faults.switched_on] == [0.01, 5.0]
    assert (await rest.post(path(town), {"content": "x"})).status == 200
    assert town.playground.log.records[-1].seconds >= 0.01


@pytest.mark.parametrize(("name", "kept"), [("reset", 0), ("answer-lost", 1)])
async def test_a_connection_breaks_before_or_after_the_deed(
    town: Town, rest: Rest, name: str, kept: int
) -> None:
    await town.playground.troubles.start(name)
    with pytest.raises((aiohttp.ClientError, OSError)):
        await rest.post(path(town), {"content": "x"})
    assert len(town.channel.messages) == kept


async def test_trouble_hits_the_route_method_channel_and_bot_it_is_for(town: Town, rest: Rest) -> None:
    world, troubles = town.playground.world, town.playground.troubles
    elsewhere = world.add_channel(town.guild, "elsewhere")
    other = world.add_application("Other", "other.token")
    world.join(town.guild, other.user)
    route = "/channels/{channel_id}/messages"
    await troubles.start("403-access", route=route, method="POST", channel=town.channel, application=town.bot)
    async with asking(town.playground, "other.token") as another:
        assert (await another.post(path(town), {"content": "x"})).status == 200
    assert (await rest.post(f"/channels/{elsewhere.id}/messages", {"content": "x"})).status == 200
    assert (await rest.get(path(town))).status == 200
    assert (await rest.post(path(town), {"content": "x"})).status == 403


async def test_trouble_that_is_stopped_hits_nothing_and_leaves_other_trouble_on(
    town: Town, rest: Rest
) -> None:
    troubles = town.playground.troubles
    await troubles.start("500", times=5)
    await troubles.start("500", times=2)
    await troubles.start("502")
    assert active(town) == {"500": "7 more requests", "502": "1 more request"}
    await troubles.stop("500")
    assert active(town) == {"502": "1 more request"}
    assert [(await rest.get("/users/@me")).status for _ in range(2)] == [502, 200]


@pytest.mark.parametrize(
    ("name", "more", "sentence"),
    [
        ("600", {}, "There is no trouble 600."),
        ("500", {"route": "/nowhere"}, "The API has no route * /nowhere."),
        ("500", {"route": "/users/@me", "method": "POST"}, "The API has no route POST /users/@me."),
        ("500", {"times": 0}, "A trouble must befall at least one request."),
        ("channel-deleted", {}, "Say in which channel of a server: Channel deleted."),
        ("permission-taken-away", {}, "Say in which channel of a server: Permission taken away."),
    ],
)
async def test_what_cannot_be_made_is_said(
    town: Town, name: str, more: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(PlaygroundError) as refused:
        await town.playground.troubles.start(name, **more)
    assert str(refused.value) == sentence
    assert active(town) == {}


async def test_what_is_not_known_cannot_be_stopped_and_what_is_over_can(town: Town) -> None:
    with pytest.raises(PlaygroundError, match="no trouble 600"):
        await town.playground.troubles.stop("600")
    for name in town.playground.troubles.all:
        await town.playground.troubles.stop(name)


@pytest.mark.parametrize(
    ("name", "code", "resumes"),
    [("close-4000", 4000, True), ("close-4009", 4009, False), ("close-1001", 1001, True)],
)
async def test_a_connection_is_closed_and_its_session_kept_or_not(
    town: Town, name: str, code: int, *, resumes: bool
) -> None:
    async with gateway(town.playground) as line:
        session = (await line.identify(TOKEN))["d"]["session_id"]
        await town.playground.troubles.start(name)
        assert await line.closed_with() == code
    async with gateway(town.playground) as line:
        await line.hear()
        await line.say(6, {"token": TOKEN, "session_id": session, "seq": 1})
        assert (await line.hear())["op"] == (0 if resumes else 9)


async def test_a_connection_breaks_without_a_close_frame(town: Town) -> None:
    async with gateway(town.playground) as line:
        session = (await line.identify(TOKEN))["d"]["session_id"]
        await town.playground.troubles.start("close-none")
        assert await line.closed_with() == 1006
    async with gateway(town.playground) as line:
        await line.hear()
        await line.say(6, {"token": TOKEN, "session_id": session, "seq": 1})
        assert (await line.hear())["t"] == "RESUMED"


@pytest.mark.parametrize(("name", "op"), [("reconnect", 7), ("invalid-session", 9)])
async def test_a_client_is_told_to_connect_anew(town: Town, name: str, op: int) -> None:
    async with gateway(town.playground) as line:
        session = (await line.identify(TOKEN))["d"]["session_id"]
        await town.playground.troubles.start(name)
        told = await line.hear()
        assert (told["op"], told["d"]) == (op, None if op == 7 else False)
        assert (session in town.playground.gateway.sessions) is (op == 7)


async def test_only_the_bot_that_is_meant_is_befallen(town: Town) -> None:
    world, troubles = town.playground.world, town.playground.troubles
    other = world.add_application("Other", "other.token")
    async with gateway(town.playground) as line, gateway(town.playground) as another:
        await line.identify(TOKEN)
        await another.identify("other.token")
        await troubles.start("heartbeats-unanswered", application=town.bot)
        for name in ("reconnect", "invalid-session"):
            await troubles.start(name, application=other)
        await troubles.start("close-4000", application=town.bot)
        assert await line.closed_with() == 4000
        assert [(await another.hear())["op"] for _ in range(2)] == [7, 9]
        await another.say(1, None)
        assert (await another.hear())["op"] == 11


async def test_heartbeats_are_answered_again_when_that_is_stopped(town: Town) -> None:
    troubles = town.playground.troubles
    async with gateway(town.playground) as line:
        await line.identify(TOKEN)
        for application in (None, town.bot):
            await troubles.start("heartbeats-unanswered", application=application)
            assert active(town) == {"heartbeats-unanswered": "until it is stopped"}
            await line.say(1, None)
            await troubles.stop("heartbeats-unanswered")
            assert active(town) == {}
        await line.say(1, None)
        town.playground.gateway.ask_to_reconnect()
        assert {(await line.hear())["op"] for _ in range(2)} == {7, 11}


async def test_a_deleted_channel_is_gone_with_its_threads(town: Town, rest: Rest) -> None:
    world = town.playground.world
    thread = world.add_thread(town.channel, "thread", town.bot.id)
    async with gateway(town.playground) as line:
        await line.identify(TOKEN, Intent.GUILDS)
        await town.playground.troubles.start("channel-deleted", channel=town.channel)
        told = await line.hear_event("CHANNEL_DELETE")
    assert (told["d"]["id"], told["d"]["guild_id"]) == (str(town.channel.id), str(town.guild.id))
    for gone in (town.channel, thread):
        answer = await rest.post(f"/channels/{gone.id}/messages", {"content": "x"})
        assert (answer.status, answer.code) == (404, 10003)
    assert (await rest.get(f"/guilds/{town.guild.id}/channels")).body == []
    assert active(town) == {}
    with pytest.raises(ApiError, match="Unknown Channel"):
        world.remove_channel(town.channel)


async def test_a_deleted_thread_is_told_as_one(town: Town) -> None:
    thread = town.playground.world.add_thread(town.channel, "thread", town.bot.id)
    async with gateway(town.playground) as line:
        await line.identify(TOKEN, Intent.GUILDS)
        await town.playground.troubles.start("channel-deleted", channel=thread)
        told = (await line.hear_event("THREAD_DELETE"))["d"]
    assert (told["id"], told["parent_id"], told["type"]) == (str(thread.id), str(town.channel.id), 11)
    assert town.channel.id in town.playground.world.channels


async def test_a_permission_is_taken_away_and_given_back(town: Town, rest: Rest) -> None:
    world, troubles = town.playground.world, town.playground.troubles
    thread = world.add_thread(town.channel, "thread", town.bot.id)
    denied = permissions.EMBED_LINKS | permissions.SEND_MESSAGES_IN_THREADS
    before = (permissions.SEND_MESSAGES | permissions.MANAGE_MESSAGES, denied)
    world.set_overwrite(town.channel, town.bot.id, *before)
    async with gateway(town.playground) as line:
        await line.identify(TOKEN, Intent.GUILDS)
        for _ in range(2):
            await troubles.start("permission-taken-away", channel=thread)
        await line.hear_event("CHANNEL_UPDATE")
        assert active(town) == {"permission-taken-away": "in #papers, until it is stopped"}
        for place in (town.channel, thread):
            answer = await rest.post(f"/channels/{place.id}/messages", {"content": "x"})
            assert (answer.status, answer.code) == (403, 50013)
        assert (await rest.get(path(town))).status == 200
        await troubles.stop("permission-taken-away")
        await line.hear_event("CHANNEL_UPDATE")
    assert town.channel.overwrites == {town.bot.id: before}
    assert (await rest.post(path(town), {"content": "x"})).status == 200
    assert active(town) == {}


async def test_what_was_changed_meanwhile_stays_changed(town: Town) -> None:
    world, troubles = town.playground.world, town.playground.troubles
    gone = world.add_channel(town.guild, "gone")
    for channel in (town.channel, gone):
        await troubles.start("permission-taken-away", channel=channel)
    world.remove_channel(gone)
    allow, deny = town.channel.overwrites[town.bot.id]
    world.set_overwrite(town.channel, town.bot.id, allow | permissions.MANAGE_MESSAGES, deny)
    await troubles.stop("permission-taken-away")
    assert town.channel.overwrites == {town.bot.id: (permissions.MANAGE_MESSAGES, 0)}


async def test_from_an_administrator_no_permission_is_taken(town: Town) -> None:
    world = town.playground.world
    admin = world.add_role(town.guild, "admin", permissions.ADMINISTRATOR)
    town.guild.members[town.bot.id].roles.append(admin.id)
    with pytest.raises(PlaygroundError, match="Paperboy is an administrator"):
        await town.playground.troubles.start("permission-taken-away", channel=town.channel)
    assert town.channel.overwrites == {}
    other = world.add_application("Other", "other.token")
    with pytest.raises(PlaygroundError, match="no bot in Reading group"):
        await town.playground.troubles.start("permission-taken-away", channel=town.channel, application=other)


async def test_few_sessions_are_kept_whose_clients_are_away(town: Town) -> None:
    for _ in range(AWAY_KEPT + 3):
        async with gateway(town.playground) as line:
            await line.identify(TOKEN)
            await town.playground.troubles.start("close-none")
            await line.closed_with()
    async with gateway(town.playground) as line:
        begun = (await line.identify(TOKEN))["d"]["session_id"]
        assert len(town.playground.gateway.sessions) == AWAY_KEPT + 1
        assert begun in town.playground.gateway.sessions
