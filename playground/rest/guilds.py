"""Routes about servers the bot is in."""

from itertools import islice
from typing import Annotated

from pydantic import Field

from playground import permissions, views
from playground.errors import Json, unknown_member
from playground.forms.base import Form, Required100, Snowflake, read
from playground.rest.calls import Call, Route
from playground.world import THREADS


class _Counted(Form):
    with_counts: bool = False


class _Page(Form):
    limit: Annotated[int, Field(ge=1, le=1000)] = 1
    after: Snowflake = 0


class _Search(Form):
    limit: Annotated[int, Field(ge=1, le=1000)] = 1
    query: Required100


def guild(call: Call) -> Json:
    """A server; everybody counts as present."""
    shown = call.guild()
    if not read(_Counted, call.query).with_counts:
        return views.guild(shown)
    members = len(shown.members)
    counts = {"approximate_member_count": members, "approximate_presence_count": members}
    return views.guild(shown) | counts


def channels(call: Call) -> list[Json]:
    """A server's channels that the bot can see, threads excepted."""
    shown = call.guild()
    return [
        views.channel(call.world, channel)
        for channel in shown.channels.values()
        if channel.type not in THREADS
        and permissions.may(shown, channel, call.application.id, permissions.VIEW_CHANNEL)
    ]


def roles(call: Call) -> list[Json]:
    """A server's roles."""
    return [views.role(item) for item in call.guild().roles.values()]


def members(call: Call) -> list[Json]:
    """A page of a server's members, by id."""
    page = read(_Page, call.query)
    later = sorted(user_id for user_id in call.guild().members if user_id > page.after)
    return [views.member(call.guild().members[user_id]) for user_id in later[: page.limit]]


def search(call: Call) -> list[Json]:
    """A server's members whose name begins so."""
    asked = read(_Search, call.query)
    start = asked.query.lower()
    everybody = call.guild().members.values()
    named = (each for each in everybody if each.user.name.lower().startswith(start))
    return [views.member(each) for each in islice(named, asked.limit)]


def member(call: Call) -> Json:
    """A member of a server."""
    found = call.guild().members.get(call.number("user_id"))
    if found is None:
        raise unknown_member()
    return views.member(found)


ROUTES = [
    Route("GET", "/guilds/{guild_id}", guild),
    Route("GET", "/guilds/{guild_id}/channels", channels),
    Route("GET", "/guilds/{guild_id}/roles", roles),
    Route("GET", "/guilds/{guild_id}/members", members),
    Route("GET", "/guilds/{guild_id}/members/search", search),
    Route("GET", "/guilds/{guild_id}/members/{user_id}", member),
]
