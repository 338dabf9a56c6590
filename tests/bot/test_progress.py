"""Progress on plain lines: what a job tells, as it tells it, until its end."""

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.cli.progress import Progress
from bot.daily import Finished, Happening
from papers.delivery import Gathered, Sent
from papers.editions import EditionReport, Fetching
from papers.models import Edition, EditionState

DAY = date(2026, 6, 24)
AT = datetime(2026, 6, 24, 21, tzinfo=UTC)
FETCHING = Fetching(source="hub", day=DAY)


def report(papers: int) -> EditionReport:
    edition = Edition(source="hub", day=DAY, over_at=AT, papers=papers)
    return EditionReport(edition=edition, state=EditionState.OPEN, answered=True)


def lines(*happenings: Happening) -> list[str]:
    file = io.StringIO()

    def end(_: Sequence[EditionReport]) -> None:
        file.write("the end\n")

    with Progress(file, end) as progress:
        for happening in happenings:
            progress(happening)
    return file.getvalue().splitlines()


def test_each_event_is_a_line() -> None:
    told: list[Happening] = [
        FETCHING,
        report(12),
        Gathered(messages=2),
        Sent(outbox_id="a"),
        Sent(outbox_id="b"),
        Finished(),
    ]
    assert lines(*told) == [
        "Fetching the edition of 2026-06-24 …",
        "12 papers of 2026-06-24 read",
        "Posted 1 of 2",
        "Posted 2 of 2",
        "the end",
    ]


def test_a_day_without_papers_has_nothing_to_say() -> None:
    assert lines(FETCHING, report(0)) == ["Fetching the edition of 2026-06-24 …"]


def test_what_was_planned_in_several_rounds_is_counted_together() -> None:
    assert lines(Gathered(messages=1), Gathered(messages=2), Sent(outbox_id="a")) == ["Posted 1 of 3"]


def test_after_the_first_job_it_says_nothing_more() -> None:
    assert lines(Finished(), FETCHING, Finished()) == ["the end"]


def test_at_the_end_it_passes_on_what_became_of_the_days() -> None:
    found: list[EditionReport] = []

    def keep(reports: Sequence[EditionReport]) -> None:
        found.extend(reports)

    progress = Progress(io.StringIO(), keep)
    for happening in (report(1), report(2), Finished()):
        progress(happening)
    assert [each.edition.papers for each in found] == [1, 2]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_a_reader_that_is_gone_stops_no_job() -> None:
    def end(_: Sequence[EditionReport]) -> None:
        pytest.fail("there is nobody to say it to")

    with Path("/dev/full").open("w", encoding="utf-8", buffering=1) as full:
        progress = Progress(full, end)
        for happening in (FETCHING, Finished()):
            progress(happening)
        with pytest.raises(OSError, match="No space"):
            full.close()
