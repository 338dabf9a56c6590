"""The query language: one text, parsed once into terms that searching and matching share.

`tag:Multimodal -tag:=Robotics author:"Yann LeCun" since:2026-01-01 "flow matching" diffusion`: all terms must
hold, `-` turns one round. A word that the tokeniser cuts in several (`GPT-4`) is a phrase.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import chain
from types import MappingProxyType

from papers import taxonomy
from papers.errors import QueryError
from papers.models import Model
from papers.tokens import tokenise

MAX_LENGTH = 1_000
MAX_TERMS = 50


class Tag(Model):
    """The paper has one of these classifications."""

    text: str
    names: tuple[str, ...]

    def __str__(self) -> str:
        mark = "=" if self.text.startswith("=") else ""
        return f"tag:{mark}{_quoted(self.text.removeprefix('='))}"


class Author(Model):
    """These words stand side by side in the name of one author."""

    text: str
    tokens: tuple[str, ...]

    def __str__(self) -> str:
        return f"author:{_quoted(self.text)}"


class Words(Model):
    """These words stand side by side in title, bullets, abstract or an author's name."""

    tokens: tuple[str, ...]

    def __str__(self) -> str:
        return _quoted(" ".join(self.tokens))


class Since(Model):
    """First announced on that day or later."""

    day: date

    def __str__(self) -> str:
        return f"since:{self.day}"


class Until(Model):
    """First announced on that day or earlier."""

    day: date

    def __str__(self) -> str:
        return f"until:{self.day}"


class Not(Model):
    """The term does not hold."""

    term: Tag | Author | Words

    def __str__(self) -> str:
        return f"-{self.term}"


Term = Tag | Author | Words | Since | Until | Not


class Query(Model):
    """Terms that must all hold; without any, everything is found. Its text is canonical: it parses to itself."""

    terms: tuple[Term, ...] = ()

    def __str__(self) -> str:
        return " ".join(map(str, self.terms))


def combine(*queries: Query) -> Query:
    """One query for which all of them must hold; a term that comes twice is kept once."""
    return Query(terms=tuple(dict.fromkeys(chain.from_iterable(query.terms for query in queries))))


def tagged(text: str) -> Query:
    """The query for a classification, a family or an alias as a person typed it (`=` in front: that label alone).

    Raises:
        UnknownClassificationError: nothing goes by this name; the message names the nearest.
    """
    found = taxonomy.find(text)
    return Query(terms=(Tag(text=found.text, names=found.names),))


def written_by(text: str) -> Query:
    """The query for an author's name or a part of it, as a person typed it.

    Raises:
        QueryError: the name holds no word.
    """
    return Query(terms=(_author(text),))


def announced_since(text: str) -> Query:
    """The query for a first day, YYYY-MM-DD.

    Raises:
        QueryError: it is no such date.
    """
    return Query(terms=(Since(day=_day(text)),))


def announced_until(text: str) -> Query:
    """The query for a last day, YYYY-MM-DD.

    Raises:
        QueryError: it is no such date.
    """
    return Query(terms=(Until(day=_day(text)),))


def parse(text: str) -> Query:
    """Reads a query as a person typed it; empty text finds everything.

    Raises:
        QueryError: the text cannot be understood, or is too long; the error knows the place.
        UnknownClassificationError: a `tag:` nobody knows.
    """
    if len(text) > MAX_LENGTH:
        raise QueryError(f"The query is too long: at most {MAX_LENGTH:,} characters, please.")
    return combine(*(Query(terms=(term,)) for term in _limited(_terms(text.translate(_CURLY_QUOTES)))))


_CURLY_QUOTES = str.maketrans("“”„", '"""')
_TERM = re.compile(
    r"""(?P<negated>-?)
        (?:(?P<field>[A-Za-z]+):)?
        (?:(?P<only>=?)"(?P<quoted>[^"]*)"|(?P<bare>[^\s"]+)|(?P<open>")|)""",
    re.VERBOSE,
)
_SPACE = re.compile(r"\s*")


def _limited(terms: Iterable[Term]) -> list[Term]:
    kept = list(terms)
    if len(kept) > MAX_TERMS:
        raise QueryError(f"The query has too many terms: at most {MAX_TERMS}, please.")
    return kept


def _terms(text: str) -> Iterable[Term]:
    position = _SPACE.match(text).end()  # type: ignore[union-attr]  # it matches anything
    while position < len(text):
        match = _TERM.match(text, position)
        assert match is not None  # noqa: S101 - every part of the pattern is optional
        yield _term(match)
        position = _SPACE.match(text, match.end()).end()  # type: ignore[union-attr]


def _term(match: re.Match[str]) -> Term:
    at = match.start()
    if match["open"]:
        raise QueryError(f"The quotation mark at character {at + 1} is never closed.", position=at)
    value = match["bare"] if match["quoted"] is None else match["only"] + match["quoted"]
    field = (match["field"] or "").lower()
    if not value or not value.strip():
        raise QueryError(f"Nothing stands after “{match[0]}” at character {at + 1}.", position=at)
    if field not in _FIELDS:
        fields = ", ".join(f"{name}:" for name in _FIELDS if name)
        raise QueryError(
            f"There is no “{field}:” to search by (character {at + 1}): use {fields}, or put the words in quotes.",
            position=at,
        )
    try:
        term = _FIELDS[field](value)
    except QueryError as error:
        raise QueryError(f"{error} (character {at + 1})", position=at) from error
    return _negated(term, at) if match["negated"] else term


def _negated(term: Term, at: int) -> Not:
    if isinstance(term, Tag | Author | Words):
        return Not(term=term)
    raise QueryError(f"A date cannot be excluded (character {at + 1}): use since: and until:.", position=at)


def _tag(text: str) -> Tag:
    found = taxonomy.find(text)
    return Tag(text=found.text, names=found.names)


def _author(text: str) -> Author:
    name = " ".join(text.replace('"', " ").encode("utf-8", "ignore").decode().split())
    return Author(text=name, tokens=_words_of(name))


def _words(text: str) -> Words:
    return Words(tokens=_words_of(text))


def _words_of(text: str) -> tuple[str, ...]:
    tokens = tuple(tokenise(text))
    if not tokens:
        raise QueryError(f"“{text[:40]}” holds no word to look for.")
    return tokens


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise QueryError(f"“{text[:40]}” is no date: write it like 2026-01-31.") from error


def _quoted(text: str) -> str:
    return text if re.fullmatch(r"\w+", text) else f'"{text}"'


_FIELDS: Mapping[str, Callable[[str], Term]] = MappingProxyType(
    {
        "": _words,
        "tag": _tag,
        "author": _author,
        "since": lambda text: Since(day=_day(text)),
        "until": lambda text: Until(day=_day(text)),
    }
)
