"""Select menus: what they offer, and what is chosen in them already (Discord docs, "Component Reference")."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from playground.errors import Json
from playground.forms.components import STRING_SELECT
from playground.page.drawing.names import Known, label

_HINT = "Make a selection"


@dataclass(frozen=True)
class Option:
    """Something that can be chosen."""

    value: str
    label: str
    note: str = ""
    emoji: str = ""
    chosen: bool = False


@dataclass(frozen=True)
class Menu:
    """A menu as it is drawn.

    Attributes:
        hint: what it says while nothing is chosen.
        least: how many must be chosen.
        most: how many may be.
    """

    name: str
    hint: str
    least: int
    most: int
    disabled: bool
    options: tuple[Option, ...]

    @property
    def label(self) -> str:
        """What it says now."""
        return ", ".join(option.label for option in self.options if option.chosen) or self.hint


def menu(component: Json, known: Known) -> Menu:
    """A menu from its JSON; one of people, roles or channels offers those that are known."""
    offered = _strings(component) if component["type"] == STRING_SELECT else _entities(component, known)
    needed = component.get("required") is not False
    return Menu(
        name=component["custom_id"],
        hint=component.get("placeholder") or _HINT,
        least=component.get("min_values", 1) if needed else 0,
        most=component.get("max_values", 1),
        disabled=bool(component.get("disabled")),
        options=tuple(offered),
    )


def emoji_text(emoji: Mapping[str, object] | None) -> str:
    """An emoji as text: a server's own by its name between colons."""
    if not emoji:
        return ""
    name = str(emoji.get("name") or "")
    return name if emoji.get("id") is None else f":{name or 'emoji'}:"


def _strings(component: Json) -> Iterator[Option]:
    for option in component["options"]:
        yield Option(
            value=option["value"],
            label=option["label"],
            note=option.get("description") or "",
            emoji=emoji_text(option.get("emoji")),
            chosen=bool(option.get("default")),
        )


def _entities(component: Json, known: Known) -> Iterator[Option]:
    chosen = {str(default.get("id")) for default in component.get("default_values") or []}
    for entity in known.offered(component):
        value = str(entity.id)
        yield Option(value, label(entity), chosen=value in chosen)
