"""One row of a digest, understood."""

import ast
import re
from collections.abc import Sequence
from datetime import date

from papers.digest import bullets
from papers.digest.cells import plain
from papers.digest.table import SIX_COLUMNS, Row
from papers.links import ARXIV_ID, recognise
from papers.models import Announcement, Classification, Link, Origin, Statement
from papers.taxonomy import canonical
from papers.text import normalise

_PAPER = re.compile(
    rf"(?:arxiv\.org/(?:abs|pdf|html)|(?:huggingface|hf)\.co/papers)/(?P<id>{ARXIV_ID})(?:v\d+)?(?:\.pdf)?/?$"
)
_LINK = re.compile(r"\]\(([^()]*)\)")
_LINKED_TITLE = re.compile(r"\[(?P<title>.*)\]\([^()]*\)", re.DOTALL)
_READ_MORE = re.compile(r"(?P<title>.*?)\(\s*Read more on\s.*", re.DOTALL)


class UnreadableRowError(Exception):
    """Why a row cannot be read, as the rest of a sentence about it."""


def understand(row: Row, day: date) -> Announcement:
    """Reads a row.

    Raises:
        UnreadableRowError: cells are missing, the title does not lead to a paper on arXiv, or the
            classifications are no list.
    """
    cells = _fit(row)
    title, authors, summary = cells[:3]
    listed, github, hub = cells[3:] if row.columns == SIX_COLUMNS else (None, "", "")
    statement = Statement(
        origin=Origin.DIGEST,
        day=day,
        title=_title(title) or None,
        authors=_authors(authors),
        bullets=bullets.split(summary),
        classifications=None if listed is None else _classifications(listed),
        links=None if listed is None else _links(github + hub),
    )
    return Announcement(arxiv_id=_arxiv_id(title), statements=(statement,))


def unknown_names(announcement: Announcement) -> list[str]:
    """Its classifications that the taxonomy does not have."""
    told = (statement.classifications or () for statement in announcement.statements)
    return [item.name for items in told for item in items if canonical(item.name) is None]


def _fit(row: Row) -> Sequence[str]:
    """The cells of the row's columns, where pipes inside title or summary made too many."""
    surplus = len(row.cells) - len(row.columns)
    if surplus < 0:
        raise UnreadableRowError(f"it has {len(row.cells)} of {len(row.columns)} cells")
    counts = range(1, surplus + 2)
    titled = next((count for count in counts if _LINK.search(row.cells[count - 1])), 1)
    trailing = len(row.cells) - (len(row.columns) - 3)
    title = " | ".join(row.cells[:titled])
    summary = " | ".join(row.cells[titled + 1 : trailing])
    return title, row.cells[titled], summary, *row.cells[trailing:]


def _arxiv_id(cell: str) -> str:
    found = (_PAPER.search(url.strip(" \n<>")) for url in _LINK.findall(cell))
    match = next(filter(None, found), None)
    if match is None:
        raise UnreadableRowError("its title holds no link to a paper on arXiv")
    return match["id"]


def _title(cell: str) -> str:
    match = _LINKED_TITLE.fullmatch(cell) or _READ_MORE.fullmatch(cell)
    return normalise(plain(match["title"] if match else cell))


def _authors(cell: str) -> tuple[str, ...]:
    names = (normalise(plain(name)) for name in cell.split(","))
    return tuple(filter(None, names))


def _classifications(cell: str) -> tuple[Classification, ...]:
    written = plain(cell)
    if written in ("", "N/A"):
        return ()
    try:
        names = ast.literal_eval(written)
    except (ValueError, SyntaxError, MemoryError, RecursionError) as error:
        raise UnreadableRowError("its classifications are not a list of names in quotes") from error
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise UnreadableRowError("its classifications are not a list of names in quotes")
    return tuple(Classification(name=canonical(name) or normalise(name)) for name in names)


def _links(cells: str) -> tuple[Link, ...]:
    urls = ("".join(url.split()) for url in _LINK.findall(cells))
    links = (recognise(url) for url in urls)
    return tuple(dict.fromkeys(link for link in links if link is not None))
