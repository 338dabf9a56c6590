"""Bold, italics, underline, strike-through and spoilers: a text between two equal marks."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from playground.page.drawing.marks.reading import add, wrap


@dataclass(frozen=True)
class _Pair:
    name: str
    tag: str
    pattern: re.Pattern[str]
    """The mark with what is in it, which is its last group that took part."""
    attrs: Mapping[str, str | int | float] = field(default_factory=dict)


_ANYTHING = r"((?:\\.|[^\\])+?)"
_STAR = r"\*(?=\S)((?:\*\*|\s+(?:[^*\s]|\*\*)|[^\s*])+?)\*(?!\*)"
_UNDERSCORE = r"_((?:__|\\.|[^\\_])+?)_(?![0-9A-Za-z_])"
_HIDDEN: Mapping[str, str | int | float] = {
    "class": "spoiler",
    "role": "button",
    "tabindex": "0",
    "aria-expanded": "false",
    "aria-label": "Spoiler, hidden",
}

_PAIRS = (
    _Pair("em", "em", re.compile(f"{_STAR}|{_UNDERSCORE}", re.DOTALL)),
    _Pair("strong", "strong", re.compile(rf"\*\*{_ANYTHING}\*\*(?!\*)", re.DOTALL)),
    _Pair("underline", "u", re.compile(rf"__{_ANYTHING}__(?!_)", re.DOTALL)),
    _Pair("strike", "s", re.compile(r"~~(.+?)~~(?!_)", re.DOTALL)),
    _Pair("spoiler", "span", re.compile(r"\|\|(.+?)\|\|", re.DOTALL), _HIDDEN),
)
"""Where several fit, the longest wins, and among equals the first: `***x***` is bold within italics."""

_MARKS = "*_~|"


def plugin(md: MarkdownIt) -> None:
    """Adds pairs of marks."""
    add(md, "pair", _pair)


def _pair(state: StateInline) -> bool:
    if state.src[state.pos] not in _MARKS:
        return False
    matches = [(pair, pair.pattern.match(state.src, state.pos, state.posMax)) for pair in _PAIRS]
    found = [(pair, match) for pair, match in matches if match is not None]
    if not found:
        return False
    pair, match = max(found, key=lambda each: each[1].end())
    wrap(state, (pair.name, pair.tag), match.span(match.lastindex or 0), match.end(), pair.attrs)
    return True
