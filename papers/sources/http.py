"""The one polite HTTP client of all sources."""

import json
import logging
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from datetime import timedelta
from importlib.metadata import version
from types import TracebackType
from typing import Self

import aiohttp
import stamina
from yarl import URL

from papers.errors import BadPayloadError, SourceUnavailableError
from papers.ports import Clock
from papers.sources.answer_cache import AnswerCache, KeptAnswer
from papers.sources.answers import Wanted, check_status, read
from papers.sources.failures import UnansweredError, translated
from papers.sources.limits import HttpLimits
from papers.sources.pace import Pace
from papers.sources.pauses import Pauses, asked_for

log = logging.getLogger(__name__)

_CONNECTIONS = 2
_NOT_MODIFIED = 304


class HttpClient:
    """Asks servers for documents; an async context.

    It says who asks, makes few connections, keeps to the pauses and the pace that servers ask for, tries again what may
    work later, asks only for what changed, and reads no more than its limits allow. Nothing of an address but
    its host is told in errors, nothing but host and path in logs.
    """

    def __init__(
        self, *, contact: str, clock: Clock, limits: HttpLimits | None = None, paces: Sequence[Pace] = ()
    ) -> None:
        """Connects to nobody yet.

        Args:
            contact: whom a server's operator can turn to: an address or a page, ASCII only.
            clock: the time.
            limits: how patient it is, and how much it takes.
            paces: those of services that ask for one; other clients that ask the same service are given the same.
        """
        self._limits = limits or HttpLimits()
        self._clock = clock
        self._paces = tuple(paces)
        self._user_agent = f"Paperboy/{version('paperboy')} ({contact})"
        self._pauses = Pauses(self._limits.longest_pause)
        self._cache = AnswerCache(answers=self._limits.kept_answers, size=self._limits.kept_bytes)
        self._retrying = stamina.AsyncRetryingCaller(
            attempts=self._limits.attempts,
            timeout=None,
            wait_initial=self._limits.first_wait,
            wait_max=self._limits.last_wait,
            wait_jitter=self._limits.jitter,
        )
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(
            headers={"User-Agent": self._user_agent},
            timeout=aiohttp.ClientTimeout(
                total=self._limits.total,
                sock_connect=self._limits.connect,
                sock_read=self._limits.silence,
            ),
            connector=aiohttp.TCPConnector(limit_per_host=_CONNECTIONS),
            cookie_jar=aiohttp.DummyCookieJar(),
            middlewares=[self._send_once],
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.close()

    async def get_json(self, url: str, params: Mapping[str, str] | None = None) -> object:
        """Asks for a JSON document.

        Args:
            url: its address, http or https.
            params: the query to add.

        Returns:
            The document, made of Python's own types.

        Raises:
            SourceUnavailableError: the server cannot be reached, is too slow, answers 429 or 5xx or half an answer,
                each time it was tried, or asks for too long a pause.
            SourceRefusedError: it answers with another 4xx.
            BadPayloadError: the answer is no JSON in UTF-8, too large, or somewhere that cannot be followed.
        """
        address = URL(url).update_query(params or {})
        kept = self._cache.get(str(address))
        answer = await self._ask(address, Wanted("application/json", self._limits.largest_body, kept))
        try:
            document: object = json.loads(answer.body.decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            raise BadPayloadError(f"{_name(address)} answered with something that is no JSON.") from error
        self._cache.put(str(address), answer)
        return document

    async def get_bytes(
        self, url: str, params: Mapping[str, str] | None = None, *, accept: str, largest: int | None = None
    ) -> bytes:
        """Asks for any other document. It is not kept, for only its reader knows whether it is what it should be.

        Args:
            url: its address, http or https.
            params: the query to add.
            accept: the media types that are wanted, as the header `Accept` says them.
            largest: the largest body that is read, in bytes; without it, what the limits say.

        Returns:
            The document as it came, decompressed.

        Raises:
            SourceUnavailableError: as for `get_json`.
            SourceRefusedError: it answers with another 4xx.
            BadPayloadError: the answer is too large, or somewhere that cannot be followed.
        """
        address = URL(url).update_query(params or {})
        answer = await self._ask(address, Wanted(accept, largest or self._limits.largest_body))
        return answer.body

    async def _ask(self, address: URL, wanted: Wanted) -> KeptAnswer:
        return await self._retrying(self._is_worth_another, self._attempt, address, wanted)

    def _is_worth_another(self, error: Exception) -> bool:
        if isinstance(error, UnansweredError):
            return self._limits.insistent
        return isinstance(error, SourceUnavailableError) and (
            error.retry_after is None or self._pauses.can_be_waited_out(error.retry_after)
        )

    async def _attempt(self, address: URL, wanted: Wanted) -> KeptAnswer:
        pace = self._pace(address)
        async with pace.turn() if pace else nullcontext():
            return await self._answer(address, wanted)

    async def _answer(self, address: URL, wanted: Wanted) -> KeptAnswer:
        assert self._session is not None  # noqa: S101 - requests are made inside the context only
        host = _name(address)
        await self._pauses.wait(host)
        with translated(host):
            async with self._session.get(
                address, headers=wanted.headers, max_redirects=self._limits.redirects
            ) as response:
                log.debug("%s%s answered %d", host, address.path, response.status)
                pause = self._heed(host, response)
                if wanted.kept is not None and response.status == _NOT_MODIFIED:
                    return wanted.kept
                check_status(host, response.status, pause)
                return KeptAnswer.of(await read(host, response, wanted.largest), response.headers)

    def _pace(self, address: URL) -> Pace | None:
        return next((pace for pace in self._paces if pace.covers(address)), None)

    def _heed(self, host: str, response: aiohttp.ClientResponse) -> timedelta | None:
        pause = asked_for(response.headers, status=response.status, now=self._clock.now())
        if pause is not None:
            log.info("%s asks for a pause of %s", host, pause)
            self._pauses.begin(host, pause)
        return pause

    async def _send_once(
        self, request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
    ) -> aiohttp.ClientResponse:
        """Sends one request, each that a redirection leads to included.

        It keeps aiohttp from sending a request again at once when its connection breaks: that knows its own errors
        only.
        """
        pace = self._pace(request.url)
        with translated(_name(request.url)):
            async with pace.step() if pace else nullcontext():
                return await handler(request)


def _name(address: URL) -> str:
    return address.host_port_subcomponent or "an address without a host"
