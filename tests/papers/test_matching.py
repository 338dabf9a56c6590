from datetime import date

import pytest

from papers.matching import Matchable, failing, matches
from papers.models import ArxivRecord, Classification, Link, LinkKind, Paper, first_key
from papers.query import parse

PAPER = Paper(
    key=first_key(date(2026, 6, 24)),
    arxiv_id="2606.00001",
    title="Flow Matching for GPT-4 Agents",
    authors=("Ada Writer", "Ben O'Neil"),
    abstract="We train robots. Later they rest.",
    bullets=("One idea about flows", "Robots learn"),
    classifications=(Classification(name="Text-to-Image"),),
    links=(
        Link(kind=LinkKind.CODE, url="https://example.org/c"),
        Link(kind=LinkKind.SPACE, url="https://example.org/s"),
    ),
    upvotes=20,
    arxiv=ArxivRecord(categories=("cs.CL", "stat.ML")),
    sources=("huggingface", "digest"),
)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", True),
        ("flow", True),
        ("flow robots", True),
        ("flow absentword", False),
        ('"flow matching"', True),
        ('"matching flow"', False),
        ("gpt-4", True),
        ("gpt-5", False),
        ('"flows robots"', False),
        ('"agents one"', False),
        ("author:writer", True),
        ('author:"ada writer"', True),
        ('author:"writer ben"', False),
        ("author:oneil", False),
        ("author:o'neil", True),
        ("author:flow", False),
        ("tag:text-to-image", True),
        ('tag:"computer vision"', True),
        ('tag:="computer vision"', False),
        ("tag:T2I", True),
        ("-tag:Audio flow", True),
        ("-tag:T2I", False),
        ("-flow", False),
        ("since:2026-06-24 until:2026-06-24", True),
        ("since:2026-06-25", False),
        ("until:2026-06-23", False),
        ("-until:2026-06-23", True),
        ("date:2026 date:2026-06 date:2026-06-24", True),
        ("date:2025 OR date:2026-05 OR date:2026-06-23", False),
        ("has:code has:demo", True),
        ("has:model OR has:dataset", False),
        ("upvotes:20 upvotes:>19 upvotes:>=20 upvotes:<21 upvotes:<=20", True),
        ("upvotes:>20 OR upvotes:<20 OR upvotes:19 OR upvotes:>=21", False),
        ("category:cs.CL category:cs category:stat.ML", True),
        ("category:cs.LG OR category:math", False),
        ("source:huggingface source:digest", True),
        ("source:arxiv", False),
        ("absentword OR (flow -(gpt-5 OR has:model))", True),
        ("-(flow robots)", False),
    ],
)
def test_a_query_means_what_it_says(query: str, *, found: bool) -> None:
    assert matches(parse(query), PAPER) is found
    assert matches(parse(query), Matchable(PAPER)) is found


def test_upvotes_that_nobody_knows_are_none() -> None:
    unknown = PAPER.model_copy(update={"upvotes": None})
    assert matches(parse("upvotes:0 upvotes:<1 -upvotes:>0"), unknown)
    assert not matches(parse("upvotes:<0"), unknown)


def test_upvotes_are_counted_up_to_a_limit() -> None:
    most = PAPER.model_copy(update={"upvotes": 1_000_000})
    assert matches(parse("upvotes:99999"), most)
    assert not matches(parse("upvotes:>99999"), most)


def test_of_upvotes_below_none_at_the_source_nothing_breaks() -> None:
    assert matches(parse("upvotes:0"), PAPER.model_copy(update={"upvotes": -1}))


@pytest.mark.parametrize(
    ("query", "term"),
    [
        ("flow", None),
        ("flow has:model upvotes:>100", "has:model"),
        ("flow (has:model OR gpt-5)", 'has:model OR "gpt 5"'),
        ("-robots", "-robots"),
    ],
)
def test_the_first_term_that_fails_is_named(query: str, term: str | None) -> None:
    failed = failing(parse(query), PAPER)
    assert (failed and str(failed)) == term
