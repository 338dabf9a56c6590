"""Strategies for queries, of every term there is and in each other, that find something among `support.papers`."""

from hypothesis import strategies as st

from papers.query import (
    Author,
    Query,
    Since,
    Term,
    Until,
    Words,
    all_of,
    any_of,
    negated,
    parse,
    tagged,
)
from papers.query.building import query_of
from papers.taxonomy import FAMILIES, NAMES
from papers.tokens import tokenise
from support.papers import days, names, texts


def term(text: str) -> Term:
    """The one term of a query."""
    [only] = parse(text).terms
    return only


tag_terms: st.SearchStrategy[Term] = st.sampled_from(
    (*FAMILIES, *NAMES[:6], *(f"={name}" for name in NAMES[20:24]))
).map(lambda text: tagged(text).terms[0])
_phrases = st.builds(tokenise, texts).filter(bool).map(lambda tokens: tuple(tokens[:3]))
_numbers = st.sampled_from((0, 1, 9, 10, 20, 99, 100, 1_000, 12_345, 99_998, 99_999))
_upvotes = st.builds("upvotes:{}{}".format, st.sampled_from(("", "=", ">", ">=", "<", "<=")), _numbers)
_dates = st.one_of(
    days.map("date:{}".format),
    days.map("date:{:%Y-%m}".format),
    st.sampled_from(("date:2026", "date:2025", "since:2026-06", "until:2026", "until:0001-01-01")),
)
_listed = st.sampled_from(
    (
        *(
            "has:code",
            "has:model",
            "has:dataset",
            "has:demo",
            "source:huggingface",
            "source:digest",
            "source:arxiv",
        ),
        *("category:cs", "category:cs.CL", "category:stat.ML", "category:quant-ph", "category:math"),
    )
)
leaves: st.SearchStrategy[Term] = st.one_of(
    st.builds(Words, tokens=_phrases),
    st.builds(Words, tokens=_phrases),
    tag_terms,
    names.map(lambda name: Author(text=name, tokens=tuple(tokenise(name)))),
    st.one_of(_upvotes, _dates, _listed).map(term),
    st.builds(Since, day=days),
    st.builds(Until, day=days),
)
terms: st.SearchStrategy[Term] = st.recursive(
    leaves,
    lambda inner: st.one_of(
        inner.map(negated),
        st.lists(inner, min_size=2, max_size=3).map(all_of),
        st.lists(inner, min_size=2, max_size=3).map(any_of),
    ),
    max_leaves=8,
)
queries: st.SearchStrategy[Query] = st.lists(terms, max_size=3).map(query_of)
"""Queries that find something often enough."""
