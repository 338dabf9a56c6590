"""The hub as it lives: days whose lists grow until the evening in New York, and hours in which it fails."""

import hashlib
import json
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from math import ceil
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from support.clock import SetClock
from support.hub_items import item
from support.replay import Fault, Replay, replaying

NEW_YORK = ZoneInfo("America/New_York")
MORNING_SHARE = 0.77
"""How much of a day is there at 08 UTC."""

_FIRST, _MORNING, _CLOSE = time(0, 10), time(8, 0), time(21, 30)

Item = dict[str, Any]


@dataclass(frozen=True)
class Trouble:
    """Every request from one moment until before another fails in the same way."""

    begins: datetime
    ends: datetime
    fault: Fault


@dataclass
class GrowingHub:
    """Serves what had arrived at the moment that a clock shows.

    Attributes:
        arrivals: each day's items in the order of the list, each with the moment it came.
        troubles: when it fails.
    """

    replay: Replay
    clock: SetClock
    arrivals: Mapping[date, Sequence[tuple[datetime, Item]]]
    troubles: Sequence[Trouble] = field(default_factory=tuple)

    def catch_up(self) -> None:
        """Lets the server show the present moment."""
        now = self.clock.now()
        self.replay.newest = now.date()
        self.replay.days = {
            day: [each for came, each in items if came <= now] for day, items in self.arrivals.items()
        }
        faults = (trouble.fault for trouble in self.troubles if trouble.begins <= now < trouble.ends)
        self.replay.always = next(faults, None)

    @property
    def ids(self) -> set[str]:
        """The arXiv ids of everything it announces."""
        return {each["paper"]["id"] for items in self.arrivals.values() for _, each in items}


@asynccontextmanager
async def growing(
    clock: SetClock, days: Mapping[date, Sequence[Item]], troubles: Iterable[Trouble] = ()
) -> AsyncIterator[GrowingHub]:
    """Runs a hub that announces those items on those days."""
    async with replaying() as replay:
        arrivals = {day: arriving(day, items) for day, items in days.items()}
        yield GrowingHub(replay, clock, arrivals, tuple(troubles))


def arriving(day: date, items: Sequence[Item]) -> list[tuple[datetime, Item]]:
    """When each item of a day comes: 77 % by 08 UTC, the last as the day closes at 21:30 in New York.

    The list is ordered by upvotes, so that what comes stands anywhere between what was there.
    """
    first, morning = (datetime.combine(day, at, UTC) for at in (_FIRST, _MORNING))
    close = datetime.combine(day, _CLOSE, NEW_YORK).astimezone(UTC)
    early = ceil(MORNING_SHARE * len(items))
    moments = [*_spread(first, morning, early), *_spread(morning, close, len(items) - early)]
    order = sorted(range(len(items)), key=lambda position: _mixed(items[position]))
    came = dict(zip(order, moments, strict=True))
    return [(came[position], each) for position, each in enumerate(items)]


def _spread(after: datetime, until: datetime, count: int) -> list[datetime]:
    """So many moments in even steps, the last at the end."""
    return [after + (until - after) * number / count for number in range(1, count + 1)]


def _mixed(each: Item) -> str:
    return hashlib.sha256(each["paper"]["id"].encode()).hexdigest()


def on_day(each: Item, day: date) -> Item:
    """The item as it is announced on a day, at the same time of day if it says one."""
    said = each["paper"].get("submittedOnDailyAt", "T00:00:00.000Z")
    submitted = f"{day}T{said.partition('T')[2]}"
    return {**each, "paper": {**each["paper"], "submittedOnDailyAt": submitted}}


def weekdays(monday: date, count: int = 10) -> list[date]:
    """The working days from a Monday on."""
    days = (monday + timedelta(days=number) for number in range(2 * count))
    return [day for day in days if day.isoweekday() <= 5][:count]


def own_days(monday: date, papers: int) -> dict[date, list[Item]]:
    """Ten days of papers in our own words."""
    return {
        day: [
            on_day(item(f"26{number:02}.{paper:05}", f"Paper {paper} of day {number}"), day)
            for paper in range(1, papers + 1)
        ]
        for number, day in enumerate(weekdays(monday), 1)
    }


def recorded_days(folder: Path, names: Sequence[str], monday: date) -> dict[date, list[Item]]:
    """Recorded days, laid on the working days from a Monday on."""
    answers = [json.loads((folder / f"{name}.json").read_text("utf-8")) for name in names]
    return {
        day: [on_day(each, day) for each in items]
        for day, items in zip(weekdays(monday, len(names)), answers, strict=True)
    }
