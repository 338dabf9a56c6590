"""Whether a paper answers a query, decided on the same words that the search index holds."""

from collections.abc import Iterable

from papers.models import Model, Paper
from papers.query import AllOf, AnyOf, Author, Not, Query, Term, Words
from papers.query.words import SEPARATOR, words_for, words_of
from papers.tokens import tokenise


class IndexText(Model):
    """The words of a paper by field, ready for an index that splits at spaces; `tags` are `papers.query.words`."""

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
        tags=" ".join(words_of(paper)),
    )


def _joined(texts: Iterable[str]) -> str:
    return f" {SEPARATOR} ".join(" ".join(tokenise(text)) for text in texts)


class Matchable:
    """A paper with its words cut once, to be held against many queries."""

    def __init__(self, paper: Paper) -> None:
        text = index_text(paper)
        fields = (text.title, text.bullets, text.abstract, text.authors)
        self._fields = _bounded(f" {SEPARATOR} ".join(fields))
        self._authors = _bounded(text.authors)
        self._tags = frozenset(text.tags.split(" "))

    def answers(self, term: Term) -> bool:
        """Whether a term holds; of classifications, those that everybody sees count."""
        match term:
            case Not():
                return not self.answers(term.term)
            case AllOf():
                return all(map(self.answers, term.terms))
            case AnyOf():
                return any(map(self.answers, term.terms))
            case Words():
                return _phrase(term.tokens) in self._fields
            case Author():
                return _phrase(term.tokens) in self._authors
            case _:
                return not self._tags.isdisjoint(words_for(term))


def _bounded(words: str) -> str:
    return f" {words} "


def _phrase(tokens: Iterable[str]) -> str:
    return _bounded(" ".join(tokens))


def matches(query: Query, paper: Paper | Matchable) -> bool:
    """Whether every term of the query holds for the paper; of classifications, those that everybody sees count."""
    return failing(query, paper) is None


def failing(query: Query, paper: Paper | Matchable) -> Term | None:
    """The first term of the query that does not hold for the paper; its text says it. None where all hold."""
    cut = Matchable(paper) if isinstance(paper, Paper) else paper
    return next((term for term in query.terms if not cut.answers(term)), None)
