"""What mentions are called, and the entries of lists of people, roles and channels."""

from collections.abc import Collection
from dataclasses import dataclass

from playground.interactions.nameable import Entity, Nameable
from playground.world import Channel


def label(entity: Entity) -> str:
    """What an entity is called in a list of several."""
    return f"#{entity.name}" if isinstance(entity, Channel) else f"@{entity.name.removeprefix('@')}"


@dataclass(frozen=True)
class Known(Nameable):
    """The names that a person knows in one place."""

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
        return None if channel is None or not self.sees(channel) else channel.name

    def own_roles(self) -> Collection[int]:
        """The roles that the person has here."""
        member = None if self.guild is None else self.guild.members.get(self.viewer.id)
        return () if member is None else member.roles
