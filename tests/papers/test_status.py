"""How the last two weeks went, in states, counts and words."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from papers.models import DayProgress, Destination, DestinationKind, EditionState
from papers.status import PERIOD, DayStatus, SourceDay, Status, StatusService
from papers.status_text import progress_text, source_text, summary, told_days
from storage import Stores, open_stores
from support.clock import SetClock
from support.deliveries import plan_all
from support.papers import announced, answered, over_at
from support.subscriptions import CHANNEL, GUILD, wanted

NOW = datetime(2026, 6, 24, 12, tzinfo=UTC)
"""A Wednesday."""

TODAY = NOW.date()
NEXT_RUN = datetime(2026, 6, 24, 17, tzinfo=UTC)
SLEEPS = "hub.example cannot answer now (HTTP 503); it is asked again at the next run."
WEEKENDS = "Saturday 13 June, Sunday 14 June, Saturday 20 June and Sunday 21 June: no edition"
PERSON = Destination(kind=DestinationKind.DIRECT, target_id=77)


@pytest.fixture
async def stores(tmp_path: Path) -> AsyncIterator[Stores]:
    async with open_stores(tmp_path / "papers.db") as opened:
        yield opened


def back(days: int) -> date:
    return TODAY - timedelta(days=days)


async def tell(
    stores: Stores, day: date, papers: int, *, whole: bool = True, at: datetime | None = None
) -> None:
    """A day's answer, if not said otherwise after the day was over."""
    said = [announced(f"26{day.day:02}.{number:05}") for number in range(papers)]
    answer = answered(*said, day=day, whole=whole)
    await stores.papers.keep(answer, over_at=over_at(day), at=at or over_at(day))


async def fail(stores: Stores, day: date) -> None:
    await stores.editions.fail("hub", day, over_at=over_at(day), reason=SLEEPS)


async def tell_all(stores: Stores, *but: date) -> None:
    """Two papers on each working day, none on weekends, one today; nothing of other days than those."""
    for number in range(PERIOD.days, 0, -1):
        if (day := back(number)) not in but:
            await tell(stores, day, 2 if day.isoweekday() <= 5 else 0)
    if TODAY not in but:
        await tell(stores, TODAY, 1, at=NOW)


async def post(stores: Stores, *reasons: str, place: Destination = CHANNEL, send: int = 500) -> None:
    """Plans for a place and posts as many messages; the first ones fail for those reasons."""
    await stores.subscriptions.add(wanted("", place))
    await plan_all(stores, SetClock(NOW))
    messages = await stores.outbox.claim("me", now=NOW, until=NOW + timedelta(minutes=3), limit=send)
    for message, reason in zip(messages, reasons, strict=False):
        await stores.outbox.fail(message.id, "me", reason=reason, at=NOW)
    for message in messages[len(reasons) :]:
        await stores.outbox.confirm(message.id, message_id=1, shown="x", at=NOW)


def service(stores: Stores, *sources: str, now: datetime = NOW) -> StatusService:
    return StatusService(
        sources=sources or ("hub",),
        editions=stores.editions,
        outbox=stores.outbox,
        clock=SetClock(now),
        next_run=lambda: NEXT_RUN,
    )


async def sentence(stores: Stores, *, now: datetime = NOW) -> tuple[bool, str]:
    """Whether all is well, and the sentence."""
    status = await service(stores, now=now).of_all()
    return status.well, summary(status)


async def test_all_is_well(stores: Stores) -> None:
    await tell_all(stores)
    await post(stores)
    assert await sentence(stores) == (True, f"All is well: 11 of 11 posted, nothing pending; {WEEKENDS}.")


async def test_what_is_pending_failed_and_waits_for_the_next_run_is_told(stores: Stores) -> None:
    await tell_all(stores, TODAY)
    await post(stores, "Discord refuses: Unknown Channel", "Discord refuses: Unknown Channel", send=7)
    await tell(stores, TODAY, 1, at=NOW)
    assert await sentence(stores) == (
        False,
        (
            "Not all is well: 5 of 10 posted, 3 pending, 2 failed (Discord refuses: Unknown Channel),"
            f" 1 paper waiting for the next run; {WEEKENDS}."
        ),
    )


async def test_where_nobody_subscribed_nothing_is_to_be_posted(stores: Stores) -> None:
    await tell_all(stores)
    await plan_all(stores, SetClock(NOW))
    assert await sentence(stores) == (True, f"All is well: no subscription matched any paper; {WEEKENDS}.")


async def test_before_the_first_run_no_source_was_asked(stores: Stores) -> None:
    assert await sentence(stores) == (False, "No source was asked for papers of the last two weeks.")
    assert told_days(await service(stores).of_all()) == []


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (
            [back(1)],
            (
                "; Tuesday 23 June: no answer from hub (hub.example cannot answer now (HTTP 503)),"
                " asked again at the next run."
            ),
        ),
        (
            [back(9), back(8)],
            (
                "; Monday 15 June and Tuesday 16 June: no answer from hub (hub.example cannot answer now (HTTP 503)),"
                " too long ago to be asked for again (`paperboy fetch --since 2026-06-15` does)."
            ),
        ),
    ],
)
async def test_days_without_an_answer_are_missing(stores: Stores, days: list[date], told: str) -> None:
    await tell_all(stores, *days)
    for day in days:
        await fail(stores, day)
    well, said = await sentence(stores)
    assert not well
    assert said.endswith(told)


async def test_a_day_that_nobody_asked_for_between_others_is_missing(stores: Stores) -> None:
    await tell_all(stores, back(2))
    well, said = await sentence(stores)
    assert not well
    assert said.endswith("; Monday 22 June: hub was never asked, asked again at the next run.")


async def test_days_since_the_bot_stopped_are_missing(stores: Stores) -> None:
    await tell_all(stores, back(2), back(1), TODAY)
    well, said = await sentence(stores)
    assert not well
    assert said.endswith(
        "; Monday 22 June and Tuesday 23 June: hub was never asked, asked again at the next run."
    )


async def test_days_before_the_first_are_not(stores: Stores) -> None:
    await tell(stores, back(1), 2)
    await tell(stores, TODAY, 1, at=NOW)
    assert (await sentence(stores))[0]
    told = told_days(await service(stores).of_all())
    assert [day.day for day in told] == [back(1), TODAY]


async def test_a_day_that_is_not_whole_is_missing(stores: Stores) -> None:
    await tell_all(stores, back(1))
    await tell(stores, back(1), 2, whole=False)
    well, said = await sentence(stores)
    assert not well
    assert "; Tuesday 23 June: not whole at hub (a part of the answer is missing), asked again" in said


async def test_the_last_look_after_a_day_may_take_until_the_next_evening(stores: Stores) -> None:
    await tell_all(stores, back(1))
    await tell(stores, back(1), 2, at=over_at(back(1)) - timedelta(hours=3))
    assert (await sentence(stores))[0]
    [yesterday] = (await service(stores).of_all()).days[-2].sources
    assert source_text(yesterday) == "2 papers so far, the last look is to come"
    well, said = await sentence(stores, now=over_at(TODAY) + timedelta(hours=1))
    assert not well
    assert "Tuesday 23 June: not whole at hub, asked again" in said


async def test_many_troubles_are_told_in_a_few_words(stores: Stores) -> None:
    await tell_all(stores, *(back(number) for number in range(1, 11)))
    for number in range(1, 11):
        reason = SLEEPS if number > 6 else f"Trouble number {number}."
        await stores.editions.fail("hub", back(number), over_at=over_at(back(number)), reason=reason)
    _, said = await sentence(stores)
    assert said.count("no answer from hub") == 3
    assert said.endswith("; other trouble on 5 days.")
    assert len(said) < 800


async def test_a_server_and_a_person_hear_of_their_own_deliveries(stores: Stores) -> None:
    await tell_all(stores, *(back(number) for number in range(2, 14)))
    await stores.subscriptions.add(wanted("", PERSON))
    await post(stores, send=4)
    told = service(stores)
    assert [day.progress.sent for day in (await told.of_guild(GUILD)).days[-2:]] == [1, 0]
    assert [day.progress.sent for day in (await told.of_person(77)).days[-2:]] == [2, 1]
    assert not any(day.progress.wanted for day in (await told.of_guild(GUILD + 1)).days)
    assert not any(day.progress.wanted for day in (await told.of_person(GUILD)).days)


async def test_sources_that_are_asked_daily_come_first_and_imports_are_missing_nowhere(
    stores: Stores,
) -> None:
    await tell_all(stores)
    said = answered(announced("2606.00777"), day=back(5), source="digest")
    await stores.papers.keep(said, over_at=over_at(back(5)), at=NOW)
    status = await service(stores, "hub", "arxiv").of_all()
    named = {day.day: [source.source for source in day.sources] for day in status.days}
    assert named[back(5)] == ["hub", "arxiv", "digest"]
    assert named[back(4)] == ["hub", "arxiv"]
    assert {source.source for source in status.missing} == set()


def day(source: SourceDay, **progress: int) -> DayStatus:
    return DayStatus(
        day=TODAY, sources=(source,), progress=DayProgress.model_validate({"day": TODAY, **progress})
    )


@pytest.mark.parametrize(
    ("progress", "told"),
    [
        ({}, ""),
        ({"papers": 3}, "no subscription matched"),
        ({"papers": 3, "unplanned": 3}, "3 waiting for the next run"),
        ({"papers": 3, "sent": 6}, "6 of 6 posted"),
        ({"papers": 3, "sent": 4, "due": 1, "sending": 1}, "4 of 6 posted, 2 pending"),
        ({"papers": 2, "sent": 2}, "2 of 2 posted, 1 announced before"),
        ({"papers": 3, "unplanned": 1, "sent": 2}, "2 of 2 posted, 1 waiting for the next run"),
    ],
)
def test_what_became_of_a_days_papers_in_words(progress: dict[str, int], told: str) -> None:
    papers = 3 if progress else 0
    source = SourceDay(source="hub", day=TODAY, state=EditionState.CLOSED, papers=papers)
    assert progress_text(day(source, **progress)) == told


@pytest.mark.parametrize(
    ("state", "papers", "missing", "told"),
    [
        (EditionState.CLOSED, 1, False, "1 paper"),
        (EditionState.CLOSED, 1_200, False, "1,200 papers"),
        (EditionState.OPEN, 0, False, "0 papers so far"),
        (EditionState.EMPTY, 0, False, "no edition"),
        (EditionState.PARTIAL, 2, True, "2 papers, not whole (why)"),
        (EditionState.FAILED, 0, True, "no answer (why)"),
        (None, 0, False, "not asked"),
        (None, 0, True, "never asked"),
    ],
)
def test_what_a_source_gave_in_words(
    state: EditionState | None, papers: int, told: str, *, missing: bool
) -> None:
    source = SourceDay(
        source="hub", day=TODAY, state=state, papers=papers, missing=missing, reason="why; and what now."
    )
    assert source_text(source) == told


def test_many_days_without_an_edition_are_counted() -> None:
    empty = [
        SourceDay(source="hub", day=back(number), state=EditionState.EMPTY) for number in range(14, -1, -1)
    ]
    status = Status(
        days=tuple(
            DayStatus(day=source.day, sources=(source,), progress=DayProgress(day=source.day))
            for source in empty
        )
    )
    assert summary(status) == (
        "All is well: nothing posted; 15 days from Wednesday 10 June to Wednesday 24 June: no edition."
    )
