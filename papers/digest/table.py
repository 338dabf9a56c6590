"""The digest's Markdown, taken apart into days and rows; what the cells say is not looked at here."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from papers.digest.cells import split_row

THREE_COLUMNS = ("Title", "Authors", "Summary")
SIX_COLUMNS = (*THREE_COLUMNS, "Classification", "GitHub URLs", "HuggingFace URLs")

_LAYOUTS = {tuple(name.lower() for name in columns): columns for columns in (SIX_COLUMNS, THREE_COLUMNS)}
_LINE_END = re.compile(r"\r\n?|\n")
_HEADING = re.compile(r"#{1,6}\s")
_DAY_HEADING = re.compile(r"#{1,6}\s+Papers for\b(.*)", re.IGNORECASE)
_DELIMITER = re.compile(r"\|(?=[\s:|]*-)[\s:|-]*")
_CLOSED = re.compile(r"(?<!\\)\|\s*$")


@dataclass(frozen=True)
class DayHeading:
    """`## Papers for …`: what follows those words, and its line."""

    line: int
    day: str


@dataclass(frozen=True)
class Header:
    """A table begins."""

    line: int


@dataclass(frozen=True)
class Row:
    """A row of a table: its first line, the columns of its table, its cells as they are written."""

    line: int
    columns: tuple[str, ...]
    cells: list[str]


@dataclass(frozen=True)
class Stray:
    """A line inside a table that belongs to no row."""

    line: int


@dataclass
class _Scanner:
    columns: tuple[str, ...] = ()
    row: list[str] = field(default_factory=list)
    row_line: int = 0
    in_table: bool = False

    def close_row(self) -> Iterator[Row]:
        if self.row:
            yield Row(self.row_line, self.columns, split_row("\n".join(self.row)))
            self.row = []

    def take(self, line: int, text: str) -> Iterator[DayHeading | Header | Row | Stray]:
        bare = text.strip()
        if not bare or _HEADING.match(bare):
            yield from self.close_row()
            yield from self._heading(line, bare)
        elif bare.startswith("|"):
            yield from self.close_row()
            yield from self._piped(line, bare)
        elif self.row:
            self.row.append(bare)
        elif self.in_table:
            yield Stray(line)
        if self._complete():
            yield from self.close_row()

    def _heading(self, line: int, bare: str) -> Iterator[DayHeading]:
        self.in_table = False
        if bare:
            self.columns = ()
        if match := _DAY_HEADING.match(bare):
            yield DayHeading(line, match[1].strip())

    def _piped(self, line: int, bare: str) -> Iterator[Header]:
        if columns := _LAYOUTS.get(tuple(cell.lower() for cell in split_row(bare))):
            self.columns, self.in_table = columns, True
            yield Header(line)
        elif self.columns and not _DELIMITER.fullmatch(bare):
            self.row, self.row_line, self.in_table = [bare], line, True

    def _complete(self) -> bool:
        if not self.row or not _CLOSED.search(self.row[-1]):
            return False
        return len(split_row("\n".join(self.row))) >= len(self.columns)


def scan(text: str) -> Iterator[DayHeading | Header | Row | Stray]:
    """Takes a digest apart.

    A row begins with a pipe at the start of a line and ends when its cells are complete, which may be lines
    later; the next row, a heading, an empty line or the end of the text end it as well.

    Args:
        text: Markdown with tables of the six or the three columns, and anything else around them.

    Yields:
        Headings of days, starts of tables, rows (with too few or too many cells where they are damaged) and
        stray lines, in their order; lines count from 1.
    """
    scanner = _Scanner()
    for line, content in enumerate(_LINE_END.split(text), 1):
        yield from scanner.take(line, content)
    yield from scanner.close_row()
