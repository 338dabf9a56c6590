"""Forms over the wire: opened, filled in, answered."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from playground.errors import PlaygroundError
from playground.interactions.registry import TOKEN_LIFE
from playground.messages import EPHEMERAL
from playground.world import ChannelType
from support.discord_bot import PRESS, Bot, use
from support.discord_modals import (
    MENU,
    OLD_TEXT,
    RADIO,
    TEXT,
    TICK,
    TICKS,
    entities,
    label,
    modal,
    opened,
    opened_by_button,
    options,
    submit,
)
from support.discord_town import Town

PLAIN = {"type": 4, "data": {"content": "thanks"}}


async def test_a_form_is_told_as_it_was_filled_in(town: Town, bot: Bot) -> None:
    form = await opened(town, bot, OLD_TEXT, TEXT, MENU, {"type": 10, "content": "About you"}, RADIO)
    task = submit(town, form, {"old": "two\nlines", "name": "mika", "days": ["mon", "sun"], "sort": "new"})
    told = await bot.told()
    await bot.answer(told, PLAIN)
    assert (await task).message["content"] == "thanks"
    assert (told["type"], told["member"]["user"]["username"]) == (5, "mika")
    assert "message" not in told
    assert told["data"] == {
        "custom_id": "f",
        "components": [
            {
                "type": 1,
                "id": 1,
                "components": [{"type": 4, "id": 2, "custom_id": "old", "value": "two\nlines"}],
            },
            {"type": 18, "id": 3, "component": {"type": 4, "id": 4, "custom_id": "name", "value": "mika"}},
            {
                "type": 18,
                "id": 5,
                "component": {"type": 3, "id": 6, "custom_id": "days", "values": ["mon", "sun"]},
            },
            {"type": 10, "id": 7},
            {"type": 18, "id": 8, "component": {"type": 21, "id": 9, "custom_id": "sort", "value": "new"}},
        ],
    }


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"tags": ["text", "audio"], "daily": "false"}, (["text", "audio"], False)),
        ({"tags": "vision", "daily": []}, (["vision"], False)),
        ({"tags": ["audio"], "daily": ["true"]}, (["audio"], True)),
        ({"tags": ["audio"]}, (["audio"], True)),
    ],
)
async def test_boxes_are_ticked_or_not(
    town: Town, bot: Bot, values: Mapping[str, str | Sequence[str]], told: tuple[list[str], bool]
) -> None:
    form = await opened(town, bot, TICKS, TICK)
    task = submit(town, form, values)
    heard = await bot.told()
    await bot.answer(heard, PLAIN)
    await task
    tags, daily = (part["component"] for part in heard["data"]["components"])
    assert (tags["values"], daily["value"]) == told


async def test_what_is_left_alone_is_told_as_it_was_shown(town: Town, bot: Bot) -> None:
    chosen = [option | {"default": option["value"] == "tue"} for option in options("mon", "tue")]
    form = await opened(
        town,
        bot,
        label("Name", {"type": 4, "custom_id": "name", "style": 1, "value": "olga"}),
        label("Note", {"type": 4, "custom_id": "note", "style": 1, "required": False, "min_length": 9}),
        label("Days", {"type": 3, "custom_id": "days", "options": chosen}),
        entities(5, default_values=[{"id": str(town.owner.id), "type": "user"}]),
        RADIO,
    )
    task = submit(town, form, {})
    told = await bot.told()
    await bot.answer(told, PLAIN)
    await task
    fields = [part["component"] for part in told["data"]["components"]]
    assert [field.get("value") for field in fields] == ["olga", "", None, None, None]
    assert [field.get("values") for field in fields] == [None, None, ["tue"], [str(town.owner.id)], None]
    assert told["data"]["resolved"]["users"][str(town.owner.id)]["username"] == "olga"


async def test_whom_a_form_names_is_resolved(town: Town, bot: Bot) -> None:
    world = town.playground.world
    role = world.add_role(town.guild, "readers", 0)
    news = world.add_channel(town.guild, "news", ChannelType.ANNOUNCEMENT)
    form = await opened(town, bot, entities(7), label("Where", {"type": 8, "custom_id": "where"}))
    task = submit(town, form, {"whom": [str(town.member.id), str(role.id)], "where": str(news.id)})
    told = await bot.told()
    await bot.answer(told, PLAIN)
    await task
    resolved = told["data"]["resolved"]
    assert resolved["users"].keys() == resolved["members"].keys() == {str(town.member.id)}
    assert resolved["roles"][str(role.id)]["name"] == "readers"
    assert resolved["channels"][str(news.id)]["name"] == "news"


@pytest.mark.parametrize(
    ("component", "values", "sentence"),
    [
        (TEXT, {}, "Name must be filled in."),
        (TEXT, {"name": ""}, "Name must be filled in."),
        (TEXT, {"name": "m"}, "Name takes 2 to 5 characters, not 1."),
        (TEXT, {"name": "m" * 6}, "Name takes 2 to 5 characters, not 6."),
        (TEXT, {"name": ["mika"]}, "Name takes text."),
        (TEXT, {"nome": "mika", "age": "5"}, "The form has no field age, nome."),
        (OLD_TEXT, {"old": "x" * 4001}, "Old takes 0 to 4000 characters, not 4001."),
        (MENU, {}, "Days takes 1 to 2 values, not 0."),
        (MENU, {"days": ["mon", "tue", "sun"]}, "Days takes 1 to 2 values, not 3."),
        (MENU, {"days": ["mon", "fri"]}, "Days does not offer fri."),
        (MENU, {"days": ["mon", "mon"]}, "Days takes each value once."),
        (RADIO, {"sort": ["new", "best"]}, "Sort takes 1 value, not 2."),
        (RADIO, {"sort": "worst"}, "Sort does not offer worst."),
        (TICKS, {"tags": []}, "Tags takes 1 to 3 values, not 0."),
        (TICK, {"daily": "maybe"}, "Daily is ticked (true) or not (false)."),
        (TICK, {"daily": ["true", "true"]}, "Daily is ticked (true) or not (false)."),
        (entities(5), {"whom": "5"}, "Whom does not offer 5."),
        (entities(6), {"whom": "5"}, "Whom does not offer 5."),
        (entities(8), {"whom": "5"}, "Whom does not offer 5."),
    ],
)
async def test_what_a_form_does_not_take_is_said_and_the_form_stays_open(
    town: Town, bot: Bot, component: dict[str, Any], values: dict[str, Any], sentence: str
) -> None:
    form = await opened(town, bot, component)
    with pytest.raises(PlaygroundError) as refused:
        await submit(town, form, values)
    assert str(refused.value) == sentence
    assert not form.interaction.submitted


async def test_a_menu_of_channels_offers_those_of_its_types_that_are_seen(town: Town, bot: Bot) -> None:
    world = town.playground.world
    forum = world.add_channel(town.guild, "posts", ChannelType.FORUM)
    hidden = world.add_channel(town.guild, "staff", ChannelType.FORUM)
    world.set_overwrite(hidden, town.guild.id, 0, 1 << 10)
    form = await opened(town, bot, entities(8, channel_types=[15]))
    for channel in (town.channel, hidden):
        with pytest.raises(PlaygroundError, match="does not offer"):
            await submit(town, form, {"whom": str(channel.id)})
    task = submit(town, form, {"whom": str(forum.id)})
    told = await bot.told()
    await bot.answer(told, PLAIN)
    assert told["data"]["resolved"]["channels"].keys() == {str(forum.id)}
    await task


async def test_a_form_of_a_button_may_change_the_buttons_message(town: Town, bot: Bot) -> None:
    message, form = await opened_by_button(town, bot, TEXT)
    task = submit(town, form, {"name": "olga"})
    told = await bot.told()
    assert told["message"]["id"] == message.message["id"]
    await bot.answer(told, {"type": 7, "data": {"content": "changed"}})
    assert (await task).message is message.message
    assert message.message["content"] == "changed"


async def test_a_form_of_a_button_may_change_it_later(town: Town, bot: Bot) -> None:
    message, form = await opened_by_button(town, bot, TEXT)
    task = submit(town, form, {"name": "olga"})
    told = await bot.told()
    await bot.answer(told, {"type": 6})
    assert not task.done()
    await bot.rest.patch(bot.webhook(told, "@original"), {"content": "later"})
    await task
    assert message.message["content"] == "later"


async def test_a_form_of_a_command_has_no_message_to_change(town: Town, bot: Bot) -> None:
    form = await opened(town, bot, TEXT)
    task = submit(town, form, {"name": "mika"})
    told = await bot.told()
    for answer in ({"type": 7, "data": PRESS}, {"type": 8, "data": {"choices": []}}, modal(TEXT)):
        assert (await bot.answer(told, answer)).flaw("type") == "BASE_TYPE_CHOICES"
    await bot.answer(told, {"type": 6})
    reply = await task
    with pytest.raises(PlaygroundError, match="no message"):
        _ = reply.message
    assert (await bot.rest.get(bot.webhook(told, "@original"))).code == 10008
    await bot.rest.post(bot.webhook(told), {"content": "after all"})
    assert [message["content"] for message in reply.follow_ups] == ["after all"]


async def test_a_message_tells_which_form_it_answers(town: Town, bot: Bot) -> None:
    message, form = await opened_by_button(town, bot, TEXT)
    task = submit(town, form, {"name": "olga"})
    told = await bot.told()
    await bot.answer(told, {"type": 4, "data": {"content": "beside", "flags": EPHEMERAL}})
    beside = (await task).message
    assert "interaction" not in beside
    metadata = beside["interaction_metadata"]
    assert (metadata["type"], "interacted_message_id" in metadata) == (5, False)
    trigger = metadata["triggering_interaction_metadata"]
    assert (trigger["type"], trigger["interacted_message_id"]) == (3, message.message["id"])


async def test_a_form_is_for_who_opened_it_and_closes_when_it_was_answered(town: Town, bot: Bot) -> None:
    playground = town.playground
    form = await opened(town, bot, TEXT)
    with pytest.raises(PlaygroundError, match="olga has no such form open"):
        await playground.submit(town.owner, form.interaction, {"name": "olga"})
    first, second = (submit(town, form, {"name": "mika"}) for _ in range(2))
    lost, told = await bot.told(), await bot.told()
    assert lost["id"] != told["id"]
    await bot.answer(told, PLAIN)
    await second
    first.cancel()
    with pytest.raises(PlaygroundError, match="mika has no such form open"):
        await submit(town, form, {"name": "mika"})


async def test_an_interaction_without_a_form_takes_none(town: Town, bot: Bot) -> None:
    task = use(town)
    await bot.answer(await bot.told(), PLAIN)
    with pytest.raises(PlaygroundError, match="no such form"):
        await submit(town, await task, {})


async def test_a_form_is_found_by_its_interaction_while_it_is_open(town: Town, bot: Bot) -> None:
    interactions = town.playground.interactions
    form = await opened(town, bot, TEXT)
    assert interactions.opened(form.interaction.id) is form.interaction
    with pytest.raises(PlaygroundError, match="not open any more"):
        interactions.opened(form.interaction.id + 1)
    town.time.seconds += TOKEN_LIFE + 1
    other = await opened(town, bot, TEXT)
    with pytest.raises(PlaygroundError, match="not open any more"):
        interactions.opened(form.interaction.id)
    task = submit(town, other, {"name": "mika"})
    await bot.answer(await bot.told(), PLAIN)
    await task
    with pytest.raises(PlaygroundError, match="not open any more"):
        interactions.opened(other.interaction.id)


@pytest.mark.malformed
async def test_a_form_over_a_limit_is_refused_and_a_better_one_taken(town: Town, bot: Bot) -> None:
    task = use(town)
    told = await bot.told()
    upload = label("File", {"type": 19, "custom_id": "file"})
    answer = await bot.answer(told, modal(upload))
    assert answer.flaw("data", "components", 0, "component") == "PLAYGROUND_UNSUPPORTED"
    answer = await bot.answer(told, modal(TEXT, TEXT))
    assert answer.flaw("data", "components", 1, "component", "custom_id") == "COMPONENT_CUSTOM_ID_DUPLICATED"
    assert (await bot.answer(told, modal(TEXT))).status == 200
    assert (await task).modal is not None
