"""A page of search results as one message, with buttons that need no memory."""

from collections.abc import Sequence
from dataclasses import dataclass

from cogs.cards import buttons
from cogs.cards.paper import authors_line, classifications_line, colour
from cogs.cards.text import clean, escape, fit, link
from papers.models import Paper, PaperKey, Payload
from papers.ports import Found, Sort, Turn

PAGE_SIZE = 5
_ENTRY_BULLET = 300
_TITLE_IN_ENTRY = 160

_TURNS = {
    Turn.FIRST: ("f", "⏮", "First"),
    Turn.PREVIOUS: ("p", "◀", "Previous"),
    Turn.NEXT: ("n", "▶", "Next"),
    Turn.LAST: ("l", "⏭", "Last"),
}
_SORTS = {Sort.NEWEST: "n", Sort.RELEVANCE: "r"}
_STORED = "#"
_INLINE = "="

CUSTOM_ID = r"page:(?P<turn>[fpnl]):(?P<anchor>\d*):(?P<sort>[nr]):(?P<query>[=#].*)"
"""What a page button's custom id looks like."""

WANT_ID = r"want:(?P<query>[=#].*)"
"""What the custom id of the button that subscribes to a search looks like."""


@dataclass(frozen=True)
class PageRequest:
    """What a page button asks for.

    `query` is the query's own text, or where `stored` the id it is kept under.
    """

    turn: Turn
    anchor: PaperKey | None
    sort: Sort
    query: str
    stored: bool


def room_for_query() -> int:
    """How long a query's text may be to stand in a button itself."""
    longest_key = 13
    return buttons.CUSTOM_ID_LIMIT - len(f"page:f:{'0' * longest_key}:n:=")


def page_id(request: PageRequest) -> str:
    """The custom id of the button that asks for a page."""
    mark = _STORED if request.stored else _INLINE
    anchor = "" if request.anchor is None else request.anchor
    return f"page:{_TURNS[request.turn][0]}:{anchor}:{_SORTS[request.sort]}:{mark}{request.query}"


def read_page_id(turn: str, anchor: str, sort: str, query: str) -> PageRequest:
    """Reads the groups of `CUSTOM_ID` back."""
    return PageRequest(
        turn=next(key for key, value in _TURNS.items() if value[0] == turn),
        anchor=int(anchor) if anchor else None,
        sort=next(key for key, value in _SORTS.items() if value == sort),
        query=query[1:],
        stored=query.startswith(_STORED),
    )


@dataclass(frozen=True)
class WantRequest:
    """What is to be subscribed to: a query's own text, or where `stored` the id it is kept under."""

    query: str
    stored: bool


def read_want_id(query: str) -> WantRequest:
    """Reads the group of `WANT_ID` back."""
    return WantRequest(query=query[1:], stored=query.startswith(_STORED))


def wanting(asked: PageRequest) -> buttons.Component:
    """The row with the button that subscribes to what was asked for."""
    mark = _STORED if asked.stored else _INLINE
    return buttons.row(buttons.button(f"want:{mark}{asked.query}", "Subscribe to this", emoji="🔔"))


def results(
    found: Found,
    *,
    heading: str,
    sort: Sort,
    query: str,
    stored: bool,
    rows: Sequence[buttons.Component] = (),
) -> Payload:
    """The message for a page of results that has at least one.

    Args:
        found: the page.
        heading: what was asked for, not escaped.
        sort: its order.
        query: for the buttons, the query's text or the id it is kept under.
        stored: whether it is an id.
        rows: what stands under the buttons that turn pages.
    """
    embed = {
        "title": fit(heading, 256),
        "description": "\n\n".join(_entry(paper) for paper in found.papers),
        "color": colour(found.papers[0]),
        "footer": {"text": _position(found, sort)},
    }
    turns = [_turn(found, turn, sort, query, stored=stored) for turn in _TURNS]
    turning = [buttons.row(*turns)] if found.before or found.more else []
    return buttons.message([embed], buttons.row(buttons.paper_menu(found.papers)), *turning, *rows)


def nothing(heading: str, suggestions: Sequence[str], *rows: buttons.Component) -> Payload:
    """The message where a query found nothing, with what comes nearest."""
    text = "Nothing found."
    if suggestions:
        text += " Did you mean " + " or ".join(f"**{escape(clean(item))}**" for item in suggestions) + "?"
    embed = {"title": fit(heading, 256), "description": text}
    return buttons.message([embed], *rows)


def _turn(found: Found, turn: Turn, sort: Sort, query: str, *, stored: bool) -> buttons.Component:
    _, emoji, label = _TURNS[turn]
    backwards = turn in {Turn.FIRST, Turn.PREVIOUS}
    end = found.papers[0] if backwards else found.papers[-1]
    anchor = end.key if turn in {Turn.NEXT, Turn.PREVIOUS} else None
    asked = PageRequest(turn=turn, anchor=anchor, sort=sort, query=query, stored=stored)
    useless = not (found.before if backwards else found.more)
    return buttons.button(page_id(asked), label, emoji=emoji, disabled=useless)


def _entry(paper: Paper) -> str:
    lines = [f"**{link(fit(paper.title, _TITLE_IN_ENTRY) or paper.arxiv_id, paper.url)}**"]
    if authors := authors_line(paper.authors, 120):
        lines.append(f"*{authors}*")
    if bullet := next(filter(None, map(clean, paper.bullets)), ""):
        lines.append(fit(bullet, _ENTRY_BULLET))
    about = [f"{paper.day}", classifications_line(paper, 120)]
    lines.append("-# " + " · ".join(filter(None, about)))
    return "\n".join(lines)


def _position(found: Found, sort: Sort) -> str:
    first = found.before + 1
    total = f"{found.total:,}+" if found.capped else f"{found.total:,}"
    order = "newest first" if sort is Sort.NEWEST else "best first"
    return f"{first:,}–{first + len(found.papers) - 1:,} of {total} · {order}"
