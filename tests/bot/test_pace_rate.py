"""The second's requests against a simulated way to Discord, whose windows begin at any moment."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pace.rate import MOST, SLOWEST_WAY, Rate
from playground.rate_limits import RateLimiter
from support.discord_town import DAY, ManualTime

THERE, BACK = 0.03, 0.02
"""Seconds of the quickest way to Discord, and back."""


@dataclass(frozen=True)
class Way:
    """What one request meets: seconds before it is written, and more than the quickest way, there and back."""

    stall: float = 0.0
    there: float = 0.0
    back: float = 0.0


WAYS = st.builds(
    Way, st.floats(0, 0.5), st.floats(0, SLOWEST_WAY, exclude_max=True), st.floats(0, 3)
) | st.just(Way())


@dataclass
class Simulation:
    """Discord at the end of a way: a limiter sends, and the moments of arrival are kept."""

    rate: Rate = field(default_factory=Rate)
    now: float = 0.0
    arrivals: list[float] = field(default_factory=list)
    _order: "count[int]" = field(default_factory=count)
    _events: list[tuple[float, int, Callable[[], None]]] = field(default_factory=list)

    def send(self, way: Way) -> None:
        """One request, as soon as it may go."""
        while (opens := self.rate.opens_at(self.now)) > self.now:
            self._pass(opens)
        spent = self.rate.begin(self.now)
        sent = self.now + way.stall
        self.arrivals.append(sent + THERE + way.there)
        answered = self.arrivals[-1] + BACK + way.back
        self._at(sent, lambda: self.rate.sent(spent, self.now))
        self._at(answered, lambda: self.rate.answered(spent, self.now))

    def rest(self, seconds: float) -> None:
        """Nothing is sent for so long."""
        end = self.now + seconds
        while self.now < end:
            self._pass(end)

    def _at(self, moment: float, event: Callable[[], None]) -> None:
        heappush(self._events, (moment, next(self._order), event))

    def _pass(self, until: float) -> None:
        if self._events and self._events[0][0] <= until:
            self.now, _, event = heappop(self._events)
            event()
        else:
            self.now = until


def simulated(ways: Sequence[Way], requests: int) -> list[float]:
    """When so many requests arrived, the quickest way having been seen once, as it is by the login."""
    simulation = Simulation()
    simulation.send(Way())
    simulation.rest(1)
    for number in range(requests):
        simulation.send(ways[number % len(ways)])
    return sorted(simulation.arrivals)


@given(st.lists(WAYS, min_size=1, max_size=60))
@settings(max_examples=60, deadline=None)
def test_no_second_ever_holds_more_than_fifty(ways: list[Way]) -> None:
    arrivals = simulated(ways, 250)
    for first, one_too_many in zip(arrivals, arrivals[MOST:], strict=False):
        assert one_too_many - first >= 1


@pytest.mark.parametrize("slow", [1, 5, 20, MOST])
def test_first_ways_that_are_slow_are_not_taken_for_the_quickest(slow: int) -> None:
    simulation = Simulation()
    for way in [*[Way(there=0.2)] * slow, *[Way()] * 150]:
        simulation.send(way)
    arrivals = sorted(simulation.arrivals)
    for first, one_too_many in zip(arrivals, arrivals[MOST:], strict=False):
        assert one_too_many - first >= 1


@given(st.lists(WAYS, min_size=1, max_size=60), st.floats(0, 1))
@settings(max_examples=40, deadline=None)
def test_discords_own_windows_never_overflow(ways: list[Way], begins: float) -> None:
    time = ManualTime()
    server = RateLimiter(lambda: DAY, monotonic=time)
    arrivals = simulated(ways, 250)
    time.seconds = arrivals[0] - begins
    for arrival in arrivals:
        time.seconds = arrival
        server.spend(1, "GET:/a", messages=False, exempt=False)  # raises a 429


@pytest.mark.parametrize("way", [Way(), Way(there=0.005, back=0.005)])
def test_it_is_within_a_twentieth_of_the_best(way: Way) -> None:
    requests = 2_000
    arrivals = simulated([way], requests)[1:]
    best = requests / MOST - 1
    assert arrivals[-1] - arrivals[0] <= 1.05 * best


def test_a_few_slow_answers_hold_up_nobody() -> None:
    slow = Way(back=2)
    ways = [slow, *[Way()] * 19]
    arrivals = simulated(ways, 2_000)[1:]
    assert arrivals[-1] - arrivals[0] <= 1.05 * (2_000 / MOST - 1)


def test_requests_are_spaced_so_that_an_urgent_one_finds_a_place() -> None:
    steady = simulated([Way()], 500)[100:]
    assert max(later - earlier for earlier, later in pairwise(steady)) < 0.15


def test_without_an_answer_a_place_is_free_again() -> None:
    rate = Rate()
    for _ in range(MOST):
        rate.sent(rate.begin(0), 0)
    assert rate.opens_at(1) == pytest.approx(1.255)
    assert rate.opens_at(1.26) <= 1.26


def test_what_broke_before_it_was_sent_takes_no_place_for_long() -> None:
    rate = Rate()
    for _ in range(MOST):
        rate.ended(rate.begin(0), 0)
    assert rate.opens_at(1.02) <= 1.02


def test_a_hold_holds() -> None:
    rate = Rate()
    rate.hold(30)
    rate.hold(20)
    assert (rate.opens_at(10), rate.held_for(10), rate.held_for(31)) == (30, 20, 0)
