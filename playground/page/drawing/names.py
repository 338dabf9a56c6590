"""What one person knows by name: what mentions are called, and what menus of people, roles and channels offer."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from playground import permissions
from playground.world import Channel, Guild, Role, User, World

Entity = User | Role | Channel
"""What a mention, a menu or an option of a command can name."""


def label(entity: Entity) -> str:
    """What an entity is called in a list of several."""
    return f"#{entity.name}" if isinstance(entity, Channel) else f"@{entity.name.removeprefix('@')}"


@dataclass(frozen=True)
class Known:
    """The names that a person knows in one place.

    Attributes:
        viewer: who looks.
        place: the channel they look at; None where it is gone.
    """

    world: World
    viewer: User
    place: Channel | None = None

    def user(self, user_id: int) -> str | None:
        """The name of a user, whichever servers they are in."""
        user = self.world.users.get(user_id)
        return None if user is None else user.name

    def role(self, role_id: int) -> str | None:
        """The name of a role of this server."""
        role = None if self.guild is None else self.guild.roles.get(role_id)
        return None if role is None else role.name

    def channel(self, channel_id: int) -> str | None:
        """The name of a channel of any server, if the person sees it."""
        channel = self.world.channels.get(channel_id)
        return None if channel is None or not self._sees(channel) else channel.name

    @property
    def guild(self) -> Guild | None:
        """The server; None in direct messages."""
        guild_id = None if self.place is None else self.place.guild_id
        return None if guild_id is None else self.world.guilds.get(guild_id)

    def users(self) -> Sequence[User]:
        """Who is here."""
        if self.guild is not None:
            return [member.user for member in self.guild.members.values()]
        return () if self.place is None else self.place.recipients

    def roles(self) -> Sequence[Role]:
        """The roles there are here."""
        return [] if self.guild is None else [*self.guild.roles.values()]

    def mentionables(self) -> Sequence[User | Role]:
        """Who is here, and the roles there are."""
        return [*self.users(), *self.roles()]

    def channels(self, types: Collection[int] | None) -> Sequence[Channel]:
        """The channels that the person sees here; those of some types where any are given."""
        channels = [] if self.guild is None else [*self.guild.channels.values()]
        return [item for item in channels if (not types or item.type in types) and self._sees(item)]

    def own_roles(self) -> Collection[int]:
        """The roles that the person has here."""
        member = None if self.guild is None else self.guild.members.get(self.viewer.id)
        return () if member is None else member.roles

    def _sees(self, channel: Channel) -> bool:
        guild = self.world.guilds.get(channel.guild_id or 0)
        return guild is not None and permissions.sees(guild, channel, self.viewer.id)
