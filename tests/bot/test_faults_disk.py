"""The disk is full or the database locked just as a message was posted: nothing is lost, and none comes twice."""

import logging
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from pathlib import Path

import pytest

from papers.delivery import LEASE
from papers.models import OutboxCounts, Style
from playground.world import Event
from support.faulty import Office, office
from support.publishing import MESSAGES

TITLES = ["Tides", "Robots", "Scripts"]
SHORT = 0.05


@pytest.fixture
async def on_small_disk(small_disk: Path) -> AsyncIterator[Office]:
    async with office(small_disk / "papers.db") as made:
        yield made


@pytest.fixture
async def impatient(tmp_path: Path) -> AsyncIterator[Office]:
    async with office(tmp_path / "papers.db", busy_timeout=SHORT) as made:
        yield made


def when_posted(there: Office, number: int, do: Callable[[], object]) -> None:
    """Does something when so many messages are there, and before the bot hears of the last."""

    def hear(event: Event) -> None:
        if event.name == "MESSAGE_CREATE" and len(there.town.channel.messages) == number:
            do()

    there.town.playground.world.listen(hear)


def said_in_one_sentence(caplog: pytest.LogCaptureFixture, sentence: str) -> None:
    errors = [record for record in caplog.records if record.levelno >= logging.ERROR]
    [error] = errors
    assert sentence in error.getMessage()
    assert error.exc_info is None
    assert "Traceback" not in caplog.text


async def every_paper_once(there: Office) -> None:
    there.counter.clock.advance(LEASE)
    await there.job.post()
    assert await there.stores.outbox.counts() == OutboxCounts(sent=len(TITLES))
    shown = there.shown(there.town.channel)
    assert [shown[title] for title in TITLES] == [1] * len(TITLES)
    assert len(there.town.channel.messages) == len(TITLES)
    assert len(there.counter.asked("POST", MESSAGES)) == len(TITLES)


@pytest.mark.parametrize("posted", [1, 2, 3])
async def test_a_disk_that_fills_between_posting_and_noting_it(
    on_small_disk: Office, small_disk: Path, caplog: pytest.LogCaptureFixture, posted: int
) -> None:
    there, filling = on_small_disk, small_disk / "filling"
    await there.keep(*TITLES)
    await there.subscribe(there.town.channel, Style.CARDS)
    when_posted(there, posted, lambda: filling.write_bytes(bytes(shutil.disk_usage(small_disk).free)))
    await there.job.post()
    said_in_one_sentence(caplog, "no room left")
    assert len(there.town.channel.messages) == posted
    filling.unlink()
    await every_paper_once(there)


@pytest.mark.parametrize("posted", [1, 2, 3])
async def test_a_database_that_is_locked_between_posting_and_noting_it(
    impatient: Office, tmp_path: Path, caplog: pytest.LogCaptureFixture, posted: int
) -> None:
    there = impatient
    await there.keep(*TITLES)
    await there.subscribe(there.town.channel, Style.CARDS)
    with closing(sqlite3.connect(tmp_path / "papers.db", isolation_level=None)) as other:
        when_posted(there, posted, lambda: other.execute("BEGIN IMMEDIATE"))
        await there.job.post()
        said_in_one_sentence(caplog, "locked by another program")
        assert len(there.town.channel.messages) == posted
        other.execute("ROLLBACK")
    await every_paper_once(there)


async def test_a_database_that_is_locked_before_anything_is_planned(
    impatient: Office, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    there = impatient
    await there.keep(*TITLES)
    await there.subscribe(there.town.channel)
    with closing(sqlite3.connect(tmp_path / "papers.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        await there.job.post()
        said_in_one_sentence(caplog, "locked by another program")
        assert not there.town.channel.messages
        other.execute("ROLLBACK")
    await every_paper_once(there)
