"""What corrections cost a search: 100,000 made-up papers, a server that corrected 1,000 of them, one that did not.

Run it from the project's root: `.venv/bin/python -m benchmarks.correcting`. The two servers and nobody's server take
turns; of each query it prints the median and the 98th percentile in milliseconds.
"""

import asyncio
import random
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.ingest import AT, made_up
from papers.models import NewCorrection
from papers.ports import SearchRequest
from papers.query import Query, parse
from papers.taxonomy import NAMES
from storage import Stores, open_stores

CORRECTING, PLAIN = 900, 901
SERVERS = {"no server": None, "a server without corrections": PLAIN, "a server with 1,000": CORRECTING}
QUERIES = ("tag:Robotics", "tag:Multimodal", "-tag:Multimodal", "tag:=Other -tag:Audio")
DAYS, PAPERS, CORRECTIONS, REPETITIONS = 1_000, 100, 1_000, 50


async def keep(stores: Stores) -> list[str]:
    """Keeps the papers; their arXiv ids."""
    ids = []
    for day in made_up(DAYS, PAPERS):
        await stores.papers.keep(day, over_at=AT, at=AT)
        ids += [item.arxiv_id for item in day.announcements]
    return ids


async def correct(stores: Stores, ids: Sequence[str]) -> list[float]:
    """Corrects some of the papers; how long each took."""
    chance = random.Random(7)
    taken = []
    for arxiv_id in chance.sample(list(ids), CORRECTIONS):
        new = NewCorrection(
            guild_id=CORRECTING,
            arxiv_id=arxiv_id,
            person=1,
            classifications=tuple(chance.sample(NAMES, 2)),
            at=AT,
        )
        began = time.perf_counter()
        await stores.corrections.add(new)
        taken.append(time.perf_counter() - began)
    return taken


async def search(stores: Stores, query: Query) -> dict[str, list[float]]:
    """How long the first page took, by server."""
    taken: dict[str, list[float]] = {name: [] for name in SERVERS}
    for _ in range(REPETITIONS):
        for name, guild_id in SERVERS.items():
            began = time.perf_counter()
            await stores.papers.search(SearchRequest(query=query, limit=5, guild_id=guild_id))
            taken[name].append(time.perf_counter() - began)
    return taken


def told(seconds: Sequence[float]) -> str:
    """Median and 98th percentile in milliseconds."""
    return f"{statistics.median(seconds) * 1_000:.2f} / {statistics.quantiles(seconds, n=50)[-1] * 1_000:.2f}"


async def main() -> None:
    """Keeps, corrects, searches, prints."""
    with tempfile.TemporaryDirectory() as folder:
        async with open_stores(Path(folder, "papers.db")) as stores:
            ids = await keep(stores)
            print(f"one correction among {len(ids):,} papers: {told(await correct(stores, ids))} ms")
            for text in QUERIES:
                for name, seconds in (await search(stores, parse(text))).items():
                    print(f"{text:<24} {name:<30} {told(seconds)} ms")


if __name__ == "__main__":
    asyncio.run(main())
