"""Bringing what is planned to where it belongs, with the real store and a board in Discord's place."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from papers.delivery import LEASE, Courier, Delivered, WhenUncertain, backoff
from papers.errors import (
    PublishLaterError,
    PublishRefusedError,
    PublishUncertainError,
    StorageError,
)
from papers.models import LOOK_BACK, OutboxCounts
from storage import Stores, open_stores
from support.clock import SetClock
from support.deliveries import OTHER, TITLES, Board, Fault, PlainComposer, plan_edition
from support.papers import AT
from support.subscriptions import CHANNEL

MINUTE = timedelta(minutes=1)
LATER = PublishLaterError("Come back later.", retry_after=5 * MINUTE)
REFUSED = PublishRefusedError("You may not write here.")
UNCERTAIN = PublishUncertainError("The line went dead.")


@dataclass
class Office:
    """A courier with its store, its clock and the board it posts to."""

    stores: Stores
    clock: SetClock
    board: Board
    courier: Courier

    def hire(self, when_uncertain: WhenUncertain = WhenUncertain.REPEAT) -> Courier:
        """Another courier for the same store and board."""
        return Courier(
            outbox=self.stores.outbox,
            composer=PlainComposer(),
            publisher=self.board,
            clock=self.clock,
            owner="another",
            when_uncertain=when_uncertain,
        )

    async def deliver_after(self, wait: timedelta) -> Delivered:
        """A round some time later."""
        self.clock.advance(wait)
        return await self.courier.deliver()

    async def reasons(self) -> set[str | None]:
        """Why messages failed."""
        rows = await self.stores.database.read(
            lambda db: db.execute("SELECT reason FROM outbox WHERE state = 'failed'").fetchall()
        )
        return {reason for [reason] in rows}


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_stores(tmp_path / "papers.db") as stores:
        clock = SetClock(AT)
        board = Board(clock)
        courier = Courier(
            outbox=stores.outbox, composer=PlainComposer(), publisher=board, clock=clock, owner="one"
        )
        yield Office(stores, clock, board, courier)


async def test_everything_due_is_posted_once_and_in_order(office: Office) -> None:
    ids = await plan_edition(office.stores, office.clock, CHANNEL)
    assert await office.courier.deliver() == Delivered(sent=3)
    assert office.board.titles() == TITLES
    assert office.board.attempts == ids
    assert office.board.looked_for == []
    assert await office.deliver_after(LEASE) == Delivered()
    assert await office.stores.outbox.counts() == OutboxCounts(sent=3)


async def test_nothing_of_a_destination_begins_before_the_last_is_done(office: Office) -> None:
    await plan_edition(office.stores, office.clock, CHANNEL)
    under_way: list[int] = []

    async def meanwhile() -> None:
        begun = len(office.board.attempts)
        await asyncio.sleep(0)
        under_way.append(len(office.board.attempts) - begun)
        assert len(office.board.posted) == begun - 1

    office.board.meanwhile = meanwhile
    assert await office.courier.deliver() == Delivered(sent=3)
    assert under_way == [0, 0, 0]


async def test_destinations_are_served_side_by_side(office: Office) -> None:
    await plan_edition(office.stores, office.clock, CHANNEL, OTHER)
    office.board.meanwhile = asyncio.Barrier(2).wait
    async with asyncio.timeout(20):
        assert await office.courier.deliver() == Delivered(sent=6)
    assert office.board.titles(CHANNEL) == office.board.titles(OTHER) == TITLES


async def test_a_refusal_fails_with_its_reason_and_holds_nobody_up(office: Office) -> None:
    await plan_edition(office.stores, office.clock, CHANNEL, OTHER)
    office.board.closed[CHANNEL] = REFUSED
    assert await office.courier.deliver() == Delivered(sent=3, failed=3)
    assert office.board.titles(OTHER) == TITLES
    assert await office.reasons() == {str(REFUSED)}
    assert await office.deliver_after(LOOK_BACK) == Delivered()


async def test_later_holds_back_the_rest_of_the_destination_alone(office: Office) -> None:
    ids = await plan_edition(office.stores, office.clock, CHANNEL, OTHER)
    office.board.closed[CHANNEL] = LATER
    assert await office.courier.deliver() == Delivered(sent=3, postponed=3)
    assert await office.stores.outbox.next_due() == AT + LATER.retry_after
    office.board.closed.clear()
    assert await office.deliver_after(LATER.retry_after - MINUTE) == Delivered()
    assert await office.deliver_after(MINUTE) == Delivered(sent=3)
    assert office.board.titles() == TITLES
    assert [nonce for nonce in office.board.attempts if nonce in ids] == [ids[0], *ids]
    assert office.board.looked_for == []


async def test_a_message_that_arrived_unheard_of_is_found_and_confirmed(office: Office) -> None:
    ids = await plan_edition(office.stores, office.clock, CHANNEL)
    office.board.faults.append(Fault(UNCERTAIN, stored=True))
    assert await office.courier.deliver() == Delivered(postponed=3)
    assert await office.deliver_after(backoff(1)) == Delivered(sent=3)
    assert office.board.titles() == TITLES
    assert office.board.attempts == ids
    assert office.board.looked_for == ids[:1]


async def test_a_message_that_did_not_arrive_is_looked_for_and_sent_again(office: Office) -> None:
    ids = await plan_edition(office.stores, office.clock, CHANNEL)
    office.board.faults.extend([Fault(UNCERTAIN), Fault(LATER), Fault(UNCERTAIN, stored=True)])
    assert await office.courier.deliver() == Delivered(postponed=3)
    assert await office.deliver_after(backoff(1)) == Delivered(postponed=3)
    assert await office.deliver_after(LATER.retry_after) == Delivered(postponed=3)
    assert await office.deliver_after(backoff(3)) == Delivered(sent=3)
    assert office.board.titles() == TITLES
    assert office.board.attempts == [ids[0], ids[0], *ids]
    assert office.board.looked_for == [ids[0]] * 3


async def test_what_a_courier_left_behind_is_looked_for(office: Office) -> None:
    ids = await plan_edition(office.stores, office.clock, CHANNEL)
    [first, second, _] = await office.stores.outbox.claim("the dead", now=AT, until=AT + LEASE)
    for message in (first, second):
        await office.board.publish(message)
    assert await office.courier.deliver() == Delivered()
    assert await office.deliver_after(LEASE) == Delivered(sent=3)
    assert office.board.titles() == TITLES
    assert office.board.looked_for == ids


@pytest.mark.parametrize(
    ("choice", "round_", "titles"),
    [
        (WhenUncertain.REPEAT, Delivered(sent=3), [TITLES[0], *TITLES]),
        (WhenUncertain.SKIP, Delivered(sent=2, failed=1), TITLES),
    ],
)
async def test_where_history_cannot_be_read_a_setting_decides(
    office: Office, choice: WhenUncertain, round_: Delivered, titles: list[object]
) -> None:
    await plan_edition(office.stores, office.clock, CHANNEL)
    office.courier = office.hire(choice)
    office.board.unreadable = PublishRefusedError("You may not read here.")
    office.board.faults.append(Fault(UNCERTAIN, stored=True))
    assert await office.courier.deliver() == Delivered(postponed=3)
    assert await office.deliver_after(backoff(1)) == round_
    assert office.board.titles() == titles
    if choice is WhenUncertain.SKIP:
        [reason] = await office.reasons()
        assert reason is not None
        assert "history cannot be read" in reason


async def test_while_nobody_can_look_nothing_is_sent(office: Office) -> None:
    ids = await plan_edition(office.stores, office.clock, CHANNEL)
    office.board.faults.append(Fault(UNCERTAIN, stored=True))
    await office.courier.deliver()
    office.board.unreadable = LATER
    assert await office.deliver_after(backoff(1)) == Delivered(postponed=3)
    assert await office.deliver_after(backoff(2)) == Delivered(postponed=3)
    office.board.unreadable = None
    assert await office.deliver_after(backoff(3)) == Delivered(sent=3)
    assert office.board.attempts == ids
    assert office.board.titles() == TITLES


@pytest.mark.parametrize("error", [LATER, UNCERTAIN])
async def test_given_up_after_a_week(
    office: Office, error: PublishLaterError | PublishUncertainError
) -> None:
    await plan_edition(office.stores, office.clock, CHANNEL)
    office.board.closed[CHANNEL] = error
    assert await office.deliver_after(LOOK_BACK) == Delivered(postponed=3)
    assert await office.deliver_after(MINUTE * 6) == Delivered(failed=3)
    [reason] = await office.reasons()
    assert reason is not None
    assert reason.startswith("Given up")
    assert await office.deliver_after(MINUTE * 6) == Delivered()


async def test_what_waited_for_more_than_a_week_is_not_posted_any_more(office: Office) -> None:
    await plan_edition(office.stores, office.clock, CHANNEL)
    assert await office.deliver_after(LOOK_BACK + MINUTE) == Delivered(failed=3)
    assert office.board.attempts == []


async def test_what_arrived_before_the_week_was_over_is_confirmed(office: Office) -> None:
    ids = await plan_edition(office.stores, office.clock, CHANNEL)
    office.board.faults.append(Fault(UNCERTAIN, stored=True))
    await office.courier.deliver()
    assert await office.deliver_after(LOOK_BACK + MINUTE) == Delivered(sent=1, failed=2)
    assert office.board.attempts == ids[:1]


async def test_nothing_is_sent_under_a_lease_that_is_nearly_over(office: Office) -> None:
    ids = await plan_edition(office.stores, office.clock, CHANNEL)
    claims: list[OutboxCounts] = []

    async def meanwhile() -> None:
        office.clock.advance(LEASE * 2 / 3)
        claims.append(await office.stores.outbox.counts())

    office.board.meanwhile = meanwhile
    assert await office.courier.deliver() == Delivered(sent=3, postponed=3)
    assert office.board.attempts == ids
    assert [(counts.sending, counts.sent) for counts in claims] == [(3, 0), (2, 1), (1, 2)]
    assert office.board.looked_for == []


async def test_once_stopped_it_finishes_what_it_sends_and_begins_nothing(office: Office) -> None:
    ids = await plan_edition(office.stores, office.clock, CHANNEL)

    async def meanwhile() -> None:
        office.courier.stop()

    office.board.meanwhile = meanwhile
    assert await office.courier.deliver() == Delivered(sent=1, postponed=2)
    assert await office.courier.deliver() == Delivered()
    assert office.board.attempts == ids[:1]
    assert await office.stores.outbox.counts() == OutboxCounts(due=2, sent=1)
    assert await office.hire().deliver() == Delivered(sent=2)
    assert office.board.titles() == TITLES
    assert office.board.looked_for == []


async def test_many_messages_go_out_in_one_round(office: Office) -> None:
    places = [CHANNEL.model_copy(update={"target_id": 100 + number}) for number in range(30)]
    await plan_edition(office.stores, office.clock, *places)
    assert await office.courier.deliver() == Delivered(sent=90)
    assert all(office.board.titles(place) == TITLES for place in places)


async def test_a_round_that_fails_ends_when_everybody_stopped(office: Office) -> None:
    await plan_edition(office.stores, office.clock, CHANNEL, OTHER)
    await office.stores.database.write(
        lambda db: db.execute(
            "CREATE TRIGGER jam BEFORE UPDATE ON outbox WHEN NEW.state = 'sent' AND NEW.destination = 1"
            " BEGIN SELECT RAISE(ABORT, 'jammed'); END"
        )
    )
    with pytest.raises(StorageError):
        await office.courier.deliver()
    assert office.board.titles(OTHER) == TITLES
    assert await office.stores.outbox.counts() == OutboxCounts(sending=3, sent=3)
    await office.stores.database.write(lambda db: db.execute("DROP TRIGGER jam"))
    assert await office.deliver_after(LEASE) == Delivered(sent=3)
    assert office.board.titles() == TITLES


def test_waits_grow_to_a_quarter_of_an_hour() -> None:
    seconds = [backoff(attempts).total_seconds() for attempts in (1, 2, 3, 7, 8, 1_000)]
    assert seconds == [10, 20, 40, 640, 900, 900]
