"""`/papers`, `/paper`, `/today`: finding papers again."""

import re

from discord import app_commands
from discord.ext import commands

from cogs.desk import Interaction, desk_of
from cogs.messages import reply
from cogs.offering import everywhere
from cogs.paging import first_page, paper_in_full
from cogs.suggestions import author_choices, paper_choices, query_choices, tag_choices
from papers.errors import NotFoundError, RequestError
from papers.links import ARXIV_ID
from papers.ports import Sort
from papers.query import (
    Query,
    announced_since,
    announced_until,
    combine,
    parse,
    tagged,
    written_by,
)

_ARXIV_ID = re.compile(rf"(?<![\d.])({ARXIV_ID})(?:v\d+)?(?!\d)")


def asked_for(
    *,
    tag: str | None = None,
    author: str | None = None,
    query: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> Query:
    """The query that a command's options make together.

    Raises:
        QueryError: an option cannot be understood.
        UnknownClassificationError: nobody knows the tag.
    """
    readers = ((tagged, tag), (written_by, author), (parse, query))
    days = ((announced_since, since), (announced_until, until))
    return combine(*(read(text) for read, text in (*readers, *days) if text and text.strip()))


def arxiv_id_in(text: str) -> str:
    """The arXiv id, without version, in an id or an address as a person gave it.

    Raises:
        RequestError: there is none.
    """
    found = _ARXIV_ID.search(text)
    if found is None:
        raise RequestError("That is no arXiv id: it looks like 2409.17481. Or search with /papers.")
    return found[1]


class Papers(commands.Cog):
    """Finding papers again."""

    @app_commands.command(name="papers")
    @app_commands.describe(
        tag="A classification such as Multimodal, or an alias such as VQA",
        author="An author, or a part of the name",
        query='Words, "phrases", tag: author: has: upvotes: category: since: …, - for not, OR, brackets',
        since="First announced on that day or later: 2026-01-31",
        until="First announced on that day or earlier: 2026-01-31",
        sort="Newest first (as it is without this), or best first",
        share="Show the answer to everybody in the channel",
    )
    @everywhere
    @app_commands.autocomplete(tag=tag_choices, author=author_choices, query=query_choices)
    async def papers(
        self,
        interaction: Interaction,
        tag: str | None = None,
        author: str | None = None,
        query: str | None = None,
        since: str | None = None,
        until: str | None = None,
        sort: Sort = Sort.NEWEST,
        share: bool = False,
    ) -> None:
        """Find papers by classification, author, words and days."""
        wanted = asked_for(tag=tag, author=author, query=query, since=since, until=until)
        page = await first_page(desk_of(interaction), wanted, sort, interaction.guild_id)
        await reply(interaction, page, private=not share)

    @app_commands.command(name="paper")
    @app_commands.describe(
        id="The arXiv id or address, or words of the title", share="Show the answer to everybody"
    )
    @everywhere
    @app_commands.autocomplete(id=paper_choices)
    async def paper(
        self,
        interaction: Interaction,
        id: str,  # noqa: A002 - the option's name in Discord
        share: bool = False,
    ) -> None:
        """Show one paper in full."""
        page = await paper_in_full(interaction, arxiv_id_in(id), private=not share)
        await reply(interaction, page, private=not share)

    @app_commands.command(name="today")
    @app_commands.describe(share="Show the answer to everybody in the channel")
    @everywhere
    async def today(
        self,
        interaction: Interaction,
        share: bool = False,
    ) -> None:
        """Show the newest edition."""
        desk = desk_of(interaction)
        day = await desk.papers.newest_day()
        if day is None:
            raise NotFoundError("No paper has arrived yet: the first ones come with the next run.")
        wanted = asked_for(since=str(day), until=str(day))
        page = await first_page(desk, wanted, Sort.NEWEST, interaction.guild_id)
        await reply(interaction, page, private=not share)
