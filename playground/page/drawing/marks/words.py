"""What is no mark: the text up to the next character that could begin one."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

_WORDS = re.compile(r"[^\n\\`*_~|\[<:@]+")


def plugin(md: MarkdownIt) -> None:
    """Reads text no further than the mark around it; markdown-it's own rule goes on to the next special character."""
    md.inline.ruler.at("text", lambda state, _: _words(state))


def _words(state: StateInline) -> bool:
    found = _WORDS.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    state.append_pending(found[0])
    state.pos = found.end()
    return True
