"""What a bot is told of an interaction (Discord docs, "Interaction Object")."""

from playground import permissions, views
from playground.errors import Json
from playground.interactions import commands
from playground.interactions.commands import Context, Installation
from playground.interactions.interaction import Callback, Interaction, Kind
from playground.messages import EPHEMERAL, LOADING
from playground.world import World

_ATTACHMENT_LIMIT = 10 * 2**20


def created(world: World, interaction: Interaction, data: Json) -> Json:
    """The payload of INTERACTION_CREATE."""
    channel, user = interaction.channel, interaction.user
    payload: Json = {
        "id": str(interaction.id),
        "application_id": str(interaction.application.id),
        "type": int(interaction.kind),
        "token": interaction.token,
        "version": 1,
        "data": data,
        "channel_id": str(channel.id),
        "channel": views.channel(world, channel, user.id),
        "locale": "en-US",
        "entitlements": [],
        "authorizing_integration_owners": owners(world, interaction),
        "attachment_size_limit": _ATTACHMENT_LIMIT,
        "context": int(commands.context(interaction.application, channel)),
    }
    if interaction.source is not None:
        payload["message"] = dict(interaction.source)
    return payload | (_in_direct(interaction) if channel.guild_id is None else _in_guild(world, interaction))


def _in_guild(world: World, interaction: Interaction) -> Json:
    guild, channel = world.guild(interaction.channel.guild_id or 0), interaction.channel
    bits = permissions.in_channel(guild, channel, interaction.user.id)
    return {
        "guild_id": str(guild.id),
        "guild_locale": "en-US",
        "guild": {"id": str(guild.id), "locale": "en-US", "features": []},
        "member": views.member(guild.members[interaction.user.id]) | {"permissions": str(bits)},
        "app_permissions": str(permissions.in_channel(guild, channel, interaction.application.id)),
    }


def _in_direct(interaction: Interaction) -> Json:
    return {"user": views.user(interaction.user), "app_permissions": str(permissions.MEMBER)}


def owners(world: World, interaction: Interaction) -> Json:
    """Who installed the application: the server (`0`, where it is `"0"` in direct messages), the person (`1`)."""
    application, user, channel = interaction.application, interaction.user, interaction.channel
    found = commands.installations(world, application, user, channel)
    shown: Json = {}
    if Installation.GUILD in found:
        in_guild = commands.context(application, channel) is Context.GUILD
        shown["0"] = str(channel.guild_id) if in_guild else "0"
    if Installation.USER in found:
        shown["1"] = str(user.id)
    return shown


def answered(world: World, interaction: Interaction) -> Json:
    """What a message tells of the interaction it answers; a command also as Discord wrote it before."""
    told: Json = {"interaction_metadata": metadata(world, interaction)}
    if interaction.kind is Kind.COMMAND:
        told["interaction"] = {
            "id": str(interaction.id),
            "type": int(interaction.kind),
            "name": interaction.command,
            "user": views.user(interaction.user),
        }
    return told


def metadata(world: World, interaction: Interaction) -> Json:
    """Who did what, and where the application is installed."""
    told: Json = {
        "id": str(interaction.id),
        "type": int(interaction.kind),
        "user": views.user(interaction.user),
        "authorizing_integration_owners": owners(world, interaction),
    }
    if interaction.original is not None:
        told["original_response_message_id"] = interaction.original["id"]
    if interaction.opener is not None:
        told["triggering_interaction_metadata"] = metadata(world, interaction.opener)
    elif interaction.source is not None:
        told["interacted_message_id"] = interaction.source["id"]
    return told


def callback_response(interaction: Interaction) -> Json:
    """What the API answers to a callback `with_response`."""
    told: Json = {"id": str(interaction.id), "type": int(interaction.kind)}
    response: Json = {"interaction": told}
    message = interaction.original
    if message is not None and interaction.callback is not None:
        told |= {
            "response_message_id": message["id"],
            "response_message_loading": bool(message["flags"] & LOADING),
            "response_message_ephemeral": bool(message["flags"] & EPHEMERAL),
        }
        if interaction.callback in {Callback.MESSAGE, Callback.UPDATE}:
            response["resource"] = {"type": int(interaction.callback), "message": message}
    return response
