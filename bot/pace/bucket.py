"""What one bucket of Discord's still takes, as its answers tell it."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from math import inf


class Bucket:
    """A limit of one route in one channel; Discord counts in windows that begin with a request.

    discord.py forgets requests that are under way when it reads how many are left, and from three at once on runs into
    a 429. Here what is left is what the last answer said less what is under way; while nothing is known, one request
    goes and asks.
    """

    def __init__(self, time: Callable[[], float]) -> None:
        self._time = time
        self._queue = asyncio.Lock()
        self._news = asyncio.Event()
        self._under_way = 0
        self._left = 0
        self._resets_at = -inf
        self._held_until = -inf

    @property
    def idle(self) -> bool:
        """Whether nothing is known that matters: it may be forgotten."""
        now = self._time()
        waiting = self._queue.locked() or self._under_way > 0
        return not waiting and now >= max(self._resets_at, self._held_until)

    def held_for(self, now: float) -> float:
        """For how many seconds it is certain that nothing may go."""
        empty = self._resets_at - now if self._left <= 0 else 0.0
        return max(self._held_until - now, empty, 0.0)

    def wait(self, now: float) -> float:
        """For how many seconds nothing may go to it; `inf` if only an answer can tell."""
        if now < self._held_until:
            return self._held_until - now
        if now < self._resets_at:
            return 0.0 if self._left > self._under_way else self._resets_at - now
        return inf if self._under_way else 0.0

    async def enter(self) -> None:
        """Waits until a request may go, first come, first served; it must be followed by `answered` or `left`."""
        async with self._queue:
            while wait := self.wait(self._time()):
                self._news.clear()
                with suppress(TimeoutError):
                    async with asyncio.timeout(None if wait == inf else wait):
                        await self._news.wait()
            self._under_way += 1

    def leave(self) -> None:
        """The request ended without an answer, and may have been counted."""
        self._under_way -= 1
        self._left -= 1
        self._news.set()

    def answered(self, headers: Mapping[str, str]) -> None:
        """The request was answered: reads what is left and when that ends."""
        now = self._time()
        self.leave()
        left, resets_after = headers.get("X-RateLimit-Remaining"), headers.get("X-RateLimit-Reset-After")
        if left is None or resets_after is None:
            return
        known = self._left if now < self._resets_at else inf
        self._left = int(min(float(left), known + 1))
        self._resets_at = max(self._resets_at, now + float(resets_after))

    def hold(self, until: float) -> None:
        """Lets nothing go before that moment."""
        self._held_until = max(self._held_until, until)
        self._news.set()
