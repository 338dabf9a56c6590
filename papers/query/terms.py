"""What a query is made of; each term's text is canonical: it parses to the same term."""

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from papers.models import Model


class Tag(Model):
    """The paper has one of these classifications."""

    text: str
    names: tuple[str, ...]

    def __str__(self) -> str:
        mark = "=" if self.text.startswith("=") else ""
        return f"tag:{mark}{quoted(self.text.removeprefix('='))}"


class Author(Model):
    """These words stand side by side in the name of one author."""

    text: str
    tokens: tuple[str, ...]

    def __str__(self) -> str:
        return f"author:{quoted(self.text)}"


class Words(Model):
    """These words stand side by side in title, bullets, abstract or an author's name."""

    tokens: tuple[str, ...]

    def __str__(self) -> str:
        return quoted(" ".join(self.tokens))


class LinkedThing(StrEnum):
    """What a paper may have a link to; a demo is a Space on the hub."""

    CODE = "code"
    MODEL = "model"
    DATASET = "dataset"
    DEMO = "demo"


class Has(Model):
    """The paper has a link to one."""

    what: LinkedThing

    def __str__(self) -> str:
        return f"has:{self.what}"


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


class Dated(Model):
    """First announced in these days; `text` is the day, month or year that they are."""

    text: str
    first: date
    last: date

    def __str__(self) -> str:
        return f"date:{self.text}"


class Comparison(StrEnum):
    """How a number stands to another."""

    MORE = ">"
    AT_LEAST = ">="
    FEWER = "<"
    AT_MOST = "<="
    EXACTLY = ""


MOST_UPVOTES = 99_999
"""Upvotes are counted up to here."""


class Upvotes(Model):
    """Its upvotes stand so to a number; where nobody knows them, they are none."""

    comparison: Comparison
    number: Annotated[int, Field(ge=0, le=MOST_UPVOTES)]

    def __str__(self) -> str:
        return f"upvotes:{self.comparison}{self.number}"


class Category(Model):
    """arXiv lists it in this category, or in one of this archive."""

    name: str

    def __str__(self) -> str:
        return f"category:{self.name}"


class Source(Model):
    """It was announced there."""

    name: str

    def __str__(self) -> str:
        return f"source:{self.name}"


class Not(Model):
    """The term does not hold."""

    term: "Term"

    def __str__(self) -> str:
        inside = str(self.term)
        return f"-({inside})" if isinstance(self.term, AllOf | AnyOf) else f"-{inside}"


class AllOf(Model):
    """All of the terms hold; two at least."""

    terms: tuple["Term", ...]

    def __str__(self) -> str:
        return _side_by_side(self.terms)


class AnyOf(Model):
    """One of the terms holds, or several; two at least."""

    terms: tuple["Term", ...]

    def __str__(self) -> str:
        return " OR ".join(map(str, self.terms))


Leaf = Tag | Author | Words | Has | Since | Until | Dated | Upvotes | Category | Source
Term = Leaf | Not | AllOf | AnyOf
Not.model_rebuild()
AllOf.model_rebuild()
AnyOf.model_rebuild()


class Query(Model):
    """Terms that must all hold; without any, everything is found. Its text is canonical: it parses to itself."""

    terms: tuple[Term, ...] = ()

    def __str__(self) -> str:
        return str(self.terms[0]) if len(self.terms) == 1 else _side_by_side(self.terms)


def _side_by_side(terms: Iterable[Term]) -> str:
    return " ".join(f"({term})" if isinstance(term, AnyOf) else str(term) for term in terms)


def quoted(text: str) -> str:
    """A value as it stands in a query, in quotation marks where it needs them."""
    return text if re.fullmatch(r"\w+", text) else f'"{text}"'
