"""What fetching and reading need from the outside."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from papers.models import Announcement, Answer, Enrichment


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


class Enricher(Protocol):
    """Knows more about papers that are kept already."""

    @property
    def name(self) -> str:
        """Its name in the archive and in logs."""
        ...

    @property
    def batch(self) -> int:
        """How many papers it is asked about at once."""
        ...

    async def enrich(self, papers: Sequence[Announcement]) -> list[Enrichment]:
        """Asks about papers, each with everything that is said of it.

        Returns:
            What became of each paper that was asked about; one that is missing is asked about at the next run.

        Raises:
            SourceError: nobody can be asked now; the rest is left for the next run.
        """
        ...
