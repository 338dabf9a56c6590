"""The playground as a whole: one world, one web server on loopback, one gateway."""

import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from aiohttp import WSCloseCode, web
from aiohttp.typedefs import Middleware

from playground.faults import Faults
from playground.gateway.conversation import converse
from playground.gateway.hub import Gateway
from playground.interactions.registry import Interactions
from playground.messages import Messages
from playground.page.parts import Parts
from playground.page.site import Site
from playground.people import People
from playground.rate_limits import RateLimiter
from playground.requests import RequestLog
from playground.rest.api import PREFIX, Api
from playground.rest.calls import Services
from playground.snowflakes import Now
from playground.troubles.switchboard import Troubles
from playground.world import World

HOST = "127.0.0.1"
_GATEWAY = "/gateway"


def _system_time() -> datetime:
    return datetime.now(UTC)


class Playground(People):
    """A local Discord. It can act as its people, and everything in it can be looked at and changed.

    Attributes:
        world: users, bots, servers, channels and messages.
        gateway: the sessions of the bots.
        faults: what is told to fail.
        log: what was asked of the API.
        limiter: its rate limits.
        troubles: what can be made to go wrong.
    """

    def __init__(
        self,
        *,
        now: Now = _system_time,
        monotonic: Callable[[], float] = time.monotonic,
        rate_limits: bool = True,
        heartbeat_interval: float = 41.25,
        page: bool = True,
    ) -> None:
        """Makes a playground with an empty world.

        Args:
            now: the clock that ids and times come from; with a fixed one, ids are the same each time.
            monotonic: seconds, for rate limits and for how old a nonce or an interaction is.
            rate_limits: whether there are any.
            heartbeat_interval: seconds between the heartbeats of a client.
            page: whether the page is served beside the API.
        """
        self.world = World(now)
        self.faults = Faults()
        self.log = RequestLog()
        self.limiter = RateLimiter(now, enabled=rate_limits, monotonic=monotonic)
        self.gateway = Gateway(
            self.world,
            url=lambda: self.gateway_url,
            heartbeat_interval=heartbeat_interval,
        )
        messages = Messages(self.world, monotonic=monotonic)
        interactions = Interactions(self.world, self.gateway, messages, monotonic=monotonic)
        super().__init__(self.world, messages, interactions)
        self._api = Api(
            Services(self.world, messages, interactions, self.gateway),
            limiter=self.limiter,
            faults=self.faults,
            log=self.log,
        )
        self.troubles = Troubles(self.world, self.gateway, self.faults)
        parts = Parts(
            people=self,
            world=self.world,
            messages=messages,
            interactions=interactions,
            gateway=self.gateway,
            log=self.log,
            limiter=self.limiter,
            troubles=self.troubles,
        )
        self._site = Site(parts) if page else None
        self._monotonic = monotonic
        self._port = 0

    @property
    def page_url(self) -> str:
        """The address of the page; the port is known while it runs."""
        return f"http://{HOST}:{self._port}/"

    @property
    def api_base(self) -> str:
        """The address of the API; the port is known while it runs."""
        return f"http://{HOST}:{self._port}{PREFIX}"

    @property
    def gateway_url(self) -> str:
        """The address of the gateway; the port is known while it runs."""
        return f"ws://{HOST}:{self._port}{_GATEWAY}"

    @classmethod
    @asynccontextmanager
    async def running(
        cls,
        *,
        port: int = 0,
        now: Now = _system_time,
        monotonic: Callable[[], float] = time.monotonic,
        rate_limits: bool = True,
        heartbeat_interval: float = 41.25,
        page: bool = True,
        middlewares: Sequence[Middleware] = (),
    ) -> AsyncIterator["Playground"]:
        """A playground that is served on loopback, behind the middlewares; port 0 takes a free one.

        The rest as for the class.
        """
        playground = cls(
            now=now,
            monotonic=monotonic,
            rate_limits=rate_limits,
            heartbeat_interval=heartbeat_interval,
            page=page,
        )
        async with playground.serving(port, middlewares):
            yield playground

    @asynccontextmanager
    async def serving(self, port: int = 0, middlewares: Sequence[Middleware] = ()) -> AsyncIterator[None]:
        """Serves it on loopback, behind the middlewares."""
        application = web.Application(middlewares=middlewares)
        self._api.add_to(application)
        if self._site is not None:
            self._site.add_to(application)
        application.router.add_get(_GATEWAY, self._converse)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)
        await runner.setup()
        try:
            await web.TCPSite(runner, HOST, port).start()
            self._port = runner.addresses[0][1]
            yield
        finally:
            await self.gateway.close_all(WSCloseCode.GOING_AWAY)
            await runner.cleanup()

    async def _converse(self, request: web.Request) -> web.WebSocketResponse:
        return await converse(self.gateway, request, self._monotonic)
