"""How the last two weeks went: each day at each source, and what became of its papers."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

from papers.models import LOOK_BACK, DayProgress, Edition, EditionState, Model, first_key
from papers.ports import Clock, EditionStore, OutboxStore

PERIOD = timedelta(days=14)
"""How far back a status looks, today included."""

_LAST_LOOK = timedelta(days=1)
"""How long after a day's end its last answer may still be to come without anything being wrong."""


class SourceDay(Model):
    """A day at a source.

    Attributes:
        state: how much of it is known; None where the source was never asked for it.
        papers: how many papers it has there so far.
        reason: why it is failed or partial, where that is known.
        missing: whether something of it is missing that should be there by now.
        asked_again: whether the bot asks for it again by itself.
    """

    source: str
    day: date
    state: EditionState | None = None
    papers: int = 0
    reason: str | None = None
    missing: bool = False
    asked_again: bool = True


class DayStatus(Model):
    """A day: what its sources gave, and what became of the papers that were first announced on it."""

    day: date
    sources: tuple[SourceDay, ...]
    progress: DayProgress

    @property
    def known(self) -> bool:
        """Whether any source was ever asked for it."""
        return any(source.state is not None for source in self.sources)

    @property
    def without_edition(self) -> bool:
        """Whether every source was asked and had nothing to announce: a weekend, a holiday."""
        return self.known and all(source.state is EditionState.EMPTY for source in self.sources)


class Status(Model):
    """The last two weeks, oldest day first; `next_run` is when sources are asked next, None where that is not known."""

    days: tuple[DayStatus, ...]
    next_run: datetime | None = None

    @property
    def missing(self) -> list[SourceDay]:
        """Where something is missing that should be there by now, oldest first."""
        return [source for day in self.days for source in day.sources if source.missing]

    @property
    def well(self) -> bool:
        """Whether sources were asked, nothing is missing and nothing failed."""
        asked = any(day.known for day in self.days)
        return asked and not self.missing and not any(day.progress.failed for day in self.days)


class StatusService:
    """The use case: what an operator or a moderator wants to know at a glance."""

    def __init__(
        self,
        *,
        sources: Sequence[str],
        editions: EditionStore,
        outbox: OutboxStore,
        clock: Clock,
        next_run: Callable[[], datetime | None],
    ) -> None:
        """Asks nothing yet.

        Args:
            sources: the names of those that are asked daily; others, such as imports, are told of where they have a day.
            editions: what is known of the days.
            outbox: what is planned, on its way, and sent.
            clock: the time.
            next_run: when sources are asked next.
        """
        self._sources = sources
        self._editions = editions
        self._outbox = outbox
        self._clock = clock
        self._next_run = next_run

    async def of_all(self) -> Status:
        """The last two weeks with everybody's deliveries."""
        return await self._status()

    async def of_guild(self, guild_id: int) -> Status:
        """The last two weeks with a server's deliveries."""
        return await self._status(guild_id=guild_id)

    async def of_person(self, user_id: int) -> Status:
        """The last two weeks with the deliveries to a person's direct messages."""
        return await self._status(user_id=user_id)

    async def _status(self, *, guild_id: int | None = None, user_id: int | None = None) -> Status:
        now = self._clock.now().astimezone(UTC)
        first = now.date() - PERIOD
        editions = await self._editions.since(first)
        progress = await self._outbox.progress(first_key(first), guild_id=guild_id, user_id=user_id)
        by_day = {day.day: day for day in progress}
        days = [first + timedelta(days=number) for number in range(PERIOD.days + 1)]
        at_sources = _by_day(editions, self._sources, days, now)
        return Status(
            days=tuple(
                DayStatus(
                    day=day,
                    sources=tuple(at_sources[day]),
                    progress=by_day.get(day, DayProgress(day=day)),
                )
                for day in days
            ),
            next_run=self._next_run(),
        )


def _by_day(
    editions: Iterable[Edition], sources: Sequence[str], days: Sequence[date], now: datetime
) -> dict[date, list[SourceDay]]:
    known = {(edition.source, edition.day): edition for edition in editions}
    names = [*sources, *sorted({source for source, _ in known} - set(sources))]
    began = {
        name: min((day for source, day in known if source == name), default=days[-1]) for name in sources
    }
    found: dict[date, list[SourceDay]] = {day: [] for day in days}
    for day in days:
        for name in names:
            if (edition := known.get((name, day))) is not None:
                found[day].append(_asked(edition, now))
            elif name in began:
                gap = began[name] < day < now.date()
                found[day].append(
                    SourceDay(source=name, day=day, missing=gap, asked_again=_asked_again(day, now))
                )
    return found


def _asked(edition: Edition, now: datetime) -> SourceDay:
    state = edition.state(now)
    looks_once_more = edition.answer_whole and now - edition.over_at < _LAST_LOOK
    return SourceDay(
        source=edition.source,
        day=edition.day,
        state=state,
        papers=edition.papers,
        reason=edition.reason,
        missing=state is EditionState.FAILED or (state is EditionState.PARTIAL and not looks_once_more),
        asked_again=_asked_again(edition.day, now),
    )


def _asked_again(day: date, now: datetime) -> bool:
    return now.date() - day <= LOOK_BACK
