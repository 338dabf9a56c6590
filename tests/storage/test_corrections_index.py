"""The index holds the words of every paper as it is now, none too few and none left over."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

from hypothesis import given, settings

from papers.matching import index_text
from papers.models import Answer, Paper
from papers.ports import SearchRequest
from papers.query import Query
from storage import Stores, open_stores
from support.corrections import Step, archives, steps, take
from support.papers import AT, histories, over_at
from support.stores import with_fresh

COLUMNS = ("title", "bullets", "abstract", "authors", "tags")
Word = tuple[int, str, str]
"""Key of the paper, column, word."""


def indexed(path: Path) -> Counter[Word]:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab (main, search, instance)")
        return Counter(connection.execute("SELECT doc, col, term FROM temp.words").fetchall())


def lengths(path: Path) -> dict[int, list[int]]:
    """How many words the index believes that each paper has, by column; below 128 each is one byte."""
    with closing(sqlite3.connect(path)) as connection:
        return {key: list(sizes) for key, sizes in connection.execute("SELECT id, sz FROM search_docsize")}


def counted(words: Counter[Word]) -> dict[int, list[int]]:
    counts: dict[int, list[int]] = {}
    for (key, column, _), count in words.items():
        counts.setdefault(key, [0] * len(COLUMNS))[COLUMNS.index(column)] += count
    return counts


def expected(papers: Iterable[Paper]) -> Counter[Word]:
    words: Counter[Word] = Counter()
    for paper in papers:
        for column, text in index_text(paper):
            words.update((paper.key, column, word) for word in text.split())
    return words


@given(archive=archives, done=steps, late=histories(answers=2))
@settings(max_examples=30, deadline=None)
def test_it_follows_everything_said_and_corrected(
    archive: Answer, done: Sequence[Step], late: Sequence[Answer]
) -> None:
    async def check(stores: Stores) -> None:
        await stores.papers.keep(archive, over_at=over_at(archive.day), at=AT)
        for step in done:
            await take(stores, step)
        await stores.papers.keep_all([(answer, over_at(answer.day)) for answer in late], at=AT)
        found = await stores.papers.search(SearchRequest(query=Query(), limit=100))
        words = expected(found.papers)
        assert indexed(stores.database.path) == words
        assert lengths(stores.database.path) == counted(words)

    with_fresh(open_stores, check)
