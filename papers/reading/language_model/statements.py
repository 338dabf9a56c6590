"""What a language model says of a paper: its statement, found and made anew."""

from papers.models import Announcement, Origin, Paper, Statement
from papers.precedence import resolve
from papers.reading.language_model.checks import PaperText


def text_of(paper: Announcement) -> PaperText | None:
    """Title and abstract as people see them; None without an abstract, for then there is nothing to read."""
    seen: Paper = resolve(0, paper.arxiv_id, paper.statements)
    return PaperText(seen.title, seen.abstract) if seen.abstract else None


def said_before(paper: Announcement, maker: str) -> Statement:
    """What the model said of the paper so far; where it said nothing, an empty statement of it."""
    said = [statement for statement in paper.statements if statement.origin is Origin.LANGUAGE_MODEL]
    return said[-1] if said else Statement(origin=Origin.LANGUAGE_MODEL, maker=maker)


def changed(before: Statement, after: Statement) -> tuple[Statement, ...]:
    """The new statement, where it says anything else than the one before."""
    return () if before == after else (after,)
