"""`/why`: why a paper was or was not posted here."""

from discord import app_commands
from discord.ext import commands

from cogs.cards.why import why_text
from cogs.desk import Interaction, desk_of
from cogs.messages import note, reply
from cogs.offering import where_papers_go
from cogs.papers import arxiv_id_in
from cogs.suggestions import paper_choices
from papers.errors import NotFoundError
from papers.models import Destination, DestinationKind


class Reasons(commands.Cog):
    """Why papers come or do not."""

    @app_commands.command(name="why")
    @app_commands.describe(paper="The arXiv id or address, or words of the title")
    @where_papers_go
    @app_commands.autocomplete(paper=paper_choices)
    async def why(self, interaction: Interaction, paper: str) -> None:
        """Say why a paper was or was not posted in this channel, or sent to you."""
        desk = desk_of(interaction)
        arxiv_id = arxiv_id_in(paper)
        found = await desk.papers.get(arxiv_id)
        if found is None:
            raise NotFoundError(f"The archive has no paper {arxiv_id}: no source announced it so far.")
        place = _place(interaction)
        await reply(interaction, note(why_text(place, found, await desk.reasons.why(place, found))))


def _place(interaction: Interaction) -> Destination:
    if interaction.guild_id is None or interaction.channel_id is None:
        return Destination(kind=DestinationKind.DIRECT, target_id=interaction.user.id)
    return Destination(
        kind=DestinationKind.CHANNEL, target_id=interaction.channel_id, guild_id=interaction.guild_id
    )
