"""`paperboy status`: how the last two weeks went."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click

from bot.cli.options import Shared, pass_shared, print_json, shared_options
from bot.clock import SystemClock
from papers.models import Edition, OutboxCounts
from storage import open_stores

_PERIOD = timedelta(days=14)


@click.command()
@shared_options
@pass_shared
def status(shared: Shared) -> None:
    """Show the editions of the last two weeks, and what is due, sent and failed."""
    now = SystemClock().now()
    editions, counts = asyncio.run(_status(shared.database_path(), now))
    if shared.json:
        days = [_as_json(edition, now) for edition in editions]
        print_json({"editions": days, "deliveries": counts.model_dump()})
        return
    for edition in editions:
        reason = f"  {edition.reason}" if edition.reason else ""
        click.echo(
            f"{edition.day}  {edition.source:<12} {edition.state(now):<8} {edition.papers:>4} papers{reason}"
        )
    click.echo(
        f"Deliveries: {counts.due} due, {counts.sending} being sent, {counts.sent} sent, {counts.failed} failed."
    )


async def _status(database: Path, now: datetime) -> tuple[list[Edition], OutboxCounts]:
    async with open_stores(database) as stores:
        return await stores.editions.since((now - _PERIOD).date()), await stores.outbox.counts()


def _as_json(edition: Edition, now: datetime) -> dict[str, Any]:
    return {
        "source": edition.source,
        "date": edition.day.isoformat(),
        "state": edition.state(now).value,
        "papers": edition.papers,
        "reason": edition.reason,
    }
