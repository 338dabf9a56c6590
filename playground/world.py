"""What there is: users, applications, servers, channels, messages. No HTTP here."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum

from playground.errors import Json, unknown_channel, unknown_guild, unknown_message, unknown_user
from playground.snowflakes import Now, Snowflakes


class ChannelType(IntEnum):
    """Discord docs, "Channel Types"."""

    TEXT = 0
    DM = 1
    ANNOUNCEMENT = 5
    ANNOUNCEMENT_THREAD = 10
    PUBLIC_THREAD = 11
    PRIVATE_THREAD = 12
    FORUM = 15


THREADS = {ChannelType.ANNOUNCEMENT_THREAD, ChannelType.PUBLIC_THREAD, ChannelType.PRIVATE_THREAD}


@dataclass
class User:
    """Somebody, a person or a bot's own user."""

    id: int
    name: str
    bot: bool = False
    takes_messages: bool = True
    installed: set[int] = field(default_factory=set)
    """The applications this person installed for themselves."""


@dataclass
class Application:
    """A bot: its token, its user, and the commands it registered, everywhere (None) or in one server."""

    id: int
    token: str
    user: User
    commands: dict[int | None, list[Json]] = field(default_factory=dict)


@dataclass
class Role:
    """A role of a server."""

    id: int
    name: str
    permissions: int
    mentionable: bool = False


@dataclass
class Member:
    """Somebody in a server."""

    user: User
    joined_at: datetime
    roles: list[int] = field(default_factory=list)


@dataclass
class Guild:
    """A server; the role with the server's own id is everybody's."""

    id: int
    name: str
    owner_id: int
    roles: dict[int, Role]
    members: dict[int, Member] = field(default_factory=dict)
    channels: dict[int, "Channel"] = field(default_factory=dict)
    """Its channels and threads."""
    installed: set[int] = field(default_factory=set)
    """The applications that were added to the server."""


@dataclass
class Channel:
    """A place for messages, oldest first.

    Attributes:
        requires_tag: whether every post in a forum must have a tag.
        archive_changed: when a thread was archived or opened again, if ever.
        archive_after: minutes of silence after which a client hides a thread.
    """

    id: int
    type: ChannelType
    name: str = ""
    guild_id: int | None = None
    recipients: tuple[User, ...] = ()
    parent_id: int | None = None
    owner_id: int | None = None
    overwrites: dict[int, tuple[int, int]] = field(default_factory=dict)
    tags: list[Json] = field(default_factory=list)
    applied_tags: list[int] = field(default_factory=list)
    topic: str | None = None
    requires_tag: bool = False
    archived: bool = False
    locked: bool = False
    archive_changed: datetime | None = None
    archive_after: int = 1_440
    messages: dict[int, Json] = field(default_factory=dict)


@dataclass(frozen=True)
class Event:
    """What happened: its name on the gateway, where, what the gateway shows of it, and to whom alone.

    Of a server or channel itself there is no `data`: the gateway shows it as it is.
    """

    name: str
    guild_id: int | None
    channel: Channel | None = None
    data: Json = field(default_factory=dict)
    only: int | None = None


Listener = Callable[[Event], None]


class World:
    """Everything in one playground."""

    def __init__(self, now: Now) -> None:
        """Makes an empty world.

        Args:
            now: the clock that ids and times come from.
        """
        self.now = now
        self.ids = Snowflakes(now)
        self.users: dict[int, User] = {}
        self.applications: dict[int, Application] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self._directs: dict[frozenset[int], Channel] = {}
        self._listeners: list[Listener] = []

    def add_user(self, name: str) -> User:
        """Adds a person."""
        return self._keep_user(User(self.ids.make(), name))

    def add_application(self, name: str, token: str) -> Application:
        """Adds a bot with its token."""
        user = self._keep_user(User(self.ids.make(), name, bot=True))
        application = Application(user.id, token, user)
        self.applications[application.id] = application
        return application

    def add_guild(self, name: str, owner: User, everybody: int) -> Guild:
        """Adds a server in which everybody has those permissions."""
        guild_id = self.ids.make()
        guild = Guild(guild_id, name, owner.id, {guild_id: Role(guild_id, "@everyone", everybody)})
        self.guilds[guild_id] = guild
        self.join(guild, owner)
        return guild

    def add_role(self, guild: Guild, name: str, permissions: int, *, mentionable: bool = False) -> Role:
        """Adds a role to a server."""
        role = Role(self.ids.make(), name, permissions, mentionable)
        guild.roles[role.id] = role
        return role

    def join(self, guild: Guild, user: User, *roles: Role) -> Member:
        """Lets somebody into a server; a bot is installed with it."""
        member = Member(user, self.now(), [role.id for role in roles])
        guild.members[user.id] = member
        if user.bot:
            guild.installed.add(user.id)
            self.tell(Event("GUILD_CREATE", guild.id, only=user.id))
        return member

    def add_channel(
        self, guild: Guild, name: str, kind: ChannelType = ChannelType.TEXT, *, tags: Sequence[str] = ()
    ) -> Channel:
        """Adds a channel to a server; a forum with its tags."""
        channel = Channel(self.ids.make(), kind, name, guild.id)
        channel.tags = [{"id": str(self.ids.make()), "name": tag, "moderated": False} for tag in tags]
        self._keep_channel(channel)
        self.tell(Event("CHANNEL_CREATE", guild.id, channel))
        return channel

    def remove_channel(self, channel: Channel) -> None:
        """Takes a channel with its threads, or a thread, out of its server.

        Raises:
            ApiError: it is not there (any more).
        """
        for gone in (self.channel(channel.id), *self.threads(channel)):
            del self.channels[gone.id]
            if gone.guild_id is not None:
                self.guilds[gone.guild_id].channels.pop(gone.id, None)
        name = "THREAD_DELETE" if channel.type in THREADS else "CHANNEL_DELETE"
        self.tell(Event(name, channel.guild_id, channel))

    def set_overwrite(self, channel: Channel, target_id: int, allow: int, deny: int) -> None:
        """Changes what a role or a member may do in a channel and its threads; with no bits, no longer."""
        if allow or deny:
            channel.overwrites[target_id] = (allow, deny)
        else:
            channel.overwrites.pop(target_id, None)
        self.changed(channel)

    def changed(self, channel: Channel) -> None:
        """Tells that a channel or thread of a server is another one now."""
        name = "THREAD_UPDATE" if channel.type in THREADS else "CHANNEL_UPDATE"
        self.tell(Event(name, channel.guild_id, channel))

    def wake(self, thread: Channel) -> None:
        """Opens a thread again that was archived."""
        thread.archived, thread.archive_changed = False, self.now()
        self.changed(thread)

    def direct_channel(self, one: User, other: User) -> Channel:
        """The direct messages between two; made when first asked for."""
        pair = frozenset((one.id, other.id))
        if pair not in self._directs:
            made = Channel(self.ids.make(), ChannelType.DM, recipients=(one, other))
            self._directs[pair] = self._keep_channel(made)
        return self._directs[pair]

    def put_back(self, channel: Channel) -> None:
        """Puts a channel that was kept into its place again, and tells nobody."""
        self._keep_channel(channel)
        if channel.type is ChannelType.DM:
            self._directs[frozenset(user.id for user in channel.recipients)] = channel

    def directs(self, user: User) -> list[Channel]:
        """The direct messages of somebody, as far as they were begun."""
        return [channel for pair, channel in self._directs.items() if user.id in pair]

    def add_thread(
        self,
        parent: Channel,
        name: str,
        owner_id: int,
        *,
        kind: ChannelType = ChannelType.PUBLIC_THREAD,
        thread_id: int | None = None,
    ) -> Channel:
        """Adds a thread under a channel; one that begins at a message has the message's id."""
        thread = Channel(
            thread_id or self.ids.make(),
            kind,
            name,
            parent.guild_id,
            parent_id=parent.id,
            owner_id=owner_id,
            overwrites=parent.overwrites,
        )
        return self._keep_channel(thread)

    def threads(self, parent: Channel) -> list[Channel]:
        """The threads of a channel, or the posts of a forum, oldest first."""
        if parent.guild_id is None:
            return []
        return [item for item in self.guild(parent.guild_id).channels.values() if item.parent_id == parent.id]

    def user(self, user_id: int) -> User:
        """The user with that id."""
        if (user := self.users.get(user_id)) is None:
            raise unknown_user()
        return user

    def guild(self, guild_id: int) -> Guild:
        """The server with that id."""
        if (guild := self.guilds.get(guild_id)) is None:
            raise unknown_guild()
        return guild

    def channel(self, channel_id: int) -> Channel:
        """The channel with that id."""
        if (channel := self.channels.get(channel_id)) is None:
            raise unknown_channel()
        return channel

    def message(self, channel: Channel, message_id: int) -> Json:
        """The message with that id in a channel."""
        if (message := channel.messages.get(message_id)) is None:
            raise unknown_message()
        return message

    def share_a_guild(self, one: User, other: User) -> bool:
        """Whether two are members of one server."""
        return any(one.id in guild.members and other.id in guild.members for guild in self.guilds.values())

    def by_token(self, token: str) -> Application | None:
        """The bot with that token."""
        return next((bot for bot in self.applications.values() if bot.token == token), None)

    def listen(self, listener: Listener) -> None:
        """Calls the listener whenever something happens."""
        self._listeners.append(listener)

    def unlisten(self, listener: Listener) -> None:
        """Calls the listener no more."""
        self._listeners.remove(listener)

    @contextmanager
    def heard_by(self, listener: Listener) -> Iterator[None]:
        """Calls the listener within the context."""
        self.listen(listener)
        try:
            yield
        finally:
            self.unlisten(listener)

    def tell(self, event: Event) -> None:
        """Tells every listener."""
        for listener in (*self._listeners,):
            listener(event)

    def _keep_user(self, user: User) -> User:
        self.users[user.id] = user
        return user

    def _keep_channel(self, channel: Channel) -> Channel:
        self.channels[channel.id] = channel
        if channel.guild_id is not None:
            self.guilds[channel.guild_id].channels[channel.id] = channel
        return channel
