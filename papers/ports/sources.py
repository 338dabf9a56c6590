"""What fetching and reading need from the outside."""

from datetime import date, datetime
from typing import Protocol

from papers.models import Announcement, Answer


def tell_nobody(_happening: object) -> None:
    """Hears what happens in a use case, and passes it on to nobody."""


class Clock(Protocol):
    """The time, as the process was told to see it."""

    def now(self) -> datetime:
        """The present moment, in UTC."""
        ...


class Source(Protocol):
    """Where papers come from."""

    @property
    def name(self) -> str:
        """Its name on the command line and in the archive."""
        ...

    def over_at(self, day: date) -> datetime:
        """When the source adds nothing more to that day."""
        ...

    async def fetch(self, day: date) -> Answer:
        """Asks for a day.

        Raises:
            SourceError: it gave no usable answer at all. A part that is missing is said in the answer.
        """
        ...


class Reader(Protocol):
    """Understands papers: bullets, classifications, links."""

    def read(self, announcement: Announcement) -> Announcement:
        """Adds what can be read from the announcement's own values, as a statement of its own origin."""
        ...
