"""A query as one full-text expression and a range of keys; see docs/decisions/0004."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlite_utils

from papers.models import DAY_SPAN, PaperKey, first_key
from papers.ports import Found, SearchRequest, Sort, Turn
from papers.query import AllOf, AnyOf, Author, Dated, Not, Query, Since, Tag, Term, Until, Words
from papers.query.words import EVERY, SEPARATOR, corrected_word, server_word, words_for
from storage.rows import load

COUNTED = 1_000
"""Totals are exact up to here; relevance is judged over so many of the newest hits."""

_LOWEST, _HIGHEST = 0, 2**62
_TEXT_COLUMNS = "{title bullets abstract authors}"
_NONE = SEPARATOR * 2
"""A word that no paper has."""
_WEIGHTS = "10.0, 3.0, 1.0, 4.0, 0.0"
"""bm25 weights of title, bullets, abstract, authors, tags."""


NEWEST_FIRST = """
    SELECT rowid FROM search WHERE search MATCH :expression AND rowid BETWEEN :lowest AND :highest
    ORDER BY rowid DESC LIMIT :limit OFFSET :offset
"""
OLDEST_FIRST = NEWEST_FIRST.replace("DESC", "ASC")


@dataclass(frozen=True)
class Hits:
    """What a query finds: an FTS5 expression, and the keys that its days allow."""

    expression: str
    lowest: PaperKey
    highest: PaperKey


def hits(query: Query, guild_id: int | None = None) -> Hits:
    """Compiles a query, as a server's corrections have it where one is named.

    Its words go in as quoted strings, and hold no quotation mark (see `papers.tokens` and `papers.query.words`).
    """
    days = [term for term in query.terms if isinstance(term, Since | Until | Dated)]
    terms = [term for term in query.terms if not isinstance(term, Since | Until | Dated)]
    first = [
        term.day if isinstance(term, Since) else term.first for term in days if not isinstance(term, Until)
    ]
    last = [
        term.day if isinstance(term, Until) else term.last for term in days if not isinstance(term, Since)
    ]
    return Hits(
        _all_of(terms, guild_id),
        max(map(first_key, first), default=_LOWEST),
        min(map(first_key, last), default=_HIGHEST - DAY_SPAN + 1) + DAY_SPAN - 1,
    )


def _all_of(terms: Iterable[Term], guild_id: int | None) -> str:
    """FTS5 knows no `NOT` of its own, only what is left of something else: of every paper, where nothing is wanted."""
    wanted, unwanted = [], []
    for term in terms:
        if isinstance(term, Not):
            unwanted.append(_expression(term.term, guild_id))
        else:
            wanted.append(_expression(term, guild_id))
    expression = " AND ".join(wanted or [_tags([EVERY])])
    return f"(({expression}) NOT ({' OR '.join(unwanted)}))" if unwanted else expression


def _expression(term: Term, guild_id: int | None) -> str:
    match term:
        case AllOf():
            return f"({_all_of(term.terms, guild_id)})"
        case Not():
            return _all_of([term], guild_id)
        case AnyOf():
            return f"({' OR '.join(_expression(one, guild_id) for one in term.terms)})"
        case Tag():
            return _tagged(term, guild_id)
        case Author() | Words():
            columns = "authors" if isinstance(term, Author) else _TEXT_COLUMNS
            return f"({columns} : {_string(' '.join(term.tokens))})"
        case _:
            return _tags(words_for(term) or [_NONE])


def _tagged(term: Tag, guild_id: int | None) -> str:
    """What has a classification; what the server corrected has its own instead of everybody's."""
    everybodys = _tags(words_for(term))
    if guild_id is None:
        return everybodys
    own = _tags(corrected_word(guild_id, name) for name in term.names)
    return f"(({everybodys} NOT {_tags([server_word(guild_id)])}) OR {own})"


def _tags(words: Iterable[str]) -> str:
    return f"(tags : ({' OR '.join(map(_string, sorted(set(words))))}))"


def _string(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def search(db: sqlite_utils.Database, request: SearchRequest) -> Found:
    """One page of what a query finds."""
    found = hits(request.query, request.guild_id)
    total = _count(db, found, found.lowest, found.highest)
    if request.sort is Sort.RELEVANCE:
        keys, before, more = _best(db, found, request, total)
    else:
        keys, before, more = _newest(db, found, request, total)
    return Found(
        papers=tuple(paper.seen_in(request.guild_id) for paper in load(db, keys)),
        total=min(total, COUNTED),
        capped=total > COUNTED,
        before=min(before, COUNTED),
        more=more,
    )


Page = tuple[Sequence[PaperKey], int, bool]


def _newest(db: sqlite_utils.Database, found: Hits, request: SearchRequest, total: int) -> Page:
    match request.turn:
        case Turn.FIRST:
            keys = _keys(db, found, limit=request.limit, offset=request.offset)
        case Turn.NEXT:
            keys = _keys(db, found, highest=_anchor(request) - 1, limit=request.limit)
        case Turn.PREVIOUS:
            keys = _keys(db, found, lowest=_anchor(request) + 1, limit=request.limit, rising=True)[::-1]
        case Turn.LAST:
            rest = total % request.limit if total <= COUNTED else 0
            keys = _keys(db, found, limit=rest or request.limit, rising=True)[::-1]
    if not keys:
        return _nothing(request, total)
    before = _count(db, found, keys[0] + 1, found.highest)
    return keys, before, bool(_keys(db, found, highest=keys[-1] - 1, limit=1))


def _nothing(request: SearchRequest, total: int) -> Page:
    """The page before the first result, or behind the last."""
    is_behind = request.turn in (Turn.FIRST, Turn.NEXT)
    return [], total if is_behind else 0, total > 0 and not is_behind


def _best(db: sqlite_utils.Database, found: Hits, request: SearchRequest, total: int) -> Page:
    cut = _keys(db, found, limit=1, offset=COUNTED - 1) if total > COUNTED else []
    rows = db.execute(
        "SELECT rowid FROM search WHERE search MATCH ? AND rowid BETWEEN ? AND ?"  # noqa: S608 - weights of ours
        f" ORDER BY bm25(search, {_WEIGHTS}), rowid DESC",
        [found.expression, cut[0] if cut else found.lowest, found.highest],
    )
    ranked = [int(key) for [key] in rows]
    start, stop = _cut(ranked, request)
    keys = ranked[start:stop]
    if not keys:
        return _nothing(request, len(ranked))
    return keys, start, stop < len(ranked)


def _cut(ranked: Sequence[PaperKey], request: SearchRequest) -> tuple[int, int]:
    """Where the page begins and ends; the first page where the anchor is not among the results (any more)."""
    anchor = ranked.index(request.anchor) if request.anchor in ranked else None
    match request.turn:
        case Turn.NEXT if anchor is not None:
            start = anchor + 1
        case Turn.PREVIOUS if anchor is not None:
            return max(anchor - request.limit, 0), anchor
        case Turn.LAST:
            start = max(len(ranked) - 1, 0) // request.limit * request.limit
        case _:
            start = request.offset
    return start, start + request.limit


def _anchor(request: SearchRequest) -> PaperKey:
    return _HIGHEST if request.anchor is None else request.anchor


def _keys(
    db: sqlite_utils.Database,
    found: Hits,
    *,
    limit: int,
    offset: int = 0,
    lowest: PaperKey = _LOWEST,
    highest: PaperKey = _HIGHEST,
    rising: bool = False,
) -> list[PaperKey]:
    values = {
        "expression": found.expression,
        "lowest": max(found.lowest, lowest),
        "highest": min(found.highest, highest),
        "limit": limit,
        "offset": offset,
    }
    return [key for [key] in db.execute(OLDEST_FIRST if rising else NEWEST_FIRST, values)]


def _count(db: sqlite_utils.Database, found: Hits, lowest: PaperKey, highest: PaperKey) -> int:
    [count] = db.execute(
        "SELECT count(*) FROM (SELECT 1 FROM search WHERE search MATCH ? AND rowid BETWEEN ? AND ? LIMIT ?)",
        [found.expression, lowest, highest, COUNTED + 1],
    ).fetchone()
    return int(count)
