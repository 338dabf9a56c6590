"""A message that tells of papers without showing them."""

from collections.abc import Sequence

from cogs.cards import buttons
from cogs.cards.paper import colour
from cogs.cards.text import fit, link, plain
from cogs.cards.wording import Words, days, heading
from papers.models import Paper, Payload

_NAMED = 10
_TITLE_IN_LIST = 120
_LONGEST_QUERY = 200


def headline(papers: Sequence[Paper], outbox_id: str, *, query: str, words: Words) -> Payload:
    """The message whose thread holds the papers: how many, of when, the first ones by name.

    Args:
        papers: at least one, best first.
        outbox_id: the one it carries.
        query: what they answer; empty for everything.
        words: what stands above.
    """
    listed = [f"{number}. {_named(paper)}" for number, paper in enumerate(papers[:_NAMED], start=1)]
    if len(papers) > _NAMED:
        listed.append(f"-# and {len(papers) - _NAMED} more in the thread")
    embed: dict[str, object] = {
        "title": heading(papers),
        "description": "\n".join(listed),
        "color": colour(papers[0]),
    }
    if query:
        embed["footer"] = {"text": fit(query, _LONGEST_QUERY, shown=plain)}
    return _with_menu([embed], papers, outbox_id, words)


def told(papers: Sequence[Paper], outbox_id: str, *, words: Words) -> Payload:
    """The message that tells of papers in its words alone."""
    return _with_menu([], papers, outbox_id, words)


def thread_name(papers: Sequence[Paper]) -> str:
    """What the thread of papers is called."""
    return f"Papers of {days(papers)}"


def _named(paper: Paper) -> str:
    return link(fit(paper.title, _TITLE_IN_LIST) or paper.arxiv_id, paper.url)


def _with_menu(
    embeds: Sequence[buttons.Embed], papers: Sequence[Paper], outbox_id: str, words: Words
) -> Payload:
    row = buttons.row(buttons.paper_menu(papers, outbox_id))
    return buttons.message(embeds, row, content=words.content, role_id=words.role_id)
