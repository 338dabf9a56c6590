"""How long a newcomer waits for the first card of `paperboy demo`, against Python importing the same libraries.

Run it from the project's root: `.venv/bin/python -m benchmarks.first_card [RUNS]`. Each run starts the demo as a process
of its own and asks Discord's API of its playground for the newest message in #papers, again and again, until there is
one. Before each, the baseline: a process that imports what the demo imports from others, and ends.
"""

import asyncio
import json
import statistics
import subprocess
import sys
import time
from asyncio.subprocess import DEVNULL, PIPE
from typing import Any

import aiohttp

RUNS = 7
CHANNEL = "papers"
BETWEEN_QUESTIONS = 0.005
LONGEST = 60.0
LIBRARIES = (
    "aiohttp.web",
    "apscheduler.schedulers.asyncio",
    "click",
    "discord.ext.commands",
    "filelock",
    "jinja2",
    "linkify_it",
    "markdown_it",
    "nh3",
    "platformdirs",
    "pydantic",
    "pydantic_settings",
    "sentencex",
    "sqlite_utils",
    "stamina",
    "yarl",
)


def imports() -> float:
    """Seconds until a process that only imports the libraries is over."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", f"import {', '.join(LIBRARIES)}"], check=True)  # noqa: S603 - our own program
    return time.perf_counter() - start


async def first_card() -> tuple[float, float]:
    """Seconds until the playground of a new demo can be asked, and until the first card is there."""
    start = time.perf_counter()
    command = (sys.executable, "-m", "bot", "demo", "--no-browser", "--json")
    process = await asyncio.create_subprocess_exec(*command, stdout=PIPE, stderr=DEVNULL)
    assert process.stdout is not None  # noqa: S101 - it is a pipe
    try:
        async with asyncio.timeout(LONGEST):
            addresses = json.loads(await process.stdout.readuntil(b"}\n"))
            reachable = time.perf_counter() - start
            await _wait_for_a_card(addresses)
        return reachable, time.perf_counter() - start
    finally:
        process.terminate()
        await process.wait()


async def _wait_for_a_card(addresses: dict[str, str]) -> None:
    headers = {"Authorization": f"Bot {addresses['PAPERBOY_DISCORD__TOKEN']}"}
    api = addresses["PAPERBOY_DISCORD__API_BASE"]
    async with aiohttp.ClientSession(headers=headers, raise_for_status=True) as session:

        async def ask(path: str) -> Any:  # noqa: ANN401 - JSON
            async with session.get(f"{api}{path}") as answer:
                return await answer.json()

        [guild] = await ask("/users/@me/guilds")
        places = await ask(f"/guilds/{guild['id']}/channels")
        [papers] = [place["id"] for place in places if place["name"] == CHANNEL]
        while not await ask(f"/channels/{papers}/messages?limit=1"):  # noqa: ASYNC110 - another process posts it
            await asyncio.sleep(BETWEEN_QUESTIONS)


def main(runs: int) -> None:
    """Measures and prints."""
    imports()
    measured = [(imports(), *asyncio.run(first_card())) for _ in range(runs)]
    floor, reachable, card = (statistics.median(column) for column in zip(*measured, strict=True))
    ratio = statistics.median(seconds / baseline for baseline, _, seconds in measured)
    print(
        f"first card in #{CHANNEL} {card:.2f} s, page {reachable:.2f} s after the start (medians of {runs})"
    )
    print(f"importing the libraries {floor:.2f} s")
    print(f"ratio {ratio:.2f} ({[round(seconds / baseline, 2) for baseline, _, seconds in measured]})")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else RUNS)
