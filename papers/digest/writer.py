"""Writes digests."""

from collections.abc import Iterable, Sequence
from datetime import date
from urllib.parse import quote

from papers.digest import bullets
from papers.digest.cells import escape, escape_item
from papers.digest.table import SIX_COLUMNS
from papers.links import recognise
from papers.models import Link, LinkKind, Paper
from papers.text import normalise


def write(day: date, papers: Sequence[Paper]) -> str:
    """Writes a day's digest.

    Args:
        day: the day, for the heading.
        papers: its papers, in the order of the table.

    Returns:
        Markdown: a heading and the six-column table, one line a paper. Every renderer of CommonMark with
        GitHub's tables shows the papers' own text, whatever it holds, and `reader.read` gives it back. Only
        links to code (on GitHub and elsewhere) and on the Hugging Face hub have a column.
    """
    lines = [f"## Papers for {day.isoformat()}", "", _line(SIX_COLUMNS), _line(["---"] * len(SIX_COLUMNS))]
    return "\n".join([*lines, *(_line(_cells(paper)) for paper in papers), ""])


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cells(paper: Paper) -> list[str]:
    links = [link for link in (recognise(link.url) for link in paper.links) if link is not None]
    return [
        f"[{escape(paper.title)}]({quote(paper.url, safe=':/')})",
        ", ".join(filter(None, map(escape_item, paper.authors))),
        bullets.join(paper.bullets),
        _classifications(paper),
        _links(link for link in links if link.kind is LinkKind.CODE),
        _links(link for link in links if link.kind is not LinkKind.CODE),
    ]


def _classifications(paper: Paper) -> str:
    names = (escape(repr(normalise(item.name))) for item in paper.classifications)
    return f"[{', '.join(names)}]"


def _links(links: Iterable[Link]) -> str:
    return ", ".join(f"[Link]({link.url})" for link in links) or "N/A"
