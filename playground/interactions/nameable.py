"""The people, roles and channels that somebody can name in one place: in options, in menus, in mentions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from playground import permissions
from playground.errors import Json
from playground.forms.components import MENTIONABLE_SELECT, ROLE_SELECT, USER_SELECT
from playground.world import Channel, Guild, Role, User, World

Entity = User | Role | Channel
"""What a mention, a menu or an option of a command can name."""


@dataclass(frozen=True)
class Nameable:
    """What one person can name in one place.

    Attributes:
        viewer: who names it.
        place: the channel they are in; None where it is gone.
    """

    world: World
    viewer: User
    place: Channel | None = None

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
        return [item for item in channels if (not types or item.type in types) and self.sees(item)]

    def offered(self, menu: Json) -> Sequence[Entity]:
        """What a menu of people, roles, both or channels offers here."""
        match menu["type"]:
            case kind if kind == USER_SELECT:
                return self.users()
            case kind if kind == ROLE_SELECT:
                return self.roles()
            case kind if kind == MENTIONABLE_SELECT:
                return self.mentionables()
        return self.channels(menu.get("channel_types"))

    def sees(self, channel: Channel) -> bool:
        """Whether the person sees a channel of any server."""
        guild = self.world.guilds.get(channel.guild_id or 0)
        return guild is not None and permissions.sees(guild, channel, self.viewer.id)
