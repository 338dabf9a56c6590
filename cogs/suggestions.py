"""What may have been meant: while typing, and where nothing was found."""

import difflib
import logging
from itertools import islice

from discord import app_commands

from cogs.cards.text import fit, plain
from cogs.desk import Desk, Interaction, desk_of
from papers import languages, taxonomy
from papers.errors import PaperboyError
from papers.ports import SearchRequest, Sort
from papers.query import Author, Query, Tag, Words, parse
from papers.query.completing import completions, unfinished

log = logging.getLogger(__name__)

CHOICE_LIMIT = 100
CHOICES = 25
_STEM = 3

Choice = app_commands.Choice[str]


async def tag_choices(_interaction: Interaction, typed: str) -> list[Choice]:
    """Classifications for what was typed so far, each with its family."""
    return [_choice(name, _with_family(name)) for name in taxonomy.suggest(typed)]


async def language_choices(_interaction: Interaction, typed: str) -> list[Choice]:
    """Languages for what was typed so far, with the names that they have themselves."""
    return [_choice(language.code, str(language)) for language in languages.suggest(typed)]


async def author_choices(interaction: Interaction, typed: str) -> list[Choice]:
    """Authors in the archive of whose name a word begins like that."""
    names = await _authors(interaction, typed)
    return [_choice(name, name) for name in names if len(name) <= CHOICE_LIMIT]


async def _authors(interaction: Interaction, typed: str) -> list[str]:
    if not typed.strip():
        return []
    try:
        return await desk_of(interaction).papers.suggest_authors(typed, limit=CHOICES)
    except PaperboyError as error:
        log.warning("no authors to suggest: %s", error)
        return []


async def query_choices(interaction: Interaction, typed: str) -> list[Choice]:
    """Queries that the one typed so far may become, with the term at its end completed."""
    term = unfinished(typed)
    authors = await _authors(interaction, term.part) if term.field == "author" else ()
    found = completions(term, today=desk_of(interaction).clock.now().date(), authors=authors)
    fitting = dict.fromkeys(text for text in found if len(text) <= CHOICE_LIMIT)
    return [_choice(text, text) for text in islice(fitting, CHOICES)]


async def paper_choices(interaction: Interaction, typed: str) -> list[Choice]:
    """Papers whose words answer what was typed so far, by title."""
    try:
        request = SearchRequest(
            query=parse(typed), sort=Sort.RELEVANCE, limit=10, guild_id=interaction.guild_id
        )
        found = await desk_of(interaction).papers.search(request)
    except PaperboyError as error:
        log.debug("no papers to suggest: %s", error)
        return []
    return [_choice(paper.arxiv_id, paper.title) for paper in found.papers]


async def nearest(desk: Desk, query: Query) -> list[str]:
    """For a query that found nothing: the nearest classifications and authors, at most three."""
    meant: list[str] = []
    for term in query.terms:
        if isinstance(term, Tag):
            meant += [name for name in map(taxonomy.family, term.names[:1]) if name not in term.names]
        elif isinstance(term, Author):
            meant += await _nearest_authors(desk, term)
        elif isinstance(term, Words):
            meant += difflib.get_close_matches(" ".join(term.tokens).title(), taxonomy.NAMES, 1, 0.7)
    return list(dict.fromkeys(meant))[:3]


async def _nearest_authors(desk: Desk, term: Author) -> list[str]:
    stems = [token[:_STEM] for token in term.tokens]
    names = [name for stem in stems for name in await desk.papers.suggest_authors(stem, limit=200)]
    lowered = {name.casefold(): name for name in names}
    near = difflib.get_close_matches(term.text.casefold(), lowered, 2, 0.5)
    return [lowered[name] for name in near]


def _with_family(name: str) -> str:
    family = taxonomy.family(name)
    return name if family == name else f"{name} ({family})"


def _choice(value: str, name: str) -> Choice:
    return app_commands.Choice(name=fit(name, CHOICE_LIMIT, shown=plain), value=value)
