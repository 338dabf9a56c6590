"""What a person does with a bot on the page: it is told, and what it answers comes back."""

import asyncio
import re
from typing import Any

import pytest

from playground import permissions
from playground.page.reading import AT_A_TIME
from support.discord_bot import PRESS, Bot
from support.playground_page import Page, Told

MODAL = {
    "custom_id": "form",
    "title": "A <form>",
    "components": [
        {
            "type": 1,
            "components": [{"type": 4, "custom_id": "why", "style": 1, "label": "Why", "required": True}],
        }
    ],
}
PRIVATE = 1 << 6


def using(page: Page, bot: Bot, name: str = "papers", /, **options: Any) -> asyncio.Task[Told]:  # noqa: ANN401 - JSON
    """The page uses a command; the task ends when the bot gave its first answer."""
    town = bot.town
    body = {
        "channel": str(town.channel.id),
        "application": str(town.bot.id),
        "name": name,
        "options": options,
    }
    return asyncio.create_task(page.send("slash", body))


def on(bot: Bot, message: str, custom_id: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    return {"channel": str(bot.town.channel.id), "message": message, "custom_id": custom_id, **more}


async def posted(page: Page, bot: Bot, **more: object) -> str:
    """The id of a message of the bot with a button and a menu."""
    task = using(page, bot)
    answer = await bot.answer(await bot.told(), {"type": 4, "data": PRESS | more})
    assert (await task).body == {"modal": None}
    return str(answer.body["resource"]["message"]["id"])


async def test_a_command_is_answered(bot: Bot, page: Page) -> None:
    town = bot.town
    given = {"tag": "x", "page": 2, "sort": "new"}
    named = {"who": str(town.owner.id), "where": str(town.channel.id), "role": str(town.guild.id)}
    async with page.live() as live:
        task = using(page, bot, **given, **named)
        told = await bot.told()
        assert {option["name"]: option["value"] for option in told["data"]["options"]} == given | named
        assert told["member"]["user"]["id"] == str(town.member.id)
        assert told["data"]["resolved"].keys() == {"users", "members", "channels", "roles"}
        await bot.answer(told, {"type": 4, "data": {"content": "here"}})
        assert (await task).body == {"modal": None}
        assert "here" in (await live.hear("message"))["html"]


async def test_sub_commands_go_by_their_long_name(bot: Bot, page: Page) -> None:
    task = using(page, bot, "feed add", name="mine")
    told = await bot.told()
    assert told["data"]["options"][0]["options"] == [{"type": 3, "name": "name", "value": "mine"}]
    await bot.answer(told, {"type": 4, "data": {"content": "added"}})
    assert (await task).status == 200


async def test_a_deferral_is_a_first_answer(bot: Bot, page: Page) -> None:
    async with page.live() as live:
        task = using(page, bot)
        told = await bot.told()
        await bot.answer(told, {"type": 5})
        assert (await task).status == 200
        thinking = await live.hear("message")
        assert (thinking["fresh"], "is thinking…" in thinking["html"]) == (True, True)
        await bot.rest.patch(bot.webhook(told, "@original"), {"content": "thought"})
        done = await live.hear("message")
        assert (done["id"], done["fresh"], done["text"]) == (thinking["id"], False, "thought")


@pytest.mark.parametrize(
    ("options", "status", "sentence"),
    [
        ({"who": "5"}, 400, "who takes one of those that are offered."),
        ({"who": 5}, 400, "who takes one of those that are offered."),
        ({"page": 10}, 409, "page takes 1 to 9, not 10."),
        ({"page": "2"}, 409, "page does not take '2'."),
        ({"page": True}, 409, "page does not take True."),
        ({"sort": "old"}, 409, "sort takes one of its choices, not 'old'."),
        ({"none": "x"}, 409, "/papers has no option none."),
    ],
)
async def test_what_an_option_does_not_take_reaches_no_bot(
    bot: Bot, page: Page, options: dict[str, Any], status: int, sentence: str
) -> None:
    told = await using(page, bot, **options)
    assert (told.status, told.message) == (status, sentence)


async def test_a_channel_that_is_not_seen_cannot_be_named(bot: Bot, page: Page) -> None:
    hidden = bot.town.playground.world.add_channel(bot.town.guild, "hidden")
    hidden.overwrites[bot.town.guild.id] = (0, permissions.VIEW_CHANNEL)
    told = await using(page, bot, where=str(hidden.id))
    assert (told.status, told.message) == (400, "where takes one of those that are offered.")


async def test_a_command_that_is_not_there_is_told(bot: Bot, page: Page) -> None:
    told = await using(page, bot, "feed")
    assert (told.status, told.message) == (404, "There is no command /feed here.")


async def test_a_bot_that_says_nothing_is_not_waited_for(bot: Bot, page: Page) -> None:
    told = await using(page, bot)
    assert (told.status, told.message) == (504, "Paperboy did not respond in time.")


async def test_a_bot_that_is_away_is_told(bot: Bot, page: Page) -> None:
    await bot.line.socket.close()
    told = await using(page, bot)
    assert (told.status, told.message) == (409, "Paperboy is not connected.")


async def test_choices_come_while_somebody_types(bot: Bot, page: Page) -> None:
    town = bot.town
    body = {"channel": str(town.channel.id), "application": str(town.bot.id), "name": "papers"}
    typing = {"options": {"page": 2}, "focused": "tag", "typed": "mul"}
    task = asyncio.create_task(page.send("autocomplete", body | typing))
    told = await bot.told()
    assert {"type": 3, "name": "tag", "value": "mul", "focused": True} in told["data"]["options"]
    choices = [{"name": "Multimodal", "value": "multimodal"}]
    await bot.answer(told, {"type": 8, "data": {"choices": choices}})
    assert [(each["name"], each["value"]) for each in (await task).body["choices"]] == [
        ("Multimodal", "multimodal")
    ]


async def test_a_button_is_pressed(bot: Bot, page: Page) -> None:
    message = await posted(page, bot)
    async with page.live() as live:
        task = asyncio.create_task(page.send("press", on(bot, message, "x")))
        told = await bot.told()
        assert (told["data"]["custom_id"], told["message"]["id"]) == ("x", message)
        await bot.answer(told, {"type": 7, "data": {"content": "pressed", "components": []}})
        assert (await task).body == {"modal": None}
        changed = await live.hear("message")
    assert (changed["id"], changed["fresh"], changed["text"]) == (message, False, "pressed")
    assert "data-press" not in changed["html"]


async def test_a_menu_is_chosen_from(bot: Bot, page: Page) -> None:
    message = await posted(page, bot)
    task = asyncio.create_task(page.send("select", on(bot, message, "m", values=["a", "c"])))
    told = await bot.told()
    assert told["data"]["values"] == ["a", "c"]
    await bot.answer(told, {"type": 6})
    assert (await task).body == {"modal": None}


@pytest.mark.parametrize(
    ("path", "used", "sentence"),
    [
        ("press", {"custom_id": "y"}, "y is disabled."),
        ("press", {"custom_id": "none"}, "The message has nothing named none to use."),
        ("select", {"custom_id": "m", "values": ["a", "b", "c"]}, "m takes 1 to 2 values, not 3."),
        ("select", {"custom_id": "m", "values": ["z"]}, "m does not offer z."),
    ],
)
async def test_what_cannot_be_used_reaches_no_bot(
    bot: Bot, page: Page, path: str, used: dict[str, Any], sentence: str
) -> None:
    told = await page.send(path, on(bot, await posted(page, bot), **used))
    assert (told.status, told.message) == (409, sentence)


async def test_a_message_of_a_person_has_nothing_to_press(bot: Bot, page: Page) -> None:
    said = bot.town.playground.say(bot.town.owner, bot.town.channel, "hi")
    told = await page.send("press", on(bot, said["id"], "x"))
    assert (told.status, told.message) == (409, "No bot wrote the message.")


async def test_a_private_message_is_one_persons(bot: Bot, page: Page) -> None:
    message = await posted(page, bot, flags=PRIVATE)
    other = page.seen_by(bot.town.owner)
    for path, more in (("press", {}), ("select", {"values": ["a"]})):
        told = await other.send(path, on(bot, message, "x", **more))
        assert (told.status, told.message) == (
            409,
            "olga does not see the message: it is gone, or for others alone.",
        )
    assert (await other.post("dismiss", message=message)).status == 409
    async with page.live() as live:
        assert (await page.post("dismiss", message=message)).status == 200
        gone = await live.hear("gone")
    assert gone == {"kind": "gone", "channel": str(bot.town.channel.id), "id": message}
    assert (await page.post("dismiss", message=message)).status == 409


async def test_what_one_person_sees_is_still_there_when_they_come_back(bot: Bot, page: Page) -> None:
    channel = f"channels/{bot.town.channel.id}"
    bot.town.playground.say(bot.town.owner, bot.town.channel, "before")
    message = await posted(page, bot, flags=PRIVATE)
    bot.town.playground.say(bot.town.owner, bot.town.channel, "after")
    shown = re.findall(r'<li class="message[^"]*" id="m-(\d+)"', (await page.get(channel)).html)
    assert (len(shown), shown[1]) == (3, message)
    assert message not in (await page.seen_by(bot.town.owner).get(channel)).html
    for _ in range(AT_A_TIME):
        bot.town.playground.say(bot.town.owner, bot.town.channel, "later")
    assert message not in (await page.get(channel)).html
    oldest = [*bot.town.channel.messages][2]
    assert message not in (await page.get(channel, before=str(oldest))).html


async def opened(page: Page, bot: Bot) -> dict[str, Any]:
    """A form that the bot opened."""
    task = using(page, bot)
    await bot.answer(await bot.told(), {"type": 9, "data": MODAL})
    modal: dict[str, Any] = (await task).body["modal"]
    return modal


async def test_a_form_opens(bot: Bot, page: Page) -> None:
    modal = await opened(page, bot)
    assert modal["title"] == "A <form>"
    assert {*modal} == {"interaction", "title", "html"}
    assert re.search(r'<input[^>]* name="why"', modal["html"])


async def test_a_form_is_sent(bot: Bot, page: Page) -> None:
    modal = await opened(page, bot)
    task = asyncio.create_task(
        page.send("submit", {"interaction": modal["interaction"], "values": {"why": "because"}})
    )
    told = await bot.told()
    assert (told["type"], told["data"]["custom_id"]) == (5, "form")
    assert told["data"]["components"][0]["components"][0]["value"] == "because"
    await bot.answer(told, {"type": 4, "data": {"content": "thanks"}})
    assert (await task).body == {"modal": None}
    again = await page.send("submit", {"interaction": modal["interaction"], "values": {"why": "because"}})
    assert again.status == 409


@pytest.mark.parametrize("values", [{}, {"why": ""}, {"other": "x"}, {"why": "x" * 4_001}, {"why": ["x"]}])
async def test_a_form_that_is_filled_in_wrongly_stays_open(
    bot: Bot, page: Page, values: dict[str, Any]
) -> None:
    modal = await opened(page, bot)
    told = await page.send("submit", {"interaction": modal["interaction"], "values": values})
    assert told.status == 409
    assert told.message
    task = asyncio.create_task(
        page.send("submit", {"interaction": modal["interaction"], "values": {"why": "because"}})
    )
    await bot.answer(await bot.told(), {"type": 4, "data": {"content": "thanks"}})
    assert (await task).status == 200


async def test_a_form_is_for_who_opened_it(bot: Bot, page: Page) -> None:
    modal = await opened(page, bot)
    filled = {"interaction": modal["interaction"], "values": {"why": "because"}}
    told = await page.seen_by(bot.town.owner).send("submit", filled)
    assert (told.status, told.message) == (403, "Somebody else opened that form.")
    told = await page.send("submit", filled | {"interaction": "5"})
    assert (told.status, told.message) == (409, "The form is not open any more.")
