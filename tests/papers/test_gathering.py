"""Papers that wait for the time of their subscription, and what goes out of them."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from papers.delivery import Courier, Delivered, WhenUncertain
from papers.delivery.courier import PROBE
from papers.delivery.gathering import DRIP, Gatherer
from papers.errors import PublishClosedError
from papers.models import (
    Batch,
    Destination,
    DestinationKind,
    NewMessage,
    Overflow,
    PaperKey,
    Rhythm,
    Schedule,
    Subscription,
)
from storage import Stores, open_stores
from support.clock import SetClock
from support.deliveries import Board, PlainComposer, planner
from support.papers import AT, DAY, announced, answered, over_at
from support.subscriptions import CHANNEL, wanted

DAILY = Schedule(rhythm=Rhythm.DAILY, at=time(9), zone="Europe/Berlin")
NINE = datetime.fromisoformat("2026-06-25T07:00:00+00:00")
PERSON_PLACE = Destination(kind=DestinationKind.DIRECT, target_id=7)


@dataclass
class Recorder(PlainComposer):
    """Remembers what it composed."""

    batches: list[Batch] = field(default_factory=list)

    def compose(self, batch: Batch) -> list[NewMessage]:
        self.batches.append(batch)
        shown = super().compose(batch.model_copy(update={"summarised": ()}))
        told = tuple(paper.key for paper in batch.summarised)
        return [*shown[:-1], shown[-1].model_copy(update={"summarised": told})] if shown else []


@dataclass
class Office:
    stores: Stores
    clock: SetClock
    board: Board
    composer: Recorder
    courier: Courier = field(init=False)
    announced: int = 0

    def hire(self, when_uncertain: WhenUncertain) -> Courier:
        return Courier(
            outbox=self.stores.outbox,
            composer=self.composer,
            publisher=self.board,
            clock=self.clock,
            owner="one",
            when_uncertain=when_uncertain,
        )

    async def subscribe(self, **chosen: object) -> Subscription:
        kept, _ = await self.stores.subscriptions.add(wanted("").model_copy(update=chosen))
        return kept

    async def arrive(self, *upvotes: int, day_offset: int = 0) -> list[PaperKey]:
        """So many papers arrive, each with its upvotes, and are planned; their keys."""
        day = DAY + timedelta(days=day_offset)
        announcements = []
        for votes in upvotes:
            self.announced += 1
            one = announced(f"2606.{self.announced:05}", f"Paper {votes}")
            said = one.statements[0].model_copy(update={"upvotes": votes})
            announcements.append(one.model_copy(update={"statements": (said,)}))
        await self.stores.papers.keep(
            answered(*announcements, day=day), over_at=over_at(day), at=self.clock.now()
        )
        keys = [paper.key for paper in await self.stores.outbox.unplanned()]
        await planner(self.stores, self.clock).plan()
        return keys

    async def gather(self, *, catch_up: int = 20) -> int:
        gatherer = Gatherer(
            outbox=self.stores.outbox, composer=self.composer, clock=self.clock, catch_up=catch_up
        )
        return await gatherer.gather()

    def gone_out(self) -> list[list[int | None]]:
        """The upvotes of the papers of every batch, in the order in which they are shown."""
        return [[paper.upvotes for paper in batch.papers] for batch in self.composer.batches]

    async def next_at(self) -> datetime | None:
        [kept] = await self.stores.subscriptions.all()
        return kept.next_at


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    clock = SetClock(AT)
    async with open_stores(tmp_path / "papers.db") as stores:
        board, composer = Board(clock), Recorder()
        office = Office(stores, clock, board, composer)
        office.courier = office.hire(WhenUncertain.REPEAT)
        yield office


async def test_as_papers_arrive_the_best_comes_first(office: Office) -> None:
    await office.subscribe()
    await office.arrive(3, 9, 5)
    assert await office.gather() == 3
    assert office.gone_out() == [[9, 5, 3]]
    assert await office.gather() == 0


async def test_a_daily_one_waits_for_its_time(office: Office) -> None:
    await office.subscribe(schedule=DAILY)
    await office.arrive(1, 2)
    assert await office.gather() == 0
    assert await office.next_at() == NINE
    office.clock.at = NINE - timedelta(seconds=1)
    assert await office.gather() == 0
    office.clock.at = NINE
    assert await office.gather() == 2
    assert await office.next_at() == NINE + timedelta(days=1)


async def test_a_time_that_passed_by_without_papers_is_over(office: Office) -> None:
    await office.subscribe(schedule=DAILY)
    await office.arrive(1)
    await office.gather()
    office.clock.at = NINE
    await office.gather()
    office.clock.at = NINE + timedelta(days=1, seconds=20)
    assert await office.gather() == 0
    assert await office.next_at() == NINE + timedelta(days=2)
    office.clock.at += timedelta(minutes=1)
    await office.arrive(2, day_offset=1)
    assert await office.gather() == 0


async def test_a_time_that_the_bot_slept_through_is_made_up_for(office: Office) -> None:
    await office.subscribe(schedule=DAILY)
    await office.arrive(1)
    await office.gather()
    office.clock.at = NINE
    await office.gather()
    office.clock.at = NINE + timedelta(days=1, hours=2)
    await office.arrive(2, day_offset=1)
    assert await office.gather() == 1
    assert await office.next_at() == NINE + timedelta(days=2)


async def test_quiet_hours_hold_back_what_arrives(office: Office) -> None:
    await office.subscribe(schedule=Schedule(quiet=(time(2), time(6))))
    await office.arrive(1)
    assert await office.gather() == 0
    office.clock.at = AT.replace(hour=6)
    assert await office.gather() == 1


async def test_above_the_most_the_best_go_and_the_rest_waits_for_the_next_time(office: Office) -> None:
    await office.subscribe(most=2)
    await office.arrive(3, 9, 5)
    assert await office.gather() == 2
    assert await office.gather() == 0
    assert office.composer.batches[0].deferred == 1
    office.clock.advance(DRIP)
    assert await office.gather() == 1
    assert office.gone_out() == [[9, 5], [3]]


async def test_above_the_most_the_rest_is_told_of_in_one_line_where_that_is_wanted(office: Office) -> None:
    await office.subscribe(most=2, overflow=Overflow.SUMMARISE)
    await office.arrive(3, 9, 5)
    assert await office.gather() == 2
    assert [paper.upvotes for paper in office.composer.batches[0].summarised] == [3]
    office.clock.advance(DRIP)
    assert await office.gather() == 0


async def test_what_was_deferred_for_a_week_is_told_of_at_last(office: Office) -> None:
    await office.subscribe(most=1)
    await office.arrive(1, 9)
    await office.gather()
    office.clock.advance(timedelta(days=7))
    await office.arrive(5, day_offset=6)
    await office.gather()
    assert office.gone_out() == [[9], [5]]
    assert [paper.upvotes for paper in office.composer.batches[-1].summarised] == [1]


async def test_every_paper_comes_once_whatever_the_most(office: Office) -> None:
    await office.subscribe(most=3)
    keys = await office.arrive(*range(20))
    for _ in range(10):
        await office.gather()
        office.clock.advance(DRIP)
    gone = [paper.key for batch in office.composer.batches for paper in batch.papers]
    assert sorted(gone) == sorted(keys)


async def test_a_closed_place_is_tried_later_and_gets_what_was_due_within_the_limit(office: Office) -> None:
    await office.subscribe()
    await office.arrive(1, 2, 3)
    await office.gather()
    office.board.closed[CHANNEL] = PublishClosedError("no permission")
    assert await office.courier.deliver() == Delivered(closed=1, sent=1)
    [kept] = await office.stores.subscriptions.all()
    assert kept.closed is not None
    assert (kept.closed.reason, kept.closed.probe_at) == ("no permission", AT + PROBE)
    assert office.board.titles(PERSON_PLACE) == ["no permission"]
    assert await office.gather() == 0
    office.clock.advance(PROBE)
    assert await office.gather(catch_up=2) == 2
    assert await office.courier.deliver() == Delivered(closed=1)
    assert len(office.board.titles(PERSON_PLACE)) == 1
    del office.board.closed[CHANNEL]
    office.clock.advance(PROBE)
    assert await office.gather(catch_up=2) == 2
    assert await office.courier.deliver() == Delivered(sent=2)
    assert office.board.titles() == ["Paper 3", "Paper 2"]
    [kept] = await office.stores.subscriptions.all()
    assert kept.closed is None
    assert [paper.upvotes for paper in office.composer.batches[-1].summarised] == [1]


@pytest.mark.parametrize("choice", WhenUncertain)
async def test_what_may_have_been_posted_in_a_closed_place_is_looked_for_before_it_is_sent(
    office: Office, choice: WhenUncertain
) -> None:
    await office.subscribe()
    await office.arrive(1)
    await office.gather()
    [message] = await office.stores.outbox.claim("the dead", now=AT, until=AT)
    await office.board.publish(message)
    office.courier = office.hire(choice)
    office.board.unreadable = PublishClosedError("no permission")
    office.board.closed[CHANNEL] = PublishClosedError("no permission")
    await office.courier.deliver()
    office.board.unreadable = None
    del office.board.closed[CHANNEL]
    office.clock.advance(PROBE)
    await office.gather()
    assert await office.courier.deliver() == Delivered(sent=1)
    assert office.board.titles() == ["Paper 1"]


async def test_a_paused_one_gets_nothing_and_goes_on_with_new_papers(office: Office) -> None:
    kept = await office.subscribe()
    await office.arrive(1)
    assert await office.stores.subscriptions.pause(kept.id, at=AT)
    await office.arrive(2)
    assert await office.gather() == 0
    newest = await office.stores.papers.newest_key()
    assert newest is not None
    assert await office.stores.subscriptions.resume(kept.id, start_key=newest + 1)
    await office.arrive(3)
    await office.gather()
    assert office.gone_out() == [[3]]


async def test_who_was_not_told_before_a_crash_is_told_at_the_next_try(office: Office) -> None:
    await office.subscribe()
    await office.arrive(1)
    await office.gather()
    outbox, reason = office.stores.outbox, "no permission"
    [message] = await outbox.claim("the dead", now=AT, until=AT)
    unsent, probe_at = [message.id], AT + PROBE
    await outbox.close(CHANNEL, "the dead", unsent=unsent, reason=reason, at=AT, probe_at=probe_at)
    office.board.closed[CHANNEL] = PublishClosedError(reason)
    for _ in range(2):
        office.clock.advance(PROBE)
        await office.gather()
        await office.courier.deliver()
    assert office.board.titles(PERSON_PLACE) == [reason]
