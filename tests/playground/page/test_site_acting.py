"""What a person does on the page: bodies are held to their forms, refusals are sentences."""

import io
from http import HTTPStatus
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground import permissions
from playground.page.site import ROUTES
from playground.world import ChannelType
from support.discord_town import Town, inhabited
from support.playground_page import Page, looking

ACTS = [route.path for route in ROUTES if route.method == "POST"]
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=8,
)


async def test_what_is_written_stands_in_the_channel(town: Town, page: Page) -> None:
    told = await page.post("say", channel=str(town.channel.id), content="  hello  ")
    assert told.status == 200
    message = town.channel.messages[int(told.body["id"])]
    assert (message["content"], message["author"]["id"]) == ("hello", str(town.member.id))


@pytest.mark.parametrize(
    ("content", "status", "sentence"),
    [
        ("x" * 2001, 400, "content: Must be 2000 or fewer in length."),
        ("   ", 400, "Cannot send an empty message"),
        ("x" * 6001, 400, "content: String should have at most 6000 characters."),
    ],
)
async def test_what_discord_refuses_is_told_in_a_sentence(
    town: Town, page: Page, content: str, status: int, sentence: str
) -> None:
    told = await page.post("say", channel=str(town.channel.id), content=content)
    assert (told.status, told.body) == (status, {"message": sentence})


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"channel": 1}, "channel: Input should be a valid string."),
        ({"channel": "x"}, "channel: must be an id."),
        ({"content": None}, "content: Input should be a valid string."),
        ({"content": ["x"]}, "content: Input should be a valid string."),
        ({"more": 1}, "more: Extra inputs are not permitted."),
    ],
)
async def test_a_body_is_held_to_its_form(
    town: Town, page: Page, change: dict[str, Any], sentence: str
) -> None:
    body = {"channel": str(town.channel.id), "content": "hi"} | change
    told = await page.send("say", body)
    assert (told.status, told.body) == (400, {"message": sentence})
    assert not town.channel.messages


async def test_a_body_that_is_too_large_is_not_read(page: Page) -> None:
    address = (page.url / "page/say").with_query({"as": str(page.me.id)})
    body = io.BytesIO(b'"' + b"x" * 2**20 + b'"')
    async with page.session.post(
        address, data=body, headers={"Content-Type": "application/json"}
    ) as response:
        assert (response.status, await response.json()) == (
            413,
            {"message": f"{HTTPStatus(413).phrase}."},
        )


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b"\xff", b'{"channel": NaN}', b"[" * 100_000])
async def test_what_is_no_form_is_refused(town: Town, page: Page, text: bytes) -> None:
    for act in ACTS:
        address = (page.url / "page" / act).with_query({"as": str(town.member.id)})
        async with page.session.post(
            address, data=text, headers={"Content-Type": "application/json"}
        ) as response:
            told = await response.json()
            assert (response.status, [*told]) == (400, ["message"])


@settings(max_examples=40, deadline=None)
@given(act=st.sampled_from(ACTS), body=ANYTHING)
async def test_whatever_is_sent_no_answer_is_an_accident(act: str, body: object) -> None:
    async with inhabited() as town, looking(town.playground, town.member) as page:
        told = await page.send(act, body)
        assert 400 <= told.status < 500
        assert told.message


@settings(max_examples=40, deadline=None)
@given(
    options=st.dictionaries(st.sampled_from(["tag", "page", "who", "x"]), LEAVES, max_size=4),
    act=st.sampled_from(["slash", "autocomplete"]),
)
async def test_whatever_is_filled_in_no_answer_is_an_accident(options: dict[str, object], act: str) -> None:
    async with inhabited() as town, looking(town.playground, town.member) as page:
        town.bot.commands[None] = [COMMAND]
        body = {"channel": str(town.channel.id), "application": str(town.bot.id), "name": "papers"}
        typing = {"focused": "tag", "typed": "x"} if act == "autocomplete" else {}
        told = await page.send(act, body | typing | {"options": options})
        assert 400 <= told.status < 500
        assert told.message


COMMAND: dict[str, Any] = {
    "id": "1",
    "type": 1,
    "name": "papers",
    "description": "Papers",
    "integration_types": [0],
    "options": [
        {"type": 3, "name": "tag", "description": "A tag", "autocomplete": True},
        {"type": 4, "name": "page", "description": "A page"},
        {"type": 6, "name": "who", "description": "Somebody"},
    ],
}


async def test_who_may_not_write_is_told_so(town: Town, page: Page) -> None:
    world = town.playground.world
    town.channel.overwrites[town.guild.id] = (0, permissions.SEND_MESSAGES)
    thread = world.add_thread(town.channel, "a thread", town.owner.id)
    forum = world.add_channel(town.guild, "posts", ChannelType.FORUM)
    for channel in (town.channel, forum):
        told = await page.post("say", channel=str(channel.id), content="hi")
        assert (told.status, told.message) == (403, "You may not write here.")
        assert not (await page.get(f"channels/{channel.id}")).body["may_write"]
    assert (await page.post("say", channel=str(thread.id), content="hi")).status == 200
    assert (
        await page.seen_by(town.owner).post("say", channel=str(town.channel.id), content="hi")
    ).status == 200
