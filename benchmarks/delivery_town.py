"""The other end of `benchmarks.delivery`: a playground with Discord's limits, in a process of its own.

It says where it is in one line of JSON, and answers each line that it reads: `press` begins to use `/papers` all the
while, `report` ends that and tells what came.
"""

import asyncio
import json
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web
from aiohttp.typedefs import Handler

from playground import permissions
from playground.errors import Json
from playground.server import Playground
from playground.world import Channel, User

TOKEN = "delivery.token"  # noqa: S105 - the playground's, worth nothing elsewhere
CHANNELS_A_SERVER = 50
BETWEEN_PRESSES = 0.1
_TOO_MANY_REQUESTS = 429


@dataclass
class Counted:
    """What was asked: when the first and the last message came, and how many answers there were of each kind."""

    posts: int = 0
    others: int = 0
    refused: int = 0
    first: float | None = None
    last: float = 0.0

    def note(self, request: web.Request, status: int) -> None:
        """Counts an answer; replies to interactions count as nothing."""
        exempt = any(part in request.path for part in ("/interactions/", "/webhooks/"))
        self.refused += status == _TOO_MANY_REQUESTS
        if request.method == "POST" and request.path.endswith("/messages"):
            self.posts += 1
            self.last = time.perf_counter()
            self.first = self.first or self.last
        elif not exempt:
            self.others += 1


@dataclass
class Town:
    """The playground, the channels that subscribe, and somebody who uses commands in a channel of their own."""

    playground: Playground
    member: User
    talk: Channel
    channels: list[Channel]
    counted: Counted
    waits: list[float] = field(default_factory=list)

    async def press(self) -> None:
        """Uses `/papers` all the while, and notes for how many seconds the answer was waited for."""
        while True:
            began = time.perf_counter()
            await self.playground.slash(self.member, self.talk, "papers", {"tag": "Multimodal"})
            self.waits.append(time.perf_counter() - began)
            await asyncio.sleep(BETWEEN_PRESSES)

    def report(self) -> Json:
        """What came."""
        shown = [
            Counter(embed["url"] for message in channel.messages.values() for embed in message["embeds"])
            for channel in self.channels
        ]
        first = self.channels[0].messages.values()
        return {
            "posts": self.counted.posts,
            "others": self.counted.others,
            "refused": self.counted.refused,
            "seconds": self.counted.last - (self.counted.first or self.counted.last),
            "messages": sum(len(channel.messages) for channel in self.channels),
            "shown": sum(map(len, shown)),
            "again": sum(urls.total() - len(urls) for urls in shown),
            "waits": self.waits,
            "sample": [message["embeds"] for message in first],
        }


@asynccontextmanager
async def inhabited(channels: int) -> AsyncIterator[Town]:
    """So many channels, fifty a server."""
    counted = Counted()

    @web.middleware
    async def counting(request: web.Request, handler: Handler) -> web.StreamResponse:
        response = await handler(request)
        if request.path.startswith("/api/"):
            counted.note(request, response.status)
        return response

    async with Playground.running(page=False, middlewares=[counting]) as playground:
        world = playground.world
        bot, owner = world.add_application("Paperboy", TOKEN), world.add_user("olga")
        made: list[Channel] = []
        while len(made) < channels:
            guild = world.add_guild("Reading group", owner, permissions.MEMBER)
            world.join(guild, bot.user)
            room = min(CHANNELS_A_SERVER, channels - len(made))
            made += [world.add_channel(guild, f"papers-{place}") for place in range(room)]
        talk = world.add_channel(guild, "talk")
        yield Town(playground, owner, talk, made, counted)


async def serve(channels: int) -> None:
    """Serves until its input ends."""
    loop = asyncio.get_running_loop()
    async with inhabited(channels) as town, asyncio.TaskGroup() as group:
        playground = town.playground
        places = [(channel.id, channel.guild_id) for channel in town.channels]
        _say({"api": playground.api_base, "gateway": playground.gateway_url, "channels": places})
        pressing: asyncio.Task[None] | None = None
        while line := await loop.run_in_executor(None, sys.stdin.readline):
            if line.strip() == "press":
                pressing = group.create_task(town.press())
            else:
                if pressing is not None:
                    pressing.cancel()
                _say(town.report())


def _say(message: object) -> None:
    print(json.dumps(message), flush=True)


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
