"""The daily job: what goes wrong costs nothing else, and what is being sent is finished."""

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.alarm import Alarm
from bot.daily import DailyJob, Finished, Happening
from papers.delivery import Courier, Sent
from papers.editions import EditionService
from papers.models import OutboxCounts
from papers.reading.reader import LocalReader
from storage import Stores, open_stores
from support.clock import SetClock
from support.deliveries import TITLES, Board, plan_edition, planner
from support.papers import AT
from support.subscriptions import CHANNEL

PATIENCE = 20


@dataclass
class Workshop:
    """A job with its store, the board it posts to, and what it told."""

    stores: Stores
    board: Board
    job: DailyJob
    told: list[Happening]


@pytest.fixture
async def workshop(tmp_path: Path) -> AsyncIterator[Workshop]:
    async with open_stores(tmp_path / "papers.db") as stores:
        clock = SetClock(AT)
        board = Board(clock)
        editions = EditionService(
            sources=[], reader=LocalReader(), papers=stores.papers, editions=stores.editions, clock=clock
        )
        told: list[Happening] = []
        tell = told.append
        courier = Courier(outbox=stores.outbox, publisher=board, clock=clock, owner="one", tell=tell)
        await plan_edition(stores, clock, CHANNEL)
        job = DailyJob(editions=editions, planner=planner(stores, clock), courier=courier, tell=tell)
        yield Workshop(stores, board, job, told)


async def test_it_posts_what_is_due(workshop: Workshop) -> None:
    async with workshop.job as job:
        await job.run()
    assert workshop.board.titles() == TITLES


async def test_it_tells_of_each_message_and_of_its_end(workshop: Workshop) -> None:
    async with workshop.job as job:
        await job.run()
        await job.run()
    sent = [Sent(outbox_id=nonce) for nonce in workshop.board.attempts]
    assert workshop.told == [*sent, Finished(), Finished()]
    assert len(sent) == len(TITLES)


async def test_rounds_asked_for_at_once_come_one_after_the_other(workshop: Workshop) -> None:
    async with workshop.job as job:
        await asyncio.gather(job.post(), job.run(), job.post())
    assert workshop.board.titles() == TITLES


async def test_what_the_alarm_began_to_send_is_finished_when_both_end(workshop: Workshop) -> None:
    begun, may_go_on = asyncio.Event(), asyncio.Event()

    async def meanwhile() -> None:
        begun.set()
        await may_go_on.wait()

    workshop.board.meanwhile = meanwhile
    async with workshop.job as job:
        alarm = Alarm(
            times=(),
            zone=ZoneInfo("UTC"),
            run=lambda: job.see_through(job.run()),
            deliver=lambda: job.see_through(job.post()),
            interval=timedelta(milliseconds=10),
        )
        async with alarm, asyncio.timeout(PATIENCE):
            await begun.wait()
        asyncio.get_running_loop().call_later(0.05, may_go_on.set)
    assert workshop.board.titles() == TITLES[:1]
    assert await workshop.stores.outbox.counts() == OutboxCounts(due=2, sent=1)


async def test_a_store_that_fails_is_said_and_tried_again(
    workshop: Workshop, caplog: pytest.LogCaptureFixture
) -> None:
    database = workshop.stores.database
    await database.write(lambda db: db.execute("ALTER TABLE outbox RENAME TO mislaid"))
    with caplog.at_level(logging.ERROR):
        await workshop.job.run()
    assert "papers could not be posted" in caplog.text
    await database.write(lambda db: db.execute("ALTER TABLE mislaid RENAME TO outbox"))
    await workshop.job.run()
    assert workshop.board.titles() == TITLES
