"""Who can be, and which places each sees."""

import re
from html import unescape

import pytest

from playground import permissions
from playground.world import ChannelType
from support.discord_bot import Bot
from support.discord_town import Town
from support.playground_page import Page

HOSTILE = '<img src=x onerror=alert(1)>" onclick="x'


def links(html: str) -> list[tuple[str, str, str]]:
    """Channel, kind and name of each place, in order."""
    found = re.findall(
        r'<a class="place" href="#/c/(\d+)" data-channel="\1" data-kind="(\w+)" dir="auto">(.*?)</a>', html
    )
    return [(channel, kind, unescape(name)) for channel, kind, name in found]


async def test_the_page_knows_who_there_is(town: Town, page: Page) -> None:
    stranger = town.playground.world.add_user("stranger")
    told = await page.get("me")
    assert told.body == {
        "me": {"id": str(town.member.id), "name": "mika"},
        "people": [
            {"id": str(town.owner.id), "name": "olga", "note": "owner"},
            {"id": str(town.member.id), "name": "mika", "note": "member"},
            {"id": str(stranger.id), "name": "stranger", "note": "in no server"},
        ],
        "servers": [{"id": str(town.guild.id), "name": "Reading group"}],
        "bots": [{"id": str(town.bot.id), "name": "Paperboy", "connected": False}],
    }
    assert (await page.seen_by(stranger).get("me")).body["servers"] == []


async def test_a_bot_that_listens_is_connected(bot: Bot, page: Page) -> None:
    assert [each["connected"] for each in (await page.get("me")).body["bots"]] == [True]
    await bot.line.socket.close(code=1000)
    assert [each["connected"] for each in (await page.get("me")).body["bots"]] == [False]


async def test_who_says_nothing_is_the_first(town: Town, page: Page) -> None:
    async with page.session.get(page.url / "page/me") as response:
        assert (await response.json())["me"]["id"] == str(town.owner.id)


@pytest.mark.parametrize(
    ("asked", "status", "sentence"),
    [
        ("", 400, "as must be an id, not ''."),
        ("x", 400, "as must be an id, not 'x'."),
        ("-1", 400, "as must be an id, not '-1'."),
        ("٣", 400, "as must be an id, not '٣'."),
        ("9" * 21, 400, f"as must be an id, not '{'9' * 21}'."),
        ("9" * 20, 404, "Nobody here has that id."),
    ],
)
async def test_the_page_is_somebodys(page: Page, asked: str, status: int, sentence: str) -> None:
    async with page.session.get((page.url / "page/me").with_query({"as": asked})) as response:
        assert (response.status, await response.json()) == (status, {"message": sentence})


async def test_the_page_is_no_bots(town: Town, page: Page) -> None:
    told = await page.seen_by(town.bot.user).get("me")
    assert (told.status, told.message) == (403, "Paperboy is a bot: the page acts for people alone.")


async def test_threads_stand_under_their_channel(town: Town, page: Page) -> None:
    world = town.playground.world
    news = world.add_channel(town.guild, "news", ChannelType.ANNOUNCEMENT)
    posts = world.add_channel(town.guild, "posts", ChannelType.FORUM)
    thread = world.add_thread(town.channel, "a paper", town.member.id)
    html = (await page.get("places", server=str(town.guild.id))).html
    assert links(html) == [
        (str(town.channel.id), "text", "papers"),
        (str(thread.id), "thread", "a paper"),
        (str(news.id), "announcement", "news"),
        (str(posts.id), "forum", "posts"),
    ]
    assert re.search(rf"<li><a [^>]*{town.channel.id}[^>]*>papers</a><ul><li><a [^>]*{thread.id}", html)


async def test_hidden_channels_and_their_threads_are_not_told_of(town: Town, page: Page) -> None:
    world = town.playground.world
    hidden = world.add_channel(town.guild, "hidden")
    hidden.overwrites[town.guild.id] = (0, permissions.VIEW_CHANNEL)
    thread = world.add_thread(hidden, "hidden too", town.owner.id)
    seen = links((await page.get("places", server=str(town.guild.id))).html)
    assert [name for _, _, name in seen] == ["papers"]
    owners = links((await page.seen_by(town.owner).get("places", server=str(town.guild.id))).html)
    assert [name for _, _, name in owners] == ["papers", "hidden", "hidden too"]
    for channel in (hidden, thread):
        told = await page.post("say", channel=str(channel.id), content="hi")
        assert (told.status, told.message) == (404, "There is no such channel, or you cannot see it.")


async def test_servers_of_others_are_not_told_of(town: Town, page: Page) -> None:
    other = town.playground.world.add_guild("Other", town.owner, permissions.MEMBER)
    for asked in (str(other.id), "5"):
        told = await page.get("places", server=asked)
        assert (told.status, told.message) == (404, "There is no such server, or you are not in it.")
    assert (await page.get("places", server="@you")).status == 400


async def test_direct_messages_are_opened_once(town: Town, page: Page) -> None:
    before = (await page.get("places", server="@me")).html
    assert f'data-direct="{town.bot.id}"' in before
    assert links(before) == []
    opened = await page.post("direct", user=str(town.bot.id))
    assert (await page.post("direct", user=str(town.bot.id))).body == opened.body
    assert links((await page.get("places", server="@me")).html) == [
        (opened.body["channel"], "dm", "Paperboy")
    ]
    assert links((await page.seen_by(town.owner).get("places", server="@me")).html) == []


async def test_a_bot_is_written_to_where_it_is_shared_or_installed(town: Town, page: Page) -> None:
    world = town.playground.world
    apart = world.add_application("Apart", "apart.token")
    for user_id in (apart.id, town.owner.id, 5):
        told = await page.post("direct", user=str(user_id))
        assert (told.status, told.message) == (404, "There is no such bot, or it shares no server with you.")
    town.member.installed.add(apart.id)
    assert (await page.post("direct", user=str(apart.id))).status == 200


async def test_names_are_text_and_nothing_else(town: Town, page: Page) -> None:
    world = town.playground.world
    channel = world.add_channel(town.guild, HOSTILE)
    world.add_thread(channel, HOSTILE, town.member.id)
    hostile = world.add_application(HOSTILE, "hostile.token")
    town.member.installed.add(hostile.id)
    server = (await page.get("places", server=str(town.guild.id))).html
    directs = (await page.get("places", server="@me")).html
    assert [name for _, _, name in links(server)][1:] == [HOSTILE, HOSTILE]
    for html in (server, directs):
        assert "&lt;img src=x onerror=alert(1)&gt;&#34; onclick=&#34;x" in html
        assert "<img" not in html
