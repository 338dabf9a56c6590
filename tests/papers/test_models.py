"""The states of an edition, line by line as they are written down."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.models import (
    Classification,
    Edition,
    EditionState,
    Origin,
    Paper,
    Part,
    first_key,
    key_day,
)

DAY = date(2026, 6, 24)
OVER = datetime(2026, 6, 25, 2, 40, tzinfo=UTC)
BEFORE, AFTER = OVER - timedelta(hours=9), OVER + timedelta(hours=9)
INSTANT = timedelta(microseconds=1)


def state(
    now: datetime, *, answered: datetime | None = None, whole: bool = False, papers: int = 0
) -> EditionState:
    edition = Edition(
        source="hub", day=DAY, over_at=OVER, answered_at=answered, answer_whole=whole, papers=papers
    )
    return edition.state(now)


@pytest.mark.parametrize("papers", [0, 1, 21])
def test_open_the_day_is_not_over_and_the_last_answer_was_whole(papers: int) -> None:
    assert state(BEFORE, answered=BEFORE, whole=True, papers=papers) is EditionState.OPEN
    assert state(OVER - INSTANT, answered=BEFORE, whole=True, papers=papers) is EditionState.OPEN


@pytest.mark.parametrize("answered", [OVER, OVER + INSTANT, AFTER])
def test_closed_a_whole_answer_after_the_day_was_over_with_papers(answered: datetime) -> None:
    assert state(AFTER, answered=answered, whole=True, papers=1) is EditionState.CLOSED


@pytest.mark.parametrize("answered", [OVER, OVER + INSTANT, AFTER])
def test_empty_the_same_without_papers(answered: datetime) -> None:
    assert state(AFTER, answered=answered, whole=True) is EditionState.EMPTY


@pytest.mark.parametrize("papers", [0, 1])
@pytest.mark.parametrize(("answered", "now"), [(BEFORE, BEFORE), (BEFORE, AFTER), (AFTER, AFTER)])
def test_partial_pages_or_items_are_missing_from_the_last_answer(
    answered: datetime, now: datetime, papers: int
) -> None:
    assert state(now, answered=answered, papers=papers) is EditionState.PARTIAL


@pytest.mark.parametrize("papers", [0, 1])
@pytest.mark.parametrize("now", [OVER, AFTER])
def test_partial_the_day_is_over_and_no_whole_answer_came_since(now: datetime, papers: int) -> None:
    assert state(now, answered=OVER - INSTANT, whole=True, papers=papers) is EditionState.PARTIAL


@pytest.mark.parametrize("now", [BEFORE, AFTER])
def test_failed_no_answer_at_all(now: datetime) -> None:
    assert state(now) is EditionState.FAILED


@given(st.dates(min_value=date(1000, 1, 1)), st.integers(0, 99_999))
def test_a_key_knows_its_day_and_stands_in_order_of_days(day: date, sequence: int) -> None:
    key = first_key(day) + sequence
    assert key_day(key) == day
    if day < date.max:
        assert key < first_key(day + timedelta(days=1))


def test_a_server_that_corrected_a_paper_sees_a_person_and_no_model() -> None:
    paper = Paper(
        key=1,
        arxiv_id="2606.01001",
        title="Tides",
        classifications=(Classification(name="Audio", confidence=0.9),),
        origins={Part.CLASSIFICATIONS: Origin.LANGUAGE_MODEL, Part.BULLETS: Origin.LANGUAGE_MODEL},
        makers={Part.CLASSIFICATIONS: "m", Part.BULLETS: "m"},
        corrections={900: ("Robotics",)},
    )
    seen = paper.seen_in(900)
    assert seen.classifications == (Classification(name="Robotics"),)
    assert (seen.origins[Part.CLASSIFICATIONS], seen.makers) == (Origin.PERSON, {Part.BULLETS: "m"})
    assert [paper.seen_in(guild_id) for guild_id in (None, 901)] == [paper, paper]
