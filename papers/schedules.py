"""When a delivery may go out, and reading what people write about times.

Where the clocks of a zone skip a time, it means the moment it would have been had they not been changed yet; where they
show it twice, the first one.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from papers.errors import RequestError
from papers.models import Rhythm, Schedule

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SATURDAY = WEEKDAYS.index("Saturday")
_DAY = timedelta(days=1)


def moment_of(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment (UTC) when the clocks of a zone show a time on a day."""
    return datetime.combine(day, at, zone).astimezone(UTC)


def opens(schedule: Schedule, after: datetime) -> datetime:
    """The first moment from `after` on at which a delivery may go out; in UTC.

    Quiet hours hold back what goes out as it arrives, and go on while clocks that are put back show once more what was
    before them; a time that was chosen is kept even within them. A day that the clocks skipped altogether has no daily
    delivery; a weekly one goes out as if they had not.
    """
    if schedule.rhythm is Rhythm.ARRIVAL:
        return _end_of_rest(schedule, after)
    return next(moment for moment in _chosen(schedule, after) if moment >= after)


def next_after(schedule: Schedule, done: datetime) -> datetime:
    """The next opening after a delivery; in UTC.

    Args:
        schedule: when deliveries may go out.
        done: when the delivery went out, or the opening it was for, whichever is later: then a clock that is put back
            in between opens no day twice.
    """
    return opens(schedule, done if schedule.rhythm is Rhythm.ARRIVAL else done + timedelta.resolution)


def _chosen(schedule: Schedule, after: datetime) -> Iterator[datetime]:
    """The chosen times of the days around a moment: from the day before it to more than a week later."""
    zone = ZoneInfo(schedule.zone)
    today = after.astimezone(zone).date()
    days = (today + number * _DAY for number in range(-1, 9))
    return (moment_of(day, schedule.at, zone) for day in days if _has_delivery(schedule, day, zone))


def _has_delivery(schedule: Schedule, day: date, zone: ZoneInfo) -> bool:
    if schedule.rhythm is Rhythm.WEEKLY:
        return day.weekday() == schedule.weekday
    noon = moment_of(day, time(12), zone).astimezone(zone)
    return noon.date() == day and not (schedule.weekdays_only and day.weekday() >= _SATURDAY)


def _end_of_rest(schedule: Schedule, after: datetime) -> datetime:
    zone, moment = ZoneInfo(schedule.zone), after.astimezone(UTC)
    while (end := _rests_until(schedule, moment.astimezone(zone))) is not None:
        shown = (end.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
        moment = next(each for each in shown if each > moment)
    return moment


def _rests_until(schedule: Schedule, shown: datetime) -> datetime | None:
    """What the clocks show when a rest ends in which they show `shown`; without a zone. None where there is no rest."""
    if schedule.weekdays_only and shown.weekday() >= _SATURDAY:
        return datetime.combine(shown.date() + (len(WEEKDAYS) - shown.weekday()) * _DAY, time())
    if schedule.quiet is None:
        return None
    start, end = schedule.quiet
    begun, ended = shown.time() >= start, shown.time() >= end
    if not ((begun or not ended) if start > end else (begun and not ended)):
        return None
    return datetime.combine(shown.date() + (_DAY if ended else timedelta()), end)


def describe(schedule: Schedule) -> str:
    """The schedule in words, like “daily at 09:00 (Europe/Berlin), weekdays only”."""
    weekdays_only = schedule.weekdays_only and schedule.rhythm is not Rhythm.WEEKLY
    quiet = schedule.quiet if schedule.rhythm is Rhythm.ARRIVAL else None
    parts = [_rhythm(schedule)]
    if weekdays_only:
        parts.append("weekdays only")
    if quiet is not None:
        parts.append(f"not from {quiet[0]:%H:%M} to {quiet[1]:%H:%M}")
    if schedule.rhythm is not Rhythm.ARRIVAL or len(parts) > 1:
        parts[0] += f" ({schedule.zone})"
    return ", ".join(parts)


def _rhythm(schedule: Schedule) -> str:
    match schedule.rhythm:
        case Rhythm.ARRIVAL:
            return "as papers arrive"
        case Rhythm.DAILY:
            return f"daily at {schedule.at:%H:%M}"
        case Rhythm.WEEKLY:
            return f"weekly on {WEEKDAYS[schedule.weekday]} at {schedule.at:%H:%M}"


_TIME = re.compile(
    r"(?P<hour>[0-9]{1,2})(?:[:.h](?P<minute>[0-9]{2}))?\s*(?:(?P<half>[ap])\.?m\.?)?", re.IGNORECASE
)
_QUIET = re.compile(r"(?P<start>[^-–—]+?)\s*(?:-|–|—|\bto\b)\s*(?P<end>[^-–—]+)", re.IGNORECASE)
_HALF_DAY = 12


def parse_time(text: str) -> time:
    """Reads a time of day as a person typed it: 9, 9:30, 09:00, 9 pm.

    Raises:
        RequestError: it is no such time.
    """
    match = _TIME.fullmatch(text.strip())
    problem = RequestError(f"“{text[:40]}” is no time of day: write it like 9:30, 21:00 or 9 pm.")
    if match is None:
        raise problem
    hour, half = int(match["hour"]), (match["half"] or "").lower()
    if half and not 1 <= hour <= _HALF_DAY:
        raise problem
    try:
        return time(hour % _HALF_DAY + _HALF_DAY * (half == "p") if half else hour, int(match["minute"] or 0))
    except ValueError as error:
        raise problem from error


def parse_quiet(text: str) -> tuple[time, time]:
    """Reads quiet hours as a person typed them: 22:00-07:00.

    Raises:
        RequestError: they are no two different times of day.
    """
    match = _QUIET.fullmatch(text.strip())
    if match is None:
        raise RequestError(f"“{text[:40]}” are no quiet hours: write them like 22:00-07:00.")
    start, end = parse_time(match["start"]), parse_time(match["end"])
    if start == end:
        raise RequestError(
            f"Quiet hours must end at another time than they begin, not both at {start:%H:%M}."
        )
    return start, end


def find_zone(text: str) -> str:
    """The IANA name of the time zone that a person named by it, or by its city alone.

    Raises:
        RequestError: there is none, or several; the message names some.
    """
    typed = _spoken(text)
    named = [name for name in _zones() if _spoken(name) == typed]
    found = named or [name for name in _zones() if _city(name) == typed]
    if len(found) == 1:
        return found[0]
    if found:
        raise RequestError(f"“{text[:40]}” may be {' or '.join(found)}: choose one.")
    near = suggest_zones(text, limit=3) if typed else []
    raise RequestError(
        f"There is no time zone “{text[:40]}”: choose one like {', '.join(near) or 'Europe/Berlin'}."
    )


def suggest_zones(typed: str, *, limit: int = 25) -> list[str]:
    """IANA names that contain what was typed so far: that very name first, then cities and words that begin like that."""
    sought = _spoken(typed)

    def rank(name: str) -> tuple[bool, bool, bool]:
        spoken = _spoken(name)
        return spoken != sought, not _city(name).startswith(sought), f" {sought}" not in f" {spoken}"

    return sorted((name for name in _zones() if sought in _spoken(name)), key=rank)[:limit]


@cache
def _zones() -> tuple[str, ...]:
    """The names that mean the same on every machine, in order of the alphabet."""
    return tuple(sorted(available_timezones() - {"Factory", "localtime"}))


def _spoken(name: str) -> str:
    return " ".join(re.sub(r"[_/]", " ", name).lower().split())


def _city(name: str) -> str:
    return _spoken(name.rpartition("/")[2])
