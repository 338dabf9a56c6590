"""The API as a web application: who asks, how often, what fails, what is answered."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from playground.errors import ApiError, invalid_json, not_found, unauthorized
from playground.faults import Effect, Fault, Faults
from playground.rate_limits import MAJOR, RateLimiter
from playground.requests import RequestLog, RequestRecord
from playground.rest import (
    channel_changes,
    channels,
    commands,
    guilds,
    interactions,
    messages,
    threads,
    users,
)
from playground.rest.calls import Answer, Call, Route, Services
from playground.world import Application

PREFIX = "/api/v10"
ROUTES: list[Route] = [
    *users.ROUTES,
    *guilds.ROUTES,
    *channels.ROUTES,
    *channel_changes.ROUTES,
    *messages.ROUTES,
    *threads.ROUTES,
    *commands.ROUTES,
    *interactions.ROUTES,
]

_UNSERVED = [
    "/channels/{channel_id}/messages/pins",
    "/applications/{application_id}/guilds/{guild_id}/commands/permissions",
]
"""Discord's paths that the playground does not serve, though one of its routes would take them for an id."""

_CUT, _NO_CONTENT, _FAILED = 0, 204, 500
_LOST = Answer(_CUT, None)
_PROXY_PAGE = "<html><body>The gateway of this network does not let you pass.</body></html>"


@dataclass(frozen=True)
class _Request:
    """A request as far as it is understood; `route` is None where the API has no such route."""

    raw: web.Request
    route: Route | None
    content: bytes
    bot: Application | None
    bucket: str
    fault: Fault | None

    @property
    def effect(self) -> Effect | None:
        """What the request is made to suffer."""
        return None if self.fault is None else self.fault.effect

    def body(self) -> object:
        """The JSON body; None where there is none.

        Raises:
            ApiError: it is no JSON.
        """
        try:
            return json.loads(self.content) if self.content else None
        except (ValueError, RecursionError):
            raise invalid_json() from None


class Api:
    """Serves every route."""

    def __init__(self, services: Services, *, limiter: RateLimiter, faults: Faults, log: RequestLog) -> None:
        self._services = services
        self._limiter = limiter
        self._faults = faults
        self._log = log

    def add_to(self, application: web.Application) -> None:
        """Adds the routes to a web application."""
        for template in _UNSERVED:
            application.router.add_route("*", PREFIX + template, self._handler(None))
        for route in ROUTES:
            application.router.add_route(route.method, PREFIX + route.template, self._handler(route))
        application.router.add_route("*", PREFIX + "/{unknown:.*}", self._handler(None))

    def _handler(self, route: Route | None) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def handle(raw: web.Request) -> web.StreamResponse:
            began = time.perf_counter()
            request = await self._understand(raw, route)
            try:
                answer = await self._answer(request)
                text = None if answer.body is None else json.dumps(answer.body)
            except Exception:
                self._note(request, _FAILED, None, time.perf_counter() - began)
                raise
            self._note(request, answer.status, text, time.perf_counter() - began)
            return _sent(request, answer, text)

        return handle

    async def _understand(self, raw: web.Request, route: Route | None) -> _Request:
        token = raw.headers.get("Authorization", "").removeprefix("Bot ")
        bot = self._services.world.by_token(token)
        fault = None
        if route is not None:
            bot_id = None if bot is None else bot.id
            fault = self._faults.take(route.method, route.template, raw.match_info, bot_id)
        return _Request(raw, route, await _content(raw), bot, _bucket(route, raw.match_info), fault)

    async def _answer(self, request: _Request) -> Answer:
        headers: Mapping[str, str] = {}
        try:
            route = _known(request)
            headers = self._spend(request, route)
            answer = _failed_before(request.fault) or self._reply(request, route)
            _fail_after(request.fault)
        except ApiError as error:
            answer = Answer(error.status, error.body(), error.headers)
        if request.effect is Effect.ANSWER_LOST:
            return _LOST
        if request.fault is not None and request.effect is Effect.SLOW:
            await asyncio.sleep(request.fault.seconds)
        return Answer(answer.status, answer.body, {**headers, **answer.headers})

    def _spend(self, request: _Request, route: Route) -> Mapping[str, str]:
        if request.bot is None:
            return {}
        return self._limiter.spend(request.bot.id, request.bucket, messages=route.posts, exempt=route.exempt)

    def _reply(self, request: _Request, route: Route) -> Answer:
        reply = route.handler(self._call(request))
        if isinstance(reply, Answer):
            return reply
        return Answer(_NO_CONTENT if reply is None else route.status, reply)

    def _call(self, request: _Request) -> Call:
        return Call(
            services=self._services,
            path=dict(request.raw.match_info),
            query=dict(request.raw.query),
            json=request.body(),
            bot=request.bot,
        )

    def _note(self, request: _Request, status: int, answer: str | None, seconds: float) -> None:
        try:
            body = request.body()
        except ApiError:
            body = request.content.decode(errors="replace")
        self._log.add(
            RequestRecord(
                at=self._services.world.now(),
                method=request.raw.method,
                path=request.raw.path,
                route=None if request.route is None else request.route.template,
                query=dict(request.raw.query),
                body=body,
                bot_id=None if request.bot is None else request.bot.id,
                status=status,
                bucket=request.bucket,
                answered=answer,
                seconds=seconds,
                fault=request.effect,
            )
        )


def _known(request: _Request) -> Route:
    if request.route is None:
        raise not_found()
    if request.route.token_needed and request.bot is None:
        raise unauthorized()
    return request.route


def _failed_before(fault: Fault | None) -> Answer | None:
    """What is answered in place of the route, if anything is."""
    if fault is None:
        return None
    if (error := fault.error()) is not None:
        raise error
    if fault.effect is Effect.PROXY:
        return Answer(fault.status, None)
    return _LOST if fault.effect is Effect.RESET else None


def _fail_after(fault: Fault | None) -> None:
    if fault is not None and fault.effect is Effect.FAILED_AFTER:
        raise fault.server_error()


async def _content(raw: web.Request) -> bytes:
    """The body, which should be JSON; of a form with files the part that is; of a broken form what is left, if only its type."""
    if raw.content_type != "multipart/form-data":
        return await raw.read()
    try:
        payload = (await raw.post()).get("payload_json", "")
    except (ValueError, HttpProcessingError):
        return await raw.read() or raw.content_type.encode()
    return payload.encode() if isinstance(payload, str) else b""


def _bucket(route: Route | None, path: Mapping[str, str]) -> str:
    if route is None:
        return ""
    majors = [path[name] for name in MAJOR.findall(route.template)]
    return f"{route.method}:{route.template} {':'.join(majors)}"


def _sent(request: _Request, answer: Answer, text: str | None) -> web.StreamResponse:
    if answer.status == _CUT:
        return _cut(request.raw)
    if request.effect is Effect.PROXY:
        return web.Response(status=answer.status, text=_PROXY_PAGE, content_type="text/html")
    if request.effect is Effect.ANSWER_CUT and text is not None:
        text = text[: len(text) // 2]
    return _response(answer, text)


def _response(answer: Answer, text: str | None) -> web.Response:
    if text is None:
        return web.Response(status=answer.status, headers=answer.headers)
    # `web.json_response` adds a charset, and discord.py then does not take it for JSON.
    return web.Response(
        status=answer.status, body=text.encode(), content_type="application/json", headers=answer.headers
    )


def _cut(raw: web.Request) -> web.StreamResponse:
    if raw.transport is not None:
        raw.transport.abort()
    return web.Response(status=500)
