"""`paperboy search`: the archive as `/papers` sees it."""

import asyncio
from pathlib import Path

import click

from bot.cli.options import Shared, pass_shared, print_json, shared_options
from papers.formats import as_json
from papers.models import Paper
from papers.ports import Found, SearchRequest, Sort
from papers.query import parse
from storage import open_stores


@click.command()
@click.argument("query", default="")
@click.option("--sort", type=click.Choice([sort.value for sort in Sort]), default=Sort.NEWEST.value)
@click.option("--limit", type=click.IntRange(1, 100), default=20, show_default=True)
@click.option("--offset", type=click.IntRange(0, 10_000), default=0, show_default=True)
@shared_options
@pass_shared
def search(shared: Shared, query: str, sort: str, limit: int, offset: int) -> None:
    """Find papers that answer QUERY (all, without it), as /papers does.

    Words, "phrases", tag:, author:, has:, since:, until:, date:, upvotes:, category: and source:; all must hold, a - in
    front is for not, OR for one of several, and brackets keep together.
    """
    request = SearchRequest(query=parse(query), sort=Sort(sort), limit=limit, offset=offset)
    found = asyncio.run(_search(shared.database_path(), request))
    if shared.json:
        print_json(
            {
                "total": found.total,
                "total_capped": found.capped,
                "papers": [as_json(paper) for paper in found.papers],
            }
        )
    else:
        _print(found)


async def _search(database: Path, request: SearchRequest) -> Found:
    async with open_stores(database) as stores:
        return await stores.papers.search(request)


def _print(found: Found) -> None:
    for paper in found.papers:
        click.echo(f"{paper.day}  {paper.title}\n            {paper.url}  {_labels(paper)}")
    click.echo(f"{found.total:,}{'+' if found.capped else ''} found.", err=True)


def _labels(paper: Paper) -> str:
    return ", ".join(item.name for item in paper.classifications)
