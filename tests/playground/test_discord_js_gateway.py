"""The real discord.js's session: broken in several ways, resumed, refused."""

from collections.abc import Callable
from typing import Any

import pytest

from playground.server import Playground
from support.discord_js import missing, running
from support.discord_town import Town

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())

Break = Callable[[Playground], Any]


async def drop(playground: Playground) -> None:
    await playground.gateway.close_all(4000)


async def reconnect(playground: Playground) -> None:
    playground.gateway.ask_to_reconnect()


async def pause(playground: Playground) -> None:
    playground.gateway.invalidate_all(resumable=True)


@pytest.mark.parametrize("name", ["resumes.js", "compresses.js"])
@pytest.mark.parametrize("happens", [drop, reconnect, pause])
async def test_a_broken_session_is_resumed_and_nothing_missed(town: Town, name: str, happens: Break) -> None:
    async with running(name, town) as script:
        assert await script.hear("ready") == {"guild": "Reading group"}
        (session,) = town.playground.gateway.sessions.values()
        town.playground.say(town.member, town.channel, "before")
        await script.hear("heard")
        await happens(town.playground)
        town.playground.say(town.member, town.channel, "meanwhile")
        await script.hear("resumed")
        assert [*town.playground.gateway.sessions.values()] == [session]
        town.playground.say(town.member, town.channel, "after")
        ended = await script.hear("ended")
    assert ended == {"heard": ["before", "meanwhile", "after"]}
