"""What people are told when something goes wrong: one sentence, to them alone."""

import logging
import secrets

import discord
from discord import app_commands

from cogs.desk import Interaction
from papers.errors import PaperboyError, RequestError

log = logging.getLogger(__name__)

_NOT_ALLOWED = "That needs the Manage Server permission here."


async def answer_error(interaction: Interaction, error: BaseException) -> None:
    """Tells the person what went wrong, privately; operators find the cause in the log under the same id."""
    cause = getattr(error, "original", error)
    text = _sentence(interaction, cause)
    try:
        if interaction.response.is_done():
            await interaction.followup.send(text, ephemeral=True)
        else:
            await interaction.response.send_message(text, ephemeral=True)
    except discord.HTTPException as failure:
        log.warning("interaction %s could not be told: %s", interaction.id, failure)


def _sentence(interaction: Interaction, cause: BaseException) -> str:
    if isinstance(cause, RequestError):
        return discord.utils.escape_mentions(str(cause))
    if isinstance(cause, app_commands.MissingPermissions):
        return _NOT_ALLOWED
    error_id = secrets.token_hex(4)
    log.error("error %s in interaction %s", error_id, interaction.id, exc_info=cause)
    if isinstance(cause, PaperboyError):
        return f"{cause} (error {error_id})"
    return (
        f"Something went wrong, and it is not your fault. Tell the operator “error {error_id}” if it stays."
    )


def need_manage_server(interaction: Interaction) -> None:
    """In a server, lets only people with Manage Server go on.

    Raises:
        app_commands.MissingPermissions: the person lacks it.
    """
    if interaction.guild_id is not None and not interaction.permissions.manage_guild:
        raise app_commands.MissingPermissions(["manage_guild"])
