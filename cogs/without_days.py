"""What of a search is about papers to come, so that it can be subscribed to."""

from papers.query import Dated, Query, Since, Until


def without_days(query: Query) -> Query | None:
    """A query without the days that every answer must be of; None where nothing else was asked for."""
    kept = tuple(term for term in query.terms if not isinstance(term, Since | Until | Dated))
    return None if query.terms and not kept else Query(terms=kept)
