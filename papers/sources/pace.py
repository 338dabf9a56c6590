"""A pace that a service asks for: one request at a time over all its hosts, and a rest after each."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from yarl import URL


class Pace:
    """How fast one service may be asked, whoever asks: every client of the process is given the same one."""

    def __init__(self, urls: Iterable[str], *, interval: float) -> None:
        """Nobody was asked yet.

        Args:
            urls: addresses of the service; their hosts and ports are what counts.
            interval: how many seconds have to lie between the end of a request and the beginning of the next.
        """
        self._hosts = frozenset(URL(url).host_port_subcomponent for url in urls)
        self._interval = interval
        self._turn = asyncio.Lock()
        self._ended: float | None = None

    def covers(self, url: URL) -> bool:
        """Whether an address belongs to the service."""
        return url.host_port_subcomponent in self._hosts

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Waits until nobody else asks the service and it has rested, and holds the others back until it is left."""
        async with self._turn:
            await self._rest()
            before = self._ended
            try:
                yield
            finally:
                if self._ended != before:  # an answer may take longer to come than its beginning
                    self._end()

    @asynccontextmanager
    async def step(self) -> AsyncIterator[None]:
        """One request within a turn, those that an answer redirects to included: waits until the service has rested."""
        await self._rest()
        try:
            yield
        finally:
            self._end()

    async def _rest(self) -> None:
        loop = asyncio.get_running_loop()
        if self._ended is not None:
            await asyncio.sleep(self._ended + self._interval - loop.time())

    def _end(self) -> None:
        self._ended = asyncio.get_running_loop().time()
