"""The limiter in front of discord.py: a trace of its HTTP session that lets no request go before its time."""

import asyncio
import logging
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from types import SimpleNamespace

import aiohttp
import discord
from discord.http import Route
from yarl import URL

from bot.pace.bucket import Bucket
from bot.pace.rate import Rate, Spent
from bot.pace.turns import Turns

log = logging.getLogger(__name__)

LONGEST_WAIT = 60.0
"""Seconds that a request waits here; then, or if it would be longer for sure, discord.py's `RateLimited` is raised."""

MOST_INVALID = 5_000
"""Invalid answers in `INVALID_SECONDS` after which nothing is asked; at 10,000 Discord bans the address."""

INVALID_SECONDS = 600.0

_INVALID = {401, 403, 429}
_TOO_MANY_REQUESTS = 429
_MAJOR = {"channels", "guilds", "webhooks"}
_WEBHOOK_WITH_TOKEN = 3
_MANY_BUCKETS = 1_024
_SHORTEST_HOLD = 1.0


@dataclass(frozen=True)
class _Going:
    """A request that had its turn."""

    spent: Spent
    bucket: Bucket


class Limiter:
    """Spaces what a client asks of Discord's REST over all and bucket by bucket, discord.py's own retries included.

    Replies to interactions and what else a token in the address pays for are exempt, as they are at Discord.
    """

    def __init__(self, *, rate: Rate | None = None, time: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate or Rate()
        self._time = time
        self._turns = Turns(self._rate, time)
        self._buckets: dict[tuple[str, ...], Bucket] = {}
        self._sweep_at = _MANY_BUCKETS
        self._invalid: deque[float] = deque(maxlen=MOST_INVALID)

    def trace(self) -> aiohttp.TraceConfig:
        """What `discord.Client(http_trace=…)` is to be given; aiohttp awaits it before it connects."""
        trace = aiohttp.TraceConfig()
        trace.on_request_start.append(self._start)
        trace.on_request_headers_sent.append(self._sent)
        trace.on_request_end.append(self._end)
        trace.on_request_exception.append(self._broke)
        return trace

    async def _start(
        self,
        _session: aiohttp.ClientSession,
        request: SimpleNamespace,
        params: aiohttp.TraceRequestStartParams,
    ) -> None:
        place = bucket_of(params.method, params.url)
        if place is None:
            return
        bucket = self._bucket(place)
        async with self._in_time(bucket):
            await bucket.enter()
            try:
                request.going = _Going(await self._turns.wait(), bucket)
            except BaseException:
                bucket.leave()
                raise

    @asynccontextmanager
    async def _in_time(self, bucket: Bucket) -> AsyncIterator[None]:
        now = self._time()
        wait = max(self._rate.held_for(now), bucket.held_for(now))
        if wait > LONGEST_WAIT:
            raise discord.RateLimited(wait)
        try:
            async with asyncio.timeout(LONGEST_WAIT):
                yield
        except TimeoutError:
            raise discord.RateLimited(max(self._rate.held_for(self._time()), _SHORTEST_HOLD)) from None

    async def _sent(self, _session: aiohttp.ClientSession, request: SimpleNamespace, _params: object) -> None:
        if going := _going(request):
            self._rate.sent(going.spent, self._time())
            self._turns.let_go()

    async def _end(
        self, _session: aiohttp.ClientSession, request: SimpleNamespace, params: aiohttp.TraceRequestEndParams
    ) -> None:
        response = params.response
        if going := _going(request):
            self._rate.answered(going.spent, self._time())
            going.bucket.answered(response.headers)
            if response.status == _TOO_MANY_REQUESTS:
                self._hold(response, going.bucket)
        if response.status in _INVALID and under_api(params.url):
            self._count_invalid()
        self._turns.let_go()

    async def _broke(
        self, _session: aiohttp.ClientSession, request: SimpleNamespace, _params: object
    ) -> None:
        if going := _going(request):
            self._rate.ended(going.spent, self._time())
            going.bucket.leave()
            self._turns.let_go()

    def _hold(self, response: aiohttp.ClientResponse, bucket: Bucket) -> None:
        until = self._time() + _retry_after(response)
        if response.headers.get("X-RateLimit-Scope") in {"user", "shared"}:
            bucket.hold(until)
        else:  # for everything, or by the firewall, which names no scope
            self._rate.hold(until)

    def _count_invalid(self) -> None:
        now = self._time()
        self._invalid.append(now)
        if len(self._invalid) == MOST_INVALID and now - self._invalid[0] < INVALID_SECONDS:
            self._invalid.clear()
            self._rate.hold(now + INVALID_SECONDS)
            log.error(
                "Discord refused %d requests in less than ten minutes; nothing is asked of it for ten minutes, "
                "for it bans an address after twice as many. Look at the warnings above for what it refuses.",
                MOST_INVALID,
            )

    def _bucket(self, place: tuple[str, ...]) -> Bucket:
        bucket = self._buckets.get(place)
        if bucket is None:
            if len(self._buckets) >= self._sweep_at:
                self._buckets = {key: other for key, other in self._buckets.items() if not other.idle}
                self._sweep_at = max(_MANY_BUCKETS, 2 * len(self._buckets))
            bucket = self._buckets[place] = Bucket(self._time)
        return bucket


def under_api(url: URL) -> bool:
    """Whether an address belongs to Discord's REST: not the gateway's, not a picture's."""
    return str(url).startswith(f"{Route.BASE}/")


def bucket_of(method: str, url: URL) -> tuple[str, ...] | None:
    """What Discord counts a request with: the method, and the path with no ids but the channel's, server's or webhook's.

    Returns:
        The parts of the name; None where nothing is counted with the bot's other requests.
    """
    if not under_api(url):
        return None
    parts = str(url.with_query(None)).removeprefix(f"{Route.BASE}/").split("/")
    if parts[0] == "interactions" or (parts[0] == "webhooks" and len(parts) >= _WEBHOOK_WITH_TOKEN):
        return None
    majors = 2 if parts[0] in _MAJOR else 1
    return (method, *parts[:majors], *("*" if part.isdecimal() else part for part in parts[majors:]))


def _going(request: SimpleNamespace) -> _Going | None:
    going: _Going | None = getattr(request, "going", None)
    return going


def _retry_after(response: aiohttp.ClientResponse) -> float:
    try:
        return float(response.headers.get("Retry-After", _SHORTEST_HOLD))
    except ValueError:
        return _SHORTEST_HOLD
