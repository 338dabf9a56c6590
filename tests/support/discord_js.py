"""discord.js, a client in another language, run as a process of its own against a town."""

import asyncio
import json
import os
import shutil
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from playground.world import Channel
from support.discord_town import TOKEN, Town

FOLDER = Path(__file__).resolve().parents[1] / "discord_js"
PATIENCE = 15
"""Seconds after which a script that says nothing is given up."""

_NODE = shutil.which("node")


def missing() -> str:
    """Why no script can run here; empty where one can."""
    if _NODE is None:
        return "needs node, which is not installed"
    return (
        "" if (FOLDER / "node_modules" / "discord.js").is_dir() else "needs discord.js: run `make discord-js`"
    )


@dataclass(frozen=True)
class Script:
    """A running script, which reports a line of JSON a step."""

    process: Process

    async def hear(self, step: str) -> dict[str, Any]:
        """The facts of its next step, which must be the one that is waited for."""
        assert self.process.stdout is not None
        line = await asyncio.wait_for(self.process.stdout.readline(), PATIENCE)
        if not line:
            pytest.fail(f"The script ended before it reported {step}.\n{await self._complaint()}")
        facts: dict[str, Any] = json.loads(line)
        assert facts.pop("step") == step
        return facts

    async def end(self) -> None:
        """Ends its input, and lets it end by itself: it must have nothing more to say, and nothing to complain of."""
        rest, complaint = await asyncio.wait_for(self.process.communicate(b""), PATIENCE)
        assert (rest.decode(), complaint.decode(), self.process.returncode) == ("", "", 0)

    async def _complaint(self) -> str:
        return (await self.process.communicate())[1].decode()


@asynccontextmanager
async def running(name: str, town: Town, **places: Channel) -> AsyncIterator[Script]:
    """A script as the town's bot, with the ids of the town and of more places; it ends with the test."""
    ids = {"guild": town.guild.id, "channel": town.channel.id, "member": town.member.id}
    ids |= {place: channel.id for place, channel in places.items()}
    told = {
        "api": town.playground.api_base.removesuffix("/v10"),
        "token": TOKEN,
        **{place: str(number) for place, number in ids.items()},
    }
    process = await asyncio.create_subprocess_exec(
        _NODE or "node",
        name,
        cwd=FOLDER,
        env={"PATH": os.environ["PATH"], "PLAYGROUND": json.dumps(told)},
        stdin=PIPE,
        stdout=PIPE,
        stderr=PIPE,
    )
    script = Script(process)
    try:
        yield script
        await script.end()
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()
