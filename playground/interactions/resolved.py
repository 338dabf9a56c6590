"""The people, roles and channels that somebody names, as an interaction brings them ("Resolved Data Structure")."""

from dataclasses import dataclass, field

from playground import permissions, views
from playground.errors import Json
from playground.interactions.nameable import Entity, Nameable
from playground.world import Channel, Role, User, World


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

    @property
    def nameable(self) -> Nameable:
        """What the person can name there."""
        return Nameable(self.world, self.user, self.channel)

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

    def _member(self, user: User) -> dict[str, Json]:
        guild = self.nameable.guild
        if guild is None or user.id not in guild.members:
            return {}
        view = views.member(guild.members[user.id])
        view.pop("user")
        return {"members": view | {"permissions": str(permissions.in_channel(guild, self.channel, user.id))}}
