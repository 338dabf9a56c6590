"""A backslash: what follows it is no mark."""

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from playground.page.drawing.marks.reading import add


def plugin(md: MarkdownIt) -> None:
    """Adds escapes: anything but ASCII letters and digits and space."""
    add(md, "escape_any", _escape)


def _escape(state: StateInline) -> bool:
    if state.src[state.pos] != "\\" or state.pos + 1 >= state.posMax:
        return False
    escaped = state.src[state.pos + 1]
    if escaped.isspace() or (escaped.isascii() and escaped.isalnum()):
        return False
    state.append_pending(escaped)
    state.pos += 2
    return True
