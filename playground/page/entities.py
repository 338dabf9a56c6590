"""The people, channels and roles that an option of a command can name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from playground.errors import Json
from playground.options import OptionType, Value
from playground.page.places import Places
from playground.page.refusals import PageError
from playground.world import Channel, Guild, Role, User

Entity = User | Channel | Role
_NAMING = {OptionType.USER, OptionType.CHANNEL, OptionType.ROLE, OptionType.MENTIONABLE}


@dataclass(frozen=True)
class Entities:
    """What somebody can name in a channel: what is offered there, and nothing else."""

    places: Places
    channel: Channel

    def choices(self, option: Json) -> list[Json] | None:
        """What an option can name, as choices whose values are ids; None for an option that names nothing."""
        if option["type"] not in _NAMING:
            return None
        return [{"name": _label(entity), "value": str(entity.id)} for entity in self._named_by(option)]

    def filled(self, options: Sequence[Json], given: Mapping[str, str | float | bool]) -> dict[str, Value]:
        """What was filled in, with the entities in place of their ids.

        Raises:
            PageError: an option was given something that it does not offer.
        """
        naming = {option["name"]: option for option in options if option["type"] in _NAMING}
        return {
            name: self._find(naming[name], value) if name in naming else value
            for name, value in given.items()
        }

    def _find(self, option: Json, value: object) -> Entity:
        for entity in self._named_by(option):
            if str(entity.id) == value:
                return entity
        raise PageError(f"{option['name']} takes one of those that are offered.")

    def _named_by(self, option: Json) -> list[Entity]:
        match option["type"]:
            case OptionType.USER:
                return [*self._users()]
            case OptionType.CHANNEL:
                return [*self._channels(option.get("channel_types"))]
            case OptionType.ROLE:
                return [*self._roles()]
        return [*self._users(), *self._roles()]

    def _guild(self) -> Guild | None:
        return None if self.channel.guild_id is None else self.places.world.guild(self.channel.guild_id)

    def _users(self) -> Sequence[User]:
        guild = self._guild()
        return (
            self.channel.recipients if guild is None else [member.user for member in guild.members.values()]
        )

    def _roles(self) -> Sequence[Role]:
        guild = self._guild()
        return [] if guild is None else [*guild.roles.values()]

    def _channels(self, types: Sequence[int] | None) -> Sequence[Channel]:
        if (guild := self._guild()) is None:
            return []
        seen = self.places.channels(guild)
        return [channel for channel in seen if not types or int(channel.type) in types]


def _label(entity: Entity) -> str:
    if isinstance(entity, Channel):
        return f"#{entity.name}"
    return f"@{entity.name.removeprefix('@')}"
