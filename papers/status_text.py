"""A status in words: the sentence that says whether everything is all right, and a line for each day."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from papers.models import DayProgress, EditionState
from papers.status import DayStatus, SourceDay, Status
from papers.text import first_clause

_MOST_TROUBLES = 3
_MOST_DAYS = 6


def summary(status: Status) -> str:
    """One sentence: whether all is well, what was posted, what waits, where there was no edition, what is missing.

    Example: “All is well: 41 of 41 posted, nothing pending; Sunday 21 June: no edition.”
    """
    if not any(day.known for day in status.days):
        return "No source was asked for papers of the last two weeks."
    verdict = "All is well" if status.well else "Not all is well"
    clauses = [_posting(status), *_without_edition(status), *_troubles(status)]
    return f"{verdict}: {'; '.join(clauses)}."


def day_name(day: date) -> str:
    """The day as people say it: Sunday 21 June."""
    return f"{day:%A} {day.day} {day:%B}"


def source_text(source: SourceDay) -> str:
    """What a source gave for a day."""
    papers, because = _count(source.papers, "paper"), _because(source.reason)
    texts: dict[EditionState | None, str] = {
        EditionState.CLOSED: papers,
        EditionState.OPEN: f"{papers} so far",
        EditionState.EMPTY: "no edition",
        EditionState.PARTIAL: f"{papers}, not whole{because}",
        EditionState.FAILED: f"no answer{because}",
        None: "never asked" if source.missing else "not asked",
    }
    if source.state is EditionState.PARTIAL and not source.missing:
        return f"{papers} so far, the last look is to come"
    return texts[source.state]


def progress_text(day: DayStatus) -> str:
    """What became of a day's papers; empty where there were none."""
    progress = day.progress
    seen_before = day.sources[0].papers - progress.papers if len(day.sources) == 1 else 0
    parts = [*_delivered(progress)] if progress.wanted else []
    if progress.unplanned:
        parts.append(f"{progress.unplanned:,} waiting for the next run")
    if progress.papers and not parts:
        parts.append("no subscription matched")
    if seen_before > 0:
        parts.append(f"{seen_before:,} announced before")
    return ", ".join(parts)


def told_days(status: Status) -> list[DayStatus]:
    """The days there is something to tell of: all from the first that any source was asked for, oldest first."""
    told = [day.known or bool(day.progress.papers) for day in status.days]
    return [*status.days[told.index(True) :]] if any(told) else []


def _posting(status: Status) -> str:
    total = _total([day.progress for day in status.days])
    if not total.wanted:
        parts = ["no subscription matched any paper" if total.papers > total.unplanned else "nothing posted"]
    else:
        parts = [*_delivered(total)] + ["nothing pending"] * (not total.pending)
    if total.unplanned:
        parts.append(f"{_count(total.unplanned, 'paper')} waiting for the next run")
    return ", ".join(parts)


def _total(days: Sequence[DayProgress]) -> DayProgress:
    return DayProgress(
        day=days[-1].day,
        papers=sum(day.papers for day in days),
        unplanned=sum(day.unplanned for day in days),
        due=sum(day.due for day in days),
        sending=sum(day.sending for day in days),
        sent=sum(day.sent for day in days),
        failed=sum(day.failed for day in days),
        reason=next((day.reason for day in reversed(days) if day.reason), None),
    )


def _delivered(progress: DayProgress) -> Iterator[str]:
    yield f"{progress.sent:,} of {progress.wanted:,} posted"
    if progress.pending:
        yield f"{progress.pending:,} pending"
    if progress.failed:
        yield f"{progress.failed:,} failed{_because(progress.reason)}"


def _without_edition(status: Status) -> Iterator[str]:
    days = [day.day for day in status.days if day.without_edition]
    if days:
        yield f"{_days(days)}: no edition"


def _troubles(status: Status) -> Iterator[str]:
    """What is missing, the oldest first; days with the same trouble are told of together."""
    alike = groupby(sorted(status.missing, key=_kind), key=_kind)
    found = sorted(([*group] for _, group in alike), key=lambda group: group[0].day)
    for group in found[:_MOST_TROUBLES]:
        days = [source.day for source in group]
        yield f"{_days(days)}: {_trouble(group[0])}, {_what_next(group)}"
    if len(found) > _MOST_TROUBLES:
        yield f"other trouble on {_count(sum(map(len, found[_MOST_TROUBLES:])), 'day')}"


def _kind(source: SourceDay) -> tuple[str, bool]:
    return _trouble(source), source.asked_again


def _trouble(source: SourceDay) -> str:
    because = _because(source.reason)
    match source.state:
        case None:
            return f"{source.source} was never asked"
        case EditionState.FAILED:
            return f"no answer from {source.source}{because}"
        case _:
            return f"not whole at {source.source}{because}"


def _what_next(group: Sequence[SourceDay]) -> str:
    if group[0].asked_again:
        return "asked again at the next run"
    return f"too long ago to be asked for again (`paperboy fetch --since {group[0].day}` does)"


def _days(days: Sequence[date]) -> str:
    if len(days) > _MOST_DAYS:
        return f"{len(days)} days from {day_name(days[0])} to {day_name(days[-1])}"
    *rest, last = map(day_name, days)
    return f"{', '.join(rest)} and {last}" if rest else last


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _because(reason: str | None) -> str:
    """The first clause of a reason: what follows says what happens next, as we do."""
    return f" ({first_clause(reason)})" if reason else ""
