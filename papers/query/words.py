"""The single words by which everything but text is indexed: those a paper has, and those that a term looks for.

A paper answers such a term if it has one of the term's words. Numbers and days are spelt out as the ways down a tree
(each beginning of `2`, `20`, `202`, `2026`, `202606`, `20260624` is a word), so that any range of them is a few dozen
words at most, whole branches first. No word of these can be a classification's, which has letters and digits only.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache, singledispatch

from papers import categories, taxonomy
from papers.models import Link, LinkKind, Paper
from papers.query.terms import (
    MOST_UPVOTES,
    Category,
    Comparison,
    Dated,
    Has,
    LinkedThing,
    Since,
    Source,
    Tag,
    Until,
    Upvotes,
)

SEPARATOR = "·"
"""Stands between bullets and between names, so that no phrase reaches across; the tokeniser never makes one."""

EVERY = SEPARATOR
"""The one word that every paper has."""

_DIGITS = tuple("0123456789")
_DAY_LEVELS = (
    *(_DIGITS,) * 4,
    tuple(f"{month:02}" for month in range(1, 13)),
    tuple(f"{day:02}" for day in range(1, 32)),
)
_UPVOTE_LEVELS = (_DIGITS,) * len(str(MOST_UPVOTES))
_LINK_KINDS = {
    LinkKind.CODE: LinkedThing.CODE,
    LinkKind.MODEL: LinkedThing.MODEL,
    LinkKind.DATASET: LinkedThing.DATASET,
    LinkKind.SPACE: LinkedThing.DEMO,
}

Levels = Sequence[Sequence[str]]
"""Of a tree: from its root down, the labels of the branches, in order."""


@lru_cache(maxsize=1_024)
def tag_word(name: str) -> str:
    """The word that stands for a classification."""
    return taxonomy.squash(name) or SEPARATOR


def server_word(guild_id: int) -> str:
    """The word that says that a server has classifications of its own for a paper."""
    return f"{SEPARATOR}{guild_id}"


def corrected_word(guild_id: int, name: str) -> str:
    """The word that stands for a classification that counts in a server alone."""
    return f"{server_word(guild_id)}{SEPARATOR}{tag_word(name)}"


def words_of(paper: Paper) -> Iterator[str]:
    """All words of a paper; each server that corrected its classifications has some of its own."""
    yield EVERY
    yield from (tag_word(classification.name) for classification in paper.classifications)
    for guild_id, names in sorted(paper.corrections.items()):
        yield server_word(guild_id)
        yield from (corrected_word(guild_id, name) for name in names)
    yield from _link_words(paper.links)
    yield from _category_words(paper.arxiv.categories if paper.arxiv else ())
    yield from (_word("source", name) for name in paper.sources)
    yield from _day_words(paper.day)
    yield from _upvote_words(paper.upvotes or 0)


@lru_cache(maxsize=1_024)
def _word(*parts: str) -> str:
    """The word for a value: its parts with nothing in them at which an index splits."""
    return "".join(
        f"{SEPARATOR}{''.join(c if c.isalnum() else SEPARATOR for c in part.casefold())}" for part in parts
    )


def _link_words(links: Iterable[Link]) -> Iterator[str]:
    things = dict.fromkeys(_LINK_KINDS[link.kind] for link in links if link.kind in _LINK_KINDS)
    return (_word("has", thing) for thing in things)


def _category_words(names: Iterable[str]) -> Iterator[str]:
    both = dict.fromkeys(each for name in names for each in (name, categories.archive(name)))
    return (_word("category", name) for name in both)


@lru_cache(maxsize=1_024)
def _day_words(day: date) -> tuple[str, ...]:
    return tuple(_word("day", beginning) for beginning in _way(_day_labels(day)))


@lru_cache(maxsize=1_024)
def _upvote_words(number: int) -> tuple[str, ...]:
    return tuple(_word("upvotes", beginning) for beginning in _way(_upvote_labels(number)))


def _day_labels(day: date) -> tuple[str, ...]:
    return (*f"{day.year:04}", f"{day.month:02}", f"{day.day:02}")


def _upvote_labels(number: int) -> tuple[str, ...]:
    return tuple(str(min(max(number, 0), MOST_UPVOTES)).zfill(len(_UPVOTE_LEVELS)))


def _way(labels: Sequence[str]) -> Iterator[str]:
    return ("".join(labels[:depth]) for depth in range(1, len(labels) + 1))


@singledispatch
def words_for(term: object) -> frozenset[str]:
    """The words of which a paper that answers the term has one; none for a term that no paper can answer.

    Raises:
        TypeError: the term is not about such words.
    """
    raise TypeError(f"{term!r} is no term about words of this kind")


@words_for.register
def _(term: Tag) -> frozenset[str]:
    return frozenset(map(tag_word, term.names))


@words_for.register
def _(term: Has) -> frozenset[str]:
    return frozenset((_word("has", term.what),))


@words_for.register
def _(term: Category) -> frozenset[str]:
    return frozenset((_word("category", term.name),))


@words_for.register
def _(term: Source) -> frozenset[str]:
    return frozenset((_word("source", term.name),))


@words_for.register
def _(term: Since) -> frozenset[str]:
    return _days(term.day, None)


@words_for.register
def _(term: Until) -> frozenset[str]:
    return _days(None, term.day)


@words_for.register
def _(term: Dated) -> frozenset[str]:
    return _days(term.first, term.last)


@words_for.register
def _(term: Upvotes) -> frozenset[str]:
    lowest, highest = {
        Comparison.MORE: (term.number + 1, MOST_UPVOTES),
        Comparison.AT_LEAST: (term.number, MOST_UPVOTES),
        Comparison.FEWER: (0, term.number - 1),
        Comparison.AT_MOST: (0, term.number),
        Comparison.EXACTLY: (term.number, term.number),
    }[term.comparison]
    return _upvotes(lowest, highest)


@lru_cache(maxsize=1_024)
def _upvotes(lowest: int, highest: int) -> frozenset[str]:
    if lowest > highest:
        return frozenset()
    found = _range(_UPVOTE_LEVELS, _upvote_labels(lowest), _upvote_labels(highest))
    return frozenset(_word("upvotes", beginning) for beginning in found)


@lru_cache(maxsize=1_024)
def _days(first: date | None, last: date | None) -> frozenset[str]:
    lowest = None if first is None else _day_labels(first)
    highest = None if last is None else _day_labels(last)
    found = _range(_DAY_LEVELS, lowest, highest)
    return frozenset(_word("day", beginning) for beginning in found)


Bound = Sequence[str] | None
"""The labels of a lowest or highest leaf, from here down; None where there is no bound."""


def _range(levels: Levels, lowest: Bound, highest: Bound, beginning: str = "") -> Iterator[str]:
    """The fewest beginnings that all leaves between two bounds have, and no other leaf; the root is none."""
    if lowest is not None and all(label == level[0] for label, level in zip(lowest, levels, strict=True)):
        lowest = None
    if highest is not None and all(label == level[-1] for label, level in zip(highest, levels, strict=True)):
        highest = None
    if beginning and lowest is None and highest is None:
        yield beginning
        return
    for label in levels[0]:
        if (lowest is None or lowest[0] <= label) and (highest is None or label <= highest[0]):
            yield from _range(
                levels[1:],
                lowest[1:] if lowest is not None and label == lowest[0] else None,
                highest[1:] if highest is not None and label == highest[0] else None,
                beginning + label,
            )
