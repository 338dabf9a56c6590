"""Queries and terms from parts, in their one form: nothing twice, no group that could be left out."""

from collections.abc import Iterable, Iterator
from itertools import chain

from papers.query.limits import limited
from papers.query.terms import AllOf, AnyOf, Not, Query, Since, Term, Until
from papers.query.values import day_of, last_day_of, read_author, read_tag


def all_of(terms: Iterable[Term]) -> Term:
    """The term that says all of these, one at least."""
    distinct = tuple(dict.fromkeys(_opened(terms, AllOf)))
    return distinct[0] if len(distinct) == 1 else AllOf(terms=distinct)


def any_of(terms: Iterable[Term]) -> Term:
    """The term that says one of these or several, one at least."""
    distinct = tuple(dict.fromkeys(_opened(terms, AnyOf)))
    return distinct[0] if len(distinct) == 1 else AnyOf(terms=distinct)


def negated(term: Term) -> Term:
    """The term that says the opposite."""
    return term.term if isinstance(term, Not) else Not(term=term)


def _opened(terms: Iterable[Term], kind: type[AllOf] | type[AnyOf]) -> Iterator[Term]:
    for term in terms:
        if isinstance(term, kind):
            yield from term.terms
        else:
            yield term


def query_of(terms: Iterable[Term]) -> Query:
    """The query for which all of the terms must hold.

    Raises:
        QueryError: it is larger than a query may be.
    """
    return limited(Query(terms=tuple(dict.fromkeys(_opened(terms, AllOf)))))


def combine(*queries: Query) -> Query:
    """One query for which all of them must hold; a term that comes twice is kept once.

    Raises:
        QueryError: together they are larger than a query may be.
    """
    return query_of(chain.from_iterable(query.terms for query in queries))


def tagged(text: str) -> Query:
    """The query for a classification, a family or an alias as a person typed it (`=` in front: that label alone).

    Raises:
        UnknownClassificationError: nothing goes by this name; the message names the nearest.
    """
    return query_of([read_tag(text)])


def written_by(text: str) -> Query:
    """The query for an author's name or a part of it, as a person typed it.

    Raises:
        QueryError: the name holds no word.
    """
    return query_of([read_author(text)])


def announced_since(text: str) -> Query:
    """The query for a first day: YYYY-MM-DD, or that of a month or year.

    Raises:
        QueryError: it is no such date.
    """
    return query_of([Since(day=day_of(text))])


def announced_until(text: str) -> Query:
    """The query for a last day: YYYY-MM-DD, or that of a month or year.

    Raises:
        QueryError: it is no such date.
    """
    return query_of([Until(day=last_day_of(text))])
