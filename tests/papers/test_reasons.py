"""Why a paper was or was not posted at a place."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from papers.delivery import Courier, WhenUncertain
from papers.delivery.courier import PROBE, UNSEEN
from papers.delivery.gathering import DRIP
from papers.errors import PublishClosedError, PublishRefusedError, PublishUncertainError
from papers.models import NewSubscription, Overflow, Paper, Rhythm, Schedule, Subscription
from papers.reasons import Reason, Why, WhyService
from storage import Stores, open_stores
from support.clock import SetClock
from support.deliveries import Board, Fault, PlainComposer, gatherer, planner
from support.papers import AT, DAY, EDITION, over_at
from support.subscriptions import CHANNEL, wanted

BEST = "2606.01001"


@dataclass
class Office:
    stores: Stores
    clock: SetClock
    board: Board

    async def subscribe(self, new: NewSubscription) -> Subscription:
        kept, _ = await self.stores.subscriptions.add(new)
        return kept

    async def deliver(self, choice: WhenUncertain = WhenUncertain.REPEAT) -> None:
        await planner(self.stores, self.clock).plan()
        await gatherer(self.stores, self.clock).gather()
        await Courier(
            outbox=self.stores.outbox,
            composer=PlainComposer(),
            publisher=self.board,
            clock=self.clock,
            owner="one",
            when_uncertain=choice,
        ).deliver()

    async def paper(self, arxiv_id: str = BEST) -> Paper:
        found = await self.stores.papers.get(arxiv_id)
        assert found is not None
        return found

    async def why(self, arxiv_id: str = BEST) -> list[Why]:
        service = WhyService(
            subscriptions=self.stores.subscriptions, outbox=self.stores.outbox, clock=self.clock
        )
        return await service.why(CHANNEL, await self.paper(arxiv_id))

    async def reason(self, arxiv_id: str = BEST) -> Reason:
        [why] = await self.why(arxiv_id)
        return why.reason


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    clock = SetClock(AT)
    async with open_stores(tmp_path / "papers.db") as stores:
        await stores.papers.keep(EDITION, over_at=over_at(DAY), at=AT)
        yield Office(stores, clock, Board(clock))


async def test_nothing_is_subscribed(office: Office) -> None:
    assert await office.why() == []


async def test_planned_with_the_next_run_then_posted(office: Office) -> None:
    kept = await office.subscribe(wanted(""))
    assert await office.reason() is Reason.UNPLANNED
    await office.deliver()
    [why] = await office.why()
    title = (await office.paper()).title
    [posted] = [post for post in office.board.posted if post.title == title]
    assert (why.reason, why.subscription and why.subscription.id) == (Reason.POSTED, kept.id)
    assert (why.channel_id, why.message_id) == (CHANNEL.target_id, posted.id)
    await office.stores.subscriptions.remove(kept.id)
    [why] = await office.why()
    assert (why.reason, why.subscription) == (Reason.POSTED, None)


async def test_the_term_that_does_not_hold_is_named(office: Office) -> None:
    await office.subscribe(wanted("tides -author:marsh"))
    await office.deliver()
    [why] = await office.why()
    assert (why.reason, why.detail) == (Reason.NOT_MATCHED, "-author:marsh")


async def test_what_another_subscription_brought_comes_once(office: Office) -> None:
    await office.subscribe(wanted("tides"))
    await office.subscribe(wanted(""))
    await office.deliver()
    assert [why.reason for why in await office.why()] == [Reason.POSTED, Reason.ELSEWHERE]


async def test_paused(office: Office) -> None:
    kept = await office.subscribe(wanted(""))
    await office.stores.subscriptions.pause(kept.id, at=AT)
    await office.deliver()
    assert await office.reason() is Reason.PAUSED


async def test_announced_before_the_subscription_began(office: Office) -> None:
    await office.subscribe(wanted("", start_key=(await office.paper()).key + 1))
    await office.deliver()
    assert await office.reason() is Reason.BEFORE_START


async def test_too_old(office: Office) -> None:
    await office.subscribe(wanted(""))
    office.clock.advance(timedelta(days=8))
    await office.deliver()
    assert await office.reason() is Reason.TOO_OLD


async def test_what_began_to_match_without_being_planned_is_not_promised(office: Office) -> None:
    await office.deliver()
    await office.subscribe(wanted(""))
    assert await office.reason() is Reason.NOT_WANTED


async def test_queued_until_its_time(office: Office) -> None:
    await office.subscribe(wanted("").model_copy(update={"schedule": Schedule(rhythm=Rhythm.DAILY)}))
    await office.deliver()
    [why] = await office.why()
    assert (why.reason, why.at) == (Reason.QUEUED, AT.replace(hour=9))


@pytest.mark.parametrize(
    ("overflow", "reason"), [(Overflow.DEFER, Reason.DEFERRED), (Overflow.SUMMARISE, Reason.POSTED)]
)
async def test_deferred_or_told_of(office: Office, overflow: Overflow, reason: Reason) -> None:
    chosen = {"most": 1, "overflow": overflow}
    await office.subscribe(wanted("").model_copy(update=chosen))
    await office.deliver()
    papers = sorted(await office.stores.papers.edition(DAY), key=lambda paper: -(paper.upvotes or 0))
    [why] = await office.why(papers[-1].arxiv_id)
    assert why.reason is reason
    if overflow is Overflow.DEFER:
        assert (why.deferred, why.at) == (1, AT + DRIP)


async def test_a_closed_place_says_why_and_when_it_is_tried_again(office: Office) -> None:
    await office.subscribe(wanted(""))
    office.board.closed[CHANNEL] = PublishClosedError("Give me Send Messages.")
    await office.deliver()
    [why] = await office.why()
    assert (why.reason, why.detail, why.at) == (Reason.CLOSED, "Give me Send Messages.", AT + PROBE)


async def test_refused(office: Office) -> None:
    await office.subscribe(wanted("tides"))
    office.board.closed[CHANNEL] = PublishRefusedError("It is too long.")
    await office.deliver()
    [why] = await office.why()
    assert (why.reason, why.detail) == (Reason.FAILED, "It is too long.")


@pytest.mark.parametrize(
    ("choice", "reason"), [(WhenUncertain.REPEAT, Reason.POSTED), (WhenUncertain.SKIP, Reason.FAILED)]
)
async def test_what_nobody_could_look_for_is_said_with_the_setting(
    office: Office, choice: WhenUncertain, reason: Reason
) -> None:
    await office.subscribe(wanted("tides"))
    office.board.faults.append(Fault(PublishUncertainError("No clear answer."), stored=True))
    await office.deliver()
    assert await office.reason() is Reason.SENDING
    office.board.unreadable = PublishRefusedError("The history cannot be read.")
    office.clock.advance(timedelta(hours=1))
    await office.deliver(choice)
    [why] = await office.why()
    assert why.reason is reason
    assert (why.detail or "").startswith(UNSEEN)
    assert "delivery.uncertain" in (why.detail or "")
