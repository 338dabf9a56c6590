"""Messages over the wire: history, edits, deletions, nonces, mentions, permissions."""

from typing import Any

import pytest

from playground import permissions
from playground.forms.messages import MessageForm
from playground.messages import NONCE_LIFE, Messages
from playground.world import ChannelType, World
from support.discord_rest import Rest, asking
from support.discord_town import DAY, ManualTime, Town


async def post(rest: Rest, town: Town, body: dict[str, Any] | str) -> dict[str, Any]:
    answer = await rest.post(
        f"/channels/{town.channel.id}/messages", {"content": body} if isinstance(body, str) else body
    )
    assert answer.status == 200
    message: dict[str, Any] = answer.body
    return message


async def ids(rest: Rest, town: Town, **query: str) -> list[str]:
    return [
        message["id"] for message in (await rest.get(f"/channels/{town.channel.id}/messages", **query)).body
    ]


async def test_answers_are_json_exactly(town: Town, rest: Rest) -> None:
    answer = await rest.get(f"/channels/{town.channel.id}")
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.body["name"] == "papers"


async def test_history_has_pages_newest_first(town: Town, rest: Rest) -> None:
    made = [(await post(rest, town, f"{number}"))["id"] for number in range(7)]
    assert await ids(rest, town) == made[::-1]
    assert await ids(rest, town, limit="2") == [made[6], made[5]]
    assert await ids(rest, town, before=made[2]) == [made[1], made[0]]
    assert await ids(rest, town, after=made[2], limit="2") == [made[4], made[3]]
    assert await ids(rest, town, around=made[3], limit="3") == [made[4], made[3], made[2]]


@pytest.mark.malformed
@pytest.mark.parametrize("limit", ["0", "101", "many"])
async def test_a_page_has_1_to_100_messages(town: Town, rest: Rest, limit: str) -> None:
    answer = await rest.get(f"/channels/{town.channel.id}/messages", limit=limit)
    assert answer.code == 50035
    assert answer.flaw("limit").startswith("NUMBER_TYPE_")


async def test_an_edit_keeps_what_it_leaves_out(town: Town, rest: Rest) -> None:
    made = await post(rest, town, {"content": "before", "embeds": [{"title": "kept"}]})
    path = f"/channels/{town.channel.id}/messages/{made['id']}"
    await rest.patch(path, {"content": "after"})
    now = (await rest.get(path)).body
    assert (now["content"], now["embeds"][0]["title"]) == ("after", "kept")
    assert now["edited_timestamp"] is not None
    assert (await rest.patch(path, {"content": None, "embeds": []})).code == 50006


async def test_components_v2_cannot_be_taken_back(town: Town, rest: Rest) -> None:
    made = await post(rest, town, {"components": [{"type": 10, "content": "t"}], "flags": 1 << 15})
    path = f"/channels/{town.channel.id}/messages/{made['id']}"
    answer = await rest.patch(path, {"content": "plain", "flags": 0})
    assert answer.flaw("content") == "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"
    assert (await rest.patch(path, {"flags": 0})).body["flags"] & (1 << 15)


async def test_deleted_messages_are_unknown(town: Town, rest: Rest) -> None:
    path = f"/channels/{town.channel.id}/messages/{(await post(rest, town, 'x'))['id']}"
    assert (await rest.delete(path)).status == 204
    for answer in (await rest.get(path), await rest.patch(path, {"content": "y"}), await rest.delete(path)):
        assert (answer.status, answer.code) == (404, 10008)


async def test_somebody_elses_message_is_neither_edited_nor_deleted(town: Town, rest: Rest) -> None:
    said = town.playground.say(town.member, town.channel, "mine")
    path = f"/channels/{town.channel.id}/messages/{said['id']}"
    assert (await rest.patch(path, {"content": "yours"})).code == 50005
    assert (await rest.delete(path)).code == 50013
    town.channel.overwrites[town.bot.id] = (permissions.MANAGE_MESSAGES, 0)
    assert (await rest.delete(path)).status == 204


async def test_an_enforced_nonce_returns_the_earlier_message(town: Town, rest: Rest) -> None:
    body = {"content": "once", "nonce": "n1", "enforce_nonce": True}
    first = await post(rest, town, body)
    assert (await post(rest, town, body | {"content": "twice"})) == first
    assert (await post(rest, town, body | {"enforce_nonce": False}))["id"] != first["id"]
    other = town.playground.world.add_channel(town.guild, "other")
    assert (await rest.post(f"/channels/{other.id}/messages", body)).body["id"] != first["id"]


async def test_a_nonce_is_forgotten_after_minutes(town: Town, rest: Rest) -> None:
    body = {"content": "once", "nonce": "n1", "enforce_nonce": True}
    first = await post(rest, town, body)
    town.time.seconds += NONCE_LIFE
    assert (await post(rest, town, body))["id"] != first["id"]


def test_of_nonces_only_those_of_the_last_minutes_are_held() -> None:
    time = ManualTime()
    world = World(lambda: DAY)
    messages, author = Messages(world, monotonic=time), world.add_user("mika")
    channel = world.add_channel(world.add_guild("Reading group", author, permissions.MEMBER), "papers")
    for number in range(10):
        messages.post(author, channel, MessageForm(content="x", nonce=f"{number}"))
        time.seconds += NONCE_LIFE / 2
    held = messages._nonces  # noqa: SLF001 - nothing else tells what is held
    assert [nonce for _, _, nonce in held] == ["8", "9"]


async def test_a_nonce_says_nothing_about_a_deleted_message(town: Town, rest: Rest) -> None:
    body = {"content": "once", "nonce": "n1", "enforce_nonce": True}
    first = await post(rest, town, body)
    await rest.delete(f"/channels/{town.channel.id}/messages/{first['id']}")
    assert (await post(rest, town, body))["id"] != first["id"]


def pings(message: dict[str, Any]) -> tuple[list[str], list[str], bool]:
    return (
        [user["username"] for user in message["mentions"]],
        message["mention_roles"],
        message["mention_everyone"],
    )


async def test_a_message_pings_whom_it_mentions_and_may(town: Town, rest: Rest) -> None:
    role = town.playground.world.add_role(town.guild, "readers", 0, mentionable=True)
    content = f"@everyone <@{town.member.id}> <@!{town.owner.id}> <@&{role.id}>"
    assert pings(await post(rest, town, content)) == (["mika", "olga"], [str(role.id)], False)
    town.channel.overwrites[town.bot.id] = (permissions.MENTION_EVERYONE, 0)
    assert pings(await post(rest, town, content)) == (["mika", "olga"], [str(role.id)], True)
    for allowed, expected in [
        ({"parse": []}, ([], [], False)),
        ({"parse": ["roles"]}, ([], [str(role.id)], False)),
        ({"users": [str(town.member.id)]}, (["mika"], [], False)),
        ({"parse": ["everyone"]}, ([], [], True)),
    ]:
        assert pings(await post(rest, town, {"content": content, "allowed_mentions": allowed})) == expected


async def test_a_closed_role_and_an_embed_ping_nobody(town: Town, rest: Rest) -> None:
    role = town.playground.world.add_role(town.guild, "closed", 0)
    body = {"content": f"<@&{role.id}>", "embeds": [{"description": f"@everyone <@{town.member.id}>"}]}
    assert pings(await post(rest, town, body)) == ([], [], False)


async def test_text_displays_ping(town: Town, rest: Rest) -> None:
    display = {"type": 10, "content": f"<@{town.member.id}>"}
    body = {"components": [{"type": 17, "components": [display]}], "flags": 1 << 15}
    assert pings(await post(rest, town, body)) == (["mika"], [], False)


async def test_a_reply_names_what_it_answers(town: Town, rest: Rest) -> None:
    said = town.playground.say(town.member, town.channel, "question")
    reference = {"message_id": said["id"]}
    reply = await post(rest, town, {"content": "answer", "message_reference": reference})
    assert reply["type"] == 19
    assert reply["referenced_message"]["content"] == "question"
    assert pings(reply) == (["mika"], [], False)
    gone = {"content": "x", "message_reference": {"message_id": "5"}}
    answer = await rest.post(f"/channels/{town.channel.id}/messages", gone)
    assert answer.flaw("message_reference") == "MESSAGE_REFERENCE_UNKNOWN_MESSAGE"


@pytest.mark.malformed  # Discord takes a forward, and its description leaves them out
async def test_a_forward_is_refused_in_a_sentence(town: Town, rest: Rest) -> None:
    said = town.playground.say(town.member, town.channel, "news")
    reference = {"type": 1, "message_id": said["id"], "channel_id": str(town.channel.id)}
    answer = await rest.post(f"/channels/{town.channel.id}/messages", {"message_reference": reference})
    assert answer.flaw("message_reference", "type") == "PLAYGROUND_UNSUPPORTED"


@pytest.mark.parametrize(
    ("denied", "code"),
    [
        (permissions.VIEW_CHANNEL, 50001),
        (permissions.SEND_MESSAGES, 50013),
        (permissions.EMBED_LINKS, 50013),
    ],
)
async def test_what_is_denied_cannot_be_done(town: Town, rest: Rest, denied: int, code: int) -> None:
    town.channel.overwrites[town.guild.id] = (0, denied)
    answer = await rest.post(f"/channels/{town.channel.id}/messages", {"embeds": [{"title": "x"}]})
    assert (answer.status, answer.code) == (403, code)


async def test_history_that_may_not_be_read_is_empty(town: Town, rest: Rest) -> None:
    made = await post(rest, town, "x")
    town.channel.overwrites[town.guild.id] = (0, permissions.READ_MESSAGE_HISTORY)
    assert await ids(rest, town) == []
    assert (await rest.get(f"/channels/{town.channel.id}/messages/{made['id']}")).code == 50013


async def test_unknown_and_unfit_channels(town: Town, rest: Rest) -> None:
    assert (await rest.get("/channels/5")).code == 10003
    assert (await rest.post("/channels/5/messages", {"content": "x"})).code == 10003
    forum = town.playground.world.add_channel(town.guild, "forum", ChannelType.FORUM)
    assert (await rest.post(f"/channels/{forum.id}/messages", {"content": "x"})).code == 50008


async def test_direct_messages_need_a_common_server_and_a_willing_person(town: Town, rest: Rest) -> None:
    body = {"recipient_id": str(town.member.id)}
    opened = (await rest.post("/users/@me/channels", body)).body
    assert opened["id"] == (await rest.post("/users/@me/channels", body)).body["id"]
    assert (await rest.post(f"/channels/{opened['id']}/messages", {"content": "x"})).status == 200
    town.member.takes_messages = False
    assert (await rest.post(f"/channels/{opened['id']}/messages", {"content": "x"})).code == 50007
    stranger = town.playground.world.add_user("sam")
    assert (await rest.post("/users/@me/channels", {"recipient_id": str(stranger.id)})).code == 50278
    letters = town.playground.world.direct_channel(stranger, town.member)
    assert (await rest.get(f"/channels/{letters.id}")).code == 50001


@pytest.mark.malformed
@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"[" * 100_000, "application/json"),
        (b"\xff\xfe", "application/json"),
        (b"{", "application/json; charset=none"),
        (b"x", "multipart/form-data"),
        (b"--x\r\nbad", "multipart/form-data; boundary=x"),
    ],
)
async def test_what_cannot_be_read_is_no_json(town: Town, rest: Rest, content: bytes, kind: str) -> None:
    headers = {"Authorization": f"Bot {rest.token}", "Content-Type": kind}
    address = f"{rest.base}/channels/{town.channel.id}/messages"
    async with rest.session.post(address, data=content, headers=headers) as answer:
        assert (answer.status, (await answer.json())["code"]) == (400, 50109)
    assert town.playground.log.records[-1].body in {content.decode(errors="replace"), "multipart/form-data"}


@pytest.mark.malformed
async def test_what_is_no_json_no_id_no_route_and_no_token(town: Town, rest: Rest) -> None:
    path = f"/channels/{town.channel.id}/messages"
    assert (await rest.ask("POST", path, text="{")).code == 50109
    assert (await rest.post(path, ["x"])).flaw() == "DICT_TYPE_CONVERT"
    for number in ("me", "9" * 5_000):
        assert (await rest.get(f"/channels/{number}")).flaw("channel_id") == "NUMBER_TYPE_COERCE"
    assert (await rest.get("/nowhere")).status == 404
    async with asking(town.playground, None) as nobody:
        assert (await nobody.get("/users/@me")).body == {"message": "401: Unauthorized", "code": 0}
        assert (await nobody.post(path, {"content": 5})).status == 401
