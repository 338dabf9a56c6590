"""Mentions of people, roles, channels, commands and everybody, and emoji of a server's own."""

import re
from collections.abc import Callable
from typing import Protocol

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from playground.page.drawing.marks.reading import add, leaf


class Names(Protocol):
    """What mentions are called; None where somebody or something is unknown to who reads."""

    def user(self, user_id: int) -> str | None:
        """The name of a user."""

    def role(self, role_id: int) -> str | None:
        """The name of a role."""

    def channel(self, channel_id: int) -> str | None:
        """The name of a channel or thread."""


_MENTION = re.compile(r"<(@!?|@&|#)(\d{1,20})>", re.ASCII)
_COMMAND = re.compile(r"<(/[-_\w']{1,32}(?: [-_\w']{1,32}){0,2}):\d{1,20}>")
_EVERYBODY = re.compile(r"@(?:everyone|here)(?!\w)")
_EMOJI = re.compile(r"<a?(:\w{2,32}:)\d{1,20}>", re.ASCII)
_UNKNOWN = {"@": "@unknown-user", "@&": "@unknown-role", "#": "#unknown"}


def plugin(md: MarkdownIt) -> None:
    """Adds mentions."""
    add(md, "mention_id", _mention)
    add(md, "mention_command", _as_typed(_COMMAND, "mention"))
    add(md, "mention_everybody", _as_typed(_EVERYBODY, "mention"))
    md.add_render_rule("mention", _render)
    emoji(md)


def emoji(md: MarkdownIt) -> None:
    """Adds emoji alone."""
    add(md, "emoji", _as_typed(_EMOJI, "emoji"))
    md.add_render_rule("emoji", _render)


def _mention(state: StateInline) -> bool:
    found = _MENTION.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    mark, number, names = found[1].rstrip("!"), int(found[2]), state.env["names"]
    look_up: Callable[[int], str | None] = {"@": names.user, "@&": names.role, "#": names.channel}[mark]
    name = look_up(number)
    content = _UNKNOWN[mark] if name is None else mark[0] + name.removeprefix("@")
    token = leaf(state, ("mention", "span"), content, found.end())
    if mark == "#" and name is not None and not state.linkLevel:
        token.tag, token.attrs = "a", {"href": f"#/c/{number}"}
    return True


def _as_typed(pattern: re.Pattern[str], kind: str) -> Callable[[StateInline], bool]:
    def rule(state: StateInline) -> bool:
        found = pattern.match(state.src, state.pos, state.posMax)
        if found is None:
            return False
        leaf(state, (kind, "span"), found[found.lastindex or 0], found.end())
        return True

    return rule


def _render(renderer: RendererHTML, tokens: list[Token], index: int, *_others: object) -> str:
    token = tokens[index]
    attrs = renderer.renderAttrs(token)
    return f'<{token.tag} class="{token.type}" dir="auto"{attrs}>{escapeHtml(token.content)}</{token.tag}>'
