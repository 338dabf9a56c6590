"""What stands in a channel, a stretch at a time."""

import re

import pytest

from playground import permissions
from playground.world import ChannelType
from support.discord_town import Town
from support.playground_page import Page, Told

HOSTILE = "<script>alert(1)</script>"


def shown(told: Told) -> list[int]:
    return [int(message) for message in re.findall(r'data-message="(\d+)" data-author', told.html)]


async def test_the_newest_come_first_and_the_older_on_demand(town: Town, page: Page) -> None:
    for number in range(120):
        town.playground.say(town.member, town.channel, f"message {number}")
    every = [*town.channel.messages]
    newest = await page.get(f"channels/{town.channel.id}")
    assert (shown(newest), newest.body["more"]) == (every[70:], True)
    older = await page.get(f"channels/{town.channel.id}", before=str(every[70]))
    assert (shown(older), older.body["more"]) == (every[20:70], True)
    oldest = await page.get(f"channels/{town.channel.id}", before=str(every[20]))
    assert (shown(oldest), oldest.body["more"]) == (every[:20], False)


async def test_fifty_are_all_there_is(town: Town, page: Page) -> None:
    for number in range(50):
        town.playground.say(town.member, town.channel, f"message {number}")
    told = await page.get(f"channels/{town.channel.id}")
    assert (len(shown(told)), told.body["more"]) == (50, False)


async def test_a_channel_says_what_it_is(town: Town, page: Page) -> None:
    told = await page.get(f"channels/{town.channel.id}")
    assert told.body == {
        "id": str(town.channel.id),
        "name": "papers",
        "kind": "text",
        "server": str(town.guild.id),
        "parent": None,
        "html": "",
        "more": False,
        "may_write": True,
        "bots": ["Paperboy"],
    }


async def test_bots_that_do_not_see_a_channel_are_not_in_it(town: Town, page: Page) -> None:
    town.channel.overwrites[town.bot.id] = (0, permissions.VIEW_CHANNEL)
    assert (await page.get(f"channels/{town.channel.id}")).body["bots"] == []


async def test_a_thread_has_a_parent_and_direct_messages_a_name(town: Town, page: Page) -> None:
    thread = town.playground.world.add_thread(town.channel, "a paper", town.member.id)
    told = (await page.get(f"channels/{thread.id}")).body
    assert (told["kind"], told["parent"]) == ("thread", str(town.channel.id))
    direct = (await page.post("direct", user=str(town.bot.id))).body["channel"]
    told = (await page.get(f"channels/{direct}")).body
    assert (told["kind"], told["name"], told["server"], told["bots"]) == (
        "dm",
        "Paperboy",
        None,
        ["Paperboy"],
    )


async def test_a_forum_shows_its_posts(town: Town, page: Page) -> None:
    world = town.playground.world
    forum = world.add_channel(town.guild, "posts", ChannelType.FORUM)
    post = world.add_thread(forum, "A <b>paper</b>", town.member.id)
    told = await page.get(f"channels/{forum.id}")
    assert (told.body["kind"], told.body["more"], told.body["may_write"]) == ("forum", False, False)
    assert f'href="#/c/{post.id}"' in told.html
    assert "A &lt;b&gt;paper&lt;/b&gt;" in told.html


async def test_who_may_not_read_what_was_written_sees_none_of_it(town: Town, page: Page) -> None:
    town.playground.say(town.owner, town.channel, "before")
    town.channel.overwrites[town.guild.id] = (0, permissions.READ_MESSAGE_HISTORY)
    told = await page.get(f"channels/{town.channel.id}")
    assert (told.html, told.body["more"]) == ("", False)
    assert "before" in (await page.seen_by(town.owner).get(f"channels/{town.channel.id}")).html


async def test_what_was_written_is_text(town: Town, page: Page) -> None:
    hostile = town.playground.world.add_user(HOSTILE)
    town.playground.world.join(town.guild, hostile)
    town.playground.say(hostile, town.channel, HOSTILE)
    told = await page.get(f"channels/{town.channel.id}")
    assert told.html.count("&lt;script&gt;") >= 2
    assert "<script" not in told.html


@pytest.mark.parametrize("query", [{"before": "x"}, {"before": ""}, {"before": "-1"}])
async def test_a_wrong_query_is_told(town: Town, page: Page, query: dict[str, str]) -> None:
    told = await page.get(f"channels/{town.channel.id}", **query)
    assert (told.status, told.message) == (400, f"before must be an id, not {query['before']!r}.")


async def test_a_channel_that_is_not_seen_is_not_there(town: Town, page: Page) -> None:
    direct = town.playground.world.direct_channel(town.owner, town.bot.user)
    for asked in (direct.id, 5):
        told = await page.get(f"channels/{asked}")
        assert (told.status, told.message) == (404, "There is no such channel, or you cannot see it.")
    assert (await page.get("channels/x")).message == "The channel must be an id, not 'x'."
