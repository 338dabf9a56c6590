"""A world in a file: what is taken up again is what was kept, and a bad file is neither read nor overwritten."""

import asyncio
import json
import logging
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground import permissions
from playground.errors import PlaygroundError
from playground.forms.base import read
from playground.forms.messages import MessageForm
from playground.keeping import keeping, load, save
from playground.messages import Messages
from playground.requests import RequestLog
from playground.snowflakes import moment
from playground.world import Channel, ChannelType, Guild, User, World
from support.discord_town import DAY, Town, inhabited

PATIENCE = 20
LONG = 600.0
PLACES = [ChannelType.TEXT, ChannelType.ANNOUNCEMENT]
NAMES = st.text(min_size=1, max_size=12)
LINES = NAMES.map("said: {}".format)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
COMMANDS = st.dictionaries(
    st.none() | st.integers(1, 2**63),
    st.lists(st.dictionaries(st.text(), JSON, max_size=3), max_size=2),
    max_size=2,
)


class Builder:
    """Fills a world with whatever is drawn."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.world = World(lambda: DAY)
        self.messages = Messages(self.world)

    def build(self) -> World:
        """Draws people, a bot, servers with channels, threads and posts, direct messages, and what is written there."""
        bot = self.world.add_application(self.draw(NAMES), self.draw(NAMES))
        bot.commands = self.draw(COMMANDS)
        people = [self.world.add_user(self.draw(NAMES)) for _ in range(self.draw(st.integers(1, 3)))]
        for person in people:
            person.installed = self.draw(st.sets(st.just(bot.id)))
            person.takes_messages = self.draw(st.booleans())
        for _ in range(self.draw(st.integers(0, 2))):
            self.add_guild(people, bot.user)
        if self.draw(st.booleans()):
            self.write(self.world.direct_channel(bot.user, people[0]), [bot.user, people[0]])
        return self.world

    def add_guild(self, people: list[User], bot: User) -> None:
        guild = self.world.add_guild(self.draw(NAMES), people[0], permissions.MEMBER)
        role = self.world.add_role(guild, self.draw(NAMES), self.draw(st.integers(0, permissions.ALL)))
        for user in (*people[1:], bot):
            self.world.join(guild, user, *self.draw(st.sampled_from([(), (role,)])))
        channel = self.world.add_channel(guild, self.draw(NAMES), self.draw(st.sampled_from(PLACES)))
        bits = st.integers(0, permissions.ALL)
        self.world.set_overwrite(channel, role.id, self.draw(bits), self.draw(bits))
        channel.topic = self.draw(st.none() | NAMES)
        self.write(channel, [bot, *people])
        thread = self.world.add_thread(channel, self.draw(NAMES), bot.id)
        self.write(thread, [bot, *people])
        thread.archived = self.draw(st.booleans())
        thread.archive_changed = self.draw(st.none() | st.datetimes(timezones=st.just(UTC)))
        self.add_forum(guild, [bot, *people])

    def add_forum(self, guild: Guild, writers: list[User]) -> None:
        tags = self.draw(st.lists(NAMES, max_size=3))
        forum = self.world.add_channel(guild, self.draw(NAMES), ChannelType.FORUM, tags=tags)
        post = self.world.add_thread(forum, self.draw(NAMES), writers[0].id)
        post.applied_tags = [int(tag["id"]) for tag in forum.tags[:1]]
        self.write(post, writers)

    def write(self, channel: Channel, writers: list[User]) -> None:
        """Writes messages, some of which answer an earlier one, some of which are changed or deleted."""
        for _ in range(self.draw(st.integers(0, 4))):
            body: dict[str, Any] = {"content": self.draw(LINES)}
            if self.draw(st.booleans()) and channel.messages:
                body["message_reference"] = {"message_id": str(next(reversed(channel.messages)))}
            author = self.draw(st.sampled_from(writers))
            message = self.messages.post(author, channel, read(MessageForm, body))
            if self.draw(st.booleans()):
                self.messages.edit(author, channel, message, {"content": self.draw(LINES)})


@st.composite
def worlds(draw: st.DrawFn) -> World:
    return Builder(draw).build()


def contents(world: World) -> tuple[object, ...]:
    order = {channel.id: [*channel.messages] for channel in world.channels.values()}
    return world.users, world.applications, world.guilds, world.channels, order


def again(path: Path, *, now: Callable[[], datetime] = lambda: DAY) -> World:
    kept = load(path)
    assert kept is not None
    world = World(now)
    kept.restore(world)
    return world


@settings(deadline=None)
@given(worlds())
def test_what_is_taken_up_again_is_what_was_kept(world: World) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "deeper", "world.json")
        save(world, path)
        later = again(path)
        assert contents(later) == contents(world)
        assert [file.name for file in path.parent.iterdir()] == ["world.json"]
        newest = later.ids.newest
        assert later.ids.make() > newest == world.ids.newest
        save(later, path)
        assert contents(again(path)) == contents(world)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "world.json"


async def test_what_was_one_object_is_one_object_again(path: Path) -> None:
    async with inhabited() as town:
        world = town.playground.world
        direct = world.direct_channel(town.bot.user, town.owner)
        thread = world.add_thread(town.channel, "thread", town.owner.id)
        save(world, path)
    later = again(path)
    owner, bot = later.users[town.owner.id], later.users[town.bot.id]
    assert later.direct_channel(owner, bot) is later.channels[direct.id]
    assert later.directs(owner) == [later.channels[direct.id]]
    assert all(any(user is one for one in (owner, bot)) for user in later.channels[direct.id].recipients)
    assert later.guilds[town.guild.id].members[owner.id].user is owner
    assert later.applications[bot.id].user is bot
    assert later.guilds[town.guild.id].channels[thread.id] is later.channels[thread.id]
    later.set_overwrite(later.channels[town.channel.id], town.guild.id, 0, permissions.SEND_MESSAGES)
    assert later.channels[thread.id].overwrites == {town.guild.id: (0, permissions.SEND_MESSAGES)}


async def test_an_answer_still_shows_what_becomes_of_the_message_it_answers(path: Path) -> None:
    def answer(number: str) -> MessageForm:
        return read(MessageForm, {"content": "Yes", "message_reference": {"message_id": number}})

    async with inhabited() as town:
        messages, number = Messages(town.playground.world), ""
        first = town.playground.say(town.owner, town.channel, "Read it?")
        number = first["id"]
        for _ in range(1_000):
            number = messages.post(town.member, town.channel, answer(number))["id"]
        gone = town.playground.say(town.owner, town.channel, "Anybody?")
        lone = messages.post(town.member, town.channel, answer(gone["id"]))
        messages.delete(town.channel, gone)
        save(town.playground.world, path)
    later = again(path)
    channel, member = later.channels[town.channel.id], later.users[town.member.id]
    kept, second = [*channel.messages.values()][:2]
    Messages(later).edit(later.users[town.owner.id], channel, kept, {"content": "Read it by now?"})
    assert second["referenced_message"] is kept
    assert second["author"]["id"] == str(member.id)
    assert channel.messages[int(lone["id"])]["referenced_message"] is None


async def test_ids_go_on_after_those_that_were_kept_whatever_the_clock_says(path: Path) -> None:
    async with inhabited() as town:
        last = town.playground.say(town.owner, town.channel, "Good night.")
        save(town.playground.world, path)
    kept = load(path)
    assert kept is not None
    assert (kept.at, kept.newest_id) == (DAY, int(last["id"]))
    assert moment(kept.newest_id) == DAY
    later = again(path, now=lambda: DAY - timedelta(days=30))
    assert later.ids.make() > kept.newest_id
    assert moment(again(path, now=lambda: DAY + timedelta(days=1)).ids.make()) == DAY + timedelta(days=1)


def test_where_nothing_was_kept_there_is_nothing(path: Path) -> None:
    assert load(path) is None


@pytest.fixture
async def kept(path: Path) -> dict[str, Any]:
    """The file of a town, as JSON."""
    async with inhabited() as town:
        town.playground.world.direct_channel(town.bot.user, town.owner)
        save(town.playground.world, path)
    return cast("dict[str, Any]", json.loads(content(path)))


def refused(path: Path, sentence: str) -> None:
    with pytest.raises(PlaygroundError) as refusal:
        load(path)
    assert sentence in str(refusal.value)
    assert str(path) in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"version": 1}']
)
def test_a_damaged_file_is_said_in_one_sentence(path: Path, damage: bytes) -> None:
    path.write_bytes(damage)
    refused(path, "move it away")


def no_users(kept: dict[str, Any]) -> None:
    kept["users"].clear()


def unknown_member(kept: dict[str, Any]) -> None:
    next(iter(kept["guilds"][0]["members"].values()))["user"]["id"] = 1


def unknown_recipient(kept: dict[str, Any]) -> None:
    kept["directs"][0]["recipients"][0]["id"] = 1


def channel_of_another_server(kept: dict[str, Any]) -> None:
    next(iter(kept["guilds"][0]["channels"].values()))["guild_id"] = 1


def direct_messages_of_a_server(kept: dict[str, Any]) -> None:
    kept["directs"][0]["guild_id"] = 1


def no_moment(kept: dict[str, Any]) -> None:
    kept["at"] = "yesterday"


@pytest.mark.parametrize(
    "damage",
    [
        *(no_users, unknown_member, unknown_recipient, no_moment),
        *(channel_of_another_server, direct_messages_of_a_server),
    ],
)
def test_a_file_that_contradicts_itself_is_a_damaged_one(
    path: Path, kept: dict[str, Any], damage: Callable[[dict[str, Any]], None]
) -> None:
    damage(kept)
    path.write_text(json.dumps(kept), "utf-8")
    refused(path, "damaged")


def test_the_first_half_of_a_file_is_a_damaged_one(path: Path, kept: dict[str, Any]) -> None:
    assert kept["version"] == 1
    written = path.read_bytes()
    path.write_bytes(written[: len(written) // 2])
    refused(path, "damaged")


def test_a_file_of_a_newer_version_is_left_to_it(path: Path, kept: dict[str, Any]) -> None:
    path.write_text(json.dumps({**kept, "version": 2}), "utf-8")
    refused(path, "newer version")


def test_a_folder_is_no_file(path: Path) -> None:
    path.mkdir()
    refused(path, "cannot be read")


@settings(deadline=None)
@given(st.binary() | JSON.map(lambda value: json.dumps(value).encode()))
def test_whatever_stands_in_a_file_has_one_sentence(written: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "world.json")
        path.write_bytes(written)
        with pytest.raises(PlaygroundError):
            load(path)
        assert path.read_bytes() == written


def content(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def said(path: Path) -> list[str]:
    return [
        message["content"]
        for channel in again(path).channels.values()
        for message in channel.messages.values()
    ]


async def until(seen: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not seen():  # noqa: ASYNC110 - another thread writes the file
            await asyncio.sleep(0.005)


def log_of(town: Town) -> RequestLog:
    return town.playground.log


async def test_each_change_is_saved_soon(path: Path) -> None:
    async with inhabited() as town, keeping(town.playground.world, log_of(town), path, pause=0.001):
        await until(path.exists)
        for number in range(3):
            town.playground.say(town.owner, town.channel, f"Line {number}")
            await until(lambda: said(path) == [f"Line {each}" for each in range(number + 1)])  # noqa: B023 - at once


async def test_many_changes_at_once_are_saved_once_and_the_end_waits_for_none(path: Path) -> None:
    async with inhabited() as town, asyncio.timeout(PATIENCE):
        async with keeping(town.playground.world, log_of(town), path, pause=LONG):
            for number in range(50):
                town.playground.say(town.owner, town.channel, f"Line {number}")
            await asyncio.sleep(0.05)
            assert content(path) == b""
        assert len(said(path)) == 50


async def test_the_last_saving_is_waited_for_however_often_it_is_cancelled(path: Path) -> None:
    async with inhabited() as town:
        kept = asyncio.Event()

        async def keep() -> None:
            async with keeping(town.playground.world, log_of(town), path, pause=LONG):
                town.playground.say(town.owner, town.channel, "Last words")
                kept.set()
                await asyncio.Event().wait()

        task = asyncio.create_task(keep())
        await kept.wait()
        while not task.done():
            task.cancel()
            await asyncio.sleep(0)
        assert task.cancelled()
        assert said(path) == ["Last words"]


async def test_what_cannot_be_saved_is_told_and_the_old_file_stays(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    obstacle = path.with_name("world.json.new")
    async with inhabited() as town:
        save(town.playground.world, path)
        obstacle.mkdir()
        town.playground.say(town.owner, town.channel, "Lost?")
        with caplog.at_level(logging.ERROR), pytest.raises(PlaygroundError, match="cannot be kept"):
            async with keeping(town.playground.world, log_of(town), path, pause=0.001):
                await until(lambda: bool(caplog.messages))
        assert caplog.messages[0].startswith(f"The playground cannot be kept in {path}")
        assert said(path) == []
        async with keeping(town.playground.world, log_of(town), path, pause=0.001):
            obstacle.rmdir()
        assert said(path) == ["Lost?"]


def test_moments_have_their_zone(path: Path) -> None:
    save(World(lambda: DAY), path)
    kept = load(path)
    assert kept is not None
    assert kept.at.astimezone(UTC) == DAY
