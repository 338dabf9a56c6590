"""The playground's API asked without a library in between, and its gateway."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp

from playground.server import Playground


@dataclass(frozen=True)
class Answer:
    """What came back; `body` is None where the answer has none."""

    status: int
    body: Any
    headers: Mapping[str, str]

    @property
    def code(self) -> int:
        """Discord's code of a refusal."""
        return int(self.body["code"])

    def flaw(self, *path: str | int) -> str:
        """Discord's code for the first thing that is wrong at a path of the body."""
        place = self.body["errors"]
        for step in path:
            place = place[str(step)]
        return str(place["_errors"][0]["code"])


@dataclass(frozen=True)
class Rest:
    """Asks as a bot; without a token as nobody."""

    session: aiohttp.ClientSession
    base: str
    token: str | None

    async def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        params: Mapping[str, str] | None = None,
        text: str | None = None,
    ) -> Answer:
        """Asks; `text` is a body that is sent as it is."""
        headers = {} if self.token is None else {"Authorization": f"Bot {self.token}"}
        data = json.dumps(body) if body is not None else text
        if data is not None:
            headers["Content-Type"] = "application/json"
        async with self.session.request(
            method, self.base + path, data=data, params=params, headers=headers
        ) as response:
            answer = await response.read()
            return Answer(response.status, json.loads(answer) if answer else None, response.headers)

    async def get(self, path: str, **params: str) -> Answer:
        """GET."""
        return await self.ask("GET", path, params=params)

    async def post(self, path: str, body: object = None) -> Answer:
        """POST."""
        return await self.ask("POST", path, body)

    async def patch(self, path: str, body: object) -> Answer:
        """PATCH."""
        return await self.ask("PATCH", path, body)

    async def delete(self, path: str) -> Answer:
        """DELETE."""
        return await self.ask("DELETE", path)


@asynccontextmanager
async def asking(playground: Playground, token: str | None) -> AsyncIterator[Rest]:
    """An API client for the length of a test."""
    async with aiohttp.ClientSession() as session:
        yield Rest(session, playground.api_base, token)


@dataclass
class Line:
    """A gateway connection without a library in between."""

    socket: aiohttp.ClientWebSocketResponse

    async def say(self, op: int, data: object) -> None:
        """Sends a payload."""
        await self.socket.send_json({"op": op, "d": data})

    async def hear(self) -> dict[str, Any]:
        """The next payload."""
        payload: dict[str, Any] = await self.socket.receive_json(timeout=5)
        return payload

    async def hear_event(self, name: str) -> dict[str, Any]:
        """The next event of that name, past others."""
        while (payload := await self.hear())["t"] != name:
            pass
        return payload

    async def identify(self, token: str, intents: int = 0, **more: object) -> dict[str, Any]:
        """Identifies after HELLO, and returns READY."""
        await self.hear()
        await self.say(2, {"token": token, "intents": intents, "properties": {}, **more})
        return await self.hear_event("READY")

    async def closed_with(self) -> int | None:
        """Waits for the end, past whatever comes before it, and returns its code."""
        while not self.socket.closed:
            await self.socket.receive(timeout=5)
        return self.socket.close_code


@asynccontextmanager
async def gateway(playground: Playground, query: str = "?v=10&encoding=json") -> AsyncIterator[Line]:
    """A gateway connection for the length of a test."""
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(playground.gateway_url + query) as socket,
    ):
        yield Line(socket)
