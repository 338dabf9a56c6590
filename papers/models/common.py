"""The ground: a frozen value, the keys of papers, and how far back the bot looks."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from pydantic import BaseModel, ConfigDict

PaperKey = int
"""Eight digits of the first announced day, then five of the sequence in that day: 2026062400007."""

DAY_SPAN = 100_000
"""How many keys a day has."""

Payload = Mapping[str, object]
"""The JSON body of one Discord message, as the REST API takes it."""


def first_key(day: date) -> PaperKey:
    """The smallest key a paper first announced on that day can have."""
    return (day.year * 10_000 + day.month * 100 + day.day) * DAY_SPAN


def key_day(key: PaperKey) -> date:
    """The day a key belongs to."""
    number = key // DAY_SPAN
    return date(number // 10_000, number // 100 % 100, number % 100)


LOOK_BACK = timedelta(days=7)
"""How far back days are asked for again until they are whole; what was announced before is never posted."""


def look_back_start(now: datetime) -> date:
    """The first day (UTC) of the look-back week."""
    return (now.astimezone(UTC) - LOOK_BACK).date()


class Model(BaseModel):
    """A frozen value that takes no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")
