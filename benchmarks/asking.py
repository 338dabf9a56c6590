"""What a query of each kind costs: 100,000 made-up papers, the first page of what each finds.

Run it from the project's root: `.venv/bin/python -m benchmarks.asking`. Of each query it prints how many papers it finds
and, newest first and best first, the median and the 98th percentile in milliseconds; then how many papers a second one
query is held against by the matcher.
"""

import asyncio
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.ingest import AT, made_up
from papers.matching import Matchable, matches
from papers.models import Answer, Link, LinkKind, Origin
from papers.ports import SearchRequest, Sort
from papers.query import MAX_TERMS, Query, combine, parse
from papers.taxonomy import NAMES
from storage import Stores, open_stores

DAYS, PAPERS, REPETITIONS = 1_000, 100, 30
LINKED = 0.3
"""How many of the papers have a link of a kind."""
WORST = " ".join(f"-(since:{1990 + number}-02-03 upvotes:>{number})" for number in range(MAX_TERMS // 2))
QUERIES = (
    "",
    "tag:Robotics",
    "upvotes:>20",
    "upvotes:>500",
    "tag:Robotics upvotes:>20 has:code",
    "has:code OR upvotes:>100",
    "-upvotes:<20",
    "-(tag:Multimodal OR has:code)",
    "since:2025-06 upvotes:>20",
    "tag:Robotics OR since:2025-06",
    "tag:Robotics (date:2025-03 OR upvotes:>300)",
    "source:digest -source:arxiv",
    WORST,
)


def told(chance: random.Random) -> Iterator[Answer]:
    """The days, with upvotes and links."""
    for day in made_up(DAYS, PAPERS):
        papers = []
        for one in day.announcements:
            [said] = one.statements
            links = tuple(
                Link(kind=kind, url=f"https://example.org/{kind}")
                for kind in LinkKind
                if chance.random() < LINKED
            )
            hub = said.model_copy(
                update={
                    "origin": Origin.HUB,
                    "day": None,
                    "upvotes": int(chance.expovariate(1 / 40)),
                    "links": links,
                }
            )
            papers.append(one.model_copy(update={"statements": (said, hub)}))
        yield day.model_copy(update={"announcements": tuple(papers)})


async def search(stores: Stores, query: Query, sort: Sort) -> tuple[int, str]:
    """How many papers a query finds, and how long its first page took."""
    taken, total = [], 0
    for _ in range(REPETITIONS):
        began = time.perf_counter()
        found = await stores.papers.search(SearchRequest(query=query, limit=5, sort=sort))
        taken.append(time.perf_counter() - began)
        total = found.total
    median, high = statistics.median(taken), statistics.quantiles(taken, n=50)[-1]
    return total, f"{median * 1_000:8.2f} / {high * 1_000:8.2f}"


async def match(stores: Stores) -> tuple[float, float]:
    """Seconds in which a paper's words are cut, and in which it is held against a query."""
    papers = (await stores.papers.search(SearchRequest(query=Query(), limit=1_000))).papers
    queries = [
        combine(parse(text), parse(f"tag:{name!r}".replace("'", '"')))
        for text in QUERIES[1:-1]
        for name in NAMES
    ]
    began = time.perf_counter()
    cut = [Matchable(paper) for paper in papers]
    cutting = time.perf_counter() - began
    began = time.perf_counter()
    for paper in cut[:100]:
        for query in queries:
            matches(query, paper)
    return cutting / len(cut), (time.perf_counter() - began) / (100 * len(queries))


async def main() -> None:
    """Keeps, searches, matches, prints."""
    chance = random.Random(7)
    with tempfile.TemporaryDirectory() as folder:
        async with open_stores(Path(folder, "papers.db")) as stores:
            for day in told(chance):
                await stores.papers.keep(day, over_at=AT, at=AT)
            for text in QUERIES:
                total, newest = await search(stores, parse(text), Sort.NEWEST)
                _, best = await search(stores, parse(text), Sort.RELEVANCE)
                print(f"{text[:46]:<46} {total:>5} found; newest {newest}; best {best} ms")
            cutting, holding = await match(stores)
            print(f"matching: {cutting * 1e6:.0f} µs to cut a paper, {holding * 1e6:.1f} µs a query")


if __name__ == "__main__":
    asyncio.run(main())
