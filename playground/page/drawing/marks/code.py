"""Code, between backticks: in a line, or in a block of its own between three."""

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from playground.page.drawing.marks.reading import add, leaf

_FENCE = "```"
_LANGUAGE = re.compile(r"([\w+\-.#]+)\n", re.ASCII)
_TICKS = re.compile("`+")
_PADDING = re.compile(r"^ (?= *`)|(` *) $")


def plugin(md: MarkdownIt) -> None:
    """Adds code."""
    add(md, "code_fence", _fence)
    md.add_render_rule("code_fence", _render_fence)
    ticks(md)


def ticks(md: MarkdownIt) -> None:
    """Adds code within a line alone."""
    add(md, "code_ticks", _ticks)


def _fence(state: StateInline) -> bool:
    start = state.pos + len(_FENCE)
    if not state.src.startswith(_FENCE, state.pos):
        return False
    end = state.src.find(_FENCE, start + 1, state.posMax)
    inner = state.src[start:end]
    if end < 0 or not inner.strip("\n"):
        return False
    language = _LANGUAGE.match(inner)
    if language is not None and not inner[language.end() :].strip("\n"):
        language = None
    content = inner if language is None else inner[language.end() :]
    token = leaf(state, ("code_fence", "pre"), content.strip("\n"), end + len(_FENCE))
    token.info = "" if language is None else language[1].lower()
    return True


def _ticks(state: StateInline) -> bool:
    opening = _TICKS.match(state.src, state.pos, state.posMax)
    if opening is None:
        return False
    for closing in _TICKS.finditer(state.src, opening.end(), state.posMax):
        if len(closing[0]) == len(opening[0]):
            content = state.src[opening.end() : closing.start()]
            leaf(state, ("code_inline", "code"), _PADDING.sub(r"\1", content), closing.end())
            return True
    state.append_pending(opening[0])
    state.pos = opening.end()
    return True


def _render_fence(_: RendererHTML, tokens: Sequence[Token], index: int, *_others: object) -> str:
    token = tokens[index]
    language = f' class="language-{escapeHtml(token.info)}"' if token.info else ""
    return f"<pre><code{language}>{escapeHtml(token.content)}</code></pre>"
