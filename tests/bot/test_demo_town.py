"""The demo's server: the same ids each time, a place of every kind, and only the first three subscribed."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.demo_stage import DemoRequest, open_stage
from bot.demo_town import TOKEN, open_town
from papers.taxonomy import NAMES
from playground.errors import PlaygroundError
from playground.keeping import load, save
from playground.snowflakes import moment
from playground.world import Channel, ChannelType, World
from support.discord_rest import asking

NOW = datetime(2026, 6, 24, 21, tzinfo=UTC)
FIRST = 1_456_074_443_980_800_000
LONGEST_TAG = 20


def now() -> datetime:
    return NOW


def places(world: World) -> dict[str, Channel]:
    return {channel.name: channel for channel in world.channels.values()}


async def test_ids_stay_the_same_from_version_to_version() -> None:
    async with open_town(now) as (playground, town):
        assert [town.bot.id, town.owner.id, town.member.id, town.guild.id] == [*range(FIRST, FIRST + 4)]
        assert [*town.channels] == [*range(FIRST + 4, FIRST + 7)]
        assert [channel.name for channel, _ in town.channels.values()] == ["papers", "multimodal", "language"]
        assert moment(playground.world.ids.make()) == NOW


async def test_there_is_a_place_of_every_kind() -> None:
    async with open_town(now) as (playground, town):
        kinds = {name: channel.type for name, channel in places(playground.world).items()}
        assert kinds == {
            **dict.fromkeys(("papers", "multimodal", "language", "lounge"), ChannelType.TEXT),
            "announcements": ChannelType.ANNOUNCEMENT,
            "discussions": ChannelType.FORUM,
            "What this place is for": ChannelType.PUBLIC_THREAD,
        }
        assert all(channel.guild_id == town.guild.id for channel in playground.world.channels.values())


async def test_the_forum_has_classifications_as_tags_and_a_post_that_a_bot_can_read() -> None:
    async with open_town(now) as (playground, town):
        forum, post = (places(playground.world)[name] for name in ("discussions", "What this place is for"))
        about = forum.tags[-1]
        assert about["name"] == "About"
        assert {tag["name"] for tag in forum.tags[:-1]} < {*NAMES}
        assert post.applied_tags == [int(about["id"])]
        assert max(len(tag["name"]) for tag in forum.tags) <= LONGEST_TAG
        assert (post.parent_id, post.owner_id) == (forum.id, town.owner.id)
        async with asking(playground, TOKEN) as rest:
            [message] = (await rest.get(f"/channels/{post.id}/messages")).body
        assert message["id"] == str(post.id)
        assert message["author"]["username"] == "admin"
        assert "single papers" in message["content"]


async def test_only_the_first_three_channels_are_subscribed() -> None:
    async with open_stage(DemoRequest(database=None, live=False)) as stage:
        subscribed = await stage.shop.stores.subscriptions.all()
        assert [each.destination.target_id for each in subscribed] == [*stage.town.channels]


async def test_a_town_that_was_kept_is_not_built_twice(tmp_path: Path) -> None:
    path = tmp_path / "world.json"
    async with open_town(now) as (playground, town):
        playground.world.remove_channel(places(playground.world)["language"])
        save(playground.world, path)
        before = playground.world
    async with open_town(now, kept=load(path)) as (playground, again):
        assert playground.world.channels == before.channels
        assert playground.world.guilds == before.guilds
        assert playground.world.users == before.users
        assert again.bot is playground.world.applications[town.bot.id]
        assert again.owner is playground.world.users[town.owner.id]
        assert again.guild is playground.world.guilds[town.guild.id]
        assert [channel.name for channel, _ in again.channels.values()] == ["papers", "multimodal"]


async def test_another_world_is_no_demos(tmp_path: Path) -> None:
    path = tmp_path / "world.json"
    save(World(now), path)
    with pytest.raises(PlaygroundError, match="of no demo"):
        async with open_town(now, kept=load(path)):
            pass
