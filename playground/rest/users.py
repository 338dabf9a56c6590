"""Routes about users, above all the bot itself: its application, servers, gateway and direct messages."""

from itertools import islice
from typing import Annotated

from pydantic import Field

from playground import views
from playground.errors import Json, no_mutual_guild
from playground.forms.base import Form, Snowflake, read
from playground.gateway.hub import STARTS_A_DAY
from playground.rest.calls import Call, Route

_DAY = 86_400_000
"""In milliseconds."""


class _Recipient(Form):
    recipient_id: Snowflake


class _GuildPage(Form):
    limit: Annotated[int, Field(ge=1, le=200)] = 200
    before: Snowflake | None = None
    after: Snowflake | None = None


def me(call: Call) -> Json:
    """The bot's own user."""
    return views.own_user(call.application.user)


def user(call: Call) -> Json:
    """Any user."""
    return views.user(call.world.user(call.number("user_id")))


def guilds(call: Call) -> list[Json]:
    """The servers the bot is in, by id; with `before`, the last of those before it."""
    page = read(_GuildPage, call.query)
    member_of = [guild for guild in call.world.guilds.values() if call.application.id in guild.members]
    if page.before is not None:
        earlier = [guild for guild in member_of if guild.id < page.before]
        chosen = earlier[-page.limit :]
    else:
        chosen = [*islice((guild for guild in member_of if guild.id > (page.after or 0)), page.limit)]
    return [views.own_guild(guild, call.application.id) for guild in chosen]


def application(call: Call) -> Json:
    """The bot's application."""
    return views.application(call.world, call.application)


def gateway_address(call: Call) -> Json:
    """Where the gateway is."""
    return {"url": call.services.gateway.url()}


def gateway_bot(call: Call) -> Json:
    """Where the gateway is, and how many shards to use."""
    gateway = call.services.gateway
    limit = {
        "total": STARTS_A_DAY,
        "remaining": max(STARTS_A_DAY - gateway.starts[call.application.id], 0),
        "reset_after": _DAY,
        "max_concurrency": 1,
    }
    shards = gateway.advised_shards(call.application)
    return {"url": gateway.url(), "shards": shards, "session_start_limit": limit}


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
    Route("GET", "/users/@me/guilds", guilds),
    Route("GET", "/users/{user_id}", user),
    Route("GET", "/applications/@me", application),
    Route("GET", "/oauth2/applications/@me", application),
    Route("GET", "/gateway", gateway_address, token_needed=False),
    Route("GET", "/gateway/bot", gateway_bot),
    Route("POST", "/users/@me/channels", direct_channel),
]
