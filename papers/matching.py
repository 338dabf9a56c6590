"""Whether a paper answers a query, decided on the same words that the search index holds."""

from collections.abc import Iterable, Iterator
from functools import lru_cache, singledispatch

from papers import taxonomy
from papers.models import Model, Paper
from papers.query import Author, Not, Query, Since, Tag, Until, Words
from papers.tokens import contains, tokenise

SEPARATOR = "·"
"""Stands between bullets and between names, so that no phrase reaches across; the tokeniser never makes one."""


class IndexText(Model):
    """The words of a paper by field, ready for an index that splits at spaces.

    Tags are one word each: those that everybody sees, and for each server that corrected them its `server_word`
    and its `corrected_word` for each of its own.
    """

    title: str
    bullets: str
    abstract: str
    authors: str
    tags: str


def index_text(paper: Paper) -> IndexText:
    """The words by which a paper can be found."""
    return IndexText(
        title=_joined([paper.title]),
        bullets=_joined(paper.bullets),
        abstract=_joined([paper.abstract or ""]),
        authors=_joined(paper.authors),
        tags=" ".join(_tags(paper)),
    )


def _tags(paper: Paper) -> Iterator[str]:
    yield from (tag_word(classification.name) for classification in paper.classifications)
    for guild_id, names in sorted(paper.corrections.items()):
        yield server_word(guild_id)
        yield from (corrected_word(guild_id, name) for name in names)


@lru_cache(maxsize=1_024)
def tag_word(name: str) -> str:
    """The single word that stands for a classification in the index."""
    return taxonomy.squash(name) or SEPARATOR


def server_word(guild_id: int) -> str:
    """The single word that says that a server has classifications of its own for a paper."""
    return f"{SEPARATOR}{guild_id}"


def corrected_word(guild_id: int, name: str) -> str:
    """The single word that stands for a classification that counts in a server alone."""
    return f"{server_word(guild_id)}{SEPARATOR}{tag_word(name)}"


def matches(query: Query, paper: Paper) -> bool:
    """Whether every term of the query holds for the paper; of classifications, those that everybody sees count."""
    text = index_text(paper)
    return all(_holds(term, paper, text) for term in query.terms)


def _joined(texts: Iterable[str]) -> str:
    return f" {SEPARATOR} ".join(" ".join(tokenise(text)) for text in texts)


@singledispatch
def _holds(term: object, _paper: Paper, _text: IndexText) -> bool:
    raise TypeError(f"no rule for {term!r}")


@_holds.register
def _(term: Tag, paper: Paper, _text: IndexText) -> bool:
    wanted = {tag_word(name) for name in term.names}
    return any(tag_word(classification.name) in wanted for classification in paper.classifications)


@_holds.register
def _(term: Author, _paper: Paper, text: IndexText) -> bool:
    return contains(text.authors.split(" "), list(term.tokens))


@_holds.register
def _(term: Words, _paper: Paper, text: IndexText) -> bool:
    fields = (text.title, text.bullets, text.abstract, text.authors)
    return any(contains(field.split(" "), list(term.tokens)) for field in fields)


@_holds.register
def _(term: Since, paper: Paper, _text: IndexText) -> bool:
    return paper.day >= term.day


@_holds.register
def _(term: Until, paper: Paper, _text: IndexText) -> bool:
    return paper.day <= term.day


@_holds.register
def _(term: Not, paper: Paper, text: IndexText) -> bool:
    return not _holds(term.term, paper, text)
