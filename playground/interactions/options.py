"""What a person fills into a command, as an interaction brings it (Discord docs, "Application Command Option")."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from playground.errors import Json, PlaygroundError
from playground.interactions.nameable import Entity
from playground.interactions.resolved import Resolved
from playground.world import Channel, Role, User

Value = str | int | float | bool | Entity


class OptionType(IntEnum):
    """Discord docs, "Application Command Option Type"."""

    SUB_COMMAND = 1
    SUB_COMMAND_GROUP = 2
    STRING = 3
    INTEGER = 4
    BOOLEAN = 5
    USER = 6
    CHANNEL = 7
    ROLE = 8
    MENTIONABLE = 9
    NUMBER = 10


_GROUPS = {OptionType.SUB_COMMAND, OptionType.SUB_COMMAND_GROUP}
_TAKES: dict[OptionType, tuple[type, ...]] = {
    OptionType.STRING: (str,),
    OptionType.INTEGER: (int,),
    OptionType.BOOLEAN: (bool,),
    OptionType.USER: (User,),
    OptionType.CHANNEL: (Channel,),
    OptionType.ROLE: (Role,),
    OptionType.MENTIONABLE: (User, Role),
    OptionType.NUMBER: (int, float),
}


@dataclass
class Filled:
    """A command that was filled in.

    Attributes:
        resolved: the objects that its options name.
        focused: the option that is being typed, where choices for it are asked.
    """

    resolved: Resolved
    focused: str | None = None

    def data(self, command: Json, path: list[str], values: Mapping[str, Value]) -> Json:
        """The `data` of an interaction.

        Args:
            command: the command as it is registered.
            path: the names of the sub-command group and sub-command, as far as there are any.
            values: by the names of the options.

        Raises:
            PlaygroundError: an option or sub-command does not exist, is missing, or does not take that value.
        """
        options = self._below(command, path, values)
        data: Json = {"id": command["id"], "name": command["name"], "type": command["type"]}
        if "guild_id" in command:
            data["guild_id"] = command["guild_id"]
        if options:
            data["options"] = options
        if self.resolved.shown:
            data["resolved"] = self.resolved.shown
        return data

    def _below(self, holder: Json, path: list[str], values: Mapping[str, Value]) -> list[Json]:
        described = holder.get("options") or []
        groups = [option for option in described if option["type"] in _GROUPS]
        if not path:
            if groups:
                raise PlaygroundError(f"{holder['name']} needs one of: {', '.join(_names(groups))}.")
            return [*self._options(holder["name"], described, values)]
        chosen = next((option for option in groups if option["name"] == path[0]), None)
        if chosen is None:
            raise PlaygroundError(f"{holder['name']} has no sub-command {path[0]}.")
        below = self._below(chosen, path[1:], values)
        return [{"type": chosen["type"], "name": chosen["name"], "options": below}]

    def _options(self, name: str, described: list[Json], values: Mapping[str, Value]) -> Iterator[Json]:
        unknown = values.keys() - {*_names(described)}
        if unknown:
            raise PlaygroundError(f"/{name} has no option {', '.join(sorted(unknown))}.")
        for option in described:
            if option["name"] in values:
                yield self._option(option, values[option["name"]])
            elif option.get("required") and self.focused is None:
                raise PlaygroundError(f"/{name} needs {option['name']}.")

    def _option(self, option: Json, value: Value) -> Json:
        kind = OptionType(option["type"])
        filled: Json = {"type": int(kind), "name": option["name"]}
        if option["name"] == self.focused:
            return filled | {"value": value, "focused": True}
        if not isinstance(value, _TAKES[kind]) or (
            isinstance(value, bool) and kind is not OptionType.BOOLEAN
        ):
            raise PlaygroundError(f"{option['name']} does not take {value!r}.")
        _hold_to_bounds(option, value)
        return filled | {"value": self.resolved.add(value) if isinstance(value, Entity) else value}


def _names(options: list[Json]) -> list[str]:
    return [option["name"] for option in options]


def _hold_to_bounds(option: Json, value: Any) -> None:  # noqa: ANN401 - its type was checked against the option's
    choices = option.get("choices") or []
    if choices and value not in [choice["value"] for choice in choices]:
        raise PlaygroundError(f"{option['name']} takes one of its choices, not {value!r}.")
    if isinstance(value, Channel) and int(value.type) not in (
        option.get("channel_types") or [int(value.type)]
    ):
        raise PlaygroundError(f"{option['name']} does not take a channel like {value.name}.")
    prefix, measured = ("_length", len(value)) if isinstance(value, str) else ("_value", value)
    least, most = option.get(f"min{prefix}"), option.get(f"max{prefix}")
    if (least is not None and measured < least) or (most is not None and measured > most):
        raise PlaygroundError(f"{option['name']} takes {least} to {most}, not {measured}.")
