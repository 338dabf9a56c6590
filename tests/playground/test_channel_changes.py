"""Changing, archiving and removing channels and threads over the wire."""

from typing import Any

import pytest

from playground import permissions
from playground.errors import ApiError
from playground.gateway.intents import Intent
from playground.world import Channel, ChannelType
from support.discord_rest import Rest, gateway
from support.discord_town import TOKEN, Town


@pytest.fixture
async def thread(town: Town, rest: Rest) -> Channel:
    """A thread that the bot began."""
    began = await rest.post(f"/channels/{town.channel.id}/threads", {"name": "talk", "type": 11})
    return town.playground.world.channel(int(began.body["id"]))


def let(town: Town, bits: int) -> None:
    town.channel.overwrites[town.bot.id] = (bits, 0)


async def test_a_channel_is_changed_and_told(town: Town, rest: Rest) -> None:
    path = f"/channels/{town.channel.id}"
    assert (await rest.patch(path, {"topic": "daily"})).code == 50013
    let(town, permissions.MANAGE_CHANNELS)
    async with gateway(town.playground) as line:
        await line.identify(TOKEN, Intent.GUILDS)
        changed = (await rest.patch(path, {"topic": "daily"})).body
        told = (await line.hear_event("CHANNEL_UPDATE"))["d"]
    assert (changed["name"], changed["topic"]) == (told["name"], told["topic"]) == ("papers", "daily")
    named = (await rest.patch(path, {"name": "reading", "topic": None})).body
    assert (named["name"], named["topic"]) == ("reading", None)


@pytest.mark.malformed
@pytest.mark.parametrize(
    ("change", "path", "code"),
    [
        ({"name": "x" * 101}, "name", "BASE_TYPE_MAX_LENGTH"),
        ({"topic": "x" * 1025}, "topic", "BASE_TYPE_MAX_LENGTH"),
        ({"nsfw": True}, "nsfw", "PLAYGROUND_UNSUPPORTED"),
    ],
)
async def test_what_a_channel_cannot_become(
    town: Town, rest: Rest, change: dict[str, Any], path: str, code: str
) -> None:
    let(town, permissions.MANAGE_CHANNELS)
    assert (await rest.patch(f"/channels/{town.channel.id}", change)).flaw(path) == code
    assert town.channel.name == "papers"


async def test_a_thread_is_named_archived_and_opened_by_who_began_it(
    town: Town, rest: Rest, thread: Channel
) -> None:
    path, active = f"/channels/{thread.id}", f"/guilds/{town.guild.id}/threads/active"
    async with gateway(town.playground) as line:
        await line.identify(TOKEN, Intent.GUILDS)
        body = {"name": "talked", "archived": True, "auto_archive_duration": 60}
        changed = (await rest.patch(path, body)).body
        told = (await line.hear_event("THREAD_UPDATE"))["d"]
    assert changed == told
    assert changed["name"] == "talked"
    assert changed["thread_metadata"]["auto_archive_duration"] == 60
    assert changed["thread_metadata"]["archived"]
    assert (await rest.get(active)).body["threads"] == []
    assert (await rest.patch(path, {"name": "again"})).code == 50083
    assert not (await rest.patch(path, {"archived": False})).body["thread_metadata"]["archived"]
    assert len((await rest.get(active)).body["threads"]) == 1


async def test_an_archived_thread_comes_not_with_its_server(town: Town, thread: Channel) -> None:
    async def threads() -> list[str]:
        async with gateway(town.playground) as line:
            await line.identify(TOKEN, Intent.GUILDS)
            guild = (await line.hear_event("GUILD_CREATE"))["d"]
        assert [channel["name"] for channel in guild["channels"]] == ["papers"]
        return [each["name"] for each in guild["threads"]]

    assert await threads() == ["talk"]
    thread.archived = True
    assert await threads() == []


async def test_a_message_opens_an_archived_thread_that_is_not_locked(
    town: Town, rest: Rest, thread: Channel
) -> None:
    path = f"/channels/{thread.id}"
    await rest.patch(path, {"archived": True})
    assert (await rest.post(f"{path}/messages", {"content": "more"})).status == 200
    assert not thread.archived
    assert (await rest.patch(path, {"locked": True})).code == 50013
    let(town, permissions.MANAGE_THREADS)
    locked = (await rest.patch(path, {"locked": True, "archived": True})).body
    assert locked["thread_metadata"]["locked"]
    let(town, 0)
    assert (await rest.post(f"{path}/messages", {"content": "more"})).code == 50083
    with pytest.raises(ApiError, match="Thread is archived"):
        town.playground.say(town.member, thread, "more")


async def test_what_stands_in_an_archived_or_locked_thread_stays_as_it_is(
    town: Town, rest: Rest, thread: Channel
) -> None:
    path = f"/channels/{thread.id}"
    said = (await rest.post(f"{path}/messages", {"content": "x"})).body
    message = f"{path}/messages/{said['id']}"
    thread.archived = True
    assert (await rest.patch(message, {"content": "y"})).code == 50083
    assert (await rest.patch(path, {"archived": False})).status == 200
    assert (await rest.patch(message, {"content": "y"})).status == 200
    thread.locked = True
    assert (await rest.patch(message, {"content": "z"})).code == 160005
    assert (await rest.post(f"{path}/messages", {"content": "z"})).code == 160005
    let(town, permissions.MANAGE_THREADS)
    assert (await rest.patch(message, {"content": "z"})).status == 200


@pytest.mark.parametrize(
    ("change", "status"), [({"archived": False}, 200), ({"archived": False, "name": "mine"}, 403)]
)
async def test_another_s_thread_may_only_be_opened(
    town: Town, rest: Rest, change: dict[str, Any], status: int
) -> None:
    thread = town.playground.world.add_thread(town.channel, "theirs", town.member.id)
    thread.archived = True
    assert (await rest.patch(f"/channels/{thread.id}", change)).status == status
    assert thread.archived is (status != 200)


async def test_a_post_changes_its_tags(town: Town, rest: Rest) -> None:
    forum = town.playground.world.add_channel(town.guild, "forum", ChannelType.FORUM, tags=["one", "two"])
    post = (await rest.post(f"/channels/{forum.id}/threads", {"name": "x", "message": {"content": "x"}})).body
    second = forum.tags[1]["id"]
    changed = (await rest.patch(f"/channels/{post['id']}", {"applied_tags": [second]})).body
    assert changed["applied_tags"] == [second]
    wrong = await rest.patch(f"/channels/{post['id']}", {"applied_tags": [second, "9"]})
    assert wrong.flaw("applied_tags", 1) == "BASE_TYPE_CHOICES"


async def test_channels_and_threads_are_removed(town: Town, rest: Rest, thread: Channel) -> None:
    path = f"/channels/{thread.id}"
    assert (await rest.delete(path)).code == 50013
    let(town, permissions.MANAGE_THREADS | permissions.MANAGE_CHANNELS)
    assert (await rest.delete(path)).body["name"] == "talk"
    assert (await rest.get(path)).code == 10003
    assert (await rest.delete(f"/channels/{town.channel.id}")).body["name"] == "papers"
    assert (await rest.get(f"/guilds/{town.guild.id}/channels")).body == []


async def test_direct_messages_are_closed_and_not_changed(town: Town, rest: Rest) -> None:
    letters = town.playground.world.direct_channel(town.bot.user, town.member)
    assert (await rest.patch(f"/channels/{letters.id}", {"name": "x"})).code == 50024
    assert (await rest.delete(f"/channels/{letters.id}")).body["id"] == str(letters.id)
    assert (await rest.get(f"/channels/{letters.id}")).status == 200
