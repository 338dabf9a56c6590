"""A form that was filled in, as an interaction brings it (Discord docs, "Modal Submit Data Structure")."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from playground.errors import Json, PlaygroundError
from playground.forms.components import ACTION_ROW, SELECTS, walk
from playground.forms.modals import CHECKBOX, CHECKBOX_GROUP, LABEL, LONGEST_TEXT, RADIO_GROUP, TEXT_INPUT
from playground.interactions.choosing import choose, hold_to_number, hold_to_offer
from playground.interactions.resolved import Resolved

Given = str | Sequence[str]
_TICKS = {"true": True, "false": False}


@dataclass(frozen=True)
class Submission:
    """What one person writes, chooses and ticks in a form.

    A field that is not `given` has what it shows at first: its prefilled text, its default options. A checkbox is
    ticked with "true"; with "false" or no value it is not.
    """

    modal: Json
    given: Mapping[str, Given]
    resolved: Resolved

    def data(self) -> Json:
        """The `data` of the interaction.

        Raises:
            PlaygroundError: a field does not exist, must be filled in, or does not take what is given.
        """
        fields = {item["custom_id"] for _, item in walk(self.modal["components"]) if "custom_id" in item}
        if unknown := self.given.keys() - fields:
            raise PlaygroundError(f"The form has no field {', '.join(sorted(unknown))}.")
        components = [self._part(item) for item in self.modal["components"]]
        data: Json = {"custom_id": self.modal["custom_id"], "components": components}
        return data | ({"resolved": self.resolved.shown} if self.resolved.shown else {})

    def _part(self, item: Json) -> Json:
        part: Json = {"type": item["type"], "id": item["id"]}
        if item["type"] == LABEL:
            part["component"] = self._field(item["component"], item["label"])
        if item["type"] == ACTION_ROW:
            part["components"] = [self._field(inner, inner["label"]) for inner in item["components"]]
        return part

    def _field(self, item: Json, name: str) -> Json:
        field: Json = {key: item[key] for key in ("type", "id", "custom_id")}
        if item["type"] == TEXT_INPUT:
            return field | {"value": self._text(item, name)}
        if item["type"] == CHECKBOX:
            return field | {"value": self._tick(item, name)}
        chosen = self._choice(item, name)
        if item["type"] == RADIO_GROUP:
            return field | {"value": next(iter(chosen), None)}
        return field | {"values": chosen}

    def _text(self, item: Json, name: str) -> str:
        text = self.given.get(item["custom_id"], item.get("value", ""))
        if not isinstance(text, str):
            raise PlaygroundError(f"{name} takes text.")
        if not text and item.get("required", True):
            raise PlaygroundError(f"{name} must be filled in.")
        least, most = item.get("min_length", 0), item.get("max_length", LONGEST_TEXT)
        if text and not least <= len(text) <= most:
            raise PlaygroundError(f"{name} takes {least} to {most} characters, not {len(text)}.")
        return text

    def _tick(self, item: Json, name: str) -> bool:
        given = self.given.get(item["custom_id"])
        if given is None:
            return bool(item.get("default"))
        match [*_several(given)]:
            case []:
                return False
            case [tick] if tick in _TICKS:
                return _TICKS[tick]
        raise PlaygroundError(f"{name} is ticked (true) or not (false).")

    def _choice(self, item: Json, name: str) -> list[str]:
        given = self.given.get(item["custom_id"])
        chosen = [*_several(given)] if given is not None else _defaults(item)
        if not chosen and not item.get("required", True):
            return chosen
        least, most = _bounds(item)
        hold_to_number(name, chosen, least, most)
        if item["type"] in SELECTS:
            choose(name, item, chosen, self.resolved)
        else:
            hold_to_offer(name, chosen, [option["value"] for option in item["options"]])
        return chosen


def _several(given: Given) -> Sequence[str]:
    """One value is a list of one; an empty text is none."""
    if isinstance(given, str):
        return [given] if given else []
    return given


def _defaults(item: Json) -> list[str]:
    """What is chosen when the form opens."""
    options = [option["value"] for option in item.get("options", []) if option.get("default")]
    return options or [str(each["id"]) for each in item.get("default_values", [])]


def _bounds(item: Json) -> tuple[int, int]:
    most = len(item["options"]) if item["type"] == CHECKBOX_GROUP else 1
    return item.get("min_values", 1), item.get("max_values", most)
