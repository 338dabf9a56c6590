"""One open page, told by a WebSocket what its person sees happen."""

import asyncio
import json
import logging

from aiohttp import WSCloseCode, web

from playground.page.drawing.rendering import Renderer
from playground.page.feed import Feed, Sign
from playground.page.frames import Frames
from playground.page.operating import corner
from playground.page.parts import Parts, Visit

LOOKS_EVERY = 1.0
"""Seconds between two looks at what nobody tells of: sessions, rate limits."""

_LARGEST_FRAME = 1_024
"""Bytes; a page has nothing to say."""

_log = logging.getLogger(__name__)


class LivePages:
    """All open pages."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._sockets: set[web.WebSocketResponse] = set()

    async def serve(self, visit: Visit) -> web.WebSocketResponse:
        """Tells one page what happens, until it goes."""
        socket = web.WebSocketResponse(max_msg_size=_LARGEST_FRAME)
        await socket.prepare(visit.request)
        self._sockets.add(socket)
        try:
            await _tell(visit, socket)
        finally:
            self._sockets.discard(socket)
        return socket

    async def close(self, _: web.Application) -> None:
        """Closes them all."""
        for socket in [*self._sockets]:
            await socket.close(code=WSCloseCode.GOING_AWAY)


async def _tell(visit: Visit, socket: web.WebSocketResponse) -> None:
    feed = Feed(visit.places, lambda: _cut(visit.request))
    try:
        with visit.parts.world.heard_by(feed.hear), visit.parts.log.heard_by(feed.note):
            async with asyncio.TaskGroup() as group:
                tellers = [
                    group.create_task(_send(visit, socket, feed)),
                    group.create_task(_look(visit.parts, feed)),
                ]
                await _until_gone(socket)
                for teller in tellers:
                    teller.cancel()
    except* ConnectionError:
        _log.debug("A page went while it was told something.")
    except* Exception:  # noqa: BLE001 - the page begins anew, and the log says why
        _log.exception("A page could not be told what happened.")
        await socket.close(code=WSCloseCode.INTERNAL_ERROR)


async def _send(visit: Visit, socket: web.WebSocketResponse, feed: Feed) -> None:
    frames = Frames(Renderer(visit.world, visit.viewer))
    while True:
        await socket.send_str(json.dumps(frames.frame(await feed.next())))


async def _look(parts: Parts, feed: Feed) -> None:
    seen = corner(parts)
    while True:
        await asyncio.sleep(LOOKS_EVERY)
        before, seen = seen, corner(parts)
        if before != seen:
            feed.sign(Sign.OPERATOR)


async def _until_gone(socket: web.WebSocketResponse) -> None:
    async for _ in socket:
        pass


def _cut(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()
