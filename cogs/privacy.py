"""`/privacy`: what is kept of a person and their server, and deleting it."""

from discord import app_commands
from discord.ext import commands

from cogs.cards import privacy as cards
from cogs.desk import Interaction, desk_of
from cogs.errors import need_manage_server
from cogs.items import LastingButton
from cogs.messages import replace, reply
from cogs.offering import everywhere
from papers.errors import NotFoundError
from papers.models import Payload


async def _overview(interaction: Interaction) -> Payload:
    service, person = desk_of(interaction).privacy, interaction.user.id
    kept, guild_id = await service.of_person(person), interaction.guild_id
    if guild_id is None or not interaction.permissions.manage_guild:
        return cards.overview(kept, person)
    return cards.overview(kept, person, await service.of_guild(guild_id), guild_id)


def _need_own(interaction: Interaction, whose: str, of_whom: int) -> None:
    """Lets people go on with what is their own, and with their server's where they may manage it.

    Raises:
        NotFoundError: it is another person's or server's.
        app_commands.MissingPermissions: the person may not manage this server.
    """
    own = interaction.user.id if whose == cards.PERSON else interaction.guild_id
    if of_whom != own:
        raise NotFoundError("This is not yours to delete here: use `/privacy` yourself.")
    if whose == cards.GUILD:
        need_manage_server(interaction)


class AskButton(LastingButton, template=r"privacy:(?P<whose>person|guild):(?P<id>\d{1,20})"):
    """The button that wants something deleted."""

    async def answer(self, interaction: Interaction) -> None:
        """Asks once more."""
        whose, of_whom = self.said["whose"], int(self.said["id"])
        _need_own(interaction, whose, of_whom)
        await replace(interaction, cards.question(whose, of_whom))


class KeepButton(LastingButton, template=r"privacy"):
    """The button that keeps it after all."""

    async def answer(self, interaction: Interaction) -> None:
        """Shows what is kept."""
        await replace(interaction, await _overview(interaction))


class ForgetButton(LastingButton, template=r"forget:(?P<whose>person|guild):(?P<id>\d{1,20})"):
    """The button that deletes."""

    async def answer(self, interaction: Interaction) -> None:
        """Deletes, and says so."""
        whose, of_whom = self.said["whose"], int(self.said["id"])
        _need_own(interaction, whose, of_whom)
        service = desk_of(interaction).privacy
        if whose == cards.PERSON:
            await service.forget_person(of_whom)
        else:
            await service.forget_guild(of_whom)
        await replace(interaction, cards.forgotten(whose))


class Privacy(commands.Cog):
    """What is kept of whom."""

    @app_commands.command(name="privacy")
    @everywhere
    async def privacy(self, interaction: Interaction) -> None:
        """Show what I keep of you, and of this server if you manage it; and delete it."""
        await reply(interaction, await _overview(interaction))
