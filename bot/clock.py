"""Clocks: the real one, and one that starts at another moment."""

from datetime import UTC, datetime


class SystemClock:
    """The machine's time."""

    def now(self) -> datetime:
        """The present moment, in UTC."""
        return datetime.now(UTC)


class ShiftedClock:
    """A clock that starts at a chosen moment and goes on from there."""

    def __init__(self, start: datetime) -> None:
        self._shift = start - datetime.now(UTC)

    def now(self) -> datetime:
        """The moment as this clock has it, in UTC."""
        return datetime.now(UTC) + self._shift
