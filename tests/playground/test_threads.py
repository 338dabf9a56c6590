"""Threads and posts in forums over the wire."""

from datetime import timedelta
from typing import Any

import pytest

from playground import permissions
from playground.world import Channel, ChannelType
from support.discord_rest import Rest
from support.discord_town import DAY, Town


@pytest.fixture
def forum(town: Town) -> Channel:
    tags = [f"tag {number}" for number in range(7)]
    return town.playground.world.add_channel(town.guild, "forum", ChannelType.FORUM, tags=tags)


def tags_of(forum: Channel, most: int) -> list[str]:
    return [tag["id"] for tag in forum.tags][:most]


@pytest.mark.parametrize(
    ("parent", "thread"),
    [
        (ChannelType.TEXT, ChannelType.PUBLIC_THREAD),
        (ChannelType.ANNOUNCEMENT, ChannelType.ANNOUNCEMENT_THREAD),
    ],
)
async def test_a_thread_at_a_message_has_its_id(
    town: Town, rest: Rest, parent: ChannelType, thread: ChannelType
) -> None:
    channel = town.playground.world.add_channel(town.guild, "somewhere", parent)
    message = (await rest.post(f"/channels/{channel.id}/messages", {"content": "x"})).body
    path = f"/channels/{channel.id}/messages/{message['id']}"
    started = await rest.post(f"{path}/threads", {"name": "talk"})
    assert started.status == 201
    assert started.body["id"] == message["id"]
    assert (started.body["type"], started.body["parent_id"]) == (thread, str(channel.id))
    assert (await rest.get(path)).body["thread"]["name"] == "talk"
    assert (await rest.post(f"{path}/threads", {"name": "again"})).code == 160004
    said = await rest.post(f"/channels/{message['id']}/messages", {"content": "in it"})
    assert said.body["channel_id"] == message["id"]


async def test_a_thread_can_begin_at_no_message(town: Town, rest: Rest) -> None:
    path = f"/channels/{town.channel.id}/threads"
    assert (await rest.post(path, {"name": "open", "type": 11})).body["type"] == 11
    assert (await rest.post(path, {"name": "closed"})).code == 50013
    town.channel.overwrites[town.bot.id] = (permissions.CREATE_PRIVATE_THREADS, 0)
    assert (await rest.post(path, {"name": "closed"})).body["type"] == 12


async def test_a_post_is_a_thread_whose_first_message_has_its_id(rest: Rest, forum: Channel) -> None:
    tags = tags_of(forum, 2)
    body: dict[str, Any] = {"name": "paper", "applied_tags": tags, "message": {"content": "abstract"}}
    post = (await rest.post(f"/channels/{forum.id}/threads", body)).body
    assert post["message"]["id"] == post["id"]
    assert post["applied_tags"] == tags
    history = (await rest.get(f"/channels/{post['id']}/messages")).body
    assert [message["content"] for message in history] == ["abstract"]
    assert (await rest.get(f"/channels/{post['id']}")).body["message_count"] == 0
    await rest.post(f"/channels/{post['id']}/messages", {"content": "good"})
    assert (await rest.get(f"/channels/{post['id']}")).body["message_count"] == 1


@pytest.mark.malformed
@pytest.mark.parametrize(
    ("change", "path", "code"),
    [
        ({"name": "x" * 101}, ["name"], "BASE_TYPE_MAX_LENGTH"),
        ({"name": ""}, ["name"], "BASE_TYPE_REQUIRED"),
        ({"applied_tags": ["1", "2", "3", "4", "5", "6"]}, ["applied_tags"], "BASE_TYPE_MAX_LENGTH"),
        ({"applied_tags": ["9"]}, ["applied_tags", "0"], "BASE_TYPE_CHOICES"),
        ({"message": {"content": "x" * 2001}}, ["message", "content"], "BASE_TYPE_MAX_LENGTH"),
        ({"auto_archive_duration": 61}, ["auto_archive_duration"], "BASE_TYPE_CHOICES"),
    ],
)
async def test_posts_have_limits(
    rest: Rest, forum: Channel, change: dict[str, Any], path: list[str], code: str
) -> None:
    body = {"name": "x" * 100, "applied_tags": tags_of(forum, 5), "message": {"content": "x"}}
    assert (await rest.post(f"/channels/{forum.id}/threads", body)).status == 201
    answer = await rest.post(f"/channels/{forum.id}/threads", body | change)
    assert answer.flaw(*path) == code


async def test_a_post_without_words_starts_nothing(town: Town, rest: Rest, forum: Channel) -> None:
    before = [*town.playground.world.channels]
    answer = await rest.post(f"/channels/{forum.id}/threads", {"name": "x", "message": {"content": ""}})
    assert answer.code == 50006
    assert [*town.playground.world.channels] == before


async def test_where_threads_cannot_be(town: Town, rest: Rest) -> None:
    letters = town.playground.world.direct_channel(town.bot.user, town.member)
    assert (await rest.post(f"/channels/{letters.id}/threads", {"name": "x"})).code == 50024
    town.channel.overwrites[town.guild.id] = (0, permissions.CREATE_PUBLIC_THREADS)
    message = (await rest.post(f"/channels/{town.channel.id}/messages", {"content": "x"})).body
    path = f"/channels/{town.channel.id}/messages/{message['id']}/threads"
    assert (await rest.post(path, {"name": "x"})).code == 50013


async def test_the_threads_of_a_server_and_those_the_bot_is_in(
    town: Town, rest: Rest, forum: Channel
) -> None:
    world = town.playground.world
    own = (await rest.post(f"/channels/{town.channel.id}/threads", {"name": "own", "type": 11})).body
    assert own["member"]["user_id"] == str(town.bot.id)
    world.add_thread(forum, "another's", town.member.id)
    hidden = world.add_channel(town.guild, "hidden")
    hidden.overwrites[town.guild.id] = (0, permissions.VIEW_CHANNEL)
    world.add_thread(hidden, "unseen", town.owner.id)
    active = (await rest.get(f"/guilds/{town.guild.id}/threads/active")).body
    assert [thread["name"] for thread in active["threads"]] == ["another's", "own"]
    assert active["members"] == [own["member"]]
    assert not active["has_more"]


async def test_a_forum_may_want_a_tag_on_every_post(rest: Rest, forum: Channel) -> None:
    path, body = f"/channels/{forum.id}/threads", {"name": "x", "message": {"content": "x"}}
    assert (await rest.get(f"/channels/{forum.id}")).body["flags"] == 0
    assert (await rest.post(path, body)).status == 201
    forum.requires_tag = True
    assert (await rest.get(f"/channels/{forum.id}")).body["flags"] == 1 << 4
    assert (await rest.post(path, body)).code == 40067
    assert (await rest.post(path, body | {"applied_tags": tags_of(forum, 1)})).status == 201


async def test_archived_posts_come_in_pages_those_archived_last_first(
    town: Town, rest: Rest, forum: Channel
) -> None:
    posts = [town.playground.world.add_thread(forum, str(number), town.bot.id) for number in range(5)]
    for number, post in enumerate(posts):
        post.archived, post.archive_changed = number != 2, DAY + timedelta(minutes=number)
    path = f"/channels/{forum.id}/threads/archived/public"
    first = (await rest.get(path, limit="3")).body
    assert ([thread["name"] for thread in first["threads"]], first["has_more"]) == (["4", "3", "1"], True)
    assert [member["id"] for member in first["members"]] == [thread["id"] for thread in first["threads"]]
    before = first["threads"][-1]["thread_metadata"]["archive_timestamp"]
    rest_of_them = (await rest.get(path, limit="3", before=before)).body
    assert ([thread["name"] for thread in rest_of_them["threads"]], rest_of_them["has_more"]) == (
        ["0"],
        False,
    )
    forum.overwrites[town.guild.id] = (0, permissions.READ_MESSAGE_HISTORY)
    assert (await rest.get(path)).code == 50013
