"""When a subscription's papers may go out."""

from datetime import time
from enum import StrEnum
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field

from papers.models.common import Model


class Rhythm(StrEnum):
    """How often papers go out."""

    ARRIVAL = "arrival"
    DAILY = "daily"
    WEEKLY = "weekly"


def _wall_time(value: time) -> time:
    if value.tzinfo is not None or value.second or value.microsecond:
        raise ValueError("a time of a schedule is one of whole minutes, in the zone of the schedule")
    return value.replace(fold=0)


def _iana_name(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"there is no time zone “{name}”: write one like Europe/Berlin") from error
    return name


def _different(quiet: tuple[time, time]) -> tuple[time, time]:
    if quiet[0] == quiet[1]:
        raise ValueError("quiet hours begin and end at different times")
    return quiet


WallTime = Annotated[time, AfterValidator(_wall_time)]
"""What a clock on the wall shows, to the minute."""


class Schedule(Model):
    """When a subscription's papers may go out.

    Attributes:
        rhythm: as they arrive, once a day, or once a week.
        at: the time of day for `DAILY` and `WEEKLY`.
        zone: the IANA name of the zone whose clocks count.
        weekday: the day for `WEEKLY`; 0 is Monday.
        weekdays_only: whether nothing goes out on Saturdays and Sundays; says nothing about `WEEKLY`, which has its day.
        quiet: between which times nothing goes out with `ARRIVAL`, the second one excluded; they may span midnight.
    """

    rhythm: Rhythm = Rhythm.ARRIVAL
    at: WallTime = time(9)
    zone: Annotated[str, AfterValidator(_iana_name)] = "UTC"
    weekday: Annotated[int, Field(ge=0, le=6)] = 0
    weekdays_only: bool = False
    quiet: Annotated[tuple[WallTime, WallTime], AfterValidator(_different)] | None = None
