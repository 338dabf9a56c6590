"""Papers that arXiv told of lately."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from papers.models import Announcement


class Memory:
    """The papers told of last, as many as fit, each for a while."""

    def __init__(self, papers: int, *, fresh: timedelta) -> None:
        """Begins empty.

        Args:
            papers: how many are kept.
            fresh: for how long.
        """
        self._papers = papers
        self._fresh = fresh
        self._kept: OrderedDict[str, tuple[datetime, Announcement]] = OrderedDict()

    def recall(self, ids: Iterable[str], *, now: datetime) -> dict[str, Announcement]:
        """What is kept of papers."""
        found = {one: self._kept[one] for one in ids if one in self._kept}
        return {one: paper for one, (told, paper) in found.items() if now - told < self._fresh}

    def keep(self, papers: Mapping[str, Announcement], *, now: datetime) -> None:
        """Keeps papers, in place of what was told of them before."""
        for one, paper in papers.items():
            self._kept[one] = (now, paper)
            self._kept.move_to_end(one)
        while len(self._kept) > self._papers:
            self._kept.popitem(last=False)
