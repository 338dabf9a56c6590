"""Ranges of days and numbers as few words."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from papers.models import Paper, first_key
from papers.query import Comparison, Dated, Since, Until, Upvotes
from papers.query.terms import MOST_UPVOTES
from papers.query.words import words_for, words_of

numbers = st.integers(0, MOST_UPVOTES)


def paper(day: date = date(2026, 6, 24), upvotes: int = 0) -> Paper:
    return Paper(key=first_key(day), arxiv_id="2606.00001", title="x", upvotes=upvotes)


@given(number=numbers, had=st.one_of(numbers, st.integers(-2, 2)), comparison=st.sampled_from(Comparison))
def test_a_threshold_is_a_few_words_and_has_exactly_the_numbers_on_its_side(
    number: int, had: int, comparison: Comparison
) -> None:
    upvotes = min(max(number + had, 0), MOST_UPVOTES)
    wanted = words_for(Upvotes(comparison=comparison, number=number))
    holds = {
        Comparison.MORE: upvotes > number,
        Comparison.AT_LEAST: upvotes >= number,
        Comparison.FEWER: upvotes < number,
        Comparison.AT_MOST: upvotes <= number,
        Comparison.EXACTLY: upvotes == number,
    }[comparison]
    assert len(wanted) <= 46
    assert sum(word in wanted for word in words_of(paper(upvotes=upvotes))) == holds


@given(bound=st.dates(), day=st.dates())
def test_a_side_of_a_day_is_a_few_words_and_has_exactly_its_days(bound: date, day: date) -> None:
    has = list(words_of(paper(day)))
    since, until = words_for(Since(day=bound)), words_for(Until(day=bound))
    assert sum(word in since for word in has) == (day >= bound)
    assert sum(word in until for word in has) == (day <= bound)
    assert max(len(since), len(until)) <= 77


@given(first=st.dates(max_value=date(9900, 1, 1)), length=st.integers(0, 900), offset=st.integers(-5, 905))
def test_a_span_of_days_has_exactly_its_days(first: date, length: int, offset: int) -> None:
    last = first + timedelta(days=length)
    day = max(first, date.min + timedelta(days=5)) + timedelta(days=offset)
    wanted = words_for(Dated(text="", first=first, last=last))
    assert sum(word in wanted for word in words_of(paper(day))) == (first <= day <= last)


def test_whole_branches_are_one_word() -> None:
    assert words_for(Dated(text="2026", first=date(2026, 1, 1), last=date(2026, 12, 31))) == {"·day·2026"}
    assert words_for(Dated(text="", first=date(2026, 6, 1), last=date(2026, 6, 30))) >= {"·day·20260601"}
    assert words_for(Upvotes(comparison=Comparison.AT_LEAST, number=90_000)) == {"·upvotes·9"}
