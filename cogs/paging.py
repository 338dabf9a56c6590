"""Searching and turning pages, for commands and for buttons that outlive a restart."""

from cogs.cards import paper as paper_card
from cogs.cards import results
from cogs.desk import Desk, Interaction, desk_of
from cogs.items import LastingButton, LastingMenu
from cogs.messages import replace, reply
from cogs.suggestions import nearest
from papers.errors import NotFoundError
from papers.models import Payload
from papers.ports import SearchRequest, Sort, Turn
from papers.query import Query, parse


async def first_page(desk: Desk, query: Query, sort: Sort) -> Payload:
    """The first page of what a query finds, or what comes nearest."""
    text = str(query)
    stored = len(text) > results.room_for_query()
    reference = await desk.searches.save(text) if stored else text
    request = results.PageRequest(Turn.FIRST, None, sort, reference, stored)
    return await _page(desk, request, query)


async def paper_in_full(desk: Desk, arxiv_id: str) -> Payload:
    """A paper with everything that is known of it.

    Raises:
        NotFoundError: the archive does not have it.
    """
    paper = await desk.papers.get(arxiv_id)
    if paper is None:
        raise NotFoundError(f"The archive has no paper {arxiv_id}.")
    return paper_card.in_full(paper)


async def _page(desk: Desk, asked: results.PageRequest, query: Query) -> Payload:
    found = await desk.papers.search(
        SearchRequest(
            query=query, sort=asked.sort, limit=results.PAGE_SIZE, turn=asked.turn, anchor=asked.anchor
        )
    )
    heading = f"Papers: {query}" if query.terms else "All papers"
    if not found.papers:
        return results.nothing(heading, await nearest(desk, query))
    return results.results(found, heading=heading, sort=asked.sort, query=asked.query, stored=asked.stored)


class PageButton(LastingButton, template=results.CUSTOM_ID):
    """First, previous, next, last."""

    async def answer(self, interaction: Interaction) -> None:
        """Turns the page in place."""
        asked = results.read_page_id(**self.said)
        desk = desk_of(interaction)
        text = await desk.searches.load(asked.query) if asked.stored else asked.query
        if text is None:
            raise NotFoundError("This search is no longer kept: please ask again.")
        await replace(interaction, await _page(desk, asked, parse(text)))


class OpenMenu(LastingMenu, template="open"):
    """The menu under search results."""

    async def answer(self, interaction: Interaction) -> None:
        """Shows the chosen paper to the person alone."""
        await reply(interaction, await paper_in_full(desk_of(interaction), self.item.values[0]))


class CardButton(LastingButton, template=r"card:[0-9a-f]+:(?P<arxiv_id>[^:]+)"):
    """The button under a posted card."""

    async def answer(self, interaction: Interaction) -> None:
        """Shows the paper in full to the person alone."""
        await reply(interaction, await paper_in_full(desk_of(interaction), self.said["arxiv_id"]))
