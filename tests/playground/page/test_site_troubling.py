"""The operator makes trouble from the page, and ends it."""

import asyncio
import re
from html import unescape
from typing import Any

import pytest

from playground import permissions
from support.discord_bot import Bot
from support.discord_rest import Rest
from support.discord_town import Town
from support.playground_page import Page


async def corner(page: Page, name: str) -> str:
    """What is shown of a trouble."""
    html = (await page.get("operator")).html
    found = re.search(rf'<details id="trouble-{name}".*?</details>', html, re.DOTALL)
    assert found is not None
    return unescape(found[0])


async def test_every_trouble_is_a_form(town: Town, page: Page) -> None:
    for name, trouble in town.playground.troubles.all.items():
        shown = await corner(page, name)
        assert f'<form data-trouble="{name}">' in shown
        assert f"<legend>{trouble.title}</legend>" in shown
        assert trouble.explanation in shown
        assert '<button type="submit"' in shown
        assert "data-stop" not in shown
        fields = re.findall(r'name="(\w+)"', shown)
        assert fields == (["route", "method", "times"] if trouble.on_requests else [])
        assert ("the channel that is open" in shown) is trouble.in_channel


async def test_every_field_has_a_label_and_every_id_is_one_things(page: Page) -> None:
    html = (await page.get("operator")).html
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len({*ids})
    labels = re.findall(r'<label for="([^"]+)"', html)
    fields = re.findall(r'<(?:select|input) id="([^"]+)"', html)
    assert labels == fields
    assert "style=" not in html
    assert "<script" not in html


async def test_a_request_fails_as_often_as_was_said(town: Town, rest: Rest, page: Page) -> None:
    asked = {"name": "503", "route": "/channels/{channel_id}", "method": "GET", "times": 2}
    assert (await page.send("troubles/start", asked | {"channel": str(town.channel.id)})).body == {}
    assert "(2 more requests)" in await corner(page, "503")
    assert (await rest.get("/users/@me")).status == 200
    assert [(await rest.get(f"/channels/{town.channel.id}")).status for _ in range(3)] == [503, 503, 200]
    assert "data-stop" not in await corner(page, "503")


async def test_a_trouble_on_requests_is_no_channels(town: Town, rest: Rest, page: Page) -> None:
    elsewhere = town.playground.world.add_channel(town.guild, "elsewhere")
    await page.post("troubles/start", name="500", channel=str(town.channel.id))
    assert (await rest.get(f"/channels/{elsewhere.id}")).status == 500


async def test_a_trouble_is_stopped(town: Town, rest: Rest, page: Page) -> None:
    await page.post("troubles/start", name="500", times=1_000)
    shown = await corner(page, "500")
    assert 'data-stop="500"' in shown
    assert shown.startswith('<details id="trouble-500" open>')
    assert (await page.post("troubles/stop", name="500")).body == {}
    assert (await rest.get(f"/channels/{town.channel.id}")).status == 200
    assert (await corner(page, "500")).startswith('<details id="trouble-500">')


async def test_the_open_channel_loses_a_permission_and_gets_it_back(
    town: Town, rest: Rest, page: Page
) -> None:
    path = f"/channels/{town.channel.id}/messages"
    await page.post("troubles/start", name="permission-taken-away", channel=str(town.channel.id))
    assert (await rest.post(path, {"content": "x"})).status == 403
    assert "in #papers, until it is stopped" in await corner(page, "permission-taken-away")
    await page.post("troubles/stop", name="permission-taken-away")
    assert (await rest.post(path, {"content": "x"})).status == 200


async def test_the_open_channel_is_deleted_from_the_places(town: Town, page: Page) -> None:
    async with page.live() as live:
        assert (
            await page.post("troubles/start", name="channel-deleted", channel=str(town.channel.id))
        ).status == 200
        await live.hear("places")
    assert "papers" not in (await page.get("places", server=str(town.guild.id))).html


async def test_a_channel_that_is_not_seen_cannot_be_deleted(town: Town, page: Page) -> None:
    town.channel.overwrites[town.guild.id] = (0, permissions.VIEW_CHANNEL)
    told = await page.post("troubles/start", name="channel-deleted", channel=str(town.channel.id))
    assert told.status == 404
    assert town.channel.id in town.playground.world.channels


async def test_connections_are_broken(bot: Bot, page: Page) -> None:
    closed = asyncio.create_task(bot.line.closed_with())
    assert (await page.post("troubles/start", name="close-4000", channel=None)).status == 200
    assert await closed == 4000


@pytest.mark.parametrize(
    ("asked", "status", "sentence"),
    [
        ({"name": "none"}, 409, "There is no trouble none."),
        ({"name": "500", "route": "/none"}, 409, "The API has no route * /none."),
        ({"name": "500", "times": 0}, 400, "times: Input should be greater than or equal to 1."),
        ({"name": "500", "times": "2"}, 400, "times: Input should be a valid integer."),
        ({"name": "500", "times": 1_001}, 400, "times: Input should be less than or equal to 1000."),
        ({"name": "channel-deleted"}, 409, "Say in which channel of a server: Channel deleted."),
    ],
)
async def test_what_cannot_go_wrong_is_told(
    page: Page, asked: dict[str, Any], status: int, sentence: str
) -> None:
    told = await page.send("troubles/start", asked)
    assert (told.status, told.message) == (status, sentence)


async def test_a_trouble_that_is_not_there_cannot_be_stopped(page: Page) -> None:
    told = await page.post("troubles/stop", name="none")
    assert (told.status, told.message) == (409, "There is no trouble none.")


async def test_open_pages_are_told_that_there_is_trouble(page: Page) -> None:
    async with page.live() as live:
        await page.post("troubles/start", name="500")
        assert await live.hear("operator") == {"kind": "operator"}
