"""Searching and turning pages, for commands and for buttons that outlive a restart."""

import re
from typing import Any, Self

from discord import ui

from cogs.cards import paper as paper_card
from cogs.cards import results
from cogs.desk import Desk, Interaction, desk_of
from cogs.errors import answering_errors
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


class PageButton(ui.DynamicItem[ui.Button[Any]], template=results.CUSTOM_ID):
    """First, previous, next, last."""

    def __init__(self, item: ui.Button[Any], asked: results.PageRequest) -> None:
        super().__init__(item)
        self._asked = asked

    @classmethod
    async def from_custom_id(
        cls, _interaction: Interaction, item: ui.Item[Any], match: re.Match[str]
    ) -> Self:
        """Reads what the button asks for from its custom id."""
        assert isinstance(item, ui.Button)  # noqa: S101 - the template is a button's
        return cls(item, results.read_page_id(**match.groupdict()))

    @answering_errors
    async def callback(self, interaction: Interaction) -> None:
        """Turns the page in place."""
        desk = desk_of(interaction)
        text = await desk.searches.load(self._asked.query) if self._asked.stored else self._asked.query
        if text is None:
            raise NotFoundError("This search is no longer kept: please ask again.")
        await replace(interaction, await _page(desk, self._asked, parse(text)))


class OpenMenu(ui.DynamicItem[ui.Select[Any]], template="open"):
    """The menu under search results."""

    @classmethod
    async def from_custom_id(
        cls, _interaction: Interaction, item: ui.Item[Any], _match: re.Match[str]
    ) -> Self:
        """The menu needs nothing but itself."""
        assert isinstance(item, ui.Select)  # noqa: S101 - the template is a menu's
        return cls(item)

    @answering_errors
    async def callback(self, interaction: Interaction) -> None:
        """Shows the chosen paper to the person alone."""
        await reply(interaction, await paper_in_full(desk_of(interaction), self.item.values[0]))


class CardButton(ui.DynamicItem[ui.Button[Any]], template=r"card:[0-9a-f]+:(?P<arxiv_id>[^:]+)"):
    """The button under a posted card."""

    def __init__(self, item: ui.Button[Any], arxiv_id: str) -> None:
        super().__init__(item)
        self._arxiv_id = arxiv_id

    @classmethod
    async def from_custom_id(
        cls, _interaction: Interaction, item: ui.Item[Any], match: re.Match[str]
    ) -> Self:
        """Reads the paper's id from the custom id."""
        assert isinstance(item, ui.Button)  # noqa: S101 - the template is a button's
        return cls(item, match["arxiv_id"])

    @answering_errors
    async def callback(self, interaction: Interaction) -> None:
        """Shows the paper in full to the person alone."""
        await reply(interaction, await paper_in_full(desk_of(interaction), self._arxiv_id))
