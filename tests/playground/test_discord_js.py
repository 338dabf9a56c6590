"""The real discord.js against the playground: another client, in another language, finds a Discord."""

from datetime import UTC, datetime

import pytest

from playground.faults import Effect, Fault
from playground.rate_limits import Rate, Rates
from playground.world import Channel, ChannelType
from support.discord_js import missing, running
from support.discord_town import DAY, Town, inhabited

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())

POST = "/channels/{channel_id}/messages"


@pytest.fixture
def forum(town: Town) -> Channel:
    return town.playground.world.add_channel(town.guild, "library", ChannelType.FORUM, tags=["NLP", "Vision"])


async def test_it_finds_what_is_there(town: Town, forum: Channel) -> None:
    async with running("arrives.js", town, forum=forum) as script:
        told, asked = await script.hear("told"), await script.hear("asked")
    assert told == {
        "bot": "Paperboy",
        "application": str(town.bot.id),
        "guild": "Reading group",
        "owner": str(town.owner.id),
        "members": 3,
        "channels": ["papers", "library"],
        "roles": ["@everyone"],
        "tags": ["NLP", "Vision"],
        "joined": DAY.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "maySend": True,
        "mayManage": False,
    }
    assert asked == {
        "application": "Paperboy",
        "guild": "Reading group",
        "approximate": 3,
        "guilds": ["Reading group"],
        "user": "mika",
        "member": "mika",
        "channels": ["papers", "library"],
        "channel": "papers",
        "roles": ["@everyone"],
        "everybody": ["olga", "mika", "Paperboy"],
        "listed": ["Paperboy", "olga"],
        "found": ["mika"],
    }


async def test_it_registers_changes_and_removes_commands(town: Town) -> None:
    async with running("commands.js", town) as script:
        everywhere = await script.hear("everywhere")
        here = await script.hear("here")
        removed = await script.hear("removed")
    assert everywhere == {"names": ["feed", "papers"], "listed": ["feed", "papers"]}
    assert here == {
        "guild": str(town.guild.id),
        "kept": True,
        "description": "The week",
        "fetched": "The week",
        "listed": ["digest"],
    }
    assert removed == {"listed": []}
    assert [command["name"] for command in town.bot.commands[None]] == ["papers", "feed"]


async def test_it_sends_edits_reads_and_deletes_messages(town: Town) -> None:
    async with running("messages.js", town) as script:
        typing = await script.hear("typing")
        sent, edited = await script.hear("sent"), await script.hear("edited")
        read, history = await script.hear("read"), await script.hear("history")
        deleted = await script.hear("deleted")
    assert typing == {"user": "Paperboy", "member": "Paperboy", "channel": "papers"}
    assert sent["id"] == sent["heard"] == history["answered"]
    assert (sent["guild"], sent["author"]) == ("Reading group", "Paperboy")
    assert edited == {"content": "the paper", "embeds": 1, "told": ["a paper", "the paper"]}
    assert read == {
        "embed": {
            "type": "rich",
            "title": "Attention",
            "color": 0x2F81F7,
            "fields": [{"name": "Tag", "value": "NLP", "inline": False}],
        },
        "buttons": ["more", "https://arxiv.org/abs/1706.03762"],
        "color": "#2f81f7",
        "edited": True,
    }
    assert history == {
        "answered": sent["id"],
        "newest": ["number 3", "number 2"],
        "before": ["the paper"],
        "after": ["number 1"],
        "around": ["number 1", "it is old", "the paper"],
    }
    assert deleted == {"id": deleted["was"], "was": deleted["was"], "code": 10008, "status": 404}


async def test_it_opens_threads_posts_and_direct_messages(town: Town, forum: Channel) -> None:
    async with running("places.js", town, forum=forum) as script:
        thread, archived = await script.hear("thread"), await script.hear("archived")
        loose, post = await script.hear("loose"), await script.hear("post")
        direct, closed = await script.hear("direct"), await script.hear("closed")
    assert thread == {
        "id": thread["id"],
        "parent": "papers",
        "owner": str(town.bot.id),
        "joined": True,
        "archived": False,
        "told": thread["id"],
        "starter": "start",
        "said": thread["id"],
    }
    assert archived == {"name": "discussed", "archived": True, "at": True}
    assert loose == {"parent": str(town.channel.id), "active": ["loose"]}
    assert post == {
        "id": post["id"],
        "parent": "library",
        "tags": [forum.tags[0]["id"]],
        "tag": forum.tags[0]["id"],
        "first": "read it",
        "messages": 0,
    }
    assert direct == {"dm": True, "to": str(town.member.id), "content": "psst"}
    assert closed == {"same": True, "known": False}


async def test_it_lays_a_message_out_with_components(town: Town) -> None:
    async with running("layouts.js", town) as script:
        assert await script.hear("shown") == {
            "color": "#2f81f7",
            "parts": ["SectionComponent", "SeparatorComponent", "TextDisplayComponent"],
            "texts": ["# Attention", "is all you need"],
            "link": "https://arxiv.org/abs/1706.03762",
        }


async def test_it_publishes_what_it_announces(town: Town) -> None:
    news = town.playground.world.add_channel(town.guild, "news", ChannelType.ANNOUNCEMENT)
    async with running("announces.js", town, news=news) as script:
        assert await script.hear("published") == {
            "crosspostable": True,
            "id": True,
            "crossposted": True,
            "again": False,
        }


async def test_it_keeps_to_the_rate_limits_and_survives_a_429_of_each_scope() -> None:
    async with inhabited(now=lambda: datetime.now(UTC), rate_limits=True, real_time=True) as town:
        town.playground.limiter.rates = Rates(messages=Rate(5, 1.0))
        for number, scope in enumerate(("user", "shared", "global")):
            fault = Fault(Effect.TOO_MANY, "POST", POST, after=0 if number else 7, scope=scope, seconds=0.1)
            town.playground.faults.add(fault)
        async with running("waits.js", town) as script:
            sent, refused = await script.hear("sent"), await script.hear("refused")
    assert sent == {"waits": [{"limit": 5, "global": False}], "answers": [[200, None]] * 7}
    assert refused == {
        "content": "refused at first",
        "answers": [[429, "user"], [429, "shared"], [429, "global"], [200, None]],
        "everything": True,
    }
    statuses = [record.status for record in town.playground.log.records if record.route == POST]
    assert statuses == [*[200] * 7, 429, 429, 429, 200]
    said = [message["content"] for message in town.channel.messages.values()]
    assert said == [*(f"number {number}" for number in range(7)), "refused at first"]
