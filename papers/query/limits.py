"""How much a query may ask for: what people write by hand, and what the index answers at once."""

from collections.abc import Iterable

from papers.errors import QueryError
from papers.query.terms import AllOf, AnyOf, Leaf, Not, Query, Term

MAX_LENGTH = 1_000
"""Characters, as typed and in canonical form."""

MAX_TERMS = 50
MAX_DEPTH = 8
"""How many brackets may stand in each other."""


def limited(query: Query) -> Query:
    """The query, if it keeps the limits in its canonical form too, so that what is kept of it can be read again.

    Raises:
        QueryError: it has too many terms, brackets in too many brackets, or too long a text.
    """
    if sum(1 for _ in leaves(query.terms)) > MAX_TERMS:
        raise too_many_terms(0)
    beside = len(query.terms) > 1
    if max((_depth(term, beside=beside) for term in query.terms), default=0) > MAX_DEPTH:
        raise too_deep(0)
    if len(str(query)) > MAX_LENGTH:
        raise too_long(0)
    return query


def leaves(terms: Iterable[Term]) -> Iterable[Leaf]:
    """The terms that hold no others, from left to right."""
    for term in terms:
        if isinstance(term, Not):
            yield from leaves([term.term])
        elif isinstance(term, AllOf | AnyOf):
            yield from leaves(term.terms)
        else:
            yield term


def _depth(term: Term, *, beside: bool) -> int:
    """How many brackets stand in each other in a term's text; `beside` other terms, alternatives need some."""
    match term:
        case Not():
            return int(isinstance(term.term, AllOf | AnyOf)) + _depth(term.term, beside=False)
        case AnyOf():
            return int(beside) + max(_depth(one, beside=False) for one in term.terms)
        case AllOf():
            return max(_depth(one, beside=True) for one in term.terms)
        case _:
            return 0


def too_long(position: int) -> QueryError:
    """There is too much text."""
    return QueryError(f"The query is too long: at most {MAX_LENGTH:,} characters, please.", position=position)


def too_many_terms(position: int) -> QueryError:
    """There is a term more than may be."""
    return QueryError(f"The query has too many terms: at most {MAX_TERMS}, please.", position=position)


def too_deep(position: int) -> QueryError:
    """A bracket opens in more of them than may be."""
    return QueryError(
        f"There are too many brackets in each other at character {position + 1}: at most {MAX_DEPTH}, please.",
        position=position,
    )
