"""`paperboy demo` as a process, and what stands in its channels as Discord's API tells it."""

import asyncio
import json
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from support.command_line import CommandLine, Result

PATIENCE = 60.0
CARDS = 19
"""How many cards the first evening has: twelve papers for everybody, and seven of them again by classification."""

END = b"In the page, type "
"""How the line begins that comes after the first daily job."""


@dataclass
class Demo:
    """A demo that runs.

    Attributes:
        process: it.
        read: what was read of the pipe its progress goes to.
    """

    process: Process
    read: list[str] = field(default_factory=list)
    addresses: dict[str, str] = field(default_factory=dict)

    async def first_document(self) -> None:
        """Reads the addresses that a demo with --json prints."""
        assert self.process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            self.addresses = json.loads(await self.process.stdout.readuntil(b"}\n"))

    async def line(self, beginning: bytes, *, stderr: bool = False) -> str:
        """Reads on until a line begins so, and returns that line."""
        pipe = self.process.stderr if stderr else self.process.stdout
        assert pipe is not None
        async with asyncio.timeout(PATIENCE):
            async for line in pipe:
                self.read.append(line.decode().rstrip("\n"))
                if line.startswith(beginning):
                    return self.read[-1]
        raise AssertionError(f"It never said {beginning.decode()!r}: {self.read}")

    async def stop(self, number: int = signal.SIGINT) -> Result:
        """Sends a signal, and returns what was left to read."""
        self.process.send_signal(number)
        stdout, stderr = await asyncio.wait_for(self.process.communicate(), PATIENCE)
        assert self.process.returncode is not None
        return Result(self.process.returncode, stdout.decode(), stderr.decode())

    async def channels(self) -> dict[str, list[Any]]:
        """The messages of each channel that messages can stand in, newest first, by the channel's name."""
        headers = {"Authorization": f"Bot {self.addresses['PAPERBOY_DISCORD__TOKEN']}"}
        api = self.addresses["PAPERBOY_DISCORD__API_BASE"]
        async with aiohttp.ClientSession(headers=headers, raise_for_status=True) as session:

            async def ask(path: str) -> Any:  # noqa: ANN401 - JSON
                async with session.get(f"{api}{path}") as answer:
                    return await answer.json()

            [guild] = await ask("/users/@me/guilds")
            places = await ask(f"/guilds/{guild['id']}/channels")
            return {
                place["name"]: await ask(f"/channels/{place['id']}/messages?limit=100")
                for place in places
                if place["type"] in {0, 5}
            }


@asynccontextmanager
async def demo(paperboy: CommandLine, *arguments: object) -> AsyncIterator[Demo]:
    """Starts `paperboy demo --no-browser`; it is killed at the end if it still runs."""
    folder = scratch(paperboy)
    folder.mkdir(exist_ok=True)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "demo", "--no-browser", *map(str, arguments)),
        cwd=paperboy.folder,
        env={**paperboy.variables(), "TMPDIR": str(folder)},
        stdout=PIPE,
        stderr=PIPE,
    )
    try:
        yield Demo(process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


def scratch(paperboy: CommandLine) -> Path:
    """Where its temporary files go."""
    return paperboy.folder / "scratch"
