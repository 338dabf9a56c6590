"""The hub's `GET /api/daily_papers` on loopback: replays days page by page, and fails as it is told."""

import asyncio
import gzip
import hashlib
import json
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date

from aiohttp import web

from support.loopback import serving

MOST_A_PAGE = 100
PATH = "/api/daily_papers"
Fault = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class Seen:
    """A request as it came in."""

    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]


@dataclass
class Replay:
    """What the server answers; a day it has not been given is an empty list.

    Attributes:
        days: each day's items.
        newest: later days are refused, as the hub does.
        seen: every request so far.
        headers: what to add to every good answer.
        always: what becomes of every request that nothing else was said of, while it is set.
    """

    url: str = ""
    days: dict[date, Sequence[object]] = field(default_factory=dict)
    newest: date | None = None
    seen: list[Seen] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    always: Fault | None = None
    _faults: deque[Fault | None] = field(default_factory=deque)

    def next(self, *faults: Fault | None) -> None:
        """What becomes of the next requests, one each; None is a good answer."""
        self._faults.extend(faults)

    @property
    def asked(self) -> list[tuple[str, str]]:
        """Day and page of every request for a day so far."""
        return [(seen.query["date"], seen.query["p"]) for seen in self.seen if "date" in seen.query]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answers a request."""
        self.seen.append(Seen(request.path, request.query, request.headers))
        fault = self._faults.popleft() if self._faults else self.always
        return await (self._page if fault is None else fault)(request)

    async def _page(self, request: web.Request) -> web.StreamResponse:
        if "date" not in request.query:
            return web.json_response({"error": "Paper not found"}, status=404)
        day = date.fromisoformat(request.query["date"])
        if self.newest is not None and day > self.newest:
            return web.json_response({"error": "Sorry, there is nothing on this day."}, status=400)
        limit = min(int(request.query.get("limit", "50")), MOST_A_PAGE)
        start = int(request.query.get("p", "0")) * limit
        body = json.dumps(list(self.days.get(day, ()))[start : start + limit]).encode()
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if request.headers.get("If-None-Match") == tag:
            return web.Response(status=304, headers=self.headers)
        return web.Response(body=body, content_type="application/json", headers={"ETag": tag, **self.headers})


def status(code: int, **headers: str) -> Fault:
    """An answer of a status without a document; `_` in a header's name stands for `-`."""

    async def answer(_request: web.Request) -> web.StreamResponse:
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.json_response({"error": "as told"}, status=code, headers=told)

    return answer


def body(content: bytes, **headers: str) -> Fault:
    """A good answer with this body."""

    async def answer(_request: web.Request) -> web.StreamResponse:
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.Response(body=content, content_type="application/json", headers=told)

    return answer


def packed(size: int) -> Fault:
    """So many bytes of zeros, packed very small."""
    return body(gzip.compress(b"0" * size), Content_Encoding="gzip")


async def reset(request: web.Request) -> web.StreamResponse:
    """The connection breaks before an answer."""
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def truncated(request: web.Request) -> web.StreamResponse:
    """The connection breaks in the middle of the body."""
    response = web.StreamResponse(headers={"Content-Length": "1000", "Content-Type": "application/json"})
    await response.prepare(request)
    await response.write(b"[{")
    return await reset(request)


async def silent(_request: web.Request) -> web.StreamResponse:
    """No answer, for as long as the client listens."""
    return await asyncio.Future()


async def endless(request: web.Request) -> web.StreamResponse:
    """A body that goes on for as long as the client reads."""
    response = web.StreamResponse()
    await response.prepare(request)
    while True:
        await response.write(b" " * 65_536)


@asynccontextmanager
async def replaying() -> AsyncIterator[Replay]:
    """Runs a server on a free port of loopback."""
    replay = Replay()
    async with serving(replay.answer) as replay.url:
        yield replay
