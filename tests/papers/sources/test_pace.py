"""The pace against a real server on loopback that writes down when it is asked, and when it has answered."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest
from aiohttp import web

from papers.errors import SourceUnavailableError
from papers.sources.http import HttpClient
from papers.sources.pace import Pace
from support.clock import SetClock
from support.papers import AT
from support.replay import Fault, Replay, body, endless, replaying, reset, silent, status, truncated
from support.web import QUICK

INTERVAL = 0.05


class Diary:
    """When each request came, when its answer was on its way, and how many were there at once."""

    def __init__(self) -> None:
        self.came: list[float] = []
        self.answered: list[float] = []
        self.together = 0
        self._here = 0

    def __call__(self, answer: Fault) -> Fault:
        async def noted(request: web.Request) -> web.StreamResponse:
            loop = asyncio.get_running_loop()
            self.came.append(loop.time())
            self._here += 1
            self.together = max(self.together, self._here)
            try:
                await asyncio.sleep(0.02)
                return await answer(request)
            finally:
                self._here -= 1
                self.answered.append(loop.time())

        return noted

    @property
    def rests(self) -> list[float]:
        """How long the server was left alone after each answer, in seconds."""
        return [came - answered for answered, came in zip(self.answered, self.came[1:], strict=False)]


def client(*paces: Pace, **limits: float) -> HttpClient:
    return HttpClient(
        contact="-", clock=SetClock(AT), limits=QUICK.model_copy(update=limits), paces=list(paces)
    )


async def test_two_parts_of_the_program_share_one_pace(server: Replay) -> None:
    diary, pace = Diary(), Pace([server.url], interval=INTERVAL)
    server.next(*[diary(body(b"[]"))] * 6)
    async with client(pace) as one, client(pace) as other:
        await asyncio.gather(
            *[one.get_json(server.url) for _ in range(3)],
            *[other.get_bytes(server.url, accept="*/*") for _ in range(3)],
        )
    assert diary.together == 1
    assert len(diary.rests) == 5
    assert min(diary.rests) >= INTERVAL


async def test_all_hosts_of_a_service_count_as_one(server: Replay) -> None:
    diary = Diary()
    async with replaying() as feeds:
        for host in (server, feeds):
            host.next(*[diary(body(b"[]"))] * 2)
        pace = Pace([f"{server.url}/api", feeds.url], interval=INTERVAL)
        async with client(pace) as http:
            await asyncio.gather(*[http.get_json(host.url) for host in (server, feeds, server, feeds)])
    assert diary.together == 1
    assert min(diary.rests) >= INTERVAL


async def test_other_services_are_not_held_up(server: Replay) -> None:
    async with replaying() as hub:
        pace = Pace([server.url], interval=3600)
        server.next(body(b"[]"), silent)
        hub.next(*[body(b"[1]")] * 3)
        async with client(pace) as http:
            await http.get_json(server.url)
            resting = asyncio.create_task(http.get_json(server.url))
            for _ in range(3):
                assert await http.get_json(hub.url) == [1]
            resting.cancel()
    assert len(server.seen) == 1


@pytest.mark.parametrize("fault", [status(429), status(503), reset, truncated])
async def test_another_attempt_keeps_to_it(server: Replay, fault: Fault) -> None:
    diary = Diary()
    server.next(diary(fault), diary(fault), diary(body(b"[]")))
    async with client(Pace([server.url], interval=INTERVAL)) as http:
        assert await http.get_json(server.url) == []
    assert len(diary.came) == 3
    assert min(diary.rests) >= INTERVAL


async def test_a_redirection_keeps_to_it(server: Replay) -> None:
    diary = Diary()
    server.next(diary(status(302, Location="/there")), diary(body(b"[]")))
    async with client(Pace([server.url], interval=INTERVAL)) as http:
        assert await http.get_json(server.url) == []
    assert min(diary.rests) >= INTERVAL


async def slowly(request: web.Request) -> web.StreamResponse:
    """An answer whose end comes long after its beginning."""
    response = web.StreamResponse()
    await response.prepare(request)
    await response.write(b"[")
    await asyncio.sleep(2 * INTERVAL)
    await response.write(b"]")
    return response


async def test_the_rest_begins_when_the_answer_has_come_to_its_end(server: Replay) -> None:
    diary = Diary()
    server.next(diary(slowly), diary(body(b"[]")))
    async with client(Pace([server.url], interval=INTERVAL)) as http:
        assert [await http.get_json(server.url) for _ in range(2)] == [[], []]
    assert min(diary.rests) >= INTERVAL


@pytest.mark.parametrize("fault", [silent, endless])
async def test_who_gives_up_leaves_the_turn_to_the_next(server: Replay, fault: Fault) -> None:
    server.next(fault, body(b"[]"))
    async with client(Pace([server.url], interval=INTERVAL)) as http:
        slow = asyncio.create_task(http.get_bytes(server.url, accept="*/*", largest=10**12))
        await until(lambda: len(server.seen) == 1)
        waiting = asyncio.create_task(http.get_json(server.url))
        slow.cancel()
        assert await waiting == []


async def test_a_turn_in_which_nothing_is_sent_needs_no_rest() -> None:
    pace = Pace(["http://127.0.0.1"], interval=3600)
    for _ in range(3):
        async with pace.turn():
            pass
    async with pace.turn(), pace.step():
        pass
    resting = asyncio.create_task(pace.turn().__aenter__())
    for _ in range(10):
        await asyncio.sleep(0)
    assert not resting.done()
    resting.cancel()


async def test_who_is_turned_away_by_a_pause_sends_nothing(server: Replay) -> None:
    server.next(status(429, Retry_After="3000"))
    async with client(Pace([server.url], interval=INTERVAL), longest_pause=1) as http:
        for _ in range(4):
            with pytest.raises(SourceUnavailableError) as caught:
                await http.get_json(server.url)
    assert caught.value.retry_after is not None
    assert caught.value.retry_after > timedelta(seconds=2000)
    assert len(server.seen) == 1


async def until(done: Callable[[], bool]) -> None:
    while not done():  # noqa: ASYNC110 - nobody tells
        await asyncio.sleep(0.001)
