"""How the last two weeks went, as one card."""

from cogs.cards import buttons
from cogs.cards.text import fit, joined, size
from papers.models import EditionState, Payload
from papers.status import DayStatus, Status
from papers.status_text import progress_text, source_text, summary, told_days

DESCRIPTION_LIMIT = 4096
_SUMMARY_LIMIT = 1_200
_DAY_LIMIT = 300

_WELL, _WAITING, _NOTHING, _TROUBLE = "✅", "🕓", "▫️", "⚠️"
_GREEN, _AMBER = 0x059669, 0xB45309


def status_card(status: Status, whose: str) -> Payload:
    """The message: whether all is well, when the next run is, and a line for each day, newest first.

    Args:
        status: the last two weeks, with the deliveries that concern whoever asks.
        whose: whose deliveries these are, as the title says it.
    """
    head = fit(summary(status), _SUMMARY_LIMIT)
    if status.next_run is not None:
        head += f"\nI look next <t:{int(status.next_run.timestamp())}:R>."
    lines = [_line(day) for day in reversed(told_days(status))]
    if lines:
        head += "\n\n" + joined(lines, "\n", DESCRIPTION_LIMIT - size(head) - 2)
    embed = {
        "title": f"The last two weeks {whose}",
        "description": head,
        "color": _GREEN if status.well else _AMBER,
    }
    return buttons.message([embed])


def _line(day: DayStatus) -> str:
    parts = [_sources(day), progress_text(day)]
    told = fit(" · ".join(filter(None, parts)), _DAY_LIMIT)
    return f"{_mark(day)} **{day.day:%a} {day.day.day} {day.day:%b}** {told}"


def _sources(day: DayStatus) -> str:
    if len(day.sources) == 1:
        return source_text(day.sources[0])
    return "; ".join(f"{source.source}: {source_text(source)}" for source in day.sources)


def _mark(day: DayStatus) -> str:
    if day.progress.failed or any(source.missing for source in day.sources):
        return _TROUBLE
    if day.without_edition:
        return _NOTHING
    settled = all(source.state in {EditionState.CLOSED, EditionState.EMPTY} for source in day.sources)
    return _WELL if settled and not day.progress.pending and not day.progress.unplanned else _WAITING
