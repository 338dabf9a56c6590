"""Bullets in one line: told apart where a line break was lost, and put together so that none is lost again.

Measured on the published digests: in a cell that begins with a mark, ` - ` begins a bullet unless it stands in
brackets or between two numbers. In a cell that begins without one it does after the end of a sentence; where
that happens twice, the cell is a list like the others.
"""

import re
from collections.abc import Iterator, Sequence

from papers.digest.cells import escape, hide, plain

_SPACE = "&#32;"  # before a dash: here a bullet begins, whatever stands around it
_DASH = r"\*\*-\*\*|\*\*-|\*-|-"
_FIRST_MARK = re.compile(rf"(?:{_DASH}|[•*])(?=\s|$)|-(?=[^\W\d_]|[\"“'])|•")
_MARKS = {"•": re.compile(r"(?<!\S)()•"), "*": re.compile(r"(?<!\S)()\*(?=\s)")}
_DASHES = re.compile(rf"(?:(?<!\S)|({_SPACE}))(?:{_DASH})(?=\s|[^\W\d_]|[\"“']|$)")
_SENTENCE_END = re.compile(r"[.!?:;…。！？]['\"”’)\]*`]*$")
_AHEAD = 8  # characters after a dash that tell whether a number follows
_DASH_AFTER_SENTENCE = re.compile(r"[.!?]['\"”’)*`]*\s+-\s")
_INNER_MARK = re.compile(r"(?<!\S)[-•]")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_LISTS = tuple(
    [rf"(?<![\w(]){re.escape(number + closing)}(?=\s)" for number in numbers]
    for numbers, closing in ((_ROMAN, ")"), ("abcdefghij", ")"), ([str(n) for n in range(1, 11)], "."))
)


def split(cell: str) -> tuple[str, ...]:
    """Tells the bullets of a Summary cell apart.

    Args:
        cell: the cell as it is written: `- a - b`, the publisher's other marks (`•`, `*`, `**-**`), a list
            counted `i) … ii) …`, or prose, which is one bullet.

    Returns:
        The bullets without marks; empty ones are left out.
    """
    line = re.sub(r"\s*\n\s*", " ", cell).strip()
    counted = _counted(line)
    borders = counted if len(counted) > 1 else [*_borders(line)]
    ends = [start for start, _ in borders[1:]] + [len(line)]
    bullets = (plain(line[begin:end]).strip() for (_, begin), end in zip(borders, ends, strict=True))
    return tuple(bullet for bullet in bullets if bullet)


def join(bullets: Sequence[str]) -> str:
    """Writes bullets as `- a - b`, so that any renderer shows them so and `split` gives them back."""
    written = [hide(_INNER_MARK, escape(bullet)) for bullet in bullets]
    cell = ""
    for bullet in filter(None, written):
        known = {start for start, _ in _borders(f"{cell} - {bullet}")}
        separator = " " if not cell or len(cell) + 1 in known else _SPACE
        cell = f"{cell}{separator}- {bullet}" if cell else f"- {bullet}"
    return cell


def _borders(cell: str) -> Iterator[tuple[int, int]]:
    """Where each bullet's mark starts and where it ends."""
    first = _FIRST_MARK.match(cell)
    begin = first.end() if first else 0
    yield 0, begin
    marks = _MARKS.get(first[0], _DASHES) if first else _DASHES
    is_list = first or len(_DASH_AFTER_SENTENCE.findall(cell)) > 1
    for mark in marks.finditer(cell, begin):
        before, after = cell[begin : mark.start()].rstrip(), cell[mark.end() : mark.end() + _AHEAD]
        if mark[1] or marks is not _DASHES or _ends(before) or (is_list and _may_end(before, after)):
            begin = mark.end()
            yield mark.start(), begin


def _ends(before: str) -> bool:
    """Whether a bullet certainly ends here: what came before is a whole sentence, or nothing."""
    return not before or _SENTENCE_END.search(before) is not None


def _may_end(before: str, after: str) -> bool:
    """Whether a bullet ends here if the cell is a list: the dash neither joins numbers nor stands in brackets."""
    in_brackets = before.rfind("(") > before.rfind(")")
    in_range = before[-1:].isdigit() and after.lstrip()[:1].isdigit()
    return after[:1].isspace() and not in_brackets and not in_range


def _counted(cell: str) -> list[tuple[int, int]]:
    for marks in _LISTS:
        if re.match(marks[0], cell):
            return [*_in_sequence(cell, marks)]
    return []


def _in_sequence(cell: str, marks: Sequence[str]) -> Iterator[tuple[int, int]]:
    position = 0
    for mark in marks:
        match = re.compile(mark).search(cell, position)
        if match is None:
            return
        position = match.end()
        yield match.start(), position
