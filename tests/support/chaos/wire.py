"""What passes between the bot and the playground, and where it can be held."""

import json
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from aiohttp import web

from playground.messages import CROSSPOSTED
from playground.world import Event

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_CHANNEL = r"/api/v10/channels/\d+"
_CREATING = re.compile(rf"POST {_CHANNEL}/(messages|threads|messages/\d+/(threads|crosspost))")
_EDITING = re.compile(rf"PATCH {_CHANNEL}/messages/\d+")
_STEP = re.compile(r".*/messages/(\d+)/(threads|crosspost)")
_CUSTOM_ID = re.compile(r'"custom_id": ?"([^"]*)"')


class Kind(StrEnum):
    """What a request is for."""

    CREATE = "create"
    EDIT = "edit"
    OTHER = "other"


class Stage(IntEnum):
    """How far a request came."""

    ARRIVED = 0
    DONE = 1
    ANSWERED = 2


@dataclass(eq=False)
class Exchange:
    """A request of the bot, and how far it came.

    Attributes:
        text: its body.
        status: of the answer, as soon as there is one.
    """

    kind: Kind
    path: str
    text: str
    stage: Stage = Stage.ARRIVED
    status: int | None = None

    def carries(self, mark: str) -> bool:
        """Whether it brings what has that mark: an outbox id in a message, or what `step` makes for other steps."""
        found = _STEP.fullmatch(self.path)
        return mark in self.text if found is None else mark == step(found[2], found[1])

    @property
    def nonce(self) -> str | None:
        """That of the message it sends, if it is one."""
        nonce: str | None = json.loads(self.text or "{}").get("nonce")
        return nonce


def step(name: str, message_id: object) -> str:
    """The mark of what is done to a message: `threads` starts one at it, `crosspost` publishes it."""
    return f"{name}:{message_id}"


Reached = Callable[[Exchange], Awaitable[bool]]
"""Hears of every stage of every request; whether the request is to be cut there."""


async def _let_pass(_exchange: Exchange) -> bool:
    return False


@dataclass
class Wire:
    """Watches requests on their way; a middleware of the playground.

    Attributes:
        exchanges: the requests since the bot was started.
        stored: the marks of what was stored, ever.
        reached: decides what becomes of a request at each of its stages.
    """

    exchanges: list[Exchange] = field(default_factory=list)
    stored: set[str] = field(default_factory=set)
    reached: Reached = _let_pass

    def begin(self, reached: Reached = _let_pass) -> None:
        """Forgets the requests so far: the bot is started anew."""
        self.exchanges.clear()
        self.reached = reached

    def hear(self, event: Event) -> None:
        """Notes what was stored; a listener of the playground's world."""
        if event.name == "MESSAGE_CREATE":
            for custom_id in _CUSTOM_ID.findall(json.dumps(event.data["components"])):
                self.stored.update(custom_id.split(":"))
        elif event.name == "THREAD_CREATE":
            self.stored.add(step("threads", event.data["id"]))
        elif event.name == "MESSAGE_UPDATE" and event.data["flags"] & CROSSPOSTED:
            self.stored.add(step("crosspost", event.data["id"]))

    @web.middleware
    async def pass_on(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Hands a request on, unless it is cut at one of its stages."""
        if not request.path.startswith("/api/"):
            return await handler(request)
        exchange = Exchange(_kind(request), request.path, await _body(request))
        self.exchanges.append(exchange)
        if await self.reached(exchange):
            return _cut(request)
        response = await handler(request)
        exchange.stage, exchange.status = Stage.DONE, response.status
        if _is_cut(request):
            return response
        if await self.reached(exchange):
            return _cut(request)
        with suppress(ConnectionError):  # the bot may be gone
            await response.prepare(request)
            await response.write_eof()
            exchange.stage = Stage.ANSWERED
            await self.reached(exchange)
        return response


def _kind(request: web.Request) -> Kind:
    line = f"{request.method} {request.path}"
    if _CREATING.fullmatch(line):
        return Kind.CREATE
    return Kind.EDIT if _EDITING.fullmatch(line) else Kind.OTHER


async def _body(request: web.Request) -> str:
    """What stands in it; aiohttp keeps a form that was read, but not what it was read from."""
    if request.content_type != "multipart/form-data":
        return await request.text()
    return str((await request.post()).get("payload_json", ""))


def _is_cut(request: web.Request) -> bool:
    return request.transport is None or request.transport.is_closing()


def _cut(request: web.Request) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)
