"""Discord's ids: a moment in milliseconds and a counter in one number (Discord docs, "Snowflakes")."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count

EPOCH = datetime(2015, 1, 1, tzinfo=UTC)
_MOMENT_SHIFT = 22
_COUNTER_BITS = 12

Now = Callable[[], datetime]


class Snowflakes:
    """Makes ids, rising in the order they are made."""

    def __init__(self, now: Now) -> None:
        self._now = now
        self._counter = count()
        self._last = 0

    def make(self) -> int:
        """The next id, whose moment is the clock's unless a later one was made before."""
        milliseconds = (self._now() - EPOCH) // timedelta(milliseconds=1)
        made = (milliseconds << _MOMENT_SHIFT) | (next(self._counter) % (1 << _COUNTER_BITS))
        self._last = max(made, self._last + 1)
        return self._last

    @property
    def newest(self) -> int:
        """The last id that was made; 0 where none was."""
        return self._last

    def go_on_after(self, newest: int) -> None:
        """Makes only ids after that one from now on."""
        self._last = max(self._last, newest)


def moment(snowflake: int) -> datetime:
    """When an id was made."""
    return EPOCH + timedelta(milliseconds=snowflake >> _MOMENT_SHIFT)
