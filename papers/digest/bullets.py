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
_MARKS = {"•": re.compile(r"(?<!\S)•"), "*": re.compile(r"(?<!\S)\*(?=\s)")}
_DASHES = re.compile(rf"(?:(?<!\S)|({_SPACE}))(?:{_DASH})(?=\s|[^\W\d_]|[\"“']|$)")
_SENTENCE_END = re.compile(r"[.!?:;…。！？]['\"”’)\]*`]*$")
_NEAR = 32  # characters around a dash that tell what it is
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
    line = " ".join(part.strip() for part in cell.split("\n")).strip()
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


def _borders(line: str) -> Iterator[tuple[int, int]]:
    """Where each bullet's mark starts and where it ends."""
    first = _FIRST_MARK.match(line)
    begin = first.end() if first else 0
    yield 0, begin
    if first and first[0] in _MARKS:
        yield from (mark.span() for mark in _MARKS[first[0]].finditer(line, begin))
    else:
        yield from _at_dashes(line, begin, is_list=bool(first) or len(_DASH_AFTER_SENTENCE.findall(line)) > 1)


def _at_dashes(line: str, begin: int, *, is_list: bool) -> Iterator[tuple[int, int]]:
    seen = begin
    in_brackets = False
    for mark in _DASHES.finditer(line, begin):
        start, end = mark.span()
        in_brackets = _in_brackets(line[seen:start], before=in_brackets)
        seen = end
        before, after = line[max(begin, start - _NEAR) : start].rstrip(), line[end : end + _NEAR]
        if mark[1] or _ends(before) or (is_list and not in_brackets and _may_end(before, after)):
            begin, in_brackets = end, False
            yield start, end


def _in_brackets(text: str, *, before: bool) -> bool:
    opened, closed = text.rfind("("), text.rfind(")")
    return before if opened == closed else opened > closed


def _ends(before: str) -> bool:
    """Whether a bullet certainly ends here: a sentence does, or there was nothing yet."""
    return not before or _SENTENCE_END.search(before) is not None


def _may_end(before: str, after: str) -> bool:
    """Whether a bullet ends here if the cell is a list: the dash stands alone and joins no numbers."""
    in_range = before[-1].isdigit() and after.lstrip()[:1].isdigit()
    return after[:1].isspace() and not in_range


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
