"""What became of the papers of each day: how many were announced, are unplanned, on their way, posted, failed."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import sqlite_utils

from papers.models import DAY_SPAN, DayProgress, PaperKey, key_day

_ANNOUNCED = "SELECT key / :span, count(*) FROM papers WHERE key >= :since GROUP BY 1"
_UNPLANNED = "SELECT paper / :span, count(*) FROM unplanned WHERE paper >= :since GROUP BY 1"
_DELIVERIES = """
    SELECT deliveries.paper / :span, coalesce(outbox.state, 'waiting'), outbox.reason, count(*)
    FROM destinations
    CROSS JOIN deliveries ON deliveries.destination = destinations.id AND deliveries.paper >= :since
    LEFT JOIN outbox ON outbox.number = deliveries.outbox
    WHERE (:guild IS NULL OR destinations.guild_id = :guild)
    AND (:person IS NULL OR destinations.kind = 'direct' AND destinations.target_id = :person)
    GROUP BY 1, 2, 3
"""
"""`CROSS JOIN` keeps SQLite to this order: the few destinations that count, and of each its newest papers alone."""


@dataclass(frozen=True)
class Scope:
    """Whose deliveries count: everybody's, one server's, or one person's."""

    guild_id: int | None = None
    user_id: int | None = None


@dataclass
class _Day:
    papers: int = 0
    unplanned: int = 0
    states: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)

    def count(self, state: str, reason: str | None, number: int) -> None:
        self.states[state] += number
        if state == "failed" and reason is not None:
            self.reasons[reason] += number


def by_day(db: sqlite_utils.Database, since: PaperKey, scope: Scope) -> list[DayProgress]:
    """See `papers.ports.OutboxStore.progress`."""
    values = {"since": since, "span": DAY_SPAN, "guild": scope.guild_id, "person": scope.user_id}
    days: defaultdict[int, _Day] = defaultdict(_Day)
    for number, papers in db.execute(_ANNOUNCED, values):
        days[number].papers = papers
    for number, unplanned in db.execute(_UNPLANNED, values):
        days[number].unplanned = unplanned
    for number, state, reason, count in db.execute(_DELIVERIES, values):
        days[number].count(state, reason, count)
    return [_progress(number, day) for number, day in sorted(days.items())]


def _progress(number: int, day: _Day) -> DayProgress:
    commonest: Sequence[tuple[str, int]] = day.reasons.most_common(1)
    return DayProgress(
        day=key_day(number * DAY_SPAN),
        papers=day.papers,
        unplanned=day.unplanned,
        reason=commonest[0][0] if commonest else None,
        **day.states,
    )
