"""Reads digests."""

import re
from datetime import date
from pathlib import PurePath

from papers.digest.row import UnreadableRowError, understand, unknown_names
from papers.digest.table import DayHeading, Header, Row, Stray, scan
from papers.errors import NotADigestError
from papers.models import Announcement, Answer, Problem

SOURCE = "digest"
"""The source's name in editions."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def read(text: str, *, file: str | None = None) -> tuple[Answer, ...]:
    """Reads a digest: six columns, or three.

    Args:
        text: Markdown; it may hold several days, each under its `## Papers for YYYY-MM-DD`.
        file: the file's name, for problems; its date counts where a heading has none.

    Returns:
        One answer a day, in the order of the text, each with at least a table, though it may be empty.
        Problems name file and line; an answer is not whole where a row could not be read. A classification
        that the taxonomy does not have is kept, and a paper that comes again the same day is passed over;
        both are said among the problems.

    Raises:
        NotADigestError: there is no table of a digest, or nothing says of which day it is.
    """
    reading = _Reading(file)
    for part in scan(text):
        match part:
            case DayHeading():
                reading.day = _as_day(part.day) or reading.day_of_file
            case Header():
                reading.begin_table(part.line)
            case Row():
                reading.add_row(part)
            case Stray():
                reading.add_problem(
                    part.line, "The line stands in the table and belongs to no row; it was left out."
                )
    if not reading.days:
        raise NotADigestError(
            f"{file or 'The text'} holds no digest: it has no table with the columns Title, Authors, Summary."
        )
    return tuple(day.answer() for day in reading.days.values())


class _Day:
    def __init__(self, day: date) -> None:
        self.day = day
        self.papers: dict[str, Announcement] = {}
        self.problems: list[Problem] = []
        self.whole = True

    def answer(self) -> Answer:
        return Answer(
            source=SOURCE,
            day=self.day,
            announcements=tuple(self.papers.values()),
            problems=tuple(self.problems),
            whole=self.whole,
        )


class _Reading:
    def __init__(self, file: str | None) -> None:
        self.file = file
        self.day_of_file = _as_day(PurePath(file).name) if file else None
        self.day = self.day_of_file
        self.days: dict[date, _Day] = {}

    def begin_table(self, line: int) -> None:
        if self.day is None:
            raise NotADigestError(
                f"{self.file or 'The text'}, line {line}: nothing says which day this is; "
                'put a heading "## Papers for YYYY-MM-DD" above the table.'
            )
        self.days.setdefault(self.day, _Day(self.day))

    def add_row(self, row: Row) -> None:
        current = self._current()
        try:
            paper = understand(row, current.day)
        except UnreadableRowError as error:
            self.add_problem(row.line, f"The row was left out: {error}.")
            return
        if paper.arxiv_id in current.papers:
            self._note(row.line, paper, "The paper stands in the table twice; its first row was kept.")
            return
        current.papers[paper.arxiv_id] = paper
        for name in unknown_names(paper):
            self._note(
                row.line, paper, f"The classification “{name}” is not among ours; it was kept as it is."
            )

    def add_problem(self, line: int, reason: str) -> None:
        """Notes that something of the table is missing in the answer."""
        current = self._current()
        current.whole = False
        current.problems.append(Problem(reason=reason, file=self.file, line=line))

    def _note(self, line: int, paper: Announcement, reason: str) -> None:
        note = Problem(reason=reason, file=self.file, line=line, item=paper.arxiv_id)
        self._current().problems.append(note)

    def _current(self) -> _Day:
        assert self.day is not None  # noqa: S101 - rows come after the header of their table
        return self.days[self.day]


def _as_day(text: str) -> date | None:
    match = _DAY.search(text)
    try:
        return date.fromisoformat(match[0]) if match else None
    except ValueError:
        return None
