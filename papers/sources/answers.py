"""What is wanted of an answer, and whether it is one."""

from datetime import timedelta
from typing import NamedTuple

import aiohttp

from papers.errors import BadPayloadError, SourceRefusedError, SourceUnavailableError
from papers.sources.answer_cache import KeptAnswer
from papers.sources.pauses import left_alone

_CHUNK = 65_536
_SUCCESS, _CLIENT_ERROR, _SERVER_ERROR = 2, 4, 5
_ASK_LATER = {408, 425, 429}


class Wanted(NamedTuple):
    """The media types, the largest size in bytes, and the answer that is kept of before."""

    accept: str
    largest: int
    kept: KeptAnswer | None = None

    @property
    def headers(self) -> dict[str, str]:
        """Those of a request for it."""
        conditions = self.kept.conditions if self.kept else {}
        return {"Accept": self.accept, **conditions}


async def read(host: str, response: aiohttp.ClientResponse, largest: int) -> bytes:
    """Reads a body.

    Raises:
        BadPayloadError: it is larger than that.
    """
    body = bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK):
        body += chunk
        if len(body) > largest:
            raise BadPayloadError(f"{host} answered with more than {largest:,} bytes, too much to be true.")
    return bytes(body)


def check_status(host: str, status: int, pause: timedelta | None) -> None:
    """Raises what an answer's status means.

    Args:
        host: who answered, as the message names it.
        status: the status.
        pause: how long the server wants to be left alone; None where it did not say.

    Raises:
        SourceUnavailableError: it may work later.
        SourceRefusedError: it will not.
        BadPayloadError: it is neither that nor a document.
    """
    kind = status // 100
    if kind == _SUCCESS:
        return
    if kind == _SERVER_ERROR or status in _ASK_LATER:
        if pause is not None:
            raise left_alone(host, pause)
        raise SourceUnavailableError(
            f"{host} cannot answer now (HTTP {status}); it is asked again at the next run."
        )
    if kind == _CLIENT_ERROR:
        raise SourceRefusedError(f"{host} refused the request (HTTP {status}).", status=status)
    raise BadPayloadError(f"{host} answered in a way that makes no sense here (HTTP {status}).")
