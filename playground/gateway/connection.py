"""One WebSocket, and how what is sent over it is compressed (Discord docs, "Transport Compression")."""

import asyncio
import json
import zlib
from collections.abc import Callable

from aiohttp import web

from playground.errors import Json

Compress = Callable[[bytes], bytes]

_LONGEST_GOODBYE = 2.0
"""Seconds that a client has to read what waits for it and to answer the close frame."""


def compression(asked: str | None) -> Compress | None:
    """What a client asked for with `compress`; None sends text, which every client takes too."""
    if asked == "zlib-stream":
        deflate = zlib.compressobj()
        return lambda text: deflate.compress(text) + deflate.flush(zlib.Z_SYNC_FLUSH)
    return None


class Connection:
    """Sends payloads in order."""

    def __init__(
        self,
        socket: web.WebSocketResponse,
        compress: Compress | None,
        transport: asyncio.Transport | None = None,
    ) -> None:
        self._socket = socket
        self._compress = compress
        self._transport = transport
        self._queue: asyncio.Queue[Json] = asyncio.Queue()
        self._sender = asyncio.create_task(self._send_all())

    def send(self, payload: Json) -> None:
        """Sends a payload after those before it."""
        self._queue.put_nowait(payload)

    async def close(self, code: int) -> None:
        """Sends what waits, and closes the WebSocket with a code; cuts it where the client reads no more."""
        try:
            async with asyncio.timeout(_LONGEST_GOODBYE):
                await self._send_what_waits()
                await self._socket.close(code=code)
        except TimeoutError:
            self.cut()

    def cut(self) -> None:
        """Breaks the connection, with no close frame."""
        if self._transport is not None:
            self._transport.abort()

    def end(self) -> None:
        """Stops sending."""
        self._sender.cancel()

    async def _send_what_waits(self) -> None:
        if self._sender.done():
            return
        sent = asyncio.ensure_future(self._queue.join())
        try:
            await asyncio.wait({self._sender, sent}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            sent.cancel()

    async def _send_all(self) -> None:
        while True:
            text = json.dumps(await self._queue.get())
            try:
                if self._compress is None:
                    await self._socket.send_str(text)
                else:
                    await self._socket.send_bytes(self._compress(text.encode()))
            except ConnectionResetError:
                return
            self._queue.task_done()
