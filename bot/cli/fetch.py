"""`paperboy fetch`: papers into the archive, posting nothing."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime, timedelta

import click

from bot.cli.failures import complain
from bot.cli.options import Shared, pass_shared, print_json, shared_options
from bot.clock import SystemClock
from bot.wiring import open_intake
from papers.editions import EditionReport
from papers.errors import ConfigurationError, SourceUnavailableError
from storage import open_stores

_DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command()
@click.option("--date", "day", type=_DAY, help="Only this day.")
@click.option("--since", type=_DAY, help="From this day to today.")
@click.option("--source", help="Only this source.")
@shared_options
@pass_shared
def fetch(shared: Shared, day: datetime | None, since: datetime | None, source: str | None) -> None:
    """Fetch and read papers; without a day, what is not whole of the last week."""
    if day is not None and since is not None:
        raise click.UsageError("Give --date or --since, not both.")
    reports = asyncio.run(_fetch(shared, _days(day, since), source))
    _print(shared, reports)
    if reports and not any(report.answered for report in reports):
        reasons = dict.fromkeys(problem.reason for report in reports for problem in report.problems)
        raise SourceUnavailableError(f"No day could be fetched: {' '.join(reasons)}")
    for report in reports:
        for problem in report.problems:
            complain(f"{report.edition.source} {report.edition.day}: {problem.reason}")


def _days(day: datetime | None, since: datetime | None) -> list[date]:
    if day is not None:
        return [day.date()]
    if since is None:
        return []
    span = (SystemClock().now().date() - since.date()).days
    if span < 0:
        raise ConfigurationError(f"--since {since:%Y-%m-%d} lies in the future.")
    return [since.date() + timedelta(days=number) for number in range(span + 1)]


async def _fetch(shared: Shared, days: Sequence[date], source: str | None) -> list[EditionReport]:
    clock, settings = SystemClock(), shared.settings()
    async with (
        open_stores(shared.database_path()) as stores,
        open_intake(settings, stores, clock) as intake,
    ):
        if days:
            return await intake.editions.fetch(days, source=source)
        return await intake.editions.look_back(source=source)


def _print(shared: Shared, reports: Sequence[EditionReport]) -> None:
    if shared.json:
        print_json({"editions": [_as_json(report) for report in reports]})
        return
    for report in reports:
        edition = report.edition
        click.echo(
            f"{edition.day}  {edition.source:<12} {report.state:<8} {edition.papers:>4} papers, {report.new} new"
        )


def _as_json(report: EditionReport) -> dict[str, object]:
    return {
        "source": report.edition.source,
        "date": report.edition.day.isoformat(),
        "state": report.state.value,
        "papers": report.edition.papers,
        "new": report.new,
        "problems": [problem.model_dump(mode="json") for problem in report.problems],
    }
