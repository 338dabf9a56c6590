"""Subscriptions as messages and forms: within Discord's limits whatever was asked for, and nobody pinged."""

from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogs.cards import subscriptions as cards
from cogs.cards.subscription_forms import form
from cogs.cards.subscription_words import next_time, state
from papers.models import (
    Closed,
    Destination,
    DestinationKind,
    Draft,
    Overflow,
    Preferences,
    Rhythm,
    Schedule,
    Style,
    Subscription,
)
from papers.previews import Preview
from playground.forms.base import read
from playground.forms.messages import MessageForm
from playground.forms.modals import ModalForm
from support.papers import paper

NOW = datetime(2026, 7, 18, 12, tzinfo=UTC)
CHANNEL = Destination(kind=DestinationKind.CHANNEL, target_id=11, guild_id=900)
DIRECT = Destination(kind=DestinationKind.DIRECT, target_id=7)

times = st.times().map(lambda at: at.replace(second=0, microsecond=0, fold=0))
schedules = st.builds(
    Schedule,
    rhythm=st.sampled_from(Rhythm),
    at=times,
    zone=st.sampled_from(["UTC", "America/Argentina/ComodRivadavia"]),
    weekday=st.integers(0, 6),
    weekdays_only=st.booleans(),
    quiet=st.none() | st.just((time(22), time(7))),
)
preferences = st.builds(
    Preferences,
    query=st.text(max_size=1_000),
    language=st.none() | st.just("de"),
    schedule=schedules,
    style=st.sampled_from(Style),
    most=st.none() | st.integers(1, 100),
    overflow=st.sampled_from(Overflow),
    role_id=st.none() | st.just(2**62),
    publish=st.booleans(),
)
places = st.sampled_from([CHANNEL, DIRECT])
closings = st.none() | st.builds(
    Closed, reason=st.text(max_size=3_000), since=st.just(NOW), probe_at=st.just(NOW)
)


def subscription(
    wanted: Preferences,
    place: Destination = CHANNEL,
    *,
    closed: Closed | None = None,
    paused_at: datetime | None = None,
    next_at: datetime | None = None,
) -> Subscription:
    return Subscription(
        **dict(wanted),
        id=2**40,
        destination=place,
        created_by=7,
        created_at=NOW,
        start_key=0,
        closed=closed,
        paused_at=paused_at,
        next_at=next_at,
    )


def hold_to_limits(payload: Mapping[str, object]) -> None:
    """The limits are those that the playground enforces."""
    read(MessageForm, payload)
    assert payload["allowed_mentions"] == {"parse": []}


@given(preferences, places, st.text(max_size=300), st.integers(0, 1_000))
def test_a_preview_fits_and_pings_nobody(
    wanted: Preferences, place: Destination, title: str, matching: int
) -> None:
    draft = Draft(destination=place, preferences=wanted, person=7)
    newest = paper().model_copy(update={"title": title})
    shown = Preview(matching=matching, total=1_000, capped=True, days=30, newest=(newest,) * 3)
    hold_to_limits(cards.preview(draft, "f" * 20, shown, ["A warning of some length."] * 3))


@given(preferences, places, closings, st.none() | st.just(NOW))
def test_a_subscription_and_its_list_fit(
    wanted: Preferences, place: Destination, closed: Closed | None, paused_at: datetime | None
) -> None:
    kept = subscription(wanted, place, closed=closed, paused_at=paused_at)
    hold_to_limits(cards.one(kept, NOW))
    hold_to_limits(cards.removing(kept))
    many = [kept.model_copy(update={"id": 2**40 + number}) for number in range(10)]
    hold_to_limits(cards.page(many, NOW, offset=990, total=1_000, size=10))
    hold_to_limits(cards.saved(kept, new=True, first="Soon.", also="And so on.", matching=7))


@given(preferences, places, st.sampled_from(["what", "when", "how", "where"]))
def test_a_form_fits(wanted: Preferences, place: Destination, part: str) -> None:
    draft = Draft(destination=place, preferences=wanted, person=7)
    asked = cast("dict[str, Any]", form(part, draft, "f" * 20))
    assert len(asked["custom_id"]) <= 100
    read(ModalForm, asked)


@pytest.mark.parametrize("day", range(7))
def test_each_day_of_the_week_is_chosen_in_the_form(day: int) -> None:
    schedule = Schedule(rhythm=Rhythm.WEEKLY, weekday=day)
    draft = Draft(destination=CHANNEL, preferences=Preferences(query="", schedule=schedule), person=7)
    options = cast("dict[str, Any]", form("when", draft, "d"))["components"][0]["component"]["options"]
    assert [option["value"] for option in options if option["default"]] == [f"weekly-{day}"]


def test_a_closed_place_tells_why_and_when_it_is_tried_again() -> None:
    probe = datetime(2026, 7, 18, 18, tzinfo=UTC)
    closed = Closed(reason="I may not write there.", since=NOW, probe_at=probe)
    told = state(subscription(Preferences(query=""), closed=closed), NOW)
    assert "I may not write there." in told
    assert f"I try again <t:{int(probe.timestamp())}:R>" in told


def test_what_comes_next_is_never_in_the_past() -> None:
    daily = Preferences(query="", schedule=Schedule(rhythm=Rhythm.DAILY, at=time(9)))
    past = subscription(daily, next_at=datetime(2026, 7, 18, 9, tzinfo=UTC))
    assert next_time(past, NOW) is None
    assert next_time(subscription(daily), NOW) == datetime(2026, 7, 19, 9, tzinfo=UTC)
    assert next_time(subscription(Preferences(query="")), NOW) is None
