from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from papers.errors import QueryError, UnknownClassificationError
from papers.query import (
    MAX_DEPTH,
    MAX_LENGTH,
    MAX_TERMS,
    AllOf,
    AnyOf,
    Not,
    Query,
    Since,
    Words,
    announced_since,
    announced_until,
    combine,
    parse,
    tagged,
    written_by,
)
from papers.query.terms import Term
from support.queries import queries
from support.queries import term as read


def words(*tokens: str) -> Words:
    return Words(tokens=tokens)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("a b", (words("a"), words("b"))),
        ("a AND b", (words("a"), words("b"))),
        ("a OR b", (AnyOf(terms=(words("a"), words("b"))),)),
        ("a b OR c", (AnyOf(terms=(AllOf(terms=(words("a"), words("b"))), words("c"))),)),
        ("a (b OR c)", (words("a"), AnyOf(terms=(words("b"), words("c"))))),
        ("(a b) c", (words("a"), words("b"), words("c"))),
        ("a OR (b OR a)", (AnyOf(terms=(words("a"), words("b"))),)),
        ("((a))", (words("a"),)),
        ("-(a b)", (Not(term=AllOf(terms=(words("a"), words("b")))),)),
        ("-(-a)", (words("a"),)),
        ("-since:2026-01-01", (Not(term=Since(day=date(2026, 1, 1))),)),
        ("a-b", (words("a", "b"),)),
        ("--a", (Not(term=words("a")),)),
        ('"OR" or', (words("or"),)),
        ("ORacle", (words("oracle"),)),
        ("“a b”", (words("a", "b"),)),
    ],
)
def test_a_text_is_read_into_a_tree(text: str, terms: tuple[Term, ...]) -> None:
    assert parse(text).terms == terms


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("TAG:vqa tag:texttoimage", 'tag:VQA tag:"Text-to-Image"'),
        ('tag:="computer vision"', 'tag:="Computer Vision"'),
        ("Has:CODE", "has:code"),
        ("upvotes:=007", "upvotes:7"),
        ('upvotes:">= 20"', "upvotes:>=20"),
        ("category:CS.cl category:CS", "category:cs.CL category:cs"),
        ("source:ArXiv", "source:arxiv"),
        ("since:2026-02 until:2026-02", "since:2026-02-01 until:2026-02-28"),
        ("date:2026-02 date:2024 date:2026-06-24", "date:2026-02 date:2024 date:2026-06-24"),
        ("(a b) OR -(c)", "a b OR -c"),
        ("x (a OR (b c)) -(d OR e)", "x (a OR b c) -(d OR e)"),
    ],
)
def test_a_query_has_one_text(text: str, canonical: str) -> None:
    assert str(parse(text)) == canonical


@pytest.mark.parametrize(
    "kept",
    [
        'tag:"Visual Question Answering" author:"Ada Writer" "gpt 4" flow -tag:=Other -"a b" -author:"O\'Neil"',
        "since:2026-01-02 until:2026-01-31 -survey or not near",
    ],
)
def test_what_an_earlier_version_kept_stands_side_by_side_as_before(kept: str) -> None:
    query = parse(kept)
    assert str(query) == kept
    assert not any(isinstance(term, AllOf | AnyOf) for term in query.terms)


@pytest.mark.parametrize(
    ("text", "position", "sentence"),
    [
        ('"open', 0, "The quotation mark at character 1 is never closed."),
        ('a tag:="open', 7, "The quotation mark at character 8 is never closed."),
        (
            "ok tag:",
            3,
            "Nothing stands after “tag:” at character 4: expected a classification, such as tag:M",
        ),
        ('""', 0, 'Nothing stands after “""” at character 1: expected a word'),
        ("a -", 2, "Nothing stands after “-” at character 3: expected a term"),
        ("a - b", 2, "Nothing stands after “-” at character 3: expected a term that must not hold"),
        ("a OR", 2, "Nothing stands after “OR” at character 3: expected a term."),
        ("a OR OR b", 2, "Nothing stands after “OR” at character 3: expected a term."),
        ("OR b", 0, "Nothing stands before “OR” at character 1: expected a term."),
        ("a ()", 2, "Nothing stands after “(” at character 3: expected a term."),
        ("a (b", 2, "The bracket at character 3 is never closed."),
        ("a) b", 1, "The bracket at character 2 closes none"),
        ("year:2020", 0, "There is no “year:” to search by (character 1): use tag:, author:, has:"),
        ("a since:tomorrow", 2, "“tomorrow” is no date: write it like 2026-01-31. (character 3)"),
        ("since:2026-02-30", 0, "“2026-02-30” is no date"),
        ("date:0000", 0, "“0000” is no date"),
        ("🙂", 0, "“🙂” holds no word to look for. (character 1)"),
        ("has:paper", 0, "“paper” is nothing a paper has: write code, model, dataset or demo. (character 1)"),
        ("upvotes:many", 0, "“many” is no number of upvotes: write it like >20, <=5 or 100. (character 1)"),
        (
            "upvotes:>100000",
            0,
            "Upvotes are counted up to 99,999 only: write a smaller number. (character 1)",
        ),
        ("category:cs.ZZ", 0, "arXiv has no category “cs.ZZ”: did you mean cs."),
        ("category:?", 0, "arXiv has no category “?”: write it like cs.CL, or cs for all of them."),
        ("source:arxive", 0, "“arxive” is no source of papers: write huggingface, arxiv or digest."),
        ("a" * 10_000, 1_000, "The query is too long: at most 1,000 characters, please."),
        ("a " * 50 + "b", 100, "The query has too many terms: at most 50, please."),
        ("(" * 9 + "a" + ")" * 9, 8, "There are too many brackets in each other at character 9: at most 8"),
    ],
)
def test_a_wrong_query_is_refused_in_one_sentence_that_points_there(
    text: str, position: int, sentence: str
) -> None:
    with pytest.raises(QueryError) as raised:
        parse(text)
    assert str(raised.value).startswith(sentence)
    assert raised.value.position == position


def test_an_unknown_tag_names_the_nearest_and_its_place() -> None:
    with pytest.raises(UnknownClassificationError, match=r"\(character 6\)") as raised:
        parse("flow tag:multimodl")
    assert "Multimodal" in raised.value.nearest
    assert raised.value.position == len("flow ")


def test_parts_combine_and_repeat_no_term() -> None:
    query = combine(tagged("vqa"), written_by("Ada  Writer"), parse("flow flow -robots since:2026-01-02"))
    assert str(query) == f'{tagged("vqa")} author:"Ada Writer" flow -robots since:2026-01-02'
    assert str(combine(announced_since("2026-05"), parse("a OR b"), announced_until("2026-05"))) == (
        "since:2026-05-01 (a OR b) until:2026-05-31"
    )


def test_what_is_combined_can_be_read_again_or_is_refused() -> None:
    most = parse(" ".join(f"w{number}" for number in range(MAX_TERMS)))
    with pytest.raises(QueryError, match="too many terms"):
        combine(most, tagged("vqa"))
    deepest = parse("a OR b (" * MAX_DEPTH + "c OR d" + ")" * MAX_DEPTH)
    with pytest.raises(QueryError, match="too many brackets"):
        combine(deepest, tagged("vqa"))
    with pytest.raises(QueryError, match="too long"):
        parse(" ".join(f"{number:016}-y" for number in range(MAX_TERMS)))


def test_the_deepest_query_is_read() -> None:
    text = "x (" * MAX_DEPTH + "a OR b" + ") OR y" * MAX_DEPTH
    assert parse(str(parse(text))) == parse(text)


@given(query=queries)
@example(query=Query())
def test_canonical_text_parses_to_the_same_query(query: Query) -> None:
    assert parse(str(query)) == query


_SYNTAX = (
    *(
        "(",
        ")",
        "-",
        " ",
        "OR",
        "AND",
        '"',
        "=",
        ":",
        "tag:",
        "author:",
        "has:",
        "since:",
        "date:2026",
        "upvotes:",
    ),
    *(
        ">",
        "<=",
        "20",
        "category:",
        "cs",
        "source:",
        "arxiv",
        "word",
        "扩散",
        "ไทย",
        "🧪",
        "“",
        "\x00",
        "\udcff",
        "³",
    ),
)


@given(st.one_of(st.text(max_size=1_200), st.lists(st.sampled_from(_SYNTAX), max_size=60).map("".join)))
def test_any_text_is_read_or_refused_in_one_sentence_that_points_into_it(text: str) -> None:
    query, place, sentence = Query(), 0, "read"
    try:
        query = parse(text)
    except (QueryError, UnknownClassificationError) as error:
        place, sentence = error.position, str(error)
    assert 0 <= place <= max(len(text) - 1, 0)
    assert len(sentence.splitlines()) == 1
    assert len(str(query)) <= MAX_LENGTH
    assert parse(str(query)) == query


@given(query=queries)
def test_a_term_alone_is_a_query(query: Query) -> None:
    for one in query.terms:
        if not isinstance(one, AllOf):
            assert read(str(one)) == one
