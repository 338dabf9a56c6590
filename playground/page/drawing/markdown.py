"""Discord's Markdown as HTML.

What Discord does not know stays as it was typed: pictures, tables, HTML, entities, rulers, headings by underlines, links by
reference. Known to differ: the syntax of code is not coloured, and `:smile:` stays, as it does when a bot sends it.
"""

from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from playground.page.drawing.cleaning import clean
from playground.page.drawing.marks import (
    code,
    emphasis,
    escapes,
    lines,
    links,
    lists,
    mentions,
    quotes,
    times,
    words,
)
from playground.page.drawing.marks.mentions import Names

_DEEPEST = 40
"""Elements in elements; Discord ends lists in lists at 11, each of which is two."""


def _reader(*parts: Callable[[MarkdownIt], None]) -> MarkdownIt:
    md = MarkdownIt("zero", {"maxNesting": _DEEPEST, "linkify": True})
    for part in (words.plugin, *parts):
        md.use(part)
    return md


_FULL = _reader(
    quotes.plugin,
    lists.plugin,
    lines.plugin,
    escapes.plugin,
    code.plugin,
    emphasis.plugin,
    links.plugin,
    times.plugin,
    mentions.plugin,
)
_INLINE = _reader(escapes.plugin, code.ticks, emphasis.plugin, times.plugin, mentions.emoji)


def render(text: str, names: Names) -> Markup:
    """A text with all its marks.

    Args:
        text: what somebody or some bot wrote, however hostile.
        names: what mentions are called.
    """
    return _render(_FULL, text, names)


def render_title(text: str, names: Names) -> Markup:
    """A title, in which Discord knows marks within a line, but no links and no mentions."""
    return _render(_INLINE, text, names)


def tokens(text: str, names: Names) -> list[Token]:
    """The text as markdown-it's inline tokens, marks opened and closed."""
    return _FULL.parseInline(_whole(text), {"names": names})[0].children or []


def _render(md: MarkdownIt, text: str, names: Names) -> Markup:
    return Markup(clean(md.renderInline(_whole(text), {"names": names})))  # noqa: S704 - cleaned right here


def _whole(text: str) -> str:
    """The text without halves of characters, which no encoding can write."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
