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
from papers.editing import CardEditor, Edited
from papers.editions import EditionService
from papers.enriching import EnrichmentService
from papers.errors import SourceUnavailableError
from papers.models import Origin, OutboxCounts
from papers.reading.reader import LocalReader
from storage import Stores, open_stores
from support.clock import SetClock
from support.deliveries import OTHER, TITLES, Board, PlainComposer, gatherer, plan_edition, planner
from support.enrichers import Oracle, asking
from support.papers import AT, DAY, TIDES, announced, answered, over_at
from support.subscriptions import CHANNEL, wanted

PATIENCE = 20


@dataclass
class Workshop:
    """Two jobs with their store, the board they post to, what they told, and whom they ask first and last."""

    stores: Stores
    board: Board
    job: DailyJob
    impatient: DailyJob
    told: list[Happening]
    oracle: Oracle
    last: Oracle


@pytest.fixture
async def workshop(tmp_path: Path) -> AsyncIterator[Workshop]:
    async with open_stores(tmp_path / "papers.db") as stores:
        clock = SetClock(AT)
        board = Board(clock)
        reader = LocalReader()
        editions = EditionService(
            sources=[], reader=reader, papers=stores.papers, editions=stores.editions, clock=clock
        )
        oracle, last = Oracle(), Oracle(name="last")
        enrichments = EnrichmentService(
            enrichers=asking(oracle, last),
            reader=reader,
            papers=stores.papers,
            store=stores.enrichments,
            clock=clock,
        )
        told: list[Happening] = []
        tell = told.append
        courier = Courier(
            outbox=stores.outbox,
            composer=PlainComposer(),
            publisher=board,
            clock=clock,
            owner="one",
            tell=tell,
        )
        await plan_edition(stores, clock, CHANNEL)
        editor = CardEditor(
            outbox=stores.outbox, composer=PlainComposer(), publisher=board, clock=clock, tell=tell
        )
        patient, impatient = (
            DailyJob(
                editions=editions,
                enrichments=enrichments,
                planner=planner(stores, clock),
                gatherer=gatherer(stores, clock),
                courier=courier,
                editor=editor,
                patience=patience,
                tell=tell,
            )
            for patience in (PATIENCE, 0.05)
        )
        yield Workshop(stores, board, patient, impatient, told, oracle, last)


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


async def test_what_is_told_in_time_is_on_the_cards_from_the_start(workshop: Workshop) -> None:
    workshop.oracle.titles = {TIDES.arxiv_id: "Ebb"}
    await workshop.stores.subscriptions.add(wanted("", OTHER))
    await workshop.stores.subscriptions.start_from(2, 0)
    async with workshop.job as job:
        await job.run()
    assert workshop.board.titles(OTHER) == ["Ebb", *TITLES[1:]]


async def test_posting_waits_no_longer_than_its_patience_and_the_cards_are_edited(workshop: Workshop) -> None:
    answer = asyncio.Event()
    workshop.oracle.titles = {TIDES.arxiv_id: "Ebb"}
    workshop.oracle.waits_for = answer.wait
    async with workshop.impatient as job:
        running = job.start(job.run())
        async with asyncio.timeout(PATIENCE):
            while len(workshop.board.posted) < len(TITLES):  # noqa: ASYNC110 - the board is no event
                await asyncio.sleep(0.01)
        assert workshop.board.edits == []
        answer.set()
        async with asyncio.timeout(PATIENCE):
            await running
    assert workshop.board.titles() == TITLES
    assert workshop.board.edits == [(1, "Ebb")]
    assert [type(happening) for happening in workshop.told][-2:] == [Edited, Finished]


async def test_what_nobody_can_be_asked_about_holds_nothing_up_and_is_said(
    workshop: Workshop, caplog: pytest.LogCaptureFixture
) -> None:
    workshop.oracle.error = SourceUnavailableError("It sleeps.")
    async with workshop.job as job:
        await job.run()
    assert workshop.board.titles() == TITLES
    warnings = [record.message for record in caplog.records if record.levelno == logging.WARNING]
    assert warnings == ["oracle could not be asked: It sleeps."]


async def test_what_is_fetched_while_others_are_asked_about_is_asked_about_by_all(workshop: Workshop) -> None:
    asked, answer = asyncio.Event(), asyncio.Event()

    async def wait() -> None:
        asked.set()
        await answer.wait()

    workshop.last.waits_for = wait
    late = announced("2606.09999", "Kites")
    async with workshop.impatient as job, asyncio.timeout(PATIENCE):
        first = job.start(job.run())
        await asked.wait()
        await workshop.stores.papers.keep(answered(late), over_at=over_at(DAY), at=AT)
        second = job.start(job.run())
        while len(workshop.board.posted) <= len(TITLES):  # noqa: ASYNC110 - the board is no event
            await asyncio.sleep(0.01)
        answer.set()
        await asyncio.gather(first, second)
    assert [late.arxiv_id] in workshop.oracle.asked


async def test_an_enricher_with_a_bug_ends_no_day(workshop: Workshop) -> None:
    workshop.oracle.error = TypeError("no paper")
    async with workshop.job as job:
        await job.run()
    assert workshop.board.titles() == TITLES
    assert workshop.told[-1] == Finished()


async def test_a_job_that_ends_in_the_middle_of_editing_leaves_the_edit_to_the_next(
    workshop: Workshop,
) -> None:
    begun = asyncio.Event()

    async def never() -> None:
        begun.set()
        await asyncio.Event().wait()

    await workshop.job.post()
    better = announced(TIDES.arxiv_id, "Ebb", origin=Origin.ARXIV)
    await workshop.stores.papers.keep(answered(better), over_at=over_at(DAY), at=AT)
    workshop.board.meanwhile = never
    async with asyncio.timeout(PATIENCE):
        async with workshop.job as job:
            job.post_now()
            await begun.wait()
        workshop.board.meanwhile = Board(SetClock(AT)).meanwhile
        await workshop.impatient.post()
    assert workshop.board.edits == [(1, "Ebb")]
    assert await workshop.stores.outbox.changed() == []


async def test_a_store_that_fails_while_others_are_asked_stops_the_asking_and_no_posting(
    workshop: Workshop, caplog: pytest.LogCaptureFixture
) -> None:
    database = workshop.stores.database

    async def mislay() -> None:
        await database.write(lambda db: db.execute("ALTER TABLE enrichments RENAME TO mislaid"))

    workshop.oracle.waits_for = mislay
    async with workshop.job as job:
        await job.run()
    assert workshop.board.titles() == TITLES
    errors = [record.message for record in caplog.records if record.levelno == logging.ERROR]
    assert [error.partition(":")[0] for error in errors if "fetched" not in error] == [
        "papers could not be asked about"
    ]


async def test_two_runs_at_once_ask_about_each_paper_once(workshop: Workshop) -> None:
    async with workshop.job as job:
        await asyncio.gather(job.run(), job.run())
    asked = [arxiv_id for batch in workshop.oracle.asked for arxiv_id in batch]
    assert sorted(asked) == sorted(set(asked))
