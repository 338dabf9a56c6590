"""Making what a paper looks like once, however many channels it goes to."""

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

from papers.models import Paper

_REMEMBERED = 512
"""How many papers: those of a busy week, in a few languages."""

MadeT = TypeVar("MadeT")


class _Alike:
    """A paper as a key: equal where everything that is known of the papers is."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper

    def __hash__(self) -> int:
        return hash(self.paper.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Alike) and (self.paper is other.paper or self.paper == other.paper)


def remembering(make: Callable[[Paper], MadeT]) -> Callable[[Paper], MadeT]:
    """What is made of a paper, made anew only where something about it differs; nobody may change it."""

    @lru_cache(maxsize=_REMEMBERED)
    def made(key: _Alike) -> MadeT:
        return make(key.paper)

    return lambda paper: made(_Alike(paper))
