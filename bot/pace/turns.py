"""Whose request goes next."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import IntEnum
from heapq import heappop, heappush
from itertools import count
from math import inf

from bot.pace.rate import Rate, Spent


class Priority(IntEnum):
    """What goes first where not everything can."""

    COMMAND = 0
    DELIVERY = 1
    EDIT = 2


_current: ContextVar[Priority] = ContextVar("priority", default=Priority.COMMAND)


@contextmanager
def priority(level: Priority) -> Iterator[None]:
    """Everything asked of Discord inside, in tasks begun inside too, has this priority; else a command's."""
    token = _current.set(level)
    try:
        yield
    finally:
        _current.reset(token)


class Turns:
    """Gives each request its turn: the most urgent first, among equals the first that came."""

    def __init__(self, rate: Rate, time: Callable[[], float]) -> None:
        self._rate = rate
        self._time = time
        self._order = count()
        self._waiting: list[tuple[Priority, int, asyncio.Future[Spent]]] = []
        self._alarm: asyncio.TimerHandle | None = None

    async def wait(self) -> Spent:
        """Waits for a turn at the priority of whoever asks."""
        turn = asyncio.get_running_loop().create_future()
        heappush(self._waiting, (_current.get(), next(self._order), turn))
        self.let_go()
        try:
            spent: Spent = await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._rate.ended(turn.result(), self._time())
            raise
        return spent

    def let_go(self) -> None:
        """Lets everybody go who may now, and comes again for the rest; called whenever there is news of the rate."""
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        while self._waiting:
            now = self._time()
            wait = self._rate.opens_at(now) - now
            if wait > 0:
                if wait < inf:
                    self._alarm = asyncio.get_running_loop().call_later(wait, self.let_go)
                return
            *_, turn = heappop(self._waiting)
            if not turn.done():
                turn.set_result(self._rate.begin(now))
