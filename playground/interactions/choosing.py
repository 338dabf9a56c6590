"""What a person chooses from a menu (Discord docs, "Component Reference")."""

from collections.abc import Sequence

from playground.errors import Json, PlaygroundError
from playground.forms.components import STRING_SELECT
from playground.interactions.resolved import Resolved


def hold_to_number(name: str, chosen: Sequence[str], least: int, most: int) -> None:
    """Refuses too few or too many.

    Raises:
        PlaygroundError: naming the field.
    """
    if not least <= len(chosen) <= most:
        wanted = f"{least}" if least == most else f"{least} to {most}"
        values = "value" if wanted == "1" else "values"
        raise PlaygroundError(f"{name} takes {wanted} {values}, not {len(chosen)}.")


def hold_to_offer(name: str, chosen: Sequence[str], offered: Sequence[str]) -> None:
    """Refuses what is not offered, and the same twice.

    Raises:
        PlaygroundError: naming the field.
    """
    for value in chosen:
        if value not in offered:
            raise PlaygroundError(f"{name} does not offer {value}.")
    if len({*chosen}) < len(chosen):
        raise PlaygroundError(f"{name} takes each value once.")


def choose(name: str, menu: Json, chosen: Sequence[str], resolved: Resolved) -> None:
    """Holds what was chosen to what a menu offers, and resolves the people, roles and channels among it.

    Raises:
        PlaygroundError: the menu does not offer it.
    """
    if menu["type"] == STRING_SELECT:
        offered = [option["value"] for option in menu["options"]]
    else:
        named = {str(entity.id): entity for entity in resolved.nameable.offered(menu)}
        offered = [resolved.add(named[value]) for value in chosen if value in named]
    hold_to_offer(name, chosen, offered)
