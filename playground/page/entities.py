"""The people, channels and roles that an option of a command can name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from playground.errors import Json
from playground.interactions.nameable import Entity
from playground.interactions.options import OptionType, Value
from playground.page.drawing.names import Known, label
from playground.page.refusals import PageError

_NAMING = {OptionType.USER, OptionType.CHANNEL, OptionType.ROLE, OptionType.MENTIONABLE}


@dataclass(frozen=True)
class Entities:
    """What somebody can name in one place: what is offered there, and nothing else."""

    known: Known

    def choices(self, option: Json) -> list[Json] | None:
        """What an option can name, as choices whose values are ids; None for an option that names nothing."""
        if option["type"] not in _NAMING:
            return None
        return [{"name": label(entity), "value": str(entity.id)} for entity in self._named_by(option)]

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

    def _named_by(self, option: Json) -> Sequence[Entity]:
        match option["type"]:
            case OptionType.USER:
                return self.known.users()
            case OptionType.CHANNEL:
                return self.known.channels(option.get("channel_types"))
            case OptionType.ROLE:
                return self.known.roles()
        return self.known.mentionables()
