"""The API against arXiv on loopback, in order and out of order."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.errors import BadPayloadError, SourceRefusedError, SourceUnavailableError
from papers.sources.arxiv_api import ARXIV_LIMITS, ArxivApi
from papers.sources.arxiv_memory import Memory
from papers.sources.http import HttpClient
from support.arxiv_server import ArxivServer, Preprint, answer, arxiv_server, wrong
from support.clock import SetClock
from support.papers import AT, announced
from support.replay import Fault, body, endless, reset, silent, status, truncated

KNOWN = [f"2606.{number:05}" for number in range(1, 101)]
SPAN = datetime(2026, 6, 22, 18, tzinfo=UTC), datetime(2026, 6, 23, 18, tzinfo=UTC)
NOTHING = answer([], total=0)
FALSELY_EMPTY = answer([], total=100)
HALF = answer([Preprint("2606.00001").entry()], total=1)[:300]


@pytest.fixture
async def arxiv() -> AsyncIterator[ArxivServer]:
    async with arxiv_server() as server:
        server.preprints = [Preprint(arxiv_id) for arxiv_id in KNOWN]
        yield server


@pytest.fixture
def clock() -> SetClock:
    return SetClock(AT)


@pytest.fixture
def api(arxiv: ArxivServer, client: HttpClient, clock: SetClock) -> ArxivApi:
    return ArxivApi(client, clock, base_url=arxiv.url + "/")


async def test_a_hundred_papers_are_one_request(api: ArxivApi, arxiv: ArxivServer) -> None:
    records = await api.by_id(KNOWN)
    assert list(records.known) == KNOWN
    assert not records.unknown
    [seen] = arxiv.seen
    assert (seen.path, seen.query["max_results"]) == ("/api/query", "100")
    assert seen.headers["Accept"].startswith("application/atom+xml")


async def test_what_arxiv_does_not_know_is_told_apart(api: ArxivApi) -> None:
    records = await api.by_id(["2606.00001", "2606.99999", "hep-th/0000000"])
    assert set(records.known) == {"2606.00001"}
    assert records.unknown == {"2606.99999", "hep-th/0000000"}


async def test_a_single_unknown_paper_is_believed_in_the_end(api: ArxivApi, arxiv: ArxivServer) -> None:
    records = await api.by_id(["2606.99999"])
    assert (records.known, records.unknown) == ({}, {"2606.99999"})
    assert len(arxiv.seen) == 3


@pytest.mark.parametrize("culprit", [0, 1, 50, 98, 99])
async def test_a_malformed_id_costs_the_others_nothing(
    api: ArxivApi, arxiv: ArxivServer, culprit: int
) -> None:
    arxiv.malformed = {KNOWN[culprit]}
    records = await api.by_id(KNOWN)
    assert set(records.known) == set(KNOWN) - arxiv.malformed
    assert records.unknown == arxiv.malformed
    assert len(arxiv.seen) <= 15


async def test_what_cannot_be_an_id_is_not_sent(api: ArxivApi, arxiv: ArxivServer) -> None:
    records = await api.by_id(["abc", "2606.00001", "2606.00002v3", "1,2", ""])
    assert set(records.known) == {"2606.00001"}
    assert records.unknown == {"abc", "2606.00002v3", "1,2", ""}
    assert arxiv.asked == ["2606.00001"]


async def test_only_malformed_ids_are_all_told(api: ArxivApi, arxiv: ArxivServer) -> None:
    arxiv.malformed = {"2606.00001", "2606.00002"}
    assert (await api.by_id(["2606.00001", "2606.00002"])).unknown == arxiv.malformed
    assert await api.by_id([]) == ({}, set())


async def test_an_arxiv_that_refuses_everything_is_not_asked_for_ever(
    api: ArxivApi, arxiv: ArxivServer
) -> None:
    arxiv.malformed = set(KNOWN)
    with pytest.raises(SourceRefusedError):
        await api.by_id(KNOWN)
    assert len(arxiv.seen) == 20


async def test_many_malformed_ids_leave_what_was_learnt(api: ArxivApi, arxiv: ArxivServer) -> None:
    arxiv.malformed = set(KNOWN[40:])
    records = await api.by_id(KNOWN)
    assert set(records.known) == set(KNOWN[:40])
    assert records.unknown < arxiv.malformed


async def test_an_error_may_come_as_a_good_answer(api: ArxivApi, arxiv: ArxivServer) -> None:
    arxiv.next(body(wrong("incorrect id format for 2606.00002")))
    assert set((await api.by_id(KNOWN[:4])).known) == set(KNOWN[:4])
    assert len(arxiv.seen) == 3


@pytest.mark.parametrize("document", [NOTHING, FALSELY_EMPTY, HALF, b"Rate exceeded."])
async def test_a_falsely_empty_or_half_answer_is_asked_for_again(
    api: ArxivApi, arxiv: ArxivServer, document: bytes
) -> None:
    arxiv.next(body(document), body(document))
    assert len((await api.by_id(KNOWN)).known) == 100
    assert len(arxiv.seen) == 3


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (NOTHING, "as if it knew none of 100 papers"),
        (FALSELY_EMPTY, "as if it knew none of 100 papers"),
        (HALF, "no whole feed"),
    ],
)
async def test_what_stays_empty_or_half_is_left_for_the_next_run(
    api: ArxivApi, arxiv: ArxivServer, document: bytes, reason: str
) -> None:
    arxiv.next(*[body(document)] * 3)
    with pytest.raises(BadPayloadError, match=reason):
        await api.by_id(KNOWN)
    assert len(arxiv.seen) == 3
    assert len((await api.by_id(KNOWN)).known) == 100


async def test_a_falsely_empty_answer_about_one_paper_is_no_answer(api: ArxivApi, arxiv: ArxivServer) -> None:
    arxiv.next(*[body(FALSELY_EMPTY)] * 3)
    with pytest.raises(BadPayloadError):
        await api.by_id(KNOWN[:1])


@pytest.mark.parametrize(
    ("fault", "requests"),
    [(status(429), 2), (status(503), 2), (reset, 2), (truncated, 2), (silent, 1)],
)
async def test_an_arxiv_that_is_out_of_order_costs_one_request_and_a_while(
    arxiv: ArxivServer, clock: SetClock, fault: Fault, requests: int
) -> None:
    limits = ARXIV_LIMITS.model_copy(update={"silence": 0.1, "first_wait": 0.001, "jitter": 0})
    async with HttpClient(contact="-", clock=clock, limits=limits) as client:
        api = ArxivApi(client, clock, base_url=arxiv.url)
        arxiv.next(*[fault] * requests)
        for _ in range(5):
            with pytest.raises(SourceUnavailableError, match="it is asked again at the next run"):
                await api.by_id(KNOWN)
        with pytest.raises(SourceUnavailableError):
            await api.submitted(["cs.CL"], SPAN, start=0, size=10)
        assert len(arxiv.seen) == requests
        clock.advance(timedelta(minutes=5))
        assert len((await api.by_id(KNOWN)).known) == 100


async def test_an_answer_without_end_is_an_error(api: ArxivApi, arxiv: ArxivServer) -> None:
    arxiv.next(*[endless] * 3)
    with pytest.raises(BadPayloadError, match="too much to be true"):
        await api.by_id(KNOWN)


async def test_what_was_learnt_counts_although_the_rest_failed(
    api: ArxivApi, arxiv: ArxivServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", logger="papers")
    arxiv.malformed = {KNOWN[0]}
    arxiv.next(*[None] * 5, *[status(429)] * 3)
    records = await api.by_id(KNOWN[:8])
    assert (set(records.known), records.unknown) == ({KNOWN[1]}, {KNOWN[0]})
    assert "arXiv told of 1 of 8 papers: 127.0.0.1" in caplog.text


async def test_a_paper_is_not_asked_for_twice_a_day(
    api: ArxivApi, arxiv: ArxivServer, clock: SetClock
) -> None:
    await api.by_id(KNOWN[:2])
    arxiv.preprints = [Preprint(arxiv_id, "Kites, Revised", version=2) for arxiv_id in KNOWN]
    clock.advance(timedelta(hours=23))
    records = await api.by_id(KNOWN[:3])
    assert arxiv.asked == ["2606.00001,2606.00002", "2606.00003"]
    assert [paper.statements[0].title for paper in records.known.values()] == [
        "Kites that Learn",
        "Kites that Learn",
        "Kites, Revised",
    ]
    clock.advance(timedelta(hours=1))
    records = await api.by_id(KNOWN[:2])
    assert {paper.statements[0].title for paper in records.known.values()} == {"Kites, Revised"}


async def test_a_search_is_a_page_of_what_was_submitted_in_between(api: ArxivApi, arxiv: ArxivServer) -> None:
    begin, end = SPAN
    moments = [begin - timedelta(minutes=1), begin, end - timedelta(minutes=1), end]
    arxiv.preprints = [
        Preprint(KNOWN[number], submitted=moment, categories=("cs.CV", "cs.CL"))
        for number, moment in enumerate(moments)
    ]
    arxiv.preprints.append(Preprint("2606.00009", submitted=begin, categories=("math.CO",)))
    page = await api.submitted(["cs.CL", "stat"], SPAN, start=1, size=5)
    assert (page.total, [entry.announcement.arxiv_id for entry in page.entries]) == (2, ["2606.00003"])
    [seen] = arxiv.seen
    assert dict(seen.query) == {
        "search_query": "(cat:cs.CL OR cat:stat OR cat:stat.*) AND submittedDate:[202606221800 TO 202606231759]",
        "start": "1",
        "max_results": "5",
        "sortBy": "submittedDate",
        "sortOrder": "ascending",
    }
    await api.by_id(["2606.00003"])
    assert len(arxiv.seen) == 1


async def test_a_search_that_finds_nothing_is_asked_again_and_believed(
    api: ArxivApi, arxiv: ArxivServer
) -> None:
    page = await api.submitted(["math.CO"], SPAN, start=0, size=5)
    assert (page.total, page.length) == (0, 0)
    assert len(arxiv.seen) == 3


@pytest.mark.parametrize("document", [FALSELY_EMPTY, answer([], total=0).replace(b"totalResults", b"x")])
async def test_a_page_that_stays_falsely_empty_is_an_error(
    api: ArxivApi, arxiv: ArxivServer, document: bytes
) -> None:
    arxiv.next(*[body(document)] * 3)
    with pytest.raises(BadPayloadError, match="empty page where there are papers"):
        await api.submitted(["cs.CL"], SPAN, start=0, size=5)


@given(st.lists(st.lists(st.integers(0, 12), min_size=1, max_size=8), max_size=8))
def test_the_memory_holds_what_was_told_last(rounds: list[list[int]]) -> None:
    memory = Memory(5, fresh=timedelta(hours=1))
    told: list[str] = []
    for numbers in rounds:
        papers = {str(number): announced(str(number)) for number in numbers}
        memory.keep(papers, now=AT)
        told = [one for one in told if one not in papers] + list(papers)
    assert set(memory.recall(map(str, range(13)), now=AT)) == set(told[-5:])
    assert not memory.recall(map(str, range(13)), now=AT + timedelta(hours=1))
