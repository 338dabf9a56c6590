"""Reading a paper with all that is known of it: what is new then, and what of it makes others look again."""

from collections.abc import Iterable

from papers.models import Announcement, Paper, Statement
from papers.ports import Reader
from papers.precedence import news, together
from papers.tokens import tokenise


def read_anew(reader: Reader, item: Announcement, known: Iterable[Statement]) -> Announcement:
    """Reads a paper of which something more is said.

    Args:
        reader: who reads.
        item: the paper with what is said of it now.
        known: what was said of it before.

    Returns:
        The paper with what is new of it: of what is said now, and of what is read from all of it.
    """
    before = tuple(known)
    told = item.model_copy(update={"statements": together(before, item.statements)})
    read = reader.read(told)
    return read.model_copy(update={"statements": news(before, read.statements)})


def wording(paper: Paper) -> tuple[list[str], list[str]]:
    """The words of title and abstract, which others read: sources break lines differently, and that changes nothing."""
    return tokenise(paper.title), tokenise(paper.abstract or "")
