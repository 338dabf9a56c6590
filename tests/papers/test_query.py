from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.errors import PaperboyError, QueryError, UnknownClassificationError
from papers.matching import matches
from papers.models import Classification, Paper, first_key
from papers.query import Author, Not, Query, Since, Until, Words, combine, parse, tagged, written_by

PAPER = Paper(
    key=first_key(date(2026, 6, 24)),
    arxiv_id="2606.00001",
    title="Flow Matching for GPT-4 Agents",
    authors=("Ada Writer", "Ben O'Neil"),
    abstract="We train robots. Later they rest.",
    bullets=("One idea about flows", "Robots learn"),
    classifications=(Classification(name="Text-to-Image"),),
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
        ("author:writer", True),
        ('author:"ada writer"', True),
        ('author:"writer ben"', False),
        ("author:oneil", False),
        ("author:o'neil", True),
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
    ],
)
def test_a_query_means_what_it_says(query: str, *, found: bool) -> None:
    assert matches(parse(query), PAPER) is found


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ('"open', "The quotation mark at character 1 is never closed."),
        ("ok tag:", "Nothing stands after “tag:” at character 4."),
        ("year:2020", "There is no “year:” to search by (character 1)"),
        ("since:tomorrow", "“tomorrow” is no date: write it like 2026-01-31. (character 1)"),
        ("-since:2026-01-01", "A date cannot be excluded (character 1): use since: and until:."),
        ("🙂", "“🙂” holds no word to look for. (character 1)"),
        ("*", "“*” holds no word to look for. (character 1)"),
        ('""', 'Nothing stands after “""” at character 1.'),
        ("a" * 10_000, "The query is too long: at most 1,000 characters, please."),
        ("a " * 60 + "b", None),
        (" ".join(f"w{number}" for number in range(60)), "The query has too many terms: at most 50, please."),
    ],
)
def test_a_wrong_query_is_refused_in_one_sentence(query: str, sentence: str | None) -> None:
    if sentence is None:
        with pytest.raises(QueryError):
            parse(query)
        return
    with pytest.raises(QueryError) as raised:
        parse(query)
    assert str(raised.value).startswith(sentence)


def test_an_unknown_tag_names_the_nearest() -> None:
    with pytest.raises(UnknownClassificationError) as raised:
        parse("tag:multimodl")
    assert "Multimodal" in raised.value.nearest


def test_the_place_of_an_error_is_known() -> None:
    with pytest.raises(QueryError) as raised:
        parse("flow since:never")
    assert raised.value.position == len("flow ")


def test_parts_combine_and_repeat_no_term() -> None:
    query = combine(tagged("vqa"), written_by("Ada  Writer"), parse("flow flow -robots since:2026-01-02"))
    assert str(query) == f'{tagged("vqa")} author:"Ada Writer" flow -robots since:2026-01-02'


TERMS = st.one_of(
    st.sampled_from(["Multimodal", "vqa", "=Other", "text to image", "3D"]).map(
        lambda text: tagged(text).terms[0]
    ),
    st.text(min_size=1)
    .filter(lambda text: _reads(f'"{text}"'))
    .map(lambda text: parse(f'"{text}"').terms[0]),
    st.dates().map(lambda day: Since(day=day)),
    st.dates().map(lambda day: Until(day=day)),
    st.lists(st.text("abc'-é漢", min_size=1), min_size=1)
    .map(" ".join)
    .filter(lambda text: _reads(f'author:"{text}"'))
    .map(lambda text: written_by(text).terms[0]),
)


def _reads(text: str) -> bool:
    try:
        return len(parse(text).terms) == 1
    except PaperboyError:
        return False


@given(terms=st.lists(TERMS, max_size=6), negate=st.booleans())
def test_canonical_text_parses_to_the_same_query(terms: list[object], *, negate: bool) -> None:
    if negate:
        terms = [Not(term=term) if isinstance(term, Words | Author) else term for term in terms]
    query = combine(Query.model_validate({"terms": terms}))
    assert parse(str(query)) == query


@given(st.text(max_size=1_200))
def test_any_text_is_read_or_refused_in_one_sentence(text: str) -> None:
    try:
        query, sentence = parse(text), "read"
    except PaperboyError as error:
        query, sentence = Query(), str(error)
    assert parse(str(query)) == query
    assert len(sentence.splitlines()) == 1
