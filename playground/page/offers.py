"""The commands a person has in a channel, flat: a sub-command is a command with a longer name."""

from collections.abc import Iterator
from dataclasses import dataclass

from playground.errors import Json
from playground.interactions.commands import Offer, offered
from playground.interactions.options import OptionType
from playground.page.entities import Entities
from playground.page.forms import number
from playground.page.parts import Route, Visit
from playground.page.refusals import PageError
from playground.world import Application, Channel

_GROUPS = {OptionType.SUB_COMMAND, OptionType.SUB_COMMAND_GROUP}
_LIMITS = ("min_value", "max_value", "min_length", "max_length")


@dataclass(frozen=True)
class Flat:
    """A command without sub-commands, or a sub-command with the names it stands under."""

    application: Application
    name: str
    description: str
    options: list[Json]


async def commands(visit: Visit) -> Json:
    """The commands of a channel, and those that are not for this person."""
    asked = number(visit.request.query.get("channel", ""), "channel")
    channel = visit.places.channel(asked)
    offers = [*offered(visit.world, visit.viewer, channel)]
    entities = Entities(visit.known(channel))
    usable = [flat for offer in offers if offer.refusal is None for flat in _flat(offer)]
    refused = [offer for offer in offers if offer.refusal is not None]
    return {
        "commands": [_shown(flat, entities) for flat in usable],
        "refused": [{"name": offer.command["name"], "reason": offer.refusal} for offer in refused],
    }


def find(visit: Visit, channel: Channel, application_id: int, name: str) -> Flat:
    """A command of an application, by its flat name.

    Raises:
        PageError: it is not offered to the viewer there.
    """
    for offer in offered(visit.world, visit.viewer, channel):
        for flat in _flat(offer):
            if (flat.application.id, flat.name) == (application_id, name):
                if offer.refusal is not None:
                    raise PageError(f"/{name}: {offer.refusal}.", 403)
                return flat
    raise PageError(f"There is no command /{name} here.", 404)


ROUTES = [Route("GET", "commands", commands)]


def _flat(offer: Offer) -> Iterator[Flat]:
    for name, command in _leaves(offer.command, ""):
        yield Flat(offer.application, name, command["description"], command.get("options") or [])


def _leaves(command: Json, above: str) -> Iterator[tuple[str, Json]]:
    name = above + command["name"]
    below = [option for option in command.get("options") or [] if option["type"] in _GROUPS]
    if not below:
        yield name, command
    for option in below:
        yield from _leaves(option, f"{name} ")


def _shown(flat: Flat, entities: Entities) -> Json:
    return {
        "application": {"id": str(flat.application.id), "name": flat.application.user.name},
        "name": flat.name,
        "description": flat.description,
        "options": [_option(option, entities) for option in flat.options],
    }


def _option(option: Json, entities: Entities) -> Json:
    entities_there = entities.choices(option)
    return {
        "name": option["name"],
        "description": option["description"],
        "type": option["type"],
        "required": bool(option.get("required")),
        "autocomplete": bool(option.get("autocomplete")),
        "choices": (option.get("choices") or []) if entities_there is None else entities_there,
        **{limit: option.get(limit) for limit in _LIMITS},
    }
