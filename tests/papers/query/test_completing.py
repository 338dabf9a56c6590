from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.errors import RequestError
from papers.query import parse
from papers.query.completing import completions, unfinished

TODAY = date(2026, 6, 24)


def completed(typed: str, *authors: str) -> list[str]:
    return list(completions(unfinished(typed), today=TODAY, authors=authors))


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("", "tag:"),
        ("flow ", "flow tag:"),
        ("flow ta", "flow tag:"),
        ("flow -ta", "flow -tag:"),
        ("(flow OR up", "(flow OR upvotes:"),
        ("(h", "(has:"),
        ("robo", "tag:Robotics"),
        ("tag:robo", "tag:Robotics"),
        ("flow -TAG:robo", "flow -tag:Robotics"),
        ("tag:=robo", "tag:=Robotics"),
        ('tag:"text to im', 'tag:"Text-to-Image"'),
        ("tag:“text to im", 'tag:"Text-to-Image"'),
        ("has:d", "has:demo"),
        ("source:h", "source:huggingface"),
        ("x category:CS.c", "x category:cs.CL"),
        ("upvotes:>", "upvotes:>20"),
        ("since:2026-06", "since:2026-06-17"),
        ("date:", "date:2026-06-24"),
        ('"flow matching"', '"flow matching" has:'),
    ],
)
def test_the_term_at_the_end_is_completed_and_what_stands_before_is_kept(typed: str, whole: str) -> None:
    assert whole in completed(typed)


def test_authors_are_completed_with_names_that_are_handed_in() -> None:
    assert completed('flow author:"ada m', "Ada Marsh", 'Ada "M" Loom', "Ada") == [
        'flow author:"Ada Marsh"',
        'flow author:"Ada M Loom"',
        "flow author:Ada",
    ]


def test_where_nothing_is_meant_nothing_is_completed() -> None:
    assert completed("flow zzzz") == completed("year:2") == completed("has:x") == []


_PARTS = ("tag:", "-", '"', "(", "robo", " ", "OR ", "has:", "=", "author:", "date:", "cs", ")", "“", "a b")


@given(st.one_of(st.text(max_size=30), st.lists(st.sampled_from(_PARTS), max_size=8).map("".join)))
def test_anything_may_be_typed(typed: str) -> None:
    texts = completed(typed, "Ada Marsh")
    before = unfinished(typed).before
    assert all(text.startswith(before) for text in texts)


@given(
    before=st.sampled_from(("", "flow ", '"a b" ', "-tag:Robotics ", "-", "flow OR ")),
    part=st.sampled_from(
        ("tag:", "tag:mul", "tag:=r", "has:", "source:", "category:c", "upvotes:", "until:", "author:")
    ),
)
def test_what_is_completed_can_be_read(before: str, part: str) -> None:
    texts = completed(before + part, "Ada Marsh")
    assert texts
    for text in texts:
        try:
            query = parse(text)
        except RequestError as error:
            assert "stands for several" in str(error), text  # noqa: PT017 - `=` and an alias of several
        else:
            assert query.terms
