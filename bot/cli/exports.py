"""`paperboy export`: the archive out again."""

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from pathlib import Path

import click

from bot.cli.options import Shared, pass_shared, print_json, shared_options
from papers.digest import writer
from papers.formats import as_bibtex, as_json
from papers.matching import matches
from papers.models import Paper
from papers.ports import PaperStore, SearchRequest, Turn
from papers.query import Query, parse
from storage import open_stores

_PAGE = 500


@click.command()
@click.option("--format", "form", type=click.Choice(["digest", "json", "bibtex"]), required=True)
@click.option("--date", "day", type=click.DateTime(formats=["%Y-%m-%d"]), help="Only this day's edition.")
@click.argument("query", default="")
@shared_options
@pass_shared
def export(shared: Shared, form: str, day: datetime | None, query: str) -> None:
    """Write papers that answer QUERY (all, without it) to stdout."""
    wanted = parse(query)
    text = _FORMS[form](asyncio.run(_days(shared.database_path(), day, wanted)))
    if shared.json and form != "json":
        print_json({"format": form, "text": text})
    else:
        click.echo(text, nl=False)


Days = Mapping[date, Sequence[Paper]]


async def _days(database: Path, day: datetime | None, wanted: Query) -> Days:
    if day is not None:
        return {day.date(): await _edition(database, day.date(), wanted)}
    return _by_day(await _all(database, wanted))


async def _edition(database: Path, day: date, wanted: Query) -> list[Paper]:
    async with open_stores(database) as stores:
        return [paper for paper in await stores.papers.edition(day) if matches(wanted, paper)]


async def _all(database: Path, wanted: Query) -> list[Paper]:
    async with open_stores(database) as stores:
        return await _pages(stores.papers, wanted)


async def _pages(store: PaperStore, wanted: Query) -> list[Paper]:
    request = SearchRequest(query=wanted, limit=_PAGE)
    papers: list[Paper] = []
    while True:
        found = await store.search(request)
        papers += found.papers
        if not found.more:
            return papers
        request = SearchRequest(query=wanted, limit=_PAGE, turn=Turn.NEXT, anchor=papers[-1].key)


def _by_day(papers: Sequence[Paper]) -> Days:
    """The days as they come, each with its papers in the order in which they were kept."""
    days = groupby(papers, key=lambda paper: paper.day)
    return {day: sorted(group, key=lambda paper: paper.key) for day, group in days}


def _digest(days: Days) -> str:
    return "\n".join(writer.write(day, papers) for day, papers in days.items())


def _json(days: Days) -> str:
    papers = [as_json(paper) for group in days.values() for paper in group]
    return json.dumps(papers, ensure_ascii=False, indent=2) + "\n"


def _bibtex(days: Days) -> str:
    return "\n".join(as_bibtex(paper) for group in days.values() for paper in group)


_FORMS: Mapping[str, Callable[[Days], str]] = {"digest": _digest, "json": _json, "bibtex": _bibtex}
