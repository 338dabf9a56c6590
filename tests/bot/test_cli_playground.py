"""`paperboy playground`: a Discord that another process can log in to, with as many servers as one wants."""

import asyncio
import json
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp

PATIENCE = 30


@asynccontextmanager
async def playground(*arguments: str) -> AsyncIterator[Process]:
    """The playground as a process, which ends without a word when it is told to."""
    command = [sys.executable, "-m", "bot", "playground", *arguments]
    process = await asyncio.create_subprocess_exec(*command, stdout=PIPE, stderr=PIPE)
    try:
        yield process
        process.send_signal(signal.SIGINT)
        rest, errors = await asyncio.wait_for(process.communicate(), PATIENCE)
        assert (process.returncode, rest, errors) == (0, b"", b"")
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


async def printed(process: Process, end: bytes) -> str:
    assert process.stdout is not None
    async with asyncio.timeout(PATIENCE):
        return (await process.stdout.readuntil(end)).decode()


async def test_it_prints_settings_that_log_a_bot_in_and_ends_when_told_to() -> None:
    async with playground("--json") as process:
        settings = json.loads(await printed(process, b"}\n"))
        headers = {"Authorization": f"Bot {settings['PAPERBOY_DISCORD__TOKEN']}"}
        async with aiohttp.ClientSession(headers=headers) as session:
            me = await (await session.get(f"{settings['PAPERBOY_DISCORD__API_BASE']}/users/@me")).json()
            assert me["username"] == "Paperboy"
            async with session.ws_connect(settings["PAPERBOY_DISCORD__GATEWAY_URL"]) as gateway:
                assert (await gateway.receive_json())["op"] == 10
            async with session.get(settings["page"]) as page:
                assert (page.status, page.content_type) == (200, "text/html")


async def test_what_it_prints_for_people_is_a_file_of_settings() -> None:
    async with playground() as process:
        page, *settings = (await printed(process, b"TOKEN=demo.token\n")).splitlines()
        assert page.startswith("# The page: http://127.0.0.1:")
        names = [line.partition("=")[0] for line in settings]
        assert names == [f"PAPERBOY_DISCORD__{name}" for name in ("API_BASE", "GATEWAY_URL", "TOKEN")]


async def test_it_holds_as_many_servers_as_one_wants() -> None:
    async with playground("--json", "--servers", "3", "--channels", "4") as process:
        settings = json.loads(await printed(process, b"}\n"))
        identify = {"token": settings["PAPERBOY_DISCORD__TOKEN"], "intents": 1, "properties": {}}
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(settings["PAPERBOY_DISCORD__GATEWAY_URL"]) as gateway,
            asyncio.timeout(PATIENCE),
        ):
            await gateway.send_json({"op": 2, "d": identify})
            told = [await gateway.receive_json() for _ in range(2 + 4)]
        servers = [event["d"] for event in told if event["t"] == "GUILD_CREATE"]
        assert [server["name"] for server in servers] == [
            "Reading group",
            *(f"Reading group {n}" for n in (1, 2, 3)),
        ]
        assert [len(server["channels"]) for server in servers[1:]] == [4, 4, 4]
