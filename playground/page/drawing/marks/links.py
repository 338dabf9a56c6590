"""Links: `[text](https://…)`, `<https://…>`, and addresses as they stand in the text."""

import re
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from playground.page.drawing.marks.reading import add, wrap

_TARGET = re.compile(
    r"""\(\s*<?(https?://(?:\([^\s()<>]*\)|[^\s()<>])+)>?(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)""", re.IGNORECASE
)
_BRACKETED = re.compile(r"<(https?://[^\s<>]+)>", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_SCHEME = re.compile(r"(?<![0-9A-Za-z])https?\Z", re.IGNORECASE)


def plugin(md: MarkdownIt) -> None:
    """Adds links, to http and https alone; what names an address is no text of a link, so that none lies in another."""
    add(md, "masked_link", _masked)
    add(md, "bracketed_link", _bracketed)
    add(md, "bare_link", _bare)


def _masked(state: StateInline) -> bool:
    if state.src[state.pos] != "[":
        return False
    close = _closing_brackets(state.src).get(state.pos, -1)
    target = _TARGET.match(state.src, close + 1, state.posMax) if close > state.pos + 1 else None
    if target is None or _ADDRESS.search(state.src, state.pos, close):
        return False
    state.linkLevel += 1
    wrap(state, ("link", "a"), (state.pos + 1, close), target.end(), _attrs(state, target[1]))
    state.linkLevel -= 1
    return True


@lru_cache(maxsize=8)
def _closing_brackets(text: str) -> dict[int, int]:
    """Where each bracket closes that does."""
    open_at: list[int] = []
    closing = {}
    for found in re.finditer(r"\\.|[\[\]]", text, re.DOTALL):
        if found[0] == "[":
            open_at.append(found.start())
        elif found[0] == "]" and open_at:
            closing[open_at.pop()] = found.start()
    return closing


def _bracketed(state: StateInline) -> bool:
    found = _BRACKETED.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    _plain(state, found[1], found.end())
    return True


def _bare(state: StateInline) -> bool:
    if state.md.linkify is None or not state.src.startswith("://", state.pos):
        return False
    scheme = _SCHEME.search(state.pending)
    if scheme is None:
        return False
    start = state.pos - len(scheme[0])
    found = state.md.linkify.match_at_start(state.src[start : state.posMax])
    if found is None:
        return False
    state.pending = state.pending[: scheme.start()]
    _plain(state, found.raw, start + found.last_index)
    return True


def _plain(state: StateInline, address: str, after: int) -> None:
    """A link that shows its own address."""
    state.push("link_open", "a", 1).attrs = _attrs(state, address)
    state.push("text", "", 0).content = address
    state.push("link_close", "a", -1)
    state.pos = after


def _attrs(state: StateInline, url: str) -> dict[str, str | int | float]:
    return {"href": state.md.normalizeLink(url), "rel": "noopener noreferrer nofollow", "target": "_blank"}
