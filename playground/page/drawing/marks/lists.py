"""Lists: `- `, `* ` or `1. ` before each item; what is indented belongs to the item above, lists in lists too."""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from playground.page.drawing.marks.reading import add, apart, at_line_start

_ITEM = re.compile(r"( *)([*-]|\d{1,9}\.) +(?=\S)")


def plugin(md: MarkdownIt) -> None:
    """Adds lists."""
    add(md, "list_lines", _list)


def _list(state: StateInline) -> bool:
    first = _ITEM.match(state.src, state.pos, state.posMax) if at_line_start(state) else None
    if first is None:
        return False
    lines = state.src[state.pos : state.posMax].split("\n")
    lines = lines[: _length(lines, first[1])]
    ordered = first[2][0].isdigit()
    opened = state.push("list_open", "ol" if ordered else "ul", 1)
    if ordered:
        opened.attrSet("start", first[2].rstrip("."))
    for item in _items(lines, first[1]):
        state.push("item_open", "li", 1)
        apart(state, item)
        state.push("item_close", "li", -1)
    state.push("list_close", opened.tag, -1)
    state.pos = min(state.pos + sum(len(line) + 1 for line in lines), state.posMax)
    return True


def _length(lines: list[str], indent: str) -> int:
    """How many lines belong to the list that begins at the first; blank ones only where it goes on after them."""
    length = 0
    for number, line in enumerate(lines):
        if line and not line.startswith(" ") and not _begins(line, indent):
            break
        if line.strip():
            length = number + 1
    return length


def _items(lines: list[str], indent: str) -> Iterator[str]:
    """The text of each item, without its mark and as far to the left as it."""
    item: list[str] = []
    for line in lines:
        if mark := _begins(line, indent):
            if item:
                yield "\n".join(item)
            item, width = [line[mark.end() :]], len(indent) + len(mark[2]) + 1
        else:
            item.append(line[min(width, len(line) - len(line.lstrip(" "))) :])
    yield "\n".join(item)


def _begins(line: str, indent: str) -> re.Match[str] | None:
    mark = _ITEM.match(line)
    return mark if mark is not None and mark[1] == indent else None
