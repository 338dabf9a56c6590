"""The source against a server on loopback: paging, gaps, days."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from papers.errors import BadPayloadError, SourceRefusedError, SourceUnavailableError
from papers.models import Answer
from papers.sources.http import HttpClient
from papers.sources.huggingface import MOST_PAGES, HuggingFaceDailyPapers
from support.hub_items import item, items
from support.papers import DAY
from support.replay import PATH, Fault, Replay, body, status

Hub = Callable[[int], HuggingFaceDailyPapers]


@pytest.fixture
def hub(client: HttpClient, server: Replay) -> Hub:
    return lambda page_size: HuggingFaceDailyPapers(client, base_url=server.url, page_size=page_size)


def ids(answer: Answer) -> list[str]:
    return [announcement.arxiv_id for announcement in answer.announcements]


def expected(count: int) -> list[str]:
    return [found["paper"]["id"] for found in items(count)]


def problems(answer: Answer) -> list[tuple[str | None, str]]:
    return [(problem.item, problem.reason) for problem in answer.problems]


@pytest.mark.parametrize(
    ("count", "pages"),
    [(0, 1), (1, 1), (3, 1), (4, 2), (5, 2), (8, 3), (9, 3)],
    ids=lambda number: f"{number}",
)
async def test_pages_are_read_until_a_short_one(hub: Hub, server: Replay, count: int, pages: int) -> None:
    server.days[DAY] = items(count)
    answer = await hub(4).fetch(DAY)
    assert (answer.source, answer.day, answer.whole, answer.problems) == ("huggingface", DAY, True, ())
    assert ids(answer) == expected(count)
    assert server.asked == [(str(DAY), str(page)) for page in range(pages)]


async def test_it_asks_for_a_hundred_at_the_hubs_address(client: HttpClient, server: Replay) -> None:
    server.days[DAY] = items(101)
    answer = await HuggingFaceDailyPapers(client, base_url=f"{server.url}/mirror/").fetch(DAY)
    assert ids(answer) == expected(101)
    assert [(seen.path, seen.query["limit"]) for seen in server.seen] == [(f"/mirror{PATH}", "100")] * 2


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (status(404), "Hugging Face has no papers of 2026-06-24 to give (HTTP 404): is it a day to come?"),
        (status(429, RateLimit='"api";r=0;t=299'), "wants to be left alone for 300 s"),
        (body(b"{}"), "Hugging Face answered with something that is no list of papers."),
        (body(b"<html>"), "no JSON"),
    ],
)
async def test_a_later_page_that_fails_leaves_a_part(
    hub: Hub, server: Replay, fault: Fault, reason: str
) -> None:
    server.days[DAY] = items(5)
    server.next(None, fault)
    answer = await hub(4).fetch(DAY)
    assert ids(answer) == expected(4)
    assert not answer.whole
    [problem] = answer.problems
    assert problem.reason.startswith("page 2 is missing: ")
    assert reason in problem.reason


async def test_without_the_first_page_there_is_no_answer(hub: Hub, server: Replay) -> None:
    server.next(*[status(502)] * 3)
    with pytest.raises(SourceUnavailableError):
        await hub(4).fetch(DAY)
    server.next(body(b'{"error": "-"}'))
    with pytest.raises(BadPayloadError, match="no list of papers"):
        await hub(4).fetch(DAY)


async def test_a_day_to_come_is_refused_in_one_sentence(hub: Hub, server: Replay) -> None:
    server.newest = DAY
    with pytest.raises(
        SourceRefusedError, match=r"^Hugging Face has no papers of 2026-06-25 to give \(HTTP 400\): is it a"
    ) as caught:
        await hub(4).fetch(DAY + timedelta(days=1))
    assert caught.value.status == 400


async def test_more_pages_than_any_day_has_are_not_read(hub: Hub, server: Replay) -> None:
    server.days[DAY] = items(MOST_PAGES + 5)
    answer = await hub(1).fetch(DAY)
    assert ids(answer) == expected(MOST_PAGES)
    assert not answer.whole
    assert problems(answer) == [(None, f"there are more than {MOST_PAGES} pages")]


async def test_a_paper_that_comes_twice_on_a_page_is_kept_once(hub: Hub, server: Replay) -> None:
    server.days[DAY] = [*items(2), item("2606.00001v2", "Again")]
    answer = await hub(4).fetch(DAY)
    assert ids(answer) == expected(2)
    assert answer.announcements[0].statements[0].title == "Paper 1"
    assert answer.whole


async def test_a_paper_on_two_pages_shows_that_another_may_be_on_neither(hub: Hub, server: Replay) -> None:
    server.days[DAY] = [*items(4), *items(2, first=4)]
    answer = await hub(4).fetch(DAY)
    assert ids(answer) == expected(5)
    assert not answer.whole
    assert problems(answer) == [
        ("2606.00004", "the order changed between two pages, so a paper may be missing")
    ]


async def test_a_server_that_knows_no_pages_is_asked_twice(hub: Hub, server: Replay) -> None:
    everything = body(json.dumps(items(5)).encode())
    server.next(everything, everything, everything)
    answer = await hub(4).fetch(DAY)
    assert (ids(answer), answer.whole, len(server.seen)) == (expected(5), True, 2)


async def test_a_full_page_that_comes_twice_leaves_a_part(hub: Hub, server: Replay) -> None:
    full = body(json.dumps(items(4)).encode())
    server.next(full, full, full)
    answer = await hub(4).fetch(DAY)
    assert (ids(answer), answer.whole, len(server.seen)) == (expected(4), False, 2)
    assert problems(answer) == [(None, "a page came twice, so the pages after it may be missing")]


@pytest.mark.parametrize(
    ("broken", "name", "reason"),
    [
        ({"paper": {"id": "2606.00009"}}, "2606.00009", "paper.title: Field required"),
        (item("2606.00009", " \n"), "2606.00009", "paper.title: is empty"),
        (item("not-arxiv"), "not-arxiv", "paper.id: is no arXiv id"),
        (item("\x1b" + "x" * 999), "x" * 59, "paper.id: is no arXiv id"),
        (item(""), "number 2", "paper.id: is no arXiv id"),
        ({}, "number 2", "paper: Field required"),
        ({"paper": None}, "number 2", "paper: Input should be"),
        ([], "number 2", "Input should be"),
        (None, "number 2", "Input should be"),
    ],
)
async def test_a_broken_item_is_named_and_costs_only_itself(
    hub: Hub, server: Replay, broken: object, name: str, reason: str
) -> None:
    first, second = items(2)
    server.days[DAY] = [first, broken, second]
    answer = await hub(100).fetch(DAY)
    assert ids(answer) == expected(2)
    assert not answer.whole
    [(item_name, said)] = problems(answer)
    assert item_name == name
    assert said.startswith(f"the item cannot be read: {reason}")


async def test_a_value_that_cannot_be_read_is_named_and_costs_only_itself(hub: Hub, server: Replay) -> None:
    server.days[DAY] = [item("2606.00001", upvotes="many", ai_summary=7), *items(1, first=2)]
    answer = await hub(100).fetch(DAY)
    assert ids(answer) == expected(2)
    assert answer.whole
    assert problems(answer) == [
        ("2606.00001", "ai_summary cannot be read: Input should be a valid string"),
        ("2606.00001", "upvotes cannot be read: Input should be a valid integer"),
    ]


@pytest.mark.parametrize(
    ("submitted", "day"),
    [
        ("2026-06-24T00:00:00.000Z", None),
        ("2026-06-24T23:59:59.999Z", None),
        ("2026-06-24T20:00:00-04:00", "2026-06-25"),
        ("2026-06-25T01:00:00+02:00", None),
        ("2026-06-23T23:59:59.999Z", "2026-06-23"),
    ],
)
async def test_a_paper_of_another_day_is_left_to_that_day(
    hub: Hub, server: Replay, submitted: str, day: str | None
) -> None:
    server.days[DAY] = [*items(1), item("2606.00002", submittedOnDailyAt=submitted)]
    answer = await hub(100).fetch(DAY)
    assert ids(answer) == expected(1 if day else 2)
    assert answer.whole is (day is None)
    assert problems(answer) == ([("2606.00002", f"it belongs to {day} and was left out")] if day else [])


@pytest.mark.parametrize("day", [date(2026, 1, 5), date(2026, 6, 24), date(2025, 12, 31), date(2024, 2, 28)])
def test_a_day_is_over_when_its_list_is_closed_in_new_york(hub: Hub, day: date) -> None:
    over = hub(100).over_at(day)
    assert over == datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=1, hours=2, minutes=40)


def test_the_last_day_of_the_calendar_is_a_day_like_others(hub: Hub) -> None:
    assert hub(100).over_at(date.max).date() == date.max
