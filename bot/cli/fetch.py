"""`paperboy fetch`: papers into the archive, posting nothing."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime, timedelta

import click

from bot.cli.day_bar import DayBar
from bot.cli.failures import Stopped, complain
from bot.cli.options import Shared, pass_shared, print_json, shared_options
from bot.stopping import until_told_to_stop
from bot.wiring import open_intake
from papers.back_fill import BackFill
from papers.editions import EditionReport
from papers.enriching import Enriched
from papers.errors import ConfigurationError, SourceUnavailableError
from papers.sources.huggingface import FIRST_DAY, HuggingFaceDailyPapers
from storage import open_stores

_DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command()
@click.option("--date", "day", type=_DAY, help="Only this day.")
@click.option("--since", type=_DAY, help="From this day to today, without those that are whole already.")
@click.option("--source", help="Only this source.")
@shared_options
@pass_shared
def fetch(shared: Shared, day: datetime | None, since: datetime | None, source: str | None) -> None:
    """Fetch and read papers; without a day, what is not whole of the last week."""
    if day is not None and since is not None:
        raise click.UsageError("Give --date or --since, not both.")
    _Fetch(shared, source).run(day.date() if day else None, _since(shared, since, source))


def _since(shared: Shared, since: datetime | None, source: str | None) -> list[date]:
    """The days from that one to today, oldest first; none without it.

    Raises:
        ConfigurationError: it lies in the future, or before the first day there is.
    """
    if since is None:
        return []
    first = since.date()
    span = (shared.clock.now().date() - first).days
    if span < 0:
        raise ConfigurationError(f"--since {first} lies in the future.")
    if first < FIRST_DAY and source in {None, HuggingFaceDailyPapers.name}:
        raise ConfigurationError(
            f"Hugging Face has no papers before {FIRST_DAY}: give --since that day or later."
        )
    return [first + timedelta(days=number) for number in range(span + 1)]


class _Fetch:
    """One run of the command."""

    def __init__(self, shared: Shared, source: str | None) -> None:
        self._shared = shared
        self._source = source
        self._asked: Sequence[Enriched] = ()

    def run(self, day: date | None, since: Sequence[date]) -> None:
        """Fetches, says what became of the days, also where it stopped before its end, and who could not be asked."""
        names = self._shared.settings().sources.names
        bar = DayBar(len(since) * (1 if self._source else len(names)))
        try:
            with bar:
                ended = asyncio.run(until_told_to_stop(self._fetch(bar, day, since)))
        except SourceUnavailableError:
            self._print(bar.reports)
            raise
        self._print(bar.reports)
        if not ended:
            raise Stopped(_stopped(bar.reports, since))
        _complain(bar.reports)
        for reason in dict.fromkeys(done.reason for done in self._asked if done.reason):
            complain(reason)

    async def _fetch(self, bar: DayBar, day: date | None, since: Sequence[date]) -> None:
        shared = self._shared
        async with (
            open_stores(shared.database_path()) as stores,
            open_intake(shared.settings(), stores, shared.clock, bar) as intake,
        ):
            if since:
                await BackFill(intake.editions).run(since, source=self._source)
            elif day is not None:
                await intake.editions.fetch([day], source=self._source)
            else:
                await intake.editions.look_back(source=self._source)
            self._asked = await intake.enrichments.enrich()

    def _print(self, reports: Sequence[EditionReport]) -> None:
        if self._shared.json:
            print_json({"editions": [_as_json(report) for report in reports]})
            return
        for report in reports:
            click.echo(_as_line(report))


def _stopped(reports: Sequence[EditionReport], since: Sequence[date]) -> str:
    how = "; the same command goes on from there" if since else ""
    return f"Stopped: what was fetched is kept{how}." if reports else "Stopped."


def _complain(reports: Sequence[EditionReport]) -> None:
    if reports and not any(report.answered or report.passed_over for report in reports):
        reasons = dict.fromkeys(problem.reason for report in reports for problem in report.problems)
        raise SourceUnavailableError(f"No day could be fetched: {' '.join(reasons)}")
    for report in reports:
        for problem in report.problems:
            complain(f"{report.edition.source} {report.edition.day}: {problem.reason}")


def _as_line(report: EditionReport) -> str:
    edition = report.edition
    new = "passed over" if report.passed_over else f"{report.new} new"
    return f"{edition.day}  {edition.source:<12} {report.state:<8} {edition.papers:>4} papers, {new}"


def _as_json(report: EditionReport) -> dict[str, object]:
    return {
        "source": report.edition.source,
        "date": report.edition.day.isoformat(),
        "state": report.state.value,
        "papers": report.edition.papers,
        "new": report.new,
        "problems": [problem.model_dump(mode="json") for problem in report.problems],
    }
