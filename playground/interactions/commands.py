"""Which commands a person has where (Discord docs, "Application Commands", "Contexts", "Permissions")."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from playground import permission_names, permissions
from playground.errors import Json, PlaygroundError
from playground.forms.commands import CHAT_INPUT
from playground.world import Application, Channel, User, World


class Context(IntEnum):
    """Discord docs, "Interaction Context Types"."""

    GUILD = 0
    BOT_DM = 1
    PRIVATE_CHANNEL = 2


class Installation(IntEnum):
    """Discord docs, "Application Integration Types"."""

    GUILD = 0
    USER = 1


def context(application: Application, channel: Channel) -> Context:
    """What kind of place a channel is for an application."""
    if channel.guild_id is not None:
        return Context.GUILD
    return Context.BOT_DM if application.user in channel.recipients else Context.PRIVATE_CHANNEL


def installations(world: World, application: Application, user: User, channel: Channel) -> set[Installation]:
    """How an application comes to be usable by somebody in a channel."""
    found = {Installation.USER} if application.id in user.installed else set[Installation]()
    place = context(application, channel)
    if place is Context.GUILD and application.id in world.guild(channel.guild_id or 0).installed:
        found.add(Installation.GUILD)
    if place is Context.BOT_DM and world.share_a_guild(application.user, user):
        found.add(Installation.GUILD)
    return found


@dataclass(frozen=True)
class Offer:
    """A command that is registered for a place; `refusal` is why a person may not use it there."""

    application: Application
    command: Json
    refusal: str | None


def offered(world: World, user: User, channel: Channel) -> Iterator[Offer]:
    """Every slash command that is registered for a place, also those this person may not use."""
    for application in world.applications.values():
        for command in _registered(application, channel):
            yield Offer(application, command, _refusal(world, application, command, user, channel))


def find(
    world: World, user: User, channel: Channel, name: str, application: Application | None = None
) -> tuple[Application, Json]:
    """The command of that name (without sub-commands), and whose it is.

    Where several applications have one of that name, `application` says which is meant.

    Raises:
        PlaygroundError: nobody has such a command, several have, or this person may not use it here.
    """
    found = [
        offer
        for offer in offered(world, user, channel)
        if offer.command["name"] == name and application in (None, offer.application)
    ]
    if not found:
        raise PlaygroundError(f"No application has a command /{name} here.")
    usable = [offer for offer in found if offer.refusal is None]
    if not usable:
        raise PlaygroundError(f"/{name}: {found[0].refusal}.")
    if len(usable) > 1:
        names = ", ".join(offer.application.user.name for offer in usable)
        raise PlaygroundError(f"/{name} belongs to several applications ({names}): say which.")
    return usable[0].application, usable[0].command


def _registered(application: Application, channel: Channel) -> Iterable[Json]:
    """A server's own command hides the one that is registered everywhere."""
    scopes = dict.fromkeys((None, channel.guild_id))
    every = [command for scope in scopes for command in application.commands.get(scope, [])]
    return {command["name"]: command for command in every if command["type"] == CHAT_INPUT}.values()


def _refusal(
    world: World, application: Application, command: Json, user: User, channel: Channel
) -> str | None:
    contexts, types = command.get("contexts"), command["integration_types"]
    if not installations(world, application, user, channel) & set(types):
        return f"{application.user.name} is not installed for {user.name} here"
    if contexts is not None and context(application, channel) not in contexts:
        return "it is not offered in this kind of place"
    if channel.guild_id is None:
        return None
    needed = command.get("default_member_permissions")
    if needed is None:
        return None
    bits = permissions.in_channel(world.guild(channel.guild_id), channel, user.id)
    if int(needed) == 0 and bits != permissions.ALL:
        return "only administrators may use it"
    missing = permission_names.names(int(needed) & ~bits)
    return f"needs {', '.join(missing)}" if missing else None
