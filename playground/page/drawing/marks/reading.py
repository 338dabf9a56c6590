"""What every mark needs: how a rule is added, and how the text within a mark is read."""

from collections.abc import Callable, Mapping

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

Rule = Callable[[StateInline], bool]
"""Tries to read a mark at `state.pos`, and says whether it did."""


def add(md: MarkdownIt, name: str, rule: Rule) -> None:
    """Adds a rule after those that were added before, and before plain text."""
    md.inline.ruler.before("text", name, lambda state, _: rule(state))


def within(state: StateInline, end: int, after: int) -> None:
    """Reads from `state.pos` to `end`, and goes on at `after`."""
    limit = state.posMax
    state.posMax = end
    state.md.inline.tokenize(state)
    state.pos, state.posMax = after, limit


def apart(state: StateInline, text: str) -> None:
    """Reads a text that stands in the source in another form, such as quoted lines without their marks."""
    inner = StateInline(text, state.md, state.env, state.tokens)
    inner.level, inner.linkLevel = state.level, state.linkLevel
    state.md.inline.tokenize(inner)


def wrap(
    state: StateInline,
    kind: tuple[str, str],
    span: tuple[int, int],
    after: int,
    attrs: Mapping[str, str | int | float] | None = None,
) -> None:
    """Reads a part of the source into an element.

    Args:
        state: where we are.
        kind: the name of the mark, and the element.
        span: where the part begins and ends.
        after: where to go on.
        attrs: attributes of the element.
    """
    name, tag = kind
    opened = state.push(f"{name}_open", tag, 1)
    opened.attrs.update(attrs or {})
    state.pos = span[0]
    within(state, span[1], after)
    state.push(f"{name}_close", tag, -1)


def leaf(state: StateInline, kind: tuple[str, str], content: str, after: int) -> Token:
    """Puts an element that holds only text, and goes on at `after`."""
    name, tag = kind
    token = state.push(name, tag, 0)
    token.content = content
    state.pos = after
    return token


def at_line_start(state: StateInline) -> bool:
    """Whether a line begins here."""
    return state.pos == 0 or state.src[state.pos - 1] == "\n"
