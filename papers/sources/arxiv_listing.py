"""A day's list at arXiv, as far as it was read."""

from collections.abc import Mapping
from datetime import date

from papers.models import Announcement, Answer, Problem
from papers.sources.arxiv_feed import Feed

_MEMBERS = {"new", "cross"}
_NO_MEMBERS = {"replace", "replace-cross"}


class Listing:
    """The papers of a day, each once, in the order of the feed, those that only a search found behind them."""

    def __init__(self, source: str, day: date) -> None:
        """Begins empty.

        Args:
            source: whose list it is.
            day: which day's.
        """
        self._source = source
        self._day = day
        self._papers: dict[str, Announcement] = {}
        self._heard: set[str] = set()
        self._problems: list[Problem] = []
        self._whole = True

    @property
    def unheard(self) -> list[str]:
        """Papers that only the feed told of, by id."""
        return [one for one in self._papers if one not in self._heard]

    def miss(self, reason: str, item: str | None = None) -> None:
        """Something of the day is missing."""
        self._whole = False
        self.note(reason, item)

    def note(self, reason: str, item: str | None = None) -> None:
        """Something is not as it should be, and nothing of the day is missing for it."""
        self._problems.append(Problem(reason=reason, item=item))

    def announce(self, feed: Feed) -> None:
        """Takes in the feed: what is new or cross-listed belongs to the day, what was replaced does not."""
        self._miss_unreadable(feed)
        for entry in feed.entries:
            paper = entry.announcement
            if entry.announced_as in _MEMBERS:
                self._papers.setdefault(paper.arxiv_id, paper)
            elif entry.announced_as not in _NO_MEMBERS:
                self.miss("the feed does not say whether it is new", paper.arxiv_id)

    def find(self, page: Feed) -> set[str]:
        """Takes in a page of a search.

        Returns:
            The papers on it, by id.
        """
        self._miss_unreadable(page)
        papers = {entry.announcement.arxiv_id: entry.announcement for entry in page.entries}
        self.hear(papers)
        return set(papers)

    def hear(self, papers: Mapping[str, Announcement]) -> None:
        """Takes the API's words on papers, in place of the feed's."""
        self._papers.update(papers)
        self._heard.update(papers)

    def answer(self) -> Answer:
        """What is known of the day."""
        return Answer(
            source=self._source,
            day=self._day,
            announcements=tuple(self._papers.values()),
            problems=tuple(self._problems),
            whole=self._whole,
        )

    def _miss_unreadable(self, feed: Feed) -> None:
        for problem in feed.problems:
            self.miss(problem.reason, problem.item)
