"""A crowd of servers in the playground, against the same JSON as plain dictionaries.

Run it from the project's root: `.venv/bin/python -m benchmarks.crowd [SERVERS] [CHANNELS]`. "Building" fills a world
with `crowd`; its baseline makes a dictionary for each server, channels included, with every key that GUILD_CREATE has.
"Telling" is the time a client on loopback, with as many shards as it is advised to use, waits from its first IDENTIFY to
the last GUILD_CREATE, which it does not parse; its baseline is `json.dumps` of those dictionaries. They take turns.
"""

import asyncio
import json
import statistics
import sys
import time
from math import ceil

import aiohttp

from playground import views
from playground.crowds import crowd
from playground.errors import Json
from playground.gateway.hub import ADVISED_SERVERS
from playground.gateway.intents import Intent
from playground.gateway.protocol import Op
from playground.server import Playground

REPETITIONS = 5
TOKEN = "crowd.token"  # noqa: S105 - the playground's, worth nothing elsewhere
BEGINNING = 100
"""Characters of an event in which its name stands."""


async def ours(servers: int, channels: int) -> tuple[float, float, int, Json]:
    """Seconds to build and to tell, characters that were told, and a server as it is told."""
    async with Playground.running(page=False) as playground:
        world = playground.world
        bot, owner = world.add_application("Paperboy", TOKEN), world.add_user("admin")
        start = time.perf_counter()
        guilds = crowd(world, bot, owner, servers=servers, channels=channels)
        built = time.perf_counter() - start
        told, characters = await telling(playground, len(guilds))
        return built, told, characters, views.gateway_guild(world, guilds[0])


async def telling(playground: Playground, servers: int) -> tuple[float, int]:
    """Seconds from the first IDENTIFY to the last GUILD_CREATE, and how many characters came."""
    shards = ceil(servers / ADVISED_SERVERS)
    start, characters = time.perf_counter(), 0
    async with aiohttp.ClientSession() as session:
        for shard in range(shards):
            async with session.ws_connect(playground.gateway_url, max_msg_size=0) as socket:
                await socket.receive()
                identify = {
                    "token": TOKEN,
                    "intents": Intent.GUILDS,
                    "properties": {},
                    "shard": [shard, shards],
                }
                await socket.send_json({"op": Op.IDENTIFY, "d": identify})
                ready = await socket.receive_json()
                characters += await _hear(socket, len(ready["d"]["guilds"]))
    return time.perf_counter() - start, characters


async def _hear(socket: aiohttp.ClientWebSocketResponse, servers: int) -> int:
    characters = 0
    while servers:
        text = await socket.receive_str()
        characters += len(text)
        servers -= '"GUILD_CREATE"' in text[:BEGINNING]
    return characters


def plain(template: Json, servers: int, channels: int) -> tuple[float, float]:
    """Seconds to build the same servers as dictionaries, and to serialise them."""
    channel = template["channels"][0]
    start = time.perf_counter()
    made = [
        {
            **template,
            "id": str(number),
            "name": f"Reading group {number}",
            "channels": [
                {**channel, "id": str(number + place), "guild_id": str(number), "name": f"papers-{place}"}
                for place in range(channels)
            ],
        }
        for number in range(0, servers * 100, 100)
    ]
    built = time.perf_counter()
    for sequence, guild in enumerate(made):
        json.dumps({"op": 0, "t": "GUILD_CREATE", "s": sequence, "d": guild})
    return built - start, time.perf_counter() - built


def main(servers: int, channels: int) -> None:
    """Measures and prints."""
    rows: list[tuple[float, float, float, float]] = []
    characters = 0
    for _ in range(REPETITIONS):
        built, told, characters, template = asyncio.run(ours(servers, channels))
        rows.append((built, told, *plain(template, servers, channels)))
    built, told, made, dumped = (statistics.median(column) for column in zip(*rows, strict=True))
    building = statistics.median(row[0] / row[2] for row in rows)
    whole = statistics.median(row[1] / row[3] for row in rows)
    print(
        f"{servers:,} servers of {channels} channels; {characters / 1e6:.0f} MB told (medians of {REPETITIONS})"
    )
    print(f"building {built:.2f} s, as dictionaries {made:.2f} s, ratio {building:.2f}")
    print(f"telling  {told:.2f} s, json.dumps {dumped:.2f} s, ratio {whole:.2f}")


if __name__ == "__main__":
    given = [int(number) for number in sys.argv[1:]]
    main(*(given + [5_000, 30][len(given) :]))
