"""Moments: `<t:1543392060>`, `<t:1543392060:R>`. A number outside the calendar stays text."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from playground.page.drawing import times
from playground.page.drawing.marks.reading import add, leaf

_MOMENT = re.compile(rf"<t:(-?\d{{1,12}})(?::([{''.join(times.STYLES)}]))?>", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def plugin(md: MarkdownIt) -> None:
    """Adds moments."""
    add(md, "moment", _moment)
    md.add_render_rule("moment", _render)


def _moment(state: StateInline) -> bool:
    found = _MOMENT.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    try:
        moment = _EPOCH + timedelta(seconds=int(found[1]))
    except OverflowError:
        return False
    style = found[2] or times.PLAIN
    token = leaf(state, ("moment", "time"), times.in_words(moment, style), found.end())
    token.meta = {"moment": moment, "style": style}
    return True


def _render(_: RendererHTML, tokens: Sequence[Token], index: int, *_others: object) -> str:
    meta = tokens[index].meta
    return str(times.shown(meta["moment"], meta["style"]))
