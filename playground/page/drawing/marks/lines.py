"""Line breaks, which Discord keeps, and the marks that take a whole line: headings and small text."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from playground.page.drawing.marks.reading import add, at_line_start, wrap

_HEADING = re.compile(r" *(#{1,3})[ \t]+(?!#)([^\n]*[^\n#\s])[ \t]*#*[ \t]*(?:\n|\Z)")
_SUBTEXT = re.compile(r" *-#[ \t]+([^\n]*\S)[ \t]*(?:\n|\Z)")


def plugin(md: MarkdownIt) -> None:
    """Adds line breaks, three sizes of headings and small text."""
    add(md, "heading_line", _heading)
    add(md, "subtext", _subtext)
    add(md, "line_break", _line_break)


def _heading(state: StateInline) -> bool:
    found = _HEADING.match(state.src, state.pos, state.posMax) if at_line_start(state) else None
    if found is None:
        return False
    wrap(state, ("heading", f"h{len(found[1])}"), found.span(2), found.end())
    return True


def _subtext(state: StateInline) -> bool:
    found = _SUBTEXT.match(state.src, state.pos, state.posMax) if at_line_start(state) else None
    if found is None:
        return False
    wrap(state, ("subtext", "small"), found.span(1), found.end(), {"class": "subtext"})
    return True


def _line_break(state: StateInline) -> bool:
    if state.src[state.pos] != "\n":
        return False
    state.push("line_break", "br", 0)
    state.pos += 1
    return True
