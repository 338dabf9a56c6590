"""An OpenAI-compatible endpoint on loopback: answers chat completions as it is told, and fails as it is told."""

import json
from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from support.loopback import serving
from support.replay import Fault, reset, silent

PATH = "/v1/chat/completions"
MODEL = "careful-reader"
TOKENS = {"prompt_tokens": 400, "completion_tokens": 100, "total_tokens": 500}

Answering = Callable[[Mapping[str, Any]], object]
"""From the data that was asked about (title, abstract) to the answer: JSON, or a text as it is."""


@dataclass(frozen=True)
class Asked:
    """A question as it came in."""

    headers: Mapping[str, str]
    body: Mapping[str, Any]

    @property
    def instructions(self) -> str:
        """The system's message."""
        return "\n".join(said["content"] for said in self.body["messages"] if said["role"] == "system")

    @property
    def message(self) -> str:
        """The user's message."""
        [said] = [said["content"] for said in self.body["messages"] if said["role"] == "user"]
        return str(said)


@dataclass
class ModelServer:
    """What the endpoint says.

    Attributes:
        answer: what the model makes of the data.
        usage: the tokens it says each answer took; None says nothing of them.
        takes_schemas: whether a `response_format` is accepted, or refused with HTTP 400.
        asked: every question so far.
    """

    answer: Answering
    url: str = ""
    usage: Mapping[str, int] | None = field(default_factory=lambda: dict(TOKENS))
    takes_schemas: bool = True
    asked: list[Asked] = field(default_factory=list)
    _faults: deque[Fault | None] = field(default_factory=deque)

    def next(self, *faults: Fault | None) -> None:
        """What becomes of the next requests, one each; None is a good answer."""
        self._faults.extend(faults)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answers a request."""
        asked = Asked(request.headers, await request.json())
        self.asked.append(asked)
        fault = self._faults.popleft() if self._faults else None
        if fault is not None:
            return await fault(request)
        if "response_format" in asked.body and not self.takes_schemas:
            return web.json_response({"error": {"message": "unknown field response_format"}}, status=400)
        said = self.answer(json.loads(asked.message))
        text = said if isinstance(said, str) else json.dumps(said, ensure_ascii=False)
        return web.json_response(completion(text, usage=self.usage))


def completion(
    text: str | None, *, usage: Mapping[str, int] | None = None, finish: str = "stop", **message: object
) -> dict[str, object]:
    """The body of a chat completion."""
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1_781_000_000,
        "model": MODEL,
        "choices": [
            {
                "index": 0,
                "finish_reason": finish,
                "message": {"role": "assistant", "content": text, **message},
            }
        ],
        **({} if usage is None else {"usage": usage}),
    }


def said(text: str | None, *, finish: str = "stop", **message: object) -> Fault:
    """A completion with this text, whatever was asked."""

    async def answer(_request: web.Request) -> web.StreamResponse:
        return web.json_response(completion(text, usage=TOKENS, finish=finish, **message))

    return answer


def status(code: int, error: Mapping[str, object] | None = None, **headers: str) -> Fault:
    """An error as OpenAI words it; `_` in a header's name stands for `-`. It quotes the key, as some endpoints do."""

    async def answer(request: web.Request) -> web.StreamResponse:
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        quoted = f"as told, to {request.headers.get('Authorization')}"
        return web.json_response({"error": {"message": quoted, **(error or {})}}, status=code, headers=told)

    return answer


def huge(size: int) -> Fault:
    """A completion whose text has so many characters, in chunks without a length."""

    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "application/json"})
        await response.prepare(request)
        head, tail = json.dumps(completion("|")).encode().split(b"|")
        await response.write(head)
        for _ in range(size // 50_000):
            await response.write(b"a" * 50_000)
        await response.write(tail)
        return response

    return answer


FAULTS: Mapping[str, Fault] = {
    "reset": reset,
    "silent": silent,
    "cut JSON": said('{"bullets": ["Half a sen'),
    "wrong schema": said('{"bullets": "one", "classifications": 7}'),
    "a list": said("[]"),
    "prose": said("Sure! Here is what this paper is about: flows."),
    "refusal": said(None, refusal="I cannot help with that."),
    "withheld": said(None, finish="content_filter"),
    "nothing": said(""),
}
"""Answers that are none."""


@asynccontextmanager
async def modelling(answer: Answering) -> AsyncIterator[ModelServer]:
    """Runs an endpoint on a free port of loopback."""
    server = ModelServer(answer)
    async with serving(server.handle, method="POST", path=PATH) as address:
        server.url = f"{address}/v1"
        yield server


def answers(**parts: Sequence[str]) -> Answering:
    """The same answer to everything."""
    return lambda _data: {"bullets": [], "classifications": [], "links": [], **parts}
