"""The HTTP client that language models are asked with."""

import logging
from collections.abc import AsyncIterator
from importlib.metadata import version

import httpx2

from papers.reading.language_model.access import Access

_CONNECT = 10  # seconds
_SENT = frozenset({"accept", "authorization", "connection", "content-length", "content-type", "host"})
"""Other headers of openai's client tell operating system, processor and versions, or what the environment says for
OpenAI alone: organisation, project, headers of one's own."""

_LOG = "httpx2"
"""The library's log, which names the whole address of every request, name and password in it included."""


class AnswerTooLargeError(Exception):
    """An answer has more bytes than any sensible one."""


def client(access: Access) -> httpx2.AsyncClient:
    """A client that says who asks and nothing of the machine, and reads no more than `access.largest_answer`."""
    logging.getLogger(_LOG).setLevel(logging.WARNING)

    async def say_little(request: httpx2.Request) -> None:
        for name in [name for name in request.headers if name.lower() not in _SENT]:
            del request.headers[name]
        request.headers["User-Agent"] = f"Paperboy/{version('paperboy')}"
        request.headers["Accept-Encoding"] = "identity"

    async def read_little(response: httpx2.Response) -> None:
        assert isinstance(response.stream, httpx2.AsyncByteStream)  # noqa: S101 - an async client's responses have one
        response.headers.pop("Content-Encoding", None)  # unpacked, an answer could have any size
        response.stream = _Bounded(response.stream, access.largest_answer)

    return httpx2.AsyncClient(
        timeout=httpx2.Timeout(access.timeout, connect=min(_CONNECT, access.timeout)),
        event_hooks={"request": [say_little], "response": [read_little]},
    )


class _Bounded(httpx2.AsyncByteStream):
    def __init__(self, stream: httpx2.AsyncByteStream, most: int) -> None:
        self._stream = stream
        self._most = most

    async def __aiter__(self) -> AsyncIterator[bytes]:
        seen = 0
        async for chunk in self._stream:
            seen += len(chunk)
            if seen > self._most:
                raise AnswerTooLargeError
            yield chunk

    async def aclose(self) -> None:
        await self._stream.aclose()
