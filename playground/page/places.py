"""What a person may see: the only place of the page where that is decided."""

from collections.abc import Iterator
from dataclasses import dataclass

from playground import permissions
from playground.errors import ApiError
from playground.page.refusals import PageError
from playground.people import People
from playground.world import THREADS, Application, Channel, ChannelType, Guild, User, World

KINDS = {
    ChannelType.TEXT: "text",
    ChannelType.DM: "dm",
    ChannelType.ANNOUNCEMENT: "announcement",
    ChannelType.FORUM: "forum",
}
"""What the page calls a kind of channel; all others are threads."""


def kind(channel: Channel) -> str:
    """What the page calls the kind of a channel."""
    return KINDS.get(channel.type, "thread")


@dataclass(frozen=True)
class Places:
    """The servers, channels and direct messages of one person."""

    people: People
    world: World
    viewer: User

    def servers(self) -> list[Guild]:
        """The servers they are in."""
        return [guild for guild in self.world.guilds.values() if self.viewer.id in guild.members]

    def server(self, guild_id: int) -> Guild:
        """A server they are in.

        Raises:
            PageError: they are not, or there is none.
        """
        guild = self.world.guilds.get(guild_id)
        if guild is None or self.viewer.id not in guild.members:
            raise PageError("There is no such server, or you are not in it.", 404)
        return guild

    def channel(self, channel_id: int) -> Channel:
        """A channel they can see.

        Raises:
            PageError: they cannot, or there is none.
        """
        channel = self.world.channels.get(channel_id)
        if channel is None or not self.people.sees(self.viewer, channel):
            raise PageError("There is no such channel, or you cannot see it.", 404)
        return channel

    def name(self, channel: Channel) -> str:
        """What they call a channel: direct messages have the name of the other one."""
        return (
            channel.name if channel.recipients == () else self.world.users[_other(channel, self.viewer)].name
        )

    def may_write(self, channel: Channel) -> bool:
        """Whether they may write in a channel they see."""
        if channel.type is ChannelType.FORUM:
            return False
        if channel.guild_id is None:
            return True
        needed = permissions.to_write(channel)
        if channel.archived and channel.locked:
            needed |= permissions.MANAGE_THREADS
        return permissions.may(self.world.guild(channel.guild_id), channel, self.viewer.id, needed)

    def reads_history(self, channel: Channel) -> bool:
        """Whether they see what was written in a channel before they looked."""
        return channel.guild_id is None or permissions.may(
            self.world.guild(channel.guild_id), channel, self.viewer.id, permissions.READ_MESSAGE_HISTORY
        )

    def channels(self, guild: Guild) -> list[Channel]:
        """The channels and threads of a server that they can see."""
        return [channel for channel in guild.channels.values() if self.people.sees(self.viewer, channel)]

    def tree(self, guild: Guild) -> list[tuple[Channel, list[Channel]]]:
        """The channels of a server that they can see, each with its threads that are not archived."""
        seen = self.channels(guild)
        threads: dict[int | None, list[Channel]] = {}
        for channel in seen:
            if channel.type in THREADS and not channel.archived:
                threads.setdefault(channel.parent_id, []).append(channel)
        return [(channel, threads.get(channel.id, [])) for channel in seen if channel.type not in THREADS]

    def directs(self) -> Iterator[tuple[User, Channel | None]]:
        """Whom they can write to directly, with the channel where there is one already."""
        begun = {_other(channel, self.viewer): channel for channel in self.world.directs(self.viewer)}
        for user_id in dict.fromkeys([*(bot.id for bot in self.bots()), *begun]):
            yield self.world.users[user_id], begun.get(user_id)

    def bots(self) -> list[Application]:
        """The bots that share a server with them, or that they installed."""
        servers = self.servers()
        return [
            bot
            for bot in self.world.applications.values()
            if bot.id in self.viewer.installed or any(bot.id in guild.members for guild in servers)
        ]

    def direct(self, user_id: int) -> Channel:
        """The direct messages with somebody they can write to; made when first asked for.

        Raises:
            PageError: they cannot.
        """
        for user, channel in self.directs():
            if user.id == user_id:
                return channel or self.world.direct_channel(self.viewer, user)
        raise PageError("There is no such bot, or it shares no server with you.", 404)

    def answering(self, channel: Channel) -> list[User]:
        """The bots that see a channel."""
        bots = [bot.user for bot in self.world.applications.values()]
        return [bot for bot in bots if self.people.sees(bot, channel)]


def person(world: World, user_id: int) -> User:
    """The person with that id.

    Raises:
        PageError: it is a bot's, or nobody's.
    """
    try:
        user = world.user(user_id)
    except ApiError:
        raise PageError("Nobody here has that id.", 404) from None
    if user.bot:
        raise PageError(f"{user.name} is a bot: the page acts for people alone.", 403)
    return user


def people(world: World) -> list[User]:
    """All people, in the order in which they came."""
    return [user for user in world.users.values() if not user.bot]


def _other(channel: Channel, viewer: User) -> int:
    return next(user.id for user in channel.recipients if user != viewer)
