"""The client against a real server on loopback that fails in every way we know."""

import asyncio
import logging
from datetime import timedelta
from importlib.metadata import version

import pytest
from aiohttp import web

from papers.errors import BadPayloadError, SourceError, SourceRefusedError, SourceUnavailableError
from papers.sources.http import HttpClient
from support.clock import SetClock
from support.papers import AT, DAY
from support.replay import (
    PATH,
    Fault,
    Replay,
    body,
    endless,
    packed,
    replaying,
    reset,
    silent,
    status,
    truncated,
)
from support.web import QUICK

QUERY = {"date": DAY.isoformat(), "limit": "100", "p": "0"}
LIST = [{"id": "1"}]


@pytest.fixture(autouse=True)
def one_day(server: Replay) -> None:
    server.days[DAY] = LIST


async def ask(client: HttpClient, server: Replay, path: str = PATH) -> object:
    return await client.get_json(server.url + path, QUERY)


def impatient(**limits: float) -> HttpClient:
    return HttpClient(contact="-", clock=SetClock(AT), limits=QUICK.model_copy(update=limits))


async def test_it_says_who_asks_and_for_what(client: HttpClient, server: Replay) -> None:
    assert await ask(client, server) == LIST
    [seen] = server.seen
    assert seen.headers["User-Agent"] == f"Paperboy/{version('paperboy')} (papers@example.org)"
    assert seen.headers["Accept"] == "application/json"
    assert dict(seen.query) == QUERY


@pytest.mark.parametrize(
    "fault",
    [
        reset,
        truncated,
        *map(status, (408, 425, 429, 500, 502, 503, 504, 520)),
        status(503, Retry_After="0"),
        body(b"no gzip", Content_Encoding="gzip"),
    ],
)
async def test_what_may_pass_is_tried_again(client: HttpClient, server: Replay, fault: Fault) -> None:
    server.next(fault, fault)
    assert await ask(client, server) == LIST
    assert len(server.seen) == 3


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (reset, "broke off its answer"),
        (truncated, "broke off its answer"),
        (status(503), r"cannot answer now \(HTTP 503\)"),
        (status(429), r"cannot answer now \(HTTP 429\)"),
    ],
)
async def test_in_the_end_it_gives_up_with_one_sentence(
    client: HttpClient, server: Replay, fault: Fault, reason: str
) -> None:
    server.next(*[fault] * 9)
    with pytest.raises(
        SourceUnavailableError, match=rf"^127\.0\.0\.1:\d+ {reason}; it is asked again at the next run\.$"
    ):
        await ask(client, server)
    assert len(server.seen) == QUICK.attempts


async def test_a_server_that_nobody_listens_at_is_unavailable(client: HttpClient) -> None:
    async with replaying() as gone:
        pass
    with pytest.raises(SourceUnavailableError, match="cannot be reached: check the network"):
        await ask(client, gone)


@pytest.mark.parametrize("limit", ["silence", "total"])
async def test_a_silent_server_is_given_up(server: Replay, limit: str) -> None:
    server.next(silent, silent)
    async with impatient(attempts=2, **{limit: 0.05}) as client:
        with pytest.raises(SourceUnavailableError, match="did not answer in time"):
            await ask(client, server)
    assert len(server.seen) == 2


async def test_a_client_that_does_not_insist_asks_again_only_who_answered(server: Replay) -> None:
    async with impatient(attempts=3, insistent=False, silence=0.05) as client:
        server.next(silent, status(503), status(503), None)
        with pytest.raises(SourceUnavailableError, match="did not answer in time"):
            await ask(client, server)
        assert len(server.seen) == 1
        assert await ask(client, server) == LIST
    assert len(server.seen) == 4


@pytest.mark.parametrize("code", [400, 401, 403, 404, 410, 451])
async def test_a_refusal_is_final_and_keeps_its_status(client: HttpClient, server: Replay, code: int) -> None:
    server.next(status(code))
    with pytest.raises(SourceRefusedError, match=rf"refused the request \(HTTP {code}\)") as caught:
        await ask(client, server)
    assert caught.value.status == code
    assert len(server.seen) == 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no JSON"),
        (b"<!doctype html>", "no JSON"),
        (b'["\xff"]', "no JSON"),
        ('["é"]'.encode("utf-16"), "no JSON"),
        (b"[" * 100_000, "no JSON"),
        (b"1" * 100_000, "no JSON"),
        (b"[" + b" " * 1_000_000, "more than 1,000,000 bytes"),
    ],
)
async def test_what_is_no_document_or_too_large_is_a_bad_payload(
    client: HttpClient, server: Replay, content: bytes, reason: str
) -> None:
    server.next(body(content))
    with pytest.raises(BadPayloadError, match=reason):
        await ask(client, server)
    assert len(server.seen) == 1


@pytest.mark.parametrize("fault", [endless, packed(100_000_000)])
async def test_a_body_is_not_read_beyond_the_limit(client: HttpClient, server: Replay, fault: Fault) -> None:
    server.next(fault)
    with pytest.raises(BadPayloadError, match="more than 1,000,000 bytes"):
        await ask(client, server)
    assert await ask(client, server) == LIST


async def test_a_byte_order_mark_is_no_fault(client: HttpClient, server: Replay) -> None:
    server.next(body(b"\xef\xbb\xbf[1]"))
    assert await ask(client, server) == [1]


async def test_redirections_are_followed(client: HttpClient, server: Replay) -> None:
    server.next(status(307, Location=f"{PATH}?date={DAY}"), None)
    assert await ask(client, server, "/old") == LIST
    assert [seen.path for seen in server.seen] == ["/old", PATH]


@pytest.mark.parametrize(
    ("fault", "requests"),
    [
        (status(302, Location="/again"), QUICK.redirects),
        (status(302, Location="ftp://example.org/list"), 1),
        (status(302, Location="file:///etc/passwd"), 1),
        (status(302, Location="http://"), 1),
        (status(302), 1),
        (status(304), 1),
    ],
)
async def test_redirections_are_bounded_and_lead_to_the_web_only(
    client: HttpClient, server: Replay, fault: Fault, requests: int
) -> None:
    server.next(*[fault] * 9)
    with pytest.raises(BadPayloadError):
        await ask(client, server)
    assert len(server.seen) == requests


async def test_what_did_not_change_is_not_sent_again(client: HttpClient, server: Replay) -> None:
    assert await ask(client, server) == LIST
    assert await ask(client, server) == LIST
    server.days[DAY] = [*LIST, *LIST]
    assert await ask(client, server) == [*LIST, *LIST]
    first, second, third = server.seen
    assert "If-None-Match" not in first.headers
    assert second.headers["If-None-Match"] == third.headers["If-None-Match"]


async def test_what_is_no_document_is_not_kept(client: HttpClient, server: Replay) -> None:
    server.next(body(b"[{", ETag='"1"'))
    with pytest.raises(BadPayloadError):
        await ask(client, server)
    assert await ask(client, server) == LIST
    assert "If-None-Match" not in server.seen[-1].headers


async def test_a_failure_in_between_does_not_take_the_kept_answer_away(
    client: HttpClient, server: Replay
) -> None:
    await ask(client, server)
    server.next(status(404))
    with pytest.raises(SourceRefusedError):
        await ask(client, server)
    assert await ask(client, server) == LIST
    assert server.seen[0].headers.get("If-None-Match") is None
    assert server.seen[-1].headers["If-None-Match"]


async def test_any_document_can_be_asked_for(client: HttpClient, server: Replay) -> None:
    server.next(body(b"%PDF-1.7\xff"))
    document = await client.get_bytes(server.url + PATH, QUERY, accept="application/pdf")
    assert document == b"%PDF-1.7\xff"
    [seen] = server.seen
    assert seen.headers["Accept"] == "application/pdf"
    assert dict(seen.query) == QUERY


async def test_a_document_is_tried_again_and_bounded_by_what_its_reader_takes(
    client: HttpClient, server: Replay
) -> None:
    server.next(reset, status(503), body(b"0123456789"), body(b"0123456789"))
    assert await client.get_bytes(server.url, accept="*/*", largest=10) == b"0123456789"
    assert len(server.seen) == 3
    with pytest.raises(BadPayloadError, match="more than 9 bytes"):
        await client.get_bytes(server.url, accept="*/*", largest=9)


async def test_a_document_is_asked_for_whole_whatever_is_kept(client: HttpClient, server: Replay) -> None:
    await ask(client, server)
    for _ in range(2):
        assert await client.get_bytes(server.url + PATH, QUERY, accept="*/*") == b'[{"id": "1"}]'
        assert "If-None-Match" not in server.seen[-1].headers


async def test_a_cookie_is_not_sent_back(client: HttpClient, server: Replay) -> None:
    server.headers["Set-Cookie"] = "visitor=7"
    named = server.url.replace("127.0.0.1", "localhost")  # what has only a number is given no cookies anyway
    for _ in range(2):
        await client.get_json(named + PATH, QUERY)
    assert "Cookie" not in server.seen[-1].headers


async def test_a_server_is_asked_little_at_once(client: HttpClient, server: Replay) -> None:
    crowd = Crowd()
    server.next(*[crowd] * 6)
    await asyncio.gather(*[ask(client, server) for _ in range(6)])
    assert crowd.largest <= 2


class Crowd:
    """Answers after a while, and counts who waits together."""

    def __init__(self) -> None:
        self._here = 0
        self.largest = 0

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        self._here += 1
        self.largest = max(self.largest, self._here)
        await asyncio.sleep(0.05)
        self._here -= 1
        return await body(b"[]")(request)


class Window:
    """A quota that the first request uses up until its window ends: who asks before is refused, and counted."""

    def __init__(self, first: Fault, seconds: float) -> None:
        self._first = first
        self._seconds = seconds
        self._ends: float | None = None
        self.early = 0

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        now = asyncio.get_running_loop().time()
        if self._ends is None:
            self._ends = now + self._seconds
            return await self._first(request)
        if now < self._ends:
            self.early += 1
            return await status(403)(request)
        return await body(b"[]")(request)


@pytest.mark.parametrize(
    "first",
    [
        body(b"[]", RateLimit='"api";r=0;t=0'),
        status(429, RateLimit='"api";r=0;t=0'),
        status(429, Retry_After="1"),
        status(503, Retry_After="1"),
    ],
)
async def test_a_pause_that_is_asked_for_is_kept(client: HttpClient, server: Replay, first: Fault) -> None:
    window = Window(first, 0.95)
    server.next(*[window] * 4)
    assert await ask(client, server) == []
    later = await asyncio.gather(ask(client, server), ask(client, server))
    assert list(later) == [[], []]
    assert window.early == 0


async def test_a_good_answer_that_uses_up_the_quota_holds_the_next_request_back(server: Replay) -> None:
    server.headers["RateLimit"] = '"api";r=0;t=55'
    async with impatient(longest_pause=1) as client:
        assert await ask(client, server) == LIST
        with pytest.raises(SourceUnavailableError, match=r"left alone for 5[56] s") as caught:
            await ask(client, server)
    assert caught.value.retry_after is not None
    assert timedelta(seconds=50) < caught.value.retry_after <= timedelta(seconds=56)
    assert len(server.seen) == 1


@pytest.mark.parametrize("fault", [status(429, RateLimit='"api";r=0;t=300'), status(503, Retry_After="301")])
async def test_too_long_a_pause_is_an_error_at_once(client: HttpClient, server: Replay, fault: Fault) -> None:
    server.next(fault)
    with pytest.raises(
        SourceUnavailableError, match="left alone for 301 s; it is asked again at the next"
    ) as e:
        await ask(client, server)
    assert e.value.retry_after == timedelta(seconds=301)
    assert len(server.seen) == 1


async def test_nothing_of_the_query_is_told(
    client: HttpClient, server: Replay, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="papers")
    server.next(*[status(500)] * 3, status(404), body(b"-"))
    told = []
    for _ in range(3):
        with pytest.raises(SourceError) as caught:
            await client.get_json(server.url + PATH, {**QUERY, "key": "secret"})
        told.append(str(caught.value))
    assert len(server.seen) == 5
    assert "secret" not in caplog.text + "".join(told)
    assert f"{PATH} answered 500" in caplog.text
