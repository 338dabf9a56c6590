"""What is told to stop ends, whatever it is doing."""

import asyncio
from collections.abc import Callable

import pytest

from bot.run import see_the_end_of


async def until(seen: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not seen():  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0)


class Handshake:
    """Waits with `asyncio.wait_for`, as discord.py does for the gateway, and then for ever."""

    def __init__(self) -> None:
        self.greeted = asyncio.get_running_loop().create_future()
        self.waits = self.connected = False

    async def connect(self) -> None:
        """Waits for the greeting."""
        self.waits = True
        await asyncio.wait_for(self.greeted, 60)
        self.connected = True
        await asyncio.Event().wait()


async def test_a_cancellation_that_comes_with_the_greeting_is_not_lost() -> None:
    handshake = Handshake()
    task = asyncio.create_task(see_the_end_of(handshake.connect()))
    await until(lambda: handshake.waits)
    await asyncio.sleep(0)
    handshake.greeted.set_result(None)
    task.cancel()
    await asyncio.wait({task}, timeout=5)
    assert task.cancelled()


async def test_what_ends_by_itself_or_fails_ends_so() -> None:
    async def fail() -> None:
        await asyncio.sleep(0)
        raise OSError("gone")

    await see_the_end_of(asyncio.sleep(0))
    with pytest.raises(OSError, match="gone"):
        await see_the_end_of(fail())


async def test_what_fails_while_it_is_cancelled_is_only_cancelled() -> None:
    began = asyncio.Event()

    async def fail() -> None:
        try:
            began.set()
            await asyncio.Event().wait()
        finally:
            raise OSError("gone")

    task = asyncio.create_task(see_the_end_of(fail()))
    await began.wait()
    task.cancel()
    await asyncio.wait({task}, timeout=5)
    assert task.cancelled()
