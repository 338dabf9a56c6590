"""Quotes: `> ` before each line, `>>> ` for all that follows. A quote holds no quote."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from playground.page.drawing.marks.reading import add, apart, at_line_start

_REST = re.compile(r" *>>> (.+)", re.DOTALL)
_LINES = re.compile(r"(?: *> [^\n]*(?:\n|\Z))+")
_MARK = re.compile(r"^ *> ", re.MULTILINE)


def plugin(md: MarkdownIt) -> None:
    """Adds quotes."""
    add(md, "quote", _quote)


def _quote(state: StateInline) -> bool:
    if state.env.get("quoted") or not at_line_start(state):
        return False
    if found := _REST.match(state.src, state.pos, state.posMax):
        text = found[1]
    elif found := _LINES.match(state.src, state.pos, state.posMax):
        text = _MARK.sub("", found[0]).removesuffix("\n")
    else:
        return False
    state.push("quote_open", "blockquote", 1)
    state.env["quoted"] = True
    apart(state, text)
    state.env["quoted"] = False
    state.push("quote_close", "blockquote", -1)
    state.pos = found.end()
    return True
