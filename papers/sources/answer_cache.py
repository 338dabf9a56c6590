"""Answers that are kept, to ask a server only whether they changed (RFC 9110, 13: conditional requests)."""

from collections import OrderedDict
from collections.abc import Mapping
from typing import Self

from papers.models import Model

_CONDITIONS = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}


class KeptAnswer(Model):
    """A body, and the headers of a request that asks for a newer one only."""

    body: bytes
    conditions: Mapping[str, str]

    @classmethod
    def of(cls, body: bytes, headers: Mapping[str, str]) -> Self:
        """What is to be kept of an answer with these headers."""
        conditions = {ask: headers[told] for told, ask in _CONDITIONS.items() if headers.get(told)}
        return cls(body=body, conditions=conditions)


class AnswerCache:
    """The answers used last, as many as limits allow."""

    def __init__(self, *, answers: int, size: int) -> None:
        """Begins empty.

        Args:
            answers: how many are kept.
            size: how many bytes their bodies may have together.
        """
        self._answers = answers
        self._size = size
        self._kept: OrderedDict[str, KeptAnswer] = OrderedDict()

    def get(self, url: str) -> KeptAnswer | None:
        """The answer that is kept of an address."""
        answer = self._kept.get(url)
        if answer is not None:
            self._kept.move_to_end(url)
        return answer

    def put(self, url: str, answer: KeptAnswer) -> None:
        """Keeps an answer in place of an older one, if it can be asked for with a condition and fits."""
        self._kept.pop(url, None)
        if not answer.conditions or len(answer.body) > self._size:
            return
        self._kept[url] = answer
        while len(self._kept) > self._answers or self._used() > self._size:
            self._kept.popitem(last=False)

    def _used(self) -> int:
        return sum(len(answer.body) for answer in self._kept.values())
