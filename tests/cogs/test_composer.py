from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cogs.cards.composer import CardComposer
from cogs.cards.text import size
from papers.delivery import outbox_id, shown_hash
from papers.models import (
    Batch,
    Classification,
    Closed,
    Destination,
    DestinationKind,
    Form,
    Kind,
    NewMessage,
    Origin,
    Paper,
    Part,
    PostedMessage,
    Rhythm,
    Schedule,
    Style,
    Subscription,
    first_key,
)
from support.hostile_papers import PAPERS, assert_within_limits, several

PLACE = Destination(kind=DestinationKind.CHANNEL, target_id=7, guild_id=5)
AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
COMPOSER = CardComposer()


def subscription(**changes: object) -> Subscription:
    values: dict[str, object] = {
        "id": 1,
        "destination": PLACE,
        "query": "tag:Audio",
        "created_by": 3,
        "created_at": AT,
        "start_key": first_key(AT.date()),
    }
    return Subscription.model_validate(values | changes)


def some(count: int, *, start: int = 1) -> tuple[Paper, ...]:
    return tuple(
        Paper(
            key=first_key(AT.date()) + number,
            arxiv_id=f"2611.{number:05}",
            title=f"Paper *{number}*",
            bullets=(f"First of {number}.", "Second.", "Third."),
            classifications=(Classification(name="Text-to-Image"), Classification(name="Audio")),
            translations={"de": (f"Erstens {number}.", "Zweitens.")},
            origins={Part.TRANSLATIONS: Origin.LANGUAGE_MODEL},
            corrections={5: ("Robotics",)} if number == start else {},
        )
        for number in range(start, start + count)
    )


def batch(style: Style, count: int = 3, *, told: int = 0, deferred: int = 0, **changes: object) -> Batch:
    return Batch(
        subscription=subscription(style=style, **changes),
        papers=some(count),
        summarised=some(told, start=count + 1),
        deferred=deferred,
    )


def body(message: NewMessage) -> dict[str, Any]:
    payload = cast("dict[str, Any]", message.payload)
    return cast("dict[str, Any]", payload["message"]) if message.kind is Kind.POST else payload


def contents(messages: Sequence[NewMessage]) -> list[str]:
    shown = [message for message in messages if message.kind in {Kind.MESSAGE, Kind.POST}]
    return [body(message).get("content", "") for message in shown]


def custom_ids(payload: Mapping[str, Any]) -> list[str]:
    return [component["custom_id"] for row in payload["components"] for component in row["components"]]


def posted(message: NewMessage, papers: Sequence[Paper], language: str | None = None) -> PostedMessage:
    by_key = {paper.key: paper for paper in papers}
    return PostedMessage(
        outbox_id=message.id,
        destination=PLACE,
        channel_id=7,
        message_id=9,
        kind=message.kind,
        form=message.form,
        context=message.context,
        papers=tuple(by_key[key] for key in message.papers),
        shown=shown_hash(message.payload),
        language=language,
    )


def test_cards_are_a_message_a_paper_under_the_id_it_always_had() -> None:
    messages = COMPOSER.compose(batch(Style.CARDS))
    assert [message.id for message in messages] == [
        outbox_id(PLACE, paper.arxiv_id) for paper in batch(Style.CARDS).papers
    ]
    assert [message.papers for message in messages] == [(paper.key,) for paper in batch(Style.CARDS).papers]
    assert custom_ids(body(messages[1])) == [f"card:{messages[1].id}:2611.00002"]
    assert contents(messages) == ["", "", ""]


def test_a_digest_has_a_heading_and_a_menu_of_its_papers() -> None:
    messages = COMPOSER.compose(batch(Style.DIGEST, 12))
    assert [len(message.papers) for message in messages] == [6, 6]
    assert {message.form for message in messages} == {Form.DIGEST}
    assert contents(messages) == ["**12 papers of 24 November 2026**", ""]
    [menu] = body(messages[1])["components"][0]["components"]
    assert menu["custom_id"] == f"open:{messages[1].id}"
    assert [option["value"] for option in menu["options"]] == [f"2611.{number:05}" for number in range(7, 13)]


def test_a_thread_begins_at_a_headline_and_holds_the_cards() -> None:
    headline, thread, *cards = COMPOSER.compose(batch(Style.THREAD, 12))
    assert (headline.form, headline.kind, headline.papers) == (Form.HEADLINE, Kind.MESSAGE, ())
    [embed] = body(headline)["embeds"]
    assert embed["title"] == "12 papers of 24 November 2026"
    assert embed["description"].startswith(r"1. [Paper \*1\*](https://arxiv.org/abs/2611.00001)")
    assert embed["description"].endswith(
        "10. [Paper \\*10\\*](https://arxiv.org/abs/2611.00010)\n-# and 2 more in the thread"
    )
    assert custom_ids(body(headline)) == [f"open:{headline.id}"]
    assert (thread.kind, thread.after, thread.payload) == (
        Kind.THREAD,
        headline.id,
        {"name": "Papers of 24 November 2026"},
    )
    assert {card.after for card in cards} == {thread.id}
    assert len(cards) == 12


def test_a_forum_gets_a_post_a_paper_with_its_classifications_then_their_families_the_best_last() -> None:
    *_, first = COMPOSER.compose(batch(Style.FORUM))
    assert first.kind is Kind.POST
    assert first.payload["name"] == "Paper *1*"
    assert first.payload["tags"] == ["Text-to-Image", "Audio", "Computer Vision"]
    assert custom_ids(body(first)) == [f"card:{first.id}:2611.00001"]


@pytest.mark.parametrize("style", Style)
def test_a_role_is_pinged_once_a_delivery(style: Style) -> None:
    messages = COMPOSER.compose(batch(style, 12, told=2, role_id=99))
    allowed = [body(message)["allowed_mentions"] for message in messages if "embeds" in body(message)]
    assert allowed[0] == {"parse": [], "roles": ["99"]}
    assert all(later == {"parse": []} for later in allowed[1:])
    first, *others = contents(messages)
    assert first.startswith("<@&99>")
    assert not any("<@&99>" in other for other in others)


@pytest.mark.parametrize("style", Style)
def test_what_is_not_shown_is_told_of_once_in_the_channel_itself(style: Style) -> None:
    asked = batch(style, 11, told=12)
    messages = COMPOSER.compose(asked)
    [telling] = [message for message in messages if message.summarised]
    assert telling.summarised == tuple(paper.key for paper in asked.summarised)
    line = body(telling)["content"].splitlines()[-1]
    assert line.startswith(
        "-# **12 more papers** match (`/papers query:tag:Audio`): [Paper \\*12\\*](<https://arxiv.org"
    )
    assert line.endswith(" · +4 more")
    assert telling is (messages[0] if style is Style.THREAD else messages[-1])


@pytest.mark.parametrize("style", Style)
def test_where_nothing_is_shown_one_message_tells_of_what_matches(style: Style) -> None:
    [only] = COMPOSER.compose(batch(style, 0, told=1, role_id=99))
    assert only.form is Form.HEADLINE
    assert only.kind is (Kind.POST if style is Style.FORUM else Kind.MESSAGE)
    assert only.papers == ()
    assert contents([only]) == [
        "<@&99> **1 paper** matches (`/papers query:tag:Audio`): [Paper \\*1\\*](<https://arxiv.org/abs/2611.00001>)"
    ]
    assert custom_ids(body(only)) == [f"open:{only.id}"]


@pytest.mark.parametrize("style", Style)
def test_where_there_is_nothing_at_all_there_is_no_message(style: Style) -> None:
    assert COMPOSER.compose(batch(style, 0, deferred=4, publish=True)) == []


@pytest.mark.parametrize(
    ("style", "rhythm", "told"),
    [
        (Style.DIGEST, Rhythm.ARRIVAL, True),
        (Style.THREAD, Rhythm.DAILY, True),
        (Style.CARDS, Rhythm.DAILY, True),
        (Style.CARDS, Rhythm.ARRIVAL, False),
        (Style.FORUM, Rhythm.ARRIVAL, False),
    ],
)
def test_what_waits_is_told_of_where_papers_come_together(style: Style, rhythm: Rhythm, told: bool) -> None:  # noqa: FBT001 - a parameter of the case
    messages = COMPOSER.compose(batch(style, deferred=5, schedule=Schedule(rhythm=rhythm)))
    assert any("-# 5 more come next time." in content for content in contents(messages)) == told


@pytest.mark.parametrize(("style", "published"), [(Style.CARDS, 12), (Style.DIGEST, 2), (Style.THREAD, 1)])
def test_what_stands_in_an_announcement_channel_itself_is_published_at_the_end(
    style: Style, published: int
) -> None:
    messages = COMPOSER.compose(batch(style, 12, publish=True))
    shows = [message for message in messages if message.kind is Kind.PUBLISH]
    assert list(messages[-published:]) == shows
    assert [(show.after, show.form, show.payload) for show in shows] == [
        (message.id, Form.NOTHING, {})
        for message in messages
        if message.kind is Kind.MESSAGE and message.after is None
    ]


@pytest.mark.parametrize("style", Style)
def test_ids_are_the_same_every_time_and_differ_from_each_other(style: Style) -> None:
    asked = batch(style, 12, publish=True)
    names = [message.id for message in COMPOSER.compose(asked)]
    assert names == [message.id for message in CardComposer().compose(asked)]
    assert len(set(names)) == len(names)
    assert all(len(name) <= 25 for name in names)


@given(st.sampled_from(Style), st.lists(PAPERS, max_size=12).map(several), st.integers(0, 12), st.booleans())
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_whatever_papers_hold_each_is_in_one_message_that_discord_takes_and_can_be_shown_again(
    style: Style,
    papers: tuple[Paper, ...],
    shown: int,
    publish: bool,  # noqa: FBT001 - a generated value
) -> None:
    asked = Batch(
        subscription=subscription(style=style, publish=publish, role_id=99, query="words " * 40),
        papers=papers[:shown],
        summarised=papers[shown:],
        deferred=3,
    )
    messages = COMPOSER.compose(asked)
    told = [key for message in messages for key in (*message.papers, *message.summarised)]
    assert sorted(told) == sorted(paper.key for paper in papers)
    for message in messages:
        if "name" in message.payload:
            assert 1 <= size(cast("str", message.payload["name"])) <= 100
        if message.kind in {Kind.MESSAGE, Kind.POST}:
            assert_within_limits(body(message)["embeds"])
            assert size(body(message).get("content", "")) <= 2000
            [custom_id] = custom_ids(body(message))
            assert message.id in custom_id.split(":")
            assert len(custom_id) <= 100
            assert COMPOSER.again(posted(message, papers)) == message.payload


@pytest.mark.parametrize("style", [Style.CARDS, Style.DIGEST, Style.FORUM])
def test_a_message_shows_its_papers_anew_as_its_server_sees_them_and_says_the_rest_again(
    style: Style,
) -> None:
    asked = batch(style, told=2, role_id=99)
    messages = COMPOSER.compose(asked)
    message = messages[-1 if style is Style.FORUM else 0]
    liked = [paper.model_copy(update={"upvotes": 41}) for paper in asked.papers]
    before = cast("Any", posted(message, liked, "de"))
    now = cast("dict[str, Any]", COMPOSER.again(before))
    now = now.get("message", now)
    assert now["content"] == body(message)["content"]
    assert custom_ids(now) == custom_ids(body(message))
    embed = now["embeds"][0]
    assert "▲ 41" in embed["footer"]["text"]
    assert "- Erstens 1.\n- Zweitens." in embed["description"]
    assert "Robotics" in str(embed)


def closed(**changes: object) -> Subscription:
    why = Closed(reason="gone", since=AT, probe_at=AT + timedelta(hours=1))
    return subscription(**{"closed": why, **changes})


def test_each_person_is_told_once_of_a_place_that_closed_and_how_to_repair_it() -> None:
    own = [closed(id=1), closed(id=2, style=Style.FORUM)]
    notices = COMPOSER.notice([*own, closed(id=3, created_by=4)], "The bot sees <nothing>.")
    mine, theirs = (Destination(kind=DestinationKind.DIRECT, target_id=person) for person in (3, 4))
    assert set(notices) == {mine, theirs}
    [embed] = body(notices[mine])["embeds"]
    assert embed["description"].startswith(r"**I cannot post in <#7> any more.** The bot sees \<nothing\>.")
    assert "2 subscriptions there keep all settings" in embed["description"]
    assert "Send Messages and Create Posts" in embed["description"]
    assert "1 subscription there keeps" in body(notices[theirs])["embeds"][0]["description"]
    assert notices[mine].form is Form.NOTICE
    assert custom_ids(body(notices[mine])) == [f"notice:{notices[mine].id}"]
    assert body(notices[mine])["allowed_mentions"] == {"parse": []}


def test_a_place_that_closes_again_is_told_of_again() -> None:
    later = Closed(reason="gone", since=AT + timedelta(days=2), probe_at=AT + timedelta(days=3))
    first = COMPOSER.notice([closed()], "Gone.").values()
    second = COMPOSER.notice([closed(closed=later)], "Gone.").values()
    assert {message.id for message in first}.isdisjoint(message.id for message in second)


def test_nobody_is_told_in_direct_messages_that_direct_messages_are_closed() -> None:
    person = Destination(kind=DestinationKind.DIRECT, target_id=3)
    assert COMPOSER.notice([closed(destination=person)], "Closed.") == {}
