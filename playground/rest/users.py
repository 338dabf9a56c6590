"""Routes about the bot itself: its user, its application, its gateway, its direct messages."""

from playground import views
from playground.errors import Json, no_mutual_guild
from playground.forms.base import Form, Snowflake, read
from playground.gateway.hub import STARTS_A_DAY
from playground.rest.calls import Call, Route

_DAY = 86_400_000
"""In milliseconds."""


class _Recipient(Form):
    recipient_id: Snowflake


def me(call: Call) -> Json:
    """The bot's own user."""
    return views.own_user(call.application.user)


def application(call: Call) -> Json:
    """The bot's application."""
    return views.application(call.application)


def gateway_bot(call: Call) -> Json:
    """Where the gateway is, and how many shards to use."""
    gateway = call.services.gateway
    limit = {
        "total": STARTS_A_DAY,
        "remaining": max(STARTS_A_DAY - gateway.starts[call.application.id], 0),
        "reset_after": _DAY,
        "max_concurrency": 1,
    }
    return {"url": gateway.url(), "shards": 1, "session_start_limit": limit}


def direct_channel(call: Call) -> Json:
    """Opens the direct messages with somebody who shares a server with the bot or installed it."""
    bot = call.application
    person = call.world.user(read(_Recipient, call.body).recipient_id)
    if bot.id not in person.installed and not call.world.share_a_guild(bot.user, person):
        raise no_mutual_guild()
    channel = call.world.direct_channel(bot.user, person)
    return views.channel(call.world, channel) | {"recipients": [views.user(person)]}


ROUTES = [
    Route("GET", "/users/@me", me),
    Route("GET", "/oauth2/applications/@me", application),
    Route("GET", "/gateway/bot", gateway_bot),
    Route("POST", "/users/@me/channels", direct_channel),
]
