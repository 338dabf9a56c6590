"""`paperboy status`: how the last two weeks went."""

import asyncio
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import click

from bot.alarm import next_ring
from bot.cli.options import Shared, pass_shared, print_json, shared_options
from papers.models import OutboxCounts
from papers.status import DayStatus, SourceDay, Status, StatusService
from papers.status_text import progress_text, source_text, summary, told_days
from storage import open_stores

_SOURCE_COLUMN, _STATE_COLUMN, _PAPERS_COLUMN = 12, 8, 18


@click.command()
@shared_options
@pass_shared
def status(shared: Shared) -> None:
    """Show how the last two weeks went: what came, what was posted, what is missing, and when the bot looks next."""
    told, counts = asyncio.run(_status(shared))
    if shared.json:
        print_json(_as_json(told, counts))
        return
    click.echo(summary(told))
    days = [line for day in told_days(told) for line in _lines(day)]
    if days:
        click.echo("\n".join(["", *days, ""]))
    click.echo(
        f"Deliveries in all: {counts.due} due, {counts.sending} being sent, {counts.sent} sent,"
        f" {counts.failed} failed."
    )
    click.echo(f"The next run, where the bot is running: {told.next_run:%A %H:%M} UTC.")


async def _status(shared: Shared) -> tuple[Status, OutboxCounts]:
    settings, clock = shared.settings(), shared.clock
    times, zone = settings.schedule.times, ZoneInfo(settings.schedule.timezone)
    async with open_stores(shared.database_path()) as stores:
        service = StatusService(
            sources=settings.sources.names,
            editions=stores.editions,
            outbox=stores.outbox,
            clock=clock,
            next_run=lambda: next_ring(times, zone, clock.now()),
        )
        return await service.of_all(), await stores.outbox.counts()


def _lines(day: DayStatus) -> Iterator[str]:
    """A line for each source of a day; what became of the day's papers stands in the first."""
    name = f"{day.day:%a} {day.day.day:>2} {day.day:%b}"
    for position, source in enumerate(day.sources):
        state = source.state or "-"
        columns = f"{name}  {source.source:<{_SOURCE_COLUMN}} {state:<{_STATE_COLUMN}}"
        progress = progress_text(day) if position == 0 else ""
        yield f"{columns} {source_text(source):<{_PAPERS_COLUMN}}  {progress}".rstrip()


def _as_json(told: Status, counts: OutboxCounts) -> dict[str, Any]:
    return {
        "summary": summary(told),
        "well": told.well,
        "next_run": told.next_run.isoformat() if told.next_run else None,
        "editions": [
            _edition(source)
            for day in told.days
            for source in sorted(day.sources, key=lambda source: source.source)
            if source.state is not None
        ],
        "days": [_day(day) for day in told_days(told)],
        "deliveries": counts.model_dump(),
    }


def _edition(source: SourceDay) -> dict[str, Any]:
    return {
        "source": source.source,
        "date": source.day.isoformat(),
        "state": source.state,
        "papers": source.papers,
        "reason": source.reason,
    }


def _day(day: DayStatus) -> dict[str, Any]:
    progress = day.progress
    return {
        "date": day.day.isoformat(),
        "papers": progress.papers,
        "unplanned": progress.unplanned,
        "wanted": progress.wanted,
        "posted": progress.sent,
        "pending": progress.pending,
        "failed": progress.failed,
        "reason": progress.reason,
        "not_asked": [source.source for source in day.sources if source.state is None],
    }
