"""What may be meant by the term that somebody is typing at the end of a query."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType

from papers import categories, taxonomy
from papers.models import Model
from papers.query.lexing import straight
from papers.query.terms import LinkedThing, quoted
from papers.query.values import FIELDS, SOURCES

_LAST = re.compile(r'(?P<sign>-?)(?:(?P<field>[A-Za-z]+):)?(?P<part>="?[^"]*|"[^"]*|[^\s"()]*)$')
_PIECE = re.compile(r'(?:[^\s"()]|"[^"]*(?:"|$))+')
_CHOICES: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "has": tuple(LinkedThing),
        "source": SOURCES,
        "category": categories.NAMES,
        "upvotes": (">10", ">20", ">50", ">100", ">200", ">500"),
    }
)
_OF_DAYS = frozenset({"since", "until", "date"})
_DAYS_AGO = (0, 1, 7, 30, 90, 365)


class Unfinished(Model):
    """A query that somebody is typing.

    Attributes:
        before: all that stands before what is being typed: of a field, its value, else a word.
        field: the field whose value is being typed, in small letters; empty for words.
        part: what there is of the value, without quotation marks.
    """

    before: str
    field: str
    part: str


def unfinished(typed: str) -> Unfinished:
    """Finds the term being typed; after a space, a bracket or a closing quotation mark a new one begins."""
    plain = straight(typed)
    last = [match for match in _PIECE.finditer(plain) if match.end() == len(plain)]
    piece = last[0][0] if last else ""
    match = _LAST.fullmatch(piece)
    if match is None:  # it is closed already, or two in one
        return Unfinished(before=f"{plain} ", field="", part="")
    field = (match["field"] or "").lower()
    head = plain[: len(plain) - len(piece)] + match["sign"]
    before = f"{head}{field}:" if field else head
    return Unfinished(before=before, field=field, part=match["part"].replace('"', ""))


def completions(typed: Unfinished, *, today: date, authors: Iterable[str] = ()) -> Iterator[str]:
    """Whole queries that the one being typed may become, the likeliest first.

    Args:
        typed: what there is so far.
        today: the day, for fields that take one.
        authors: names that `author:` may take.
    """
    if typed.field:
        values = _values(typed, today, authors)
        return (f"{typed.before}{value}" for value in values)
    part = typed.part.lower()
    fields = (f"{name}:" for name in FIELDS if name and name.startswith(part))
    tags = (f"tag:{quoted(name)}" for name in taxonomy.suggest(typed.part)) if len(part) > 1 else ()
    return (f"{typed.before}{term}" for term in (*fields, *tags))


def _values(typed: Unfinished, today: date, authors: Iterable[str]) -> Iterable[str]:
    if typed.field == "author":
        return (quoted(" ".join(name.replace('"', " ").split())) for name in authors)
    if typed.field == "tag":
        mark = "=" if typed.part.startswith("=") else ""
        return (f"{mark}{quoted(name)}" for name in taxonomy.suggest(typed.part))
    days = [str(today - timedelta(days=ago)) for ago in _DAYS_AGO]
    values = _CHOICES.get(typed.field) or (days if typed.field in _OF_DAYS else ())
    return (value for value in values if value.lower().startswith(typed.part.lower()))
