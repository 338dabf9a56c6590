"""`/status`: how the last two weeks went here."""

from discord import app_commands
from discord.ext import commands

from cogs.cards.status import status_card
from cogs.desk import Interaction, desk_of
from cogs.messages import reply
from cogs.offering import everywhere


class StatusReport(commands.Cog):
    """Whether everything that was announced came, and was posted."""

    @app_commands.command(name="status")
    @everywhere
    async def status(self, interaction: Interaction) -> None:
        """Show whether all papers of the last two weeks came and were posted here."""
        service = desk_of(interaction).status
        if interaction.guild_id is not None and interaction.is_guild_integration():
            card = status_card(await service.of_guild(interaction.guild_id), "in this server")
        else:
            card = status_card(await service.of_person(interaction.user.id), "and your direct messages")
        await reply(interaction, card)
