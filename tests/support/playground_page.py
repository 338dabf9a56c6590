"""The playground's page asked without a browser: what its scripts would ask, as one person."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
from yarl import URL

from playground.server import Playground
from playground.world import User


@dataclass(frozen=True)
class Told:
    """What the page was answered."""

    status: int
    body: Any

    @property
    def message(self) -> str:
        """Why something cannot be done."""
        return str(self.body["message"])

    @property
    def html(self) -> str:
        """What is shown."""
        return str(self.body["html"])


@dataclass(frozen=True)
class Live:
    """An open page that is told what happens."""

    socket: aiohttp.ClientWebSocketResponse

    async def hear(self, kind: str) -> dict[str, Any]:
        """The next frame of that kind, past others."""
        while (frame := await self.socket.receive_json(timeout=5))["kind"] != kind:
            pass
        told: dict[str, Any] = frame
        return told


@dataclass(frozen=True)
class Page:
    """The page as one person has it open."""

    session: aiohttp.ClientSession
    url: URL
    me: User

    async def get(self, path: str, **query: str) -> Told:
        """Asks for something."""
        async with self.session.get(self._address(path).update_query(query)) as response:
            return Told(response.status, json.loads(await response.text()))

    async def post(self, path: str, **body: Any) -> Told:  # noqa: ANN401 - JSON
        """Does something."""
        return await self.send(path, body)

    async def send(self, path: str, body: object) -> Told:
        """Does something with a body that may be anything."""
        async with self.session.post(self._address(path), json=body) as response:
            return Told(response.status, json.loads(await response.text()))

    @asynccontextmanager
    async def live(self) -> AsyncIterator[Live]:
        """Hears what happens."""
        async with self.session.ws_connect(self._address("live")) as socket:
            yield Live(socket)

    def seen_by(self, person: User) -> "Page":
        """The page as somebody else has it open."""
        return Page(self.session, self.url, person)

    def _address(self, path: str) -> URL:
        return (self.url / "page").joinpath(path).with_query({"as": str(self.me.id)})


@asynccontextmanager
async def looking(playground: Playground, person: User) -> AsyncIterator[Page]:
    """The page for the length of a test."""
    async with aiohttp.ClientSession() as session:
        yield Page(session, URL(playground.page_url), person)
