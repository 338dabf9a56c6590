from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.errors import SourceUnavailableError
from papers.sources.pauses import LONGEST, Pauses, asked_for

NOW = datetime(2026, 6, 25, 3, 0, tzinfo=UTC)


def pause(status: int = 429, **headers: str) -> float | None:
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    found = asked_for({"RateLimit": told.pop("RateLimit", ""), **told}, status=status, now=NOW)
    return None if found is None else found.total_seconds()


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ('"api";r=0;t=55', 56),
        ('"api"; r=0; t=0', 1),
        ('"api";t=55;r=0', 56),
        ('"api";r=0;t=5, "pages";r=0;t=9', 10),
        ('"api";r=3;t=5, "pages";r=0;t=9', 10),
        ('"api";r=1;t=55', None),
        ('"api";r=10;t=55', None),
        ('"api";r=0', None),
        ("", None),
        ("r=0;t=55", None),
    ],
)
def test_a_used_up_quota_asks_for_a_pause_until_its_window_ends(header: str, seconds: float | None) -> None:
    assert pause(429, RateLimit=header) == seconds
    assert pause(200, RateLimit=header) == seconds


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        (" 0007 ", 7),
        ("0", None),
        ("Thu, 25 Jun 2026 03:02:00 GMT", 120),
        ("Thu, 25 Jun 2026 03:02:00 -0000", 120),
        ("Thu, 25 Jun 2026 05:02:00 +0200", 120),
        ("Thu, 25 Jun 2026 02:00:00 GMT", None),
        ("Thu, 25 Jun 2099 02:00:00 GMT", LONGEST.total_seconds()),
        ("9" * 5_000, LONGEST.total_seconds()),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("Thu, 99 Jun 2026 03:02:00 GMT", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(header: str, seconds: float | None) -> None:
    assert pause(503, Retry_After=header) == seconds


def test_a_date_is_read_by_the_servers_own_clock() -> None:
    told = {"Retry_After": "Mon, 01 Jan 2024 00:00:30 GMT", "Date": "Mon, 01 Jan 2024 00:00:00 GMT"}
    assert pause(503, **told) == 30


def test_a_good_answer_may_name_a_pause_only_by_its_quota() -> None:
    assert pause(200, Retry_After="120") is None


def test_the_longest_of_the_pauses_counts() -> None:
    assert pause(429, Retry_After="10", RateLimit='"api";r=0;t=55') == 56
    assert pause(429, Retry_After="100", RateLimit='"api";r=0;t=55') == 100


@given(
    st.dictionaries(st.sampled_from(("RateLimit", "Retry-After", "Date")), st.text()), st.integers(100, 599)
)
def test_no_header_breaks_anything(headers: dict[str, str], status: int) -> None:
    found = asked_for(headers, status=status, now=NOW)
    assert found is None or timedelta() <= found <= LONGEST + timedelta(seconds=1)


@given(st.from_regex(r"\A[\"a-z;, =rt0-9]{0,40}\Z"))
def test_nothing_like_a_quota_breaks_anything(header: str) -> None:
    found = asked_for({"RateLimit": header}, status=200, now=NOW)
    assert found is None or timedelta(seconds=1) <= found <= LONGEST + timedelta(seconds=1)


async def test_a_pause_that_is_too_long_is_not_waited_out_and_says_how_long_it_is() -> None:
    pauses = Pauses(longest=5)
    pauses.begin("hub", timedelta(hours=1))
    pauses.begin("hub", timedelta(seconds=1))
    with pytest.raises(SourceUnavailableError, match=r"hub wants to be left alone for 3,\d{3} s") as caught:
        await pauses.wait("hub")
    assert caught.value.retry_after is not None
    assert timedelta(minutes=59) < caught.value.retry_after <= timedelta(hours=1)
    await pauses.wait("another")
