"""A world at rest: what is kept of it, and how another is filled with that."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Self

from pydantic import AwareDatetime, BaseModel, model_validator

from playground.errors import Json
from playground.world import Application, Channel, Guild, User, World

VERSION = 1
"""Of the form; a playground reads its own and no newer one."""

_ANSWERED = "referenced_message"


class KeptApplication(BaseModel):
    """A bot without its user, and its commands with the server where each list is registered (None: everywhere)."""

    id: int
    token: str
    commands: list[tuple[int | None, list[Json]]]


class Kept(BaseModel):
    """A world as it was at a moment.

    Messages that only one person sees, and interactions that wait for an answer, are not part of it.

    Attributes:
        at: the moment, as the world's clock had it.
        newest_id: the last id that was made in it.
    """

    version: int = VERSION
    at: AwareDatetime
    newest_id: int
    users: list[User]
    applications: list[KeptApplication]
    guilds: list[Guild]
    directs: list[Channel]

    @staticmethod
    def of(world: World) -> "Kept":
        """The world as it is now."""
        return Kept.model_construct(
            at=world.now(),
            newest_id=world.ids.newest,
            users=[*world.users.values()],
            applications=[
                KeptApplication(id=bot.id, token=bot.token, commands=[*bot.commands.items()])
                for bot in world.applications.values()
            ],
            guilds=[
                replace(
                    guild, channels={item.id: _without_answered(item) for item in guild.channels.values()}
                )
                for guild in world.guilds.values()
            ],
            directs=[_without_answered(item) for item in world.channels.values() if item.guild_id is None],
        )

    def restore(self, world: World) -> None:
        """Fills an empty world, and tells nobody; its next ids come after all that were kept."""
        users = {user.id: user for user in self.users}
        world.users.update(users)
        for bot in self.applications:
            world.applications[bot.id] = Application(bot.id, bot.token, users[bot.id], dict(bot.commands))
        world.guilds.update({guild.id: guild for guild in self.guilds})
        for channel in self._channels():
            world.put_back(channel)
        world.ids.go_on_after(self.newest_id)

    @model_validator(mode="after")
    def _join(self) -> Self:
        """Makes one object again of what is the same, for the file says it in several places."""
        users = {user.id: user for user in self.users}
        channels = {channel.id: channel for channel in self._channels()}
        if unknown := {bot.id for bot in self.applications} - users.keys():
            raise ValueError(f"there is no user {min(unknown)}")
        for guild in self.guilds:
            for member in guild.members.values():
                member.user = _known(users, member.user)
        _hold_to_places(self.guilds, self.directs)
        for channel in channels.values():
            channel.recipients = tuple(_known(users, user) for user in channel.recipients)
            if channel.parent_id in channels:
                channel.overwrites = channels[channel.parent_id].overwrites
            _put_answered(channel)
        return self

    def _channels(self) -> Iterable[Channel]:
        return [*(item for guild in self.guilds for item in guild.channels.values()), *self.directs]


def _known(users: dict[int, User], user: User) -> User:
    if user.id not in users:
        raise ValueError(f"there is no user {user.id}")
    return users[user.id]


def _hold_to_places(guilds: Iterable[Guild], directs: Iterable[Channel]) -> None:
    """Refuses channels that stand in one place and say that they are of another."""
    lost = [item.id for guild in guilds for item in guild.channels.values() if item.guild_id != guild.id]
    lost += (item.id for item in directs if item.guild_id is not None)
    if lost:
        raise ValueError(f"the channel {lost[0]} is of another server")


def _without_answered(channel: Channel) -> Channel:
    """The channel with ids where messages hold the whole message they answer."""
    return replace(channel, messages={number: _brief(each) for number, each in channel.messages.items()})


def _brief(message: Json) -> Json:
    answered: Json | None = message.get(_ANSWERED)
    return message if answered is None else message | {_ANSWERED: answered["id"]}


def _put_answered(channel: Channel) -> None:
    for message in channel.messages.values():
        answered: Any = message.get(_ANSWERED)
        if answered is not None:
            message[_ANSWERED] = channel.messages.get(int(str(answered)))
