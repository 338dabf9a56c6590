"""Interactions over the wire: what a bot is told, and how it may answer."""

import asyncio

import pytest

from playground import permissions
from playground.errors import PlaygroundError
from playground.interactions.registry import ANSWER_WITHIN, TOKEN_LIFE
from playground.messages import EPHEMERAL, LOADING
from support.discord_bot import PRESS, Bot, pressed, use
from support.discord_town import Town


async def test_what_a_bot_is_told_in_a_server(town: Town, bot: Bot) -> None:
    task = use(town, tag="Multimodal", page=2)
    told = await bot.told()
    await bot.answer(told, {"type": 4, "data": {"content": "found"}})
    reply = await task
    assert (told["type"], told["context"], told["version"]) == (2, 0, 1)
    assert told["data"]["options"] == [
        {"type": 3, "name": "tag", "value": "Multimodal"},
        {"type": 4, "name": "page", "value": 2},
    ]
    assert told["member"]["user"]["username"] == "mika"
    assert int(told["member"]["permissions"]) == permissions.MEMBER
    assert int(told["app_permissions"]) == permissions.MEMBER
    assert told["authorizing_integration_owners"] == {"0": str(town.guild.id)}
    assert told["channel"]["id"] == told["channel_id"] == str(town.channel.id)
    assert reply.message["content"] == "found"
    assert reply.message["interaction_metadata"]["user"]["id"] == str(town.member.id)


async def test_what_is_named_in_options_is_resolved(town: Town, bot: Bot) -> None:
    role = town.playground.world.add_role(town.guild, "readers", 0)
    task = use(town, who=town.owner, where=town.channel, role=role)
    told = await bot.told()
    await bot.answer(told, {"type": 4, "data": {"content": "x"}})
    await task
    resolved = told["data"]["resolved"]
    assert resolved["users"][str(town.owner.id)]["username"] == "olga"
    assert int(resolved["members"][str(town.owner.id)]["permissions"]) == permissions.ALL
    assert resolved["channels"][str(town.channel.id)]["name"] == "papers"
    assert resolved["roles"][str(role.id)]["name"] == "readers"


async def test_a_sub_command_is_told_by_its_path(town: Town, bot: Bot) -> None:
    task = use(town, "feed add", name="daily")
    told = await bot.told()
    await bot.answer(told, {"type": 4, "data": {"content": "x"}})
    await task
    options = [{"type": 3, "name": "name", "value": "daily"}]
    assert told["data"]["options"] == [{"type": 1, "name": "add", "options": options}]


@pytest.mark.parametrize("installed", [False, True])
async def test_in_direct_messages(town: Town, bot: Bot, *, installed: bool) -> None:
    if installed:
        town.member.installed.add(town.bot.id)
    letters = town.playground.world.direct_channel(town.member, town.bot.user)
    task = asyncio.create_task(town.playground.slash(town.member, letters, "papers"))
    told = await bot.told()
    await bot.answer(told, {"type": 4, "data": {"content": "x"}})
    await task
    assert (told["context"], told["user"]["username"]) == (1, "mika")
    assert "guild_id" not in told
    owners = {"0": "0"} | ({"1": str(town.member.id)} if installed else {})
    assert told["authorizing_integration_owners"] == owners


async def test_where_only_the_person_has_the_bot(town: Town, bot: Bot) -> None:
    world = town.playground.world
    stranger = world.add_user("sam")
    stranger.installed.add(town.bot.id)
    for channel, context in [
        (world.direct_channel(stranger, town.owner), 2),
        (world.add_channel(world.add_guild("Elsewhere", stranger, permissions.MEMBER), "general"), 0),
    ]:
        task = asyncio.create_task(town.playground.slash(stranger, channel, "papers"))
        told = await bot.told()
        await bot.answer(told, {"type": 4, "data": {"content": "x"}})
        assert (await task).message["content"] == "x"
        assert told["context"] == context
        assert told["authorizing_integration_owners"] == {"1": str(stranger.id)}


async def test_choices_for_what_is_typed(town: Town, bot: Bot) -> None:
    task = asyncio.create_task(
        town.playground.autocomplete(town.member, town.channel, "papers", focused="tag", typed="mul")
    )
    told = await bot.told()
    many = [{"name": f"{number}", "value": f"{number}"} for number in range(25)]
    await bot.answer(told, {"type": 8, "data": {"choices": many}})
    assert await task == many
    assert told["type"] == 4
    assert told["data"]["options"] == [{"type": 3, "name": "tag", "value": "mul", "focused": True}]


async def test_an_answer_may_be_deferred_edited_and_followed(town: Town, bot: Bot) -> None:
    task = use(town)
    told = await bot.told()
    response = (await bot.answer(told, {"type": 5, "data": {"flags": EPHEMERAL}})).body
    assert response["interaction"]["response_message_loading"]
    assert response["interaction"]["response_message_ephemeral"]
    assert "resource" not in response
    assert (await bot.rest.get(bot.webhook(told, "@original"))).body["flags"] == EPHEMERAL | LOADING
    assert not task.done()
    await bot.rest.patch(bot.webhook(told, "@original"), {"content": "found"})
    reply = await task
    assert (reply.message["content"], reply.ephemeral) == ("found", True)
    more = (await bot.rest.post(bot.webhook(told), {"content": "more"})).body
    assert [message["content"] for message in reply.follow_ups] == ["more"]
    await bot.rest.patch(bot.webhook(told, more["id"]), {"content": "still more"})
    assert (await bot.rest.get(bot.webhook(told, more["id"]))).body["content"] == "still more"
    assert (await bot.rest.delete(bot.webhook(told, more["id"]))).status == 204
    assert reply.follow_ups == []
    assert (await bot.rest.get(bot.webhook(told, "@original"))).body["content"] == "found"
    assert (await bot.rest.delete(bot.webhook(told, "@original"))).status == 204
    assert (await bot.rest.get(bot.webhook(told, "@original"))).code == 10008
    with pytest.raises(PlaygroundError, match="deleted"):
        _ = reply.message


async def test_the_first_follow_up_takes_the_place_of_a_deferred_answer(town: Town, bot: Bot) -> None:
    task = use(town)
    told = await bot.told()
    first = (await bot.answer(told, {"type": 5})).body["interaction"]["response_message_id"]
    assert (await bot.rest.post(bot.webhook(told), {"content": "found"})).body["id"] == first
    reply = await task
    assert reply.follow_ups == []
    assert [message["content"] for message in town.channel.messages.values()] == ["found"]


async def test_an_answer_that_was_deleted_is_gone(town: Town, bot: Bot) -> None:
    task = use(town)
    told = await bot.told()
    first = (await bot.answer(told, {"type": 5})).body["interaction"]["response_message_id"]
    await bot.rest.delete(f"/channels/{town.channel.id}/messages/{first}")
    edit = await bot.rest.patch(bot.webhook(told, "@original"), {"content": "late"})
    assert (edit.status, edit.code) == (404, 10008)
    task.cancel()


async def test_a_private_answer_that_was_dismissed_is_still_the_bots(town: Town, bot: Bot) -> None:
    task = use(town)
    told = await bot.told()
    await bot.answer(told, {"type": 4, "data": {"content": "x", "flags": EPHEMERAL}})
    town.playground.dismiss(town.member, int((await task).message["id"]))
    assert (await bot.rest.patch(bot.webhook(told, "@original"), {"content": "y"})).body["content"] == "y"


async def test_where_the_channel_is_gone_nothing_is_answered(town: Town, bot: Bot) -> None:
    first, second = use(town), use(town)
    told = [await bot.told(), await bot.told()]
    await bot.answer(told[0], {"type": 5})
    town.playground.world.remove_channel(town.channel)
    assert (await bot.rest.patch(bot.webhook(told[0], "@original"), {"content": "x"})).code == 10003
    assert (await bot.rest.post(bot.webhook(told[0]), {"content": "x"})).code == 10003
    assert (await bot.answer(told[1], {"type": 4, "data": {"content": "x"}})).code == 10003
    with pytest.raises(PlaygroundError, match="cannot see"):
        await use(town)
    for task in (first, second):
        task.cancel()


async def test_a_button_may_change_its_message(town: Town, bot: Bot) -> None:
    reply, told, press = await pressed(town, bot)
    await bot.answer(told, {"type": 7, "data": {"content": "pressed", "components": []}})
    assert (await press).message is reply.message
    assert reply.message["content"] == "pressed"
    assert told["data"] == {"id": 2, "custom_id": "x", "component_type": 2}
    assert (told["message"]["content"], told["member"]["user"]["username"]) == ("press", "olga")


async def test_a_button_may_change_its_message_later(town: Town, bot: Bot) -> None:
    reply, told, press = await pressed(town, bot)
    await bot.answer(told, {"type": 6})
    await bot.rest.patch(bot.webhook(told, "@original"), {"content": "later"})
    assert (await press).message is reply.message
    assert reply.message["content"] == "later"


async def test_a_button_may_answer_beside_its_message(town: Town, bot: Bot) -> None:
    reply, told, press = await pressed(town, bot)
    await bot.answer(told, {"type": 4, "data": {"content": "beside", "flags": EPHEMERAL}})
    beside = await press
    assert (beside.message["content"], beside.ephemeral) == ("beside", True)
    assert reply.message["content"] == "press"


async def test_a_button_may_open_a_form(town: Town, bot: Bot) -> None:
    _, told, press = await pressed(town, bot)
    text = {"type": 1, "components": [{"type": 4, "custom_id": "t", "style": 1, "label": "Say"}]}
    await bot.answer(told, {"type": 9, "data": {"custom_id": "f", "title": "Form", "components": [text]}})
    modal = (await press).modal
    assert modal is not None
    assert modal["title"] == "Form"


async def test_a_menu_tells_what_was_chosen(town: Town, bot: Bot) -> None:
    task = use(town)
    await bot.answer(await bot.told(), {"type": 4, "data": PRESS})
    message = (await task).message
    choose = asyncio.create_task(town.playground.select(town.member, message, "m", ["a", "c"]))
    told = await bot.told()
    await bot.answer(told, {"type": 4, "data": {"content": "x"}})
    await choose
    assert told["data"] == {"id": 6, "custom_id": "m", "component_type": 3, "values": ["a", "c"]}


async def test_an_interaction_is_answered_once_and_in_time(town: Town, bot: Bot) -> None:
    task = use(town)
    told = await bot.told()
    assert (await bot.rest.post(f"/interactions/1/{told['token']}/callback", {"type": 5})).code == 10062
    assert (await bot.rest.post(bot.webhook(told), {"content": "x"})).code == 10015
    town.time.seconds += ANSWER_WITHIN
    assert (await bot.answer(told, {"type": 4, "data": {"content": "x"}})).status == 200
    assert (await bot.answer(told, {"type": 4, "data": {"content": "x"}})).code == 40060
    await task
    late = use(town)
    told = await bot.told()
    town.time.seconds += ANSWER_WITHIN + 0.1
    answer = await bot.answer(told, {"type": 4, "data": {"content": "x"}})
    assert (answer.status, answer.code) == (404, 10062)
    late.cancel()


async def test_a_token_lives_a_quarter_of_an_hour(town: Town, bot: Bot) -> None:
    task = use(town)
    told = await bot.told()
    await bot.answer(told, {"type": 4, "data": {"content": "x"}})
    await task
    town.time.seconds += TOKEN_LIFE
    assert (await bot.rest.patch(bot.webhook(told, "@original"), {"content": "y"})).status == 200
    town.time.seconds += 1
    answer = await bot.rest.patch(bot.webhook(told, "@original"), {"content": "z"})
    assert (answer.status, answer.code) == (401, 50027)
    assert (await bot.rest.get("/webhooks/1/none/messages/@original")).code == 10015


@pytest.mark.malformed
@pytest.mark.parametrize(
    ("body", "path", "code"),
    [
        ({"type": 2}, ["type"], "BASE_TYPE_CHOICES"),
        ({"type": 6}, ["type"], "BASE_TYPE_CHOICES"),
        ({"type": 8, "data": {"choices": []}}, ["type"], "BASE_TYPE_CHOICES"),
        ({}, ["type"], "BASE_TYPE_REQUIRED"),
        ({"type": 4, "data": {"content": "x" * 2001}}, ["data", "content"], "BASE_TYPE_MAX_LENGTH"),
        (
            {"type": 9, "data": {"custom_id": "f", "title": "x" * 46}},
            ["data", "title"],
            "BASE_TYPE_MAX_LENGTH",
        ),
    ],
)
async def test_a_bad_answer_is_refused_and_a_better_one_taken(
    town: Town, bot: Bot, body: object, path: list[str], code: str
) -> None:
    task = use(town)
    told = await bot.told()
    answer = await bot.answer(told, body)
    assert (answer.status, answer.flaw(*path)) == (400, code)
    assert (await bot.answer(told, {"type": 4, "data": {"content": " "}})).code == 50006
    await bot.answer(told, {"type": 4, "data": {"content": "better"}})
    assert (await task).message["content"] == "better"


@pytest.mark.malformed
@pytest.mark.parametrize(
    ("choices", "path"),
    [
        ([{"name": "x", "value": "x"}] * 26, ["data", "choices"]),
        ([{"name": "x" * 101, "value": "x"}], ["data", "choices", "0", "name"]),
        ([{"name": "x", "value": "x" * 101}], ["data", "choices", "0", "value"]),
    ],
)
async def test_choices_have_limits(town: Town, bot: Bot, choices: list[object], path: list[str]) -> None:
    task = asyncio.create_task(
        town.playground.autocomplete(town.member, town.channel, "papers", focused="tag")
    )
    told = await bot.told()
    answer = await bot.answer(told, {"type": 8, "data": {"choices": choices}})
    assert answer.flaw(*path) == "BASE_TYPE_MAX_LENGTH"
    await bot.answer(told, {"type": 8, "data": {"choices": []}})
    assert await task == []
