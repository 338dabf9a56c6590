"""Posts in a forum: a name, tags, and a first message."""

from collections.abc import Sequence

from cogs.cards.text import count_of, fit, plain
from papers import taxonomy
from papers.models import Paper, Payload

NAME_LIMIT = 100
"""How long the name of a thread or post may be."""


def post(paper: Paper, message: Payload) -> Payload:
    """The post of a paper: its title, which is no Markdown there, and the names that its tags should have, best first."""
    name = fit(paper.title, NAME_LIMIT, shown=plain) or paper.arxiv_id
    return {"name": name, "tags": tags(paper), "message": message}


def post_of_the_rest(papers: Sequence[Paper], message: Payload) -> Payload:
    """The post that tells of papers by name."""
    return {"name": f"{count_of(len(papers), 'more paper')}", "tags": [], "message": message}


def tags(paper: Paper) -> list[str]:
    """The names of its classifications, then those of their families."""
    names = [item.name for item in paper.classifications]
    return list(dict.fromkeys([*names, *map(taxonomy.family, names)]))
