"""What a route's handler gets, and the table that routes stand in."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from playground import permissions
from playground.errors import Flaw, Json, invalid_form, missing_access, missing_permissions, unauthorized
from playground.gateway.hub import Gateway
from playground.interactions.registry import Interactions
from playground.messages import Messages
from playground.world import Application, Channel, Guild, World

_SNOWFLAKE = re.compile(r"[0-9]{1,20}")

Reply = Json | list[Json] | None


@dataclass(frozen=True)
class Services:
    """What the routes work with."""

    world: World
    messages: Messages
    interactions: Interactions
    gateway: Gateway


@dataclass(frozen=True)
class Call:
    """One request, understood.

    Attributes:
        path: the path's parameters, by the names of the route's template.
        query: the query's parameters.
        json: the JSON body; None where there was none.
        bot: who asks; None on routes that need no token.
    """

    services: Services
    path: dict[str, str]
    query: dict[str, str]
    json: object
    bot: Application | None

    @property
    def world(self) -> World:
        """The world."""
        return self.services.world

    @property
    def body(self) -> Json:
        """The JSON body, which must be an object.

        Raises:
            ApiError: it is something else.
        """
        if not isinstance(self.json, dict):
            raise invalid_form([Flaw((), "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")])
        return self.json

    @property
    def bodies(self) -> list[Any]:
        """The JSON body, which must be a list.

        Raises:
            ApiError: it is something else.
        """
        if not isinstance(self.json, list):
            raise invalid_form([Flaw((), "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")])
        return self.json

    @property
    def application(self) -> Application:
        """Who asks, on routes that need a token."""
        if self.bot is None:
            raise unauthorized()
        return self.bot

    def number(self, name: str) -> int:
        """A parameter of the path that is an id.

        Raises:
            ApiError: it is no number.
        """
        if _SNOWFLAKE.fullmatch(self.path[name]) is None:
            message = f'Value "{self.path[name]}" is not snowflake.'
            raise invalid_form([Flaw((name,), "NUMBER_TYPE_COERCE", message)])
        return int(self.path[name])

    def guild(self) -> Guild:
        """The server of the path, which the bot is in.

        Raises:
            ApiError: there is no such server, or the bot is not in it (50001).
        """
        found = self.world.guild(self.number("guild_id"))
        if self.application.id not in found.members:
            raise missing_access()
        return found

    def channel(self, needed: int = 0) -> Channel:
        """The channel of the path, which the bot can see and where it may do what is needed.

        Raises:
            ApiError: as for `visible`.
        """
        return self.visible(self.number("channel_id"), needed)

    def visible(self, channel_id: int, needed: int = 0) -> Channel:
        """A channel which the bot can see and where it may do what is needed.

        Raises:
            ApiError: there is no such channel, the bot cannot see it (50001), or may not do that (50013).
        """
        channel = self.world.channel(channel_id)
        user = self.application.user
        if channel.guild_id is None:
            if user not in channel.recipients:
                raise missing_access()
            return channel
        guild = self.world.guild(channel.guild_id)
        if user.id not in guild.members:
            raise missing_access()
        bits = permissions.in_channel(guild, channel, user.id)
        if not bits & permissions.VIEW_CHANNEL:
            raise missing_access()
        if bits & needed != needed:
            raise missing_permissions()
        return channel


@dataclass(frozen=True)
class Answer:
    """An answer with a status and headers of its own."""

    status: int
    body: Reply
    headers: Mapping[str, str] = field(default_factory=dict)


Handler = Callable[[Call], Reply | Answer]


@dataclass(frozen=True)
class Route:
    """A route of the API.

    Attributes:
        handler: what answers it.
        status: of a successful answer.
        token_needed: whether a bot's token must come with it.
        posts: whether the limit of five messages in five seconds counts it.
        exempt: whether the global limit does not count it.
    """

    method: str
    template: str
    handler: Handler
    status: int = 200
    token_needed: bool = True
    posts: bool = False
    exempt: bool = False
