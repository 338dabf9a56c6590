"""Requests that fail, for each thing that is asked of Discord: in the end every paper is there, and once."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest

from papers.delivery import Delivered
from papers.models import Style
from playground.faults import Effect, Fault
from playground.messages import CROSSPOSTED
from playground.world import Channel
from support.faulty import Office, office
from support.publishing import CROSSPOST, MESSAGES, POSTS, THREADS

TITLES = ["Tides", "Robots", "Scripts"]


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[Office]:
    async with office(tmp_path / "papers.db") as made:
        yield made


@dataclass(frozen=True)
class Case:
    """A style, and the request that fails."""

    style: Style
    route: str
    publish: bool = False

    def channel(self, there: Office) -> Channel:
        if self.style is Style.FORUM:
            return there.counter.forum("Other")
        return there.counter.news() if self.publish else there.town.channel

    def hold(self, there: Office, channel: Channel) -> None:
        """Every paper once, and nothing besides."""
        shown = there.shown(channel)
        assert {title: shown[title] for title in TITLES} == dict.fromkeys(TITLES, 1)
        threads = there.town.playground.world.threads(channel)
        messages = [*channel.messages.values()]
        expected = {Style.CARDS: (3, 0), Style.DIGEST: (1, 0), Style.THREAD: (1, 1), Style.FORUM: (0, 3)}
        assert (len(messages), len(threads)) == expected[self.style]
        assert all(bool(message["flags"] & CROSSPOSTED) is self.publish for message in messages)


CASES = {
    "a card": Case(Style.CARDS, MESSAGES),
    "a digest": Case(Style.DIGEST, MESSAGES),
    "a thread": Case(Style.THREAD, THREADS),
    "a card in a thread": Case(Style.THREAD, MESSAGES),
    "a post": Case(Style.FORUM, POSTS),
    "an announcement": Case(Style.CARDS, CROSSPOST, publish=True),
}
PASSING = {
    "429 route": Fault(Effect.TOO_MANY, scope="user", seconds=0.02),
    "429 shared": Fault(Effect.TOO_MANY, scope="shared", seconds=0.02),
    "429 global": Fault(Effect.TOO_MANY, scope="global", seconds=0.02),
    "503": Fault(Effect.SERVER_ERROR, status=503),
    "503, done": Fault(Effect.FAILED_AFTER, status=503),
    "reset": Fault(Effect.RESET),
    "answer lost": Fault(Effect.ANSWER_LOST),
    "answer cut short": Fault(Effect.ANSWER_CUT),
    "403 of a proxy": Fault(Effect.PROXY, status=403),
    "404 of a proxy": Fault(Effect.PROXY, status=404),
}
WAITED_FOR = {
    "429 of the firewall": Fault(Effect.FIREWALL),
    "500": Fault(Effect.SERVER_ERROR, status=500),
    "502": Fault(Effect.SERVER_ERROR, status=502),
    "504": Fault(Effect.SERVER_ERROR, status=504),
    "504, done": Fault(Effect.FAILED_AFTER, status=504),
}
"""After these discord.py or our pace waits for a second."""


@pytest.mark.parametrize(
    ("case", "fault"), [*product(CASES, PASSING), *product(["a card"], WAITED_FOR), ("a post", "504, done")]
)
async def test_what_passes_costs_no_paper_and_repeats_none(there: Office, case: str, fault: str) -> None:
    chosen, failing = CASES[case], (PASSING | WAITED_FOR)[fault]
    channel = chosen.channel(there)
    await there.keep(*TITLES)
    await there.subscribe(channel, chosen.style, publish=chosen.publish)
    more = {"status": failing.status, "scope": failing.scope, "seconds": failing.seconds}
    several = 0 if chosen.style is Style.DIGEST or chosen.route == THREADS else 1
    there.fails(failing.effect, "POST", chosen.route, after=several, **more)
    counts = await there.deliver_all()
    assert not there.town.playground.faults.switched_on
    chosen.hold(there, channel)
    assert (counts.failed, counts.sent) == (
        0,
        sum(len(each.messages) for each in places(there, channel)) + extra(chosen),
    )


def places(there: Office, channel: Channel) -> list[Channel]:
    return [channel, *there.town.playground.world.threads(channel)]


def extra(case: Case) -> int:
    """Steps that are no messages."""
    return 3 if case.publish else int(case.style is Style.THREAD)


async def test_a_long_wait_is_noted_and_nobody_sleeps_through_it(there: Office) -> None:
    await there.keep(*TITLES)
    await there.subscribe(there.town.channel)
    there.fails(Effect.TOO_MANY, "POST", MESSAGES, seconds=90.0, after=1)
    assert await there.deliver() == Delivered(sent=1, postponed=2)
    wait = await there.stores.outbox.next_due()
    assert wait is not None
    assert timedelta(seconds=89) < wait - there.counter.clock.now() <= timedelta(seconds=90)


async def test_a_message_that_somebody_deleted_meanwhile_costs_the_others_nothing(there: Office) -> None:
    """A 404 about a message (10008) closes no place."""
    news = there.counter.news()
    await there.keep(*TITLES)
    await there.subscribe(news, publish=True)
    there.fails(Effect.ANSWER_LOST, "POST", CROSSPOST, after=2)
    await there.deliver()
    [first, *_] = news.messages
    del news.messages[first]
    await there.deliver_all()
    assert there.shown(news).total() == 2
    [kept] = await there.stores.subscriptions.all()
    assert kept.closed is None
