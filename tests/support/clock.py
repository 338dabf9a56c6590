"""A clock that stands where a test puts it."""

from datetime import datetime, timedelta


class SetClock:
    """`papers.ports.Clock`, moved by hand."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        """The moment it was set to."""
        return self.at

    def advance(self, span: timedelta) -> None:
        """Moves it forward."""
        self.at += span
