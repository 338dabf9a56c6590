"""What messages hold, as the API shows it."""

import json
from pathlib import Path

import pytest
from hypothesis import assume, given, settings

from playground.errors import Json
from support.discord_description import Description
from support.discord_messages import bodies
from support.discord_rest import Rest
from support.discord_town import Town
from support.drawn import world

V2 = 1 << 15
PICTURE = {"url": "https://e.org/a.png"}


@pytest.fixture(scope="module")
def description(shared_data: Path) -> Description:
    return Description(shared_data / "discord" / "openapi.json")


@settings(deadline=None)
@given(bodies)
def test_what_discord_takes_is_shown_as_discord_shows_it(description: Description, body: Json) -> None:
    create = description.operation("POST", "/channels/1/messages")
    edit = description.operation("PATCH", "/channels/1/messages/2")
    assert create is not None
    assert edit is not None
    assume(not [*description.problems(create, {}, body)])
    drawn = world()
    posted = drawn.post(body)
    assert [*description.answer_problems(create, 200, json.loads(json.dumps(posted)))] == []
    edited = drawn.messages.edit(drawn.bot.user, drawn.channel, posted, {})
    assert [*description.answer_problems(edit, 200, json.loads(json.dumps(edited)))] == []


async def shown(town: Town, rest: Rest, component: Json) -> Json:
    body = {"flags": V2, "components": [component]}
    answer = await rest.post(f"/channels/{town.channel.id}/messages", body)
    made: Json = answer.body["components"][0]
    return made


async def test_what_a_component_leaves_out_is_filled_in(town: Town, rest: Rest) -> None:
    assert await shown(town, rest, {"type": 14}) == {"type": 14, "id": 1, "spacing": 1, "divider": True}
    text = {"type": 10, "content": "t"}
    box = {"type": 17, "id": 1, "accent_color": None, "spoiler": False, "components": [text | {"id": 2}]}
    assert await shown(town, rest, {"type": 17, "components": [text]}) == box
    menu = {"type": 5, "custom_id": "m", "required": True, "channel_types": [0]}
    row = await shown(town, rest, {"type": 1, "components": [menu]})
    assert row["components"] == [{"type": 5, "id": 2, "custom_id": "m", "min_values": 1, "max_values": 1}]


async def test_what_a_component_says_stays(town: Town, rest: Rest) -> None:
    line = {"type": 14, "id": 9, "spacing": 2, "divider": False}
    assert await shown(town, rest, line) == line


async def test_numbers_are_given_to_whom_has_none_and_none_twice(town: Town, rest: Rest) -> None:
    given = [2, None, 0, 5, None]
    buttons = [
        {"type": 2, "style": 1, "label": f"{place}", "custom_id": f"{place}"}
        | ({} if number is None else {"id": number})
        for place, number in enumerate(given)
    ]
    row = await shown(town, rest, {"type": 1, "components": buttons})
    assert [row["id"], *(button["id"] for button in row["components"])] == [1, 2, 3, 4, 5, 6]


async def test_pictures_have_ids_and_where_they_are_served(town: Town, rest: Rest) -> None:
    gallery = await shown(town, rest, {"type": 12, "items": [{"media": PICTURE, "description": "a plot"}]})
    (picture,) = gallery["items"]
    assert (picture["description"], picture["spoiler"]) == ("a plot", False)
    assert picture["media"]["url"] == picture["media"]["proxy_url"] == PICTURE["url"]
    assert picture["media"]["id"].isdecimal()
    text, thumbnail = {"type": 10, "content": "t"}, {"type": 11, "media": PICTURE}
    section = await shown(town, rest, {"type": 9, "components": [text], "accessory": thumbnail})
    assert section["accessory"]["media"]["proxy_url"] == PICTURE["url"]


async def test_ids_are_text(town: Town, rest: Rest) -> None:
    emoji = {"id": "5", "name": "paper"}
    option = {"label": "a", "value": "a", "emoji": emoji}
    row = await shown(
        town, rest, {"type": 1, "components": [{"type": 3, "custom_id": "m", "options": [option]}]}
    )
    assert row["components"][0]["options"] == [option]
    button = {"type": 2, "style": 1, "custom_id": "b", "emoji": emoji}
    row = await shown(town, rest, {"type": 1, "components": [button]})
    assert row["components"][0]["emoji"] == emoji
    chosen = [{"id": "7", "type": "user"}]
    menu = {"type": 5, "custom_id": "m", "default_values": chosen}
    row = await shown(town, rest, {"type": 1, "components": [menu]})
    assert row["components"][0]["default_values"] == chosen


async def test_a_field_of_an_embed_stands_alone_where_nothing_is_said(town: Town, rest: Rest) -> None:
    fields: list[Json] = [{"name": "a", "value": "b"}, {"name": "c", "value": "d", "inline": True}]
    body = {"embeds": [{"fields": fields}]}
    embed = (await rest.post(f"/channels/{town.channel.id}/messages", body)).body["embeds"][0]
    assert embed == {"type": "rich", "fields": [fields[0] | {"inline": False}, fields[1]]}
