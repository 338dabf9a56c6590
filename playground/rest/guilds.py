"""Routes about servers the bot is in."""

from playground import permissions, views
from playground.errors import Json, missing_access, unknown_member
from playground.rest.calls import Call, Route
from playground.world import THREADS, Guild


def guild(call: Call) -> Json:
    """A server."""
    return views.guild(_guild(call))


def channels(call: Call) -> list[Json]:
    """A server's channels that the bot can see, threads excepted."""
    shown = _guild(call)
    return [
        views.channel(call.world, channel)
        for channel in shown.channels.values()
        if channel.type not in THREADS
        and permissions.may(shown, channel, call.application.id, permissions.VIEW_CHANNEL)
    ]


def roles(call: Call) -> list[Json]:
    """A server's roles."""
    return [views.role(item) for item in _guild(call).roles.values()]


def member(call: Call) -> Json:
    """A member of a server."""
    found = _guild(call).members.get(call.number("user_id"))
    if found is None:
        raise unknown_member()
    return views.member(found)


def _guild(call: Call) -> Guild:
    found = call.world.guild(call.number("guild_id"))
    if call.application.id not in found.members:
        raise missing_access()
    return found


ROUTES = [
    Route("GET", "/guilds/{guild_id}", guild),
    Route("GET", "/guilds/{guild_id}/channels", channels),
    Route("GET", "/guilds/{guild_id}/roles", roles),
    Route("GET", "/guilds/{guild_id}/members/{user_id}", member),
]
