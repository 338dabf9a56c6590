"""`paperboy playground`: a Discord that another process can log in to."""

import asyncio
import json
import signal
import sys
from asyncio.subprocess import PIPE

import aiohttp


async def test_it_prints_settings_that_log_a_bot_in_and_ends_when_told_to() -> None:
    playground = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "--json", "playground", stdout=PIPE, stderr=PIPE
    )
    assert playground.stdout is not None
    async with asyncio.timeout(30):
        printed = (await playground.stdout.readuntil(b"}\n")).decode()
    settings = json.loads(printed)
    headers = {"Authorization": f"Bot {settings['PAPERBOY_DISCORD__TOKEN']}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        me = await (await session.get(f"{settings['PAPERBOY_DISCORD__API_BASE']}/users/@me")).json()
        assert me["username"] == "Paperboy"
        async with session.ws_connect(settings["PAPERBOY_DISCORD__GATEWAY_URL"]) as gateway:
            assert (await gateway.receive_json())["op"] == 10
    playground.send_signal(signal.SIGINT)
    rest, errors = await asyncio.wait_for(playground.communicate(), 30)
    assert (playground.returncode, rest, errors) == (0, b"", b"")
