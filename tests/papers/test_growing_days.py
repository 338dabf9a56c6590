"""Days that grow while they are asked for at any time, and answers that fail: in the end everything was kept once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papers.editions import EditionService
from papers.errors import SourceUnavailableError
from papers.models import Answer, EditionState
from papers.reading.reader import LocalReader
from storage import Stores
from support.clock import SetClock
from support.papers import announced, answered, over_at
from support.stores import OPENINGS, Opening, with_fresh

FIRST = date(2026, 3, 5)
"""A Thursday before clocks change."""

DAYS = 4
NAME = "growing"
SETTLED = {EditionState.CLOSED, EditionState.EMPTY}

Days = dict[date, dict[str, int]]
"""For each day the hour, from its beginning, at which each paper comes; below 24."""


@dataclass
class Growing:
    """A source that says what came so far; it fails, or leaves out its last paper, as it is told.

    Attributes:
        moods: how it takes the next requests: "whole", "partial" or "down"; "whole" after these.
        whole: the days that it told in full after they were over.
    """

    clock: SetClock
    days: Days
    moods: list[str]
    name: str = NAME
    whole: set[date] = field(default_factory=set)

    def over_at(self, day: date) -> datetime:
        return over_at(day)

    async def fetch(self, day: date) -> Answer:
        assert day not in self.whole, "it was asked again for what it had told in full"
        mood = self.moods.pop() if self.moods else "whole"
        if mood == "down":
            raise SourceUnavailableError("It sleeps.")
        now = self.clock.now()
        begins = datetime.combine(day, time(), UTC)
        came = [
            each for each, hour in self.days.get(day, {}).items() if begins + timedelta(hours=hour) <= now
        ]
        if mood == "whole" and now >= over_at(day):
            self.whole.add(day)
        shown = came[:-1] if mood == "partial" else came
        return answered(*map(announced, shown), day=day, source=NAME, whole=mood != "partial")


ids = st.integers(1, 8).map(lambda number: f"2603.{number:05}")
growth: st.SearchStrategy[Days] = st.fixed_dictionaries(
    {
        FIRST + timedelta(days=number): st.dictionaries(ids, st.integers(0, 23), max_size=4)
        for number in range(DAYS)
    }
)
"""Few ids, so that papers come again on other days."""

moods = st.lists(st.sampled_from(("whole", "whole", "partial", "down")), max_size=40)
hours = st.lists(st.integers(0, 24 * DAYS), max_size=6, unique=True).map(sorted)


@pytest.mark.parametrize("opening", OPENINGS.values(), ids=OPENINGS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=growth, moods=moods, hours=hours)
def test_everything_is_kept_once_and_days_settle_when_they_were_told_in_full(
    opening: Opening, days: Days, moods: list[str], hours: Sequence[int]
) -> None:
    async def live(stores: Stores) -> None:
        clock = SetClock(datetime.combine(FIRST, time(), UTC))
        source = Growing(clock, days, [*moods])
        service = EditionService(
            sources=[source],
            reader=LocalReader(),
            papers=stores.papers,
            editions=stores.editions,
            clock=clock,
        )
        begin = clock.now()
        for hour in hours:
            clock.at = begin + timedelta(hours=hour)
            await service.look_back()
            assert await settled(stores, clock) == source.whole
        source.moods.clear()
        clock.at = begin + timedelta(days=DAYS)
        await service.look_back()
        assert await settled(stores, clock) >= set(days)
        for day, papers in days.items():
            assert [paper.arxiv_id for paper in await stores.papers.edition(day)] == [*papers]
        kept = [paper.arxiv_id for paper in await stores.outbox.unplanned()]
        assert sorted(kept) == sorted({each for papers in days.values() for each in papers})

    with_fresh(opening, live)


async def settled(stores: Stores, clock: SetClock) -> set[date]:
    editions = await stores.editions.since(date.min)
    return {edition.day for edition in editions if edition.state(clock.now()) in SETTLED}
