"""Routes about users, applications, servers, and where the gateway is."""

from playground import permissions, views
from playground.checks import whole
from playground.errors import Json, missing_access
from playground.rest.calls import Call, Route
from playground.world import Guild


def me(call: Call) -> Json:
    """The bot's own user."""
    return views.user(call.application.user) | {
        "verified": True,
        "mfa_enabled": True,
        "email": None,
        "locale": "en-US",
    }


def application(call: Call) -> Json:
    """The bot's application."""
    return views.application(call.application)


def gateway_bot(call: Call) -> Json:
    """Where the gateway is, and how many shards to use."""
    return {
        "url": call.services.gateway_url(),
        "shards": 1,
        "session_start_limit": {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1},
    }


def direct_channel(call: Call) -> Json:
    """Opens the direct messages with somebody."""
    person = call.world.user(whole(("recipient_id",), call.body.get("recipient_id")))
    channel = call.world.direct_channel(call.application.user, person)
    return views.channel(call.world, channel) | {"recipients": [views.user(person)]}


def guild(call: Call) -> Json:
    """A server."""
    return views.guild(_guild(call))


def guild_channels(call: Call) -> list[Json]:
    """A server's channels."""
    shown = _guild(call)
    return [
        views.channel(call.world, channel)
        for channel in call.world.channels_of(shown)
        if permissions.may(shown, channel, call.application.id, permissions.VIEW_CHANNEL)
    ]


def guild_roles(call: Call) -> list[Json]:
    """A server's roles."""
    return [views.role(item) for item in _guild(call).roles.values()]


def guild_member(call: Call) -> Json:
    """A member of a server."""
    shown = _guild(call)
    user = call.world.user(call.number("user_id"))
    if user.id not in shown.members:
        raise missing_access()
    return views.member(shown.members[user.id])


def _guild(call: Call) -> Guild:
    found = call.world.guild(call.number("guild_id"))
    if call.application.id not in found.members:
        raise missing_access()
    return found


ROUTES = [
    Route("GET", "/users/@me", me),
    Route("GET", "/oauth2/applications/@me", application),
    Route("GET", "/gateway/bot", gateway_bot),
    Route("POST", "/users/@me/channels", direct_channel),
    Route("GET", "/guilds/{guild_id}", guild),
    Route("GET", "/guilds/{guild_id}/channels", guild_channels),
    Route("GET", "/guilds/{guild_id}/roles", guild_roles),
    Route("GET", "/guilds/{guild_id}/members/{user_id}", guild_member),
]
