"""Searching and turning pages, for commands and for buttons that outlive a restart."""

from cogs.cards import paper as paper_card
from cogs.cards import results
from cogs.corrections import correcting
from cogs.desk import Desk, Interaction, desk_of
from cogs.items import LastingButton, LastingMenu
from cogs.messages import replace, reply
from cogs.suggestions import nearest
from cogs.without_days import without_days
from papers.errors import NotFoundError
from papers.models import Payload
from papers.ports import SearchRequest, Sort, Turn
from papers.query import Query, parse


async def first_page(desk: Desk, query: Query, sort: Sort, guild_id: int | None) -> Payload:
    """The first page of what a query finds as a server sees papers, or what comes nearest."""
    text = str(query)
    stored = len(text) > results.room_for_query()
    reference = await desk.searches.save(text) if stored else text
    request = results.PageRequest(Turn.FIRST, None, sort, reference, stored)
    return await _page(desk, request, query, guild_id)


async def paper_in_full(interaction: Interaction, arxiv_id: str, *, private: bool = True) -> Payload:
    """A paper with everything that is known of it, as it is seen here.

    Args:
        interaction: who asks, and where; only where the answer is `private`, they get what is for them alone.
        arxiv_id: its id without version.
        private: whether nobody else sees the answer.

    Raises:
        NotFoundError: the archive does not have it.
    """
    paper = await desk_of(interaction).papers.get(arxiv_id)
    if paper is None:
        raise NotFoundError(f"The archive has no paper {arxiv_id}.")
    rows = await correcting(interaction, paper) if private else ()
    return paper_card.in_full(paper.seen_in(interaction.guild_id), *rows)


async def _page(desk: Desk, asked: results.PageRequest, query: Query, guild_id: int | None) -> Payload:
    found = await desk.papers.search(
        SearchRequest(
            query=query,
            sort=asked.sort,
            limit=results.PAGE_SIZE,
            turn=asked.turn,
            anchor=asked.anchor,
            guild_id=guild_id,
        )
    )
    heading = f"Papers: {query}" if query.terms else "All papers"
    rows = [] if without_days(query) is None else [results.wanting(asked)]
    if not found.papers:
        return results.nothing(heading, await nearest(desk, query), *rows)
    return results.results(
        found, heading=heading, sort=asked.sort, query=asked.query, stored=asked.stored, rows=rows
    )


class PageButton(LastingButton, template=results.CUSTOM_ID):
    """First, previous, next, last."""

    async def answer(self, interaction: Interaction) -> None:
        """Turns the page in place."""
        asked = results.read_page_id(**self.said)
        desk = desk_of(interaction)
        text = await desk.searches.load(asked.query) if asked.stored else asked.query
        if text is None:
            raise NotFoundError("This search is no longer kept: please ask again.")
        await replace(interaction, await _page(desk, asked, parse(text), interaction.guild_id))


class OpenMenu(LastingMenu, template="open(?::[0-9a-f]+)?"):
    """The menu under search results, and under posted messages of several papers."""

    async def answer(self, interaction: Interaction) -> None:
        """Shows the chosen paper to the person alone."""
        await reply(interaction, await paper_in_full(interaction, self.item.values[0]))


class CardButton(LastingButton, template=r"card:[0-9a-f]+:(?P<arxiv_id>[^:]+)"):
    """The button under a posted card."""

    async def answer(self, interaction: Interaction) -> None:
        """Shows the paper in full to the person alone."""
        await reply(interaction, await paper_in_full(interaction, self.said["arxiv_id"]))
