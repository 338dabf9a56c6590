"""When arXiv announces what: its lists, their days, and what was submitted for them.

Submissions are taken until 14:00 and announced at 20:00, Sunday to Thursday, Eastern time. What came until Tuesday 14:00
is announced on Tuesday evening and is Wednesday's list; what came from Thursday 14:00 until Friday 14:00 is Monday's, and
from Friday 14:00 until Monday 14:00 Tuesday's. There is no list on Saturdays and Sundays
(https://info.arxiv.org/help/availability.html). Feeds and the API have it from midnight on, the beginning of its day
(API User's Manual, 3.3.1.1, and the date of the feeds).

Holidays are not in here: arXiv sets them year by year. The feed of such a day is empty, and what was submitted for it is
announced, and listed by the feed, one day later. The hours are those since January 2017; of the days before, all papers
are found, some one day off.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

EASTERN = ZoneInfo("America/New_York")
"""The time arXiv keeps."""

FIRST = date(1991, 8, 14)
"""The day of the first paper."""

_DEADLINE, _ANNOUNCEMENT = time(14), time(20)
_SATURDAY = 5
_DAY = timedelta(days=1)


def has_list(day: date) -> bool:
    """Whether there can be a list of that day."""
    return day >= FIRST and day.weekday() < _SATURDAY


def listed_at(day: date) -> datetime:
    """When the list of a day is there: at its first midnight."""
    return _eastern(day, time())


def over_at(day: date) -> datetime:
    """When nothing more comes to a day's list: as the next one may be announced.

    Announcements are late at times, by hours; until then, what is missing is still waited for. The feed shows the list
    until midnight, so that four hours remain to read it once it is over.
    """
    return _eastern(day, _ANNOUNCEMENT)


def submitted_for(day: date) -> tuple[datetime, datetime]:
    """From when until when, the end excluded, papers were submitted that are new on the list of a day."""
    end = _weekday_before(day)
    return _eastern(_weekday_before(end), _DEADLINE), _eastern(end, _DEADLINE)


def _weekday_before(day: date) -> date:
    before = day - _DAY
    return before if before.weekday() < _SATURDAY else _weekday_before(before)


def _eastern(day: date, hour: time) -> datetime:
    latest = date.max - _DAY
    return datetime.combine(min(day, latest), hour, EASTERN).astimezone(UTC)
