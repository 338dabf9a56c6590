"""Times, quiet hours and zones as people type them."""

from datetime import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from papers.errors import RequestError
from papers.schedules import find_zone, parse_quiet, parse_time, suggest_zones

times = st.times().map(lambda at: at.replace(second=0, microsecond=0, fold=0))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9", time(9)),
        ("9:30", time(9, 30)),
        ("09:00", time(9)),
        (" 21.15 ", time(21, 15)),
        ("9 pm", time(21)),
        ("9:30PM", time(21, 30)),
        ("12 a.m.", time()),
        ("12 pm", time(12)),
    ],
)
def test_a_time_as_people_type_it(typed: str, meant: time) -> None:
    assert parse_time(typed) == meant


@pytest.mark.parametrize("typed", ["", "24:00", "9:60", "13 pm", "0 am", "-1", "soon", "9 9", "٩"])
def test_what_is_no_time(typed: str) -> None:
    with pytest.raises(RequestError, match=r"is no time of day: write it like 9:30, 21:00 or 9 pm\.$"):
        parse_time(typed)


@given(times)
def test_every_time_can_be_typed(at: time) -> None:
    assert parse_time(f"{at:%H:%M}") == parse_time(f"{at:%I:%M %p}") == at


@given(times, times, st.sampled_from(["-", " – ", " to "]))
def test_every_two_times_can_be_quiet_hours(start: time, end: time, between: str) -> None:
    assume(start != end)
    assert parse_quiet(f"{start:%H:%M}{between}{end:%H:%M}") == (start, end)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("22:00", "“22:00” are no quiet hours"),
        ("22-7-8", "“22-7-8” are no quiet hours"),
        ("22-late", "“late” is no time of day"),
        ("22-10 pm", "not both at 22:00"),
    ],
)
def test_what_are_no_quiet_hours(typed: str, said: str) -> None:
    with pytest.raises(RequestError, match=said):
        parse_quiet(typed)


@given(st.text())
def test_whatever_is_typed_is_read_or_refused_in_a_sentence(typed: str) -> None:
    for read in (parse_time, parse_quiet, find_zone):
        try:
            read(typed)
        except RequestError as error:
            assert str(error).endswith(".")  # noqa: PT017 - text that can be read is fine as well


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("New York", "America/New_York"),
        (" lord  howe ", "Australia/Lord_Howe"),
        ("utc", "UTC"),
    ],
)
def test_a_zone_by_its_name_or_city(typed: str, name: str) -> None:
    assert find_zone(typed) == name


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("berl", "no time zone “berl”: choose one like Europe/Berlin"),
        ("", "no time zone “”: choose one like Europe/Berlin"),
        ("louisville", "may be America/Kentucky/Louisville or America/Louisville: choose one"),
    ],
)
def test_a_zone_that_cannot_be_told(typed: str, said: str) -> None:
    with pytest.raises(RequestError, match=said):
        find_zone(typed)


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"])
def test_every_zone_is_suggested_while_it_is_typed(zone: str) -> None:
    city = zone.rpartition("/")[2].replace("_", " ")
    for length in range(3, len(city) + 1):
        assert zone in suggest_zones(city[:length])
    assert suggest_zones(zone)[0] == zone
    assert len(suggest_zones("", limit=7)) == 7
