"""The people, roles and channels that somebody names, as an interaction brings them ("Resolved Data Structure")."""

from dataclasses import dataclass, field

from playground import permissions, views
from playground.errors import Json
from playground.world import Channel, Role, User, World

Entity = User | Role | Channel


@dataclass
class Resolved:
    """What one person names in one place.

    Attributes:
        shown: the views of what was named, by kind and id.
    """

    world: World
    channel: Channel
    user: User
    shown: dict[str, dict[str, Json]] = field(default_factory=dict)

    def add(self, entity: Entity) -> str:
        """Adds the view of what is named, and returns its id."""
        number = str(entity.id)
        if isinstance(entity, Channel):
            views_of: dict[str, Json] = {"channels": views.channel(self.world, entity, self.user.id)}
        elif isinstance(entity, Role):
            views_of = {"roles": views.role(entity)}
        else:
            views_of = {"users": views.user(entity)} | self._member(entity)
        for kind, view in views_of.items():
            self.shown.setdefault(kind, {})[number] = view
        return number

    def person(self, number: str) -> User | None:
        """The member of the server, or who takes part in the direct messages, with that id."""
        return next((user for user in self._people() if str(user.id) == number), None)

    def role(self, number: str) -> Role | None:
        """The role of the server with that id."""
        if self.channel.guild_id is None:
            return None
        roles = self.world.guild(self.channel.guild_id).roles.values()
        return next((role for role in roles if str(role.id) == number), None)

    def place(self, number: str) -> Channel | None:
        """The channel of the server with that id, where the person sees it."""
        if self.channel.guild_id is None:
            return None
        guild = self.world.guild(self.channel.guild_id)
        found = next((channel for channel in guild.channels.values() if str(channel.id) == number), None)
        if found is None or not permissions.may(guild, found, self.user.id, permissions.VIEW_CHANNEL):
            return None
        return found

    def _people(self) -> list[User]:
        if self.channel.guild_id is None:
            return [*self.channel.recipients]
        return [member.user for member in self.world.guild(self.channel.guild_id).members.values()]

    def _member(self, user: User) -> dict[str, Json]:
        if self.channel.guild_id is None:
            return {}
        guild = self.world.guild(self.channel.guild_id)
        if user.id not in guild.members:
            return {}
        view = views.member(guild.members[user.id])
        view.pop("user")
        return {"members": view | {"permissions": str(permissions.in_channel(guild, self.channel, user.id))}}
