"""What sources answer, and what is known of a day."""

from datetime import date, datetime
from enum import StrEnum

from papers.models.common import Model
from papers.models.paper import Announcement


class Problem(Model):
    """Something that could not be read, where it stood, and why; it costs nothing but itself."""

    reason: str
    file: str | None = None
    line: int | None = None
    item: str | None = None


class Answer(Model):
    """What a source answered for a day, in its own order.

    `whole` is False where pages or items are missing; `problems` says which.
    """

    source: str
    day: date
    announcements: tuple[Announcement, ...] = ()
    problems: tuple[Problem, ...] = ()
    whole: bool = True


class EditionState(StrEnum):
    """How much of a day is known: see `Edition.state`."""

    OPEN = "open"
    CLOSED = "closed"
    EMPTY = "empty"
    PARTIAL = "partial"
    FAILED = "failed"


class Edition(Model):
    """What is known of one day at one source.

    Attributes:
        over_at: when the source adds nothing more to the day.
        answered_at: when it last answered; None where it never did.
        answer_whole: whether that answer was whole.
        papers: how many papers the day has so far.
        reason: why the last attempt brought no answer, or not a whole one.
    """

    source: str
    day: date
    over_at: datetime
    answered_at: datetime | None = None
    answer_whole: bool = False
    papers: int = 0
    reason: str | None = None

    def state(self, now: datetime) -> EditionState:
        """How much of the day is known at `now`."""
        if self.answered_at is None:
            return EditionState.FAILED
        if not self.answer_whole:
            return EditionState.PARTIAL
        if self.answered_at >= self.over_at:
            return EditionState.CLOSED if self.papers else EditionState.EMPTY
        return EditionState.OPEN if now < self.over_at else EditionState.PARTIAL
