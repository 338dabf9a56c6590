"""Two bots on one database, where nothing but the lease keeps them apart."""

import asyncio
import signal
from asyncio.subprocess import Process
from collections import Counter
from pathlib import Path

import pytest

from support.chaos.lane import OVER_THE_LEASE, Lane, open_lane, stop
from support.chaos.wire import Exchange, Kind, Stage

UNHELD = "unheld"
A_WHILE = 1.5


def sends(lane: Lane) -> Counter[str]:
    """How often each message was sent, by its nonce."""
    created = (exchange for exchange in lane.town.wire.exchanges if exchange.kind is Kind.CREATE)
    return Counter(exchange.nonce for exchange in created if exchange.nonce)


class Hold:
    """Holds the next message at a stage until it is told to let it go."""

    def __init__(self, lane: Lane, stage: Stage, sender: Process | None = None) -> None:
        """Begins to wait for it; the sender, if it is named, stands still at that moment."""
        self.holds, self.let_go = asyncio.Event(), asyncio.Event()
        self._stage, self._sender = stage, sender
        lane.town.wire.reached = self._reached

    async def _reached(self, exchange: Exchange) -> bool:
        if (exchange.kind, exchange.stage) == (Kind.CREATE, self._stage) and not self.holds.is_set():
            if self._sender is not None:
                stop(self._sender)
            self.holds.set()
            await self.let_go.wait()
        return False


def wake(sleeper: Process, hold: Hold) -> None:
    """Lets a process that stood still go on, and what it had sent."""
    sleeper.send_signal(signal.SIGCONT)
    hold.let_go.set()


async def see_out(bot: Process) -> None:
    """Lets a bot do what it wants to, and then ends it."""
    await asyncio.sleep(A_WHILE)
    bot.send_signal(signal.SIGTERM)
    assert await bot.wait() == 0


async def test_two_that_run_at_once_send_nothing_twice(tmp_path: Path) -> None:
    async with open_lane(tmp_path, seed=1) as lane:
        lane.hub.go_on(12, 0)
        lane.begin()
        async with lane.bot(UNHELD) as one, lane.bot(UNHELD) as other:
            await lane.finished()
            assert (one.returncode, other.returncode) == (None, None), lane.log
        assert await lane.wrong() == []
        assert set(sends(lane).values()) == {1}


@pytest.mark.parametrize(("stage", "again"), [(Stage.ARRIVED, 1), (Stage.DONE, 0), (Stage.ANSWERED, 1)])
async def test_one_that_stood_still_beyond_its_lease_doubles_nothing(
    tmp_path: Path, stage: Stage, again: int
) -> None:
    """After an answer the sleeper may be about to send the next message, which the nonce then makes one of."""
    async with open_lane(tmp_path, seed=1, only="papers") as lane:
        lane.hub.go_on(6, 0)
        lane.begin()
        async with lane.bot(UNHELD) as sleeper:
            asleep = Hold(lane, stage, sleeper)
            await asleep.holds.wait()
            lane.clock.advance(OVER_THE_LEASE)
            lane.hub.answers = 0
            async with lane.bot(UNHELD):
                await lane.finished()
                assert await lane.wrong() == []
                wake(sleeper, asleep)
                await see_out(sleeper)
        assert await lane.wrong() == []
        assert sends(lane).total() - len(sends(lane)) <= again


async def test_one_that_wakes_up_takes_nothing_from_who_took_over(tmp_path: Path) -> None:
    async with open_lane(tmp_path, seed=1, only="papers") as lane:
        lane.hub.go_on(6, 0)
        lane.begin()
        async with lane.bot(UNHELD) as sleeper:
            asleep = Hold(lane, Stage.ARRIVED, sleeper)
            await asleep.holds.wait()
            lane.clock.advance(OVER_THE_LEASE)
            lane.hub.answers = 0
            async with lane.bot(UNHELD):
                busy = Hold(lane, Stage.ARRIVED)
                await busy.holds.wait()
                sent = sends(lane)
                wake(sleeper, asleep)
                await see_out(sleeper)
                assert sends(lane) == sent
                busy.let_go.set()
                await lane.finished()
        assert await lane.wrong() == []
        assert sends(lane).total() - len(sends(lane)) == 1
