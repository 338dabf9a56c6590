"""What was asked of the API: one record a request."""

import json
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import ClassVar

from playground.faults import Effect

_KEPT = 5_000
ANSWERS_KEPT = 200
"""A hundred cards with their embeds are half a megabyte."""


@dataclass(frozen=True)
class RequestRecord:
    """One request and how it was answered.

    Attributes:
        route: the route's template; None where the API has no such route.
        body: the JSON body as it came; None where there was none.
        bot_id: who asked; None without a valid token.
        status: of the answer; 0 where the connection was cut.
        answered: the JSON answered, as text; None where there was none, the connection was cut, or the log keeps
            it no more.
        seconds: how long handling took, from the headers read to the answer ready, delays of faults included.
        fault: what it was made to suffer, if anything.
    """

    at: datetime
    method: str
    path: str
    route: str | None
    query: Mapping[str, str]
    body: object
    bot_id: int | None
    status: int
    bucket: str
    answered: str | None
    seconds: float
    fault: Effect | None = None

    @property
    def answer(self) -> object:
        """What was answered, read; None where there is no text of it."""
        return None if self.answered is None else json.loads(self.answered)


Listener = Callable[[RequestRecord], None]


@dataclass
class RequestLog:
    """The newest requests, the newest of these with what was answered; and those who want to hear of each.

    Attributes:
        everywhere: who wants to hear of each request to any playground of this process.
    """

    everywhere: ClassVar[list[Listener]] = []

    records: deque[RequestRecord] = field(default_factory=lambda: deque(maxlen=_KEPT))
    listeners: list[Listener] = field(default_factory=list)

    @contextmanager
    def heard_by(self, listener: Listener) -> Iterator[None]:
        """Calls the listener within the context."""
        self.listeners.append(listener)
        try:
            yield
        finally:
            self.listeners.remove(listener)

    def add(self, record: RequestRecord) -> None:
        """Keeps a record, and tells the listeners."""
        self.records.append(record)
        if len(self.records) > ANSWERS_KEPT:
            self.records[-ANSWERS_KEPT - 1] = replace(self.records[-ANSWERS_KEPT - 1], answered=None)
        for listener in (*self.listeners, *self.everywhere):
            listener(record)
