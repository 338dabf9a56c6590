"""What may stand behind each `field:`, read into its term; errors say what was expected."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import MappingProxyType

from papers import categories, taxonomy
from papers.errors import QueryError
from papers.query.terms import (
    MOST_UPVOTES,
    Author,
    Category,
    Comparison,
    Dated,
    Has,
    Leaf,
    LinkedThing,
    Since,
    Source,
    Tag,
    Until,
    Upvotes,
    Words,
)
from papers.tokens import tokenise

SOURCES = ("huggingface", "arxiv", "digest")
"""Where papers are announced, as editions name it."""

_SHOWN = 40  # characters of what was typed that are repeated to the person who typed it
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_UPVOTES = re.compile(r"(>=|<=|>|<|=)?([0-9]{1,9})")


def shown(text: str) -> str:
    """The beginning of what somebody typed, on one line, to be repeated to them."""
    return " ".join(text.split())[:_SHOWN]


def read_words(text: str) -> Words:
    """Reads a word or a phrase."""
    return Words(tokens=_words_of(text))


def read_tag(text: str) -> Tag:
    """Reads the name of a classification, a family or an alias."""
    found = taxonomy.find(text)
    return Tag(text=found.text, names=found.names)


def read_author(text: str) -> Author:
    """Reads the name of an author or a part of it."""
    name = " ".join(text.replace('"', " ").encode("utf-8", "ignore").decode().split())
    return Author(text=name, tokens=_words_of(name))


def _words_of(text: str) -> tuple[str, ...]:
    tokens = tuple(tokenise(text))
    if not tokens:
        raise QueryError(f"“{shown(text)}” holds no word to look for.")
    return tokens


def day_of(text: str) -> date:
    """The day that a text says; of a month or a year, its first."""
    return _days_of(text)[0]


def last_day_of(text: str) -> date:
    """The day that a text says; of a month or a year, its last."""
    return _days_of(text)[1]


def _days_of(text: str) -> tuple[date, date]:
    """The first and the last of the days that a text says."""
    match = _DATE.fullmatch(text.strip())
    year, month, day = (int(part or 0) for part in match.groups()) if match else (0, 0, 0)
    try:
        first = date(year, month or 1, day or 1)
    except ValueError as error:
        raise QueryError(f"“{shown(text)}” is no date: write it like 2026-01-31.") from error
    if day:
        return first, first
    last_month = month or 12
    return first, date(year, last_month, monthrange(year, last_month)[1])


def _dated(text: str) -> Dated:
    first, last = _days_of(text)
    return Dated(text=text.strip(), first=first, last=last)


def _has(text: str) -> Has:
    try:
        return Has(what=LinkedThing(text.strip().lower()))
    except ValueError as error:
        raise QueryError(f"“{shown(text)}” is nothing a paper has: write {_either(LinkedThing)}.") from error


def _upvotes(text: str) -> Upvotes:
    match = _UPVOTES.fullmatch("".join(text.split()))
    if match is None:
        raise QueryError(f"“{shown(text)}” is no number of upvotes: write it like >20, <=5 or 100.")
    sign, number = (match[1] or "").removeprefix("="), int(match[2])
    if number > MOST_UPVOTES:
        raise QueryError(f"Upvotes are counted up to {MOST_UPVOTES:,} only: write a smaller number.")
    return Upvotes(comparison=Comparison(sign), number=number)


def _category(text: str) -> Category:
    name = categories.find(text)
    if name is None:
        nearest = categories.nearest(shown(text))
        hint = (
            f"did you mean {_either(nearest)}?" if nearest else "write it like cs.CL, or cs for all of them."
        )
        raise QueryError(f"arXiv has no category “{shown(text)}”: {hint}")
    return Category(name=name)


def _source(text: str) -> Source:
    name = text.strip().lower()
    if name not in SOURCES:
        raise QueryError(f"“{shown(text)}” is no source of papers: write {_either(SOURCES)}.")
    return Source(name=name)


def _either(names: Iterable[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} or {last}" if others else last


FIELDS: Mapping[str, tuple[Callable[[str], Leaf], str]] = MappingProxyType(
    {
        "": (read_words, 'a word, or several in quotes, such as "flow matching"'),
        "tag": (read_tag, "a classification, such as tag:Multimodal"),
        "author": (read_author, 'a name, such as author:"Yann LeCun"'),
        "has": (_has, "code, model, dataset or demo"),
        "since": (lambda text: Since(day=day_of(text)), "a first day, such as since:2026-01-31"),
        "until": (lambda text: Until(day=last_day_of(text)), "a last day, such as until:2026-01-31"),
        "date": (_dated, "a day, month or year, such as date:2026-01"),
        "upvotes": (_upvotes, "a number, such as upvotes:>20"),
        "category": (_category, "a category of arXiv, such as category:cs.CL"),
        "source": (_source, "huggingface, arxiv or digest"),
    }
)
"""How what stands behind a field (words have none) is read, and what that should be."""
