"""What asking about kept papers and putting them right need from the outside."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from papers.models import Announcement, Correction, Enrichment, NewCorrection


class EnrichmentStore(Protocol):
    """What is asked about papers that are kept, and when again."""

    async def waiting(self, enricher: str, *, since: date, now: datetime, limit: int) -> list[Announcement]:
        """Papers that an enricher is to be asked about, newest first, each with everything that is said of it.

        These are the papers first announced on that day or later that it was never asked about, or whose time to be
        asked about again has come. When a paper's title or abstract changes its words, every enricher but the one that
        brought the change is asked about it anew.
        """
        ...

    async def keep(
        self, enricher: str, asked: Sequence[Enrichment], read: Sequence[Announcement], *, at: datetime
    ) -> None:
        """Keeps what is said of papers now, and that the enricher was asked about them.

        `read` are kept papers with all that is new of them; a paper that is not kept is passed over.
        """
        ...


class CorrectionStore(Protocol):
    """What people say a paper's classifications are."""

    async def add(self, correction: NewCorrection) -> Correction | None:
        """Keeps a person's word on a paper in their server, in place of an older one; it counts there at once.

        Returns:
            The correction; None where the paper is not kept.
        """
        ...

    async def get(self, correction_id: int) -> Correction | None:
        """The correction with that id."""
        ...

    async def find(self, guild_id: int, arxiv_id: str, person: int) -> Correction | None:
        """What a person said of a paper in a server, where they did not take it back."""
        ...

    async def all(self) -> list[Correction]:
        """Every correction, newest first."""
        ...

    async def remove(self, correction_id: int) -> bool:
        """Takes a correction back; the newest other one of that server and paper counts again.

        One that was promoted stays everybody's until it is withdrawn.

        Returns:
            Whether there was one that counted.
        """
        ...

    async def promote(self, correction_id: int) -> Correction | None:
        """Makes a correction everybody's, and material to learn from, in place of an earlier one of that paper.

        Returns:
            The correction; None where there is none.
        """
        ...

    async def withdraw(self, correction_id: int) -> Correction | None:
        """Makes a promoted correction one of its server alone again.

        Returns:
            The correction; None where there is none, or it was not promoted.
        """
        ...
