"""What a command may look like (Discord docs, "Application Command Object")."""

import re
from collections.abc import Iterator

from playground import checks
from playground.checks import Path
from playground.errors import Flaw, Json, invalid_form

COMMANDS, NAME, DESCRIPTION, OPTIONS, CHOICES, CHOICE_TEXT = 100, 32, 100, 25, 25, 100
CHAT_INPUT = 1
_NAME = re.compile(r"[-_'\w\u0900-\u097f\u0e00-\u0e7f]{1,32}")


def check(commands: list[Json]) -> None:
    """Holds commands to every limit.

    Raises:
        ApiError: 50035 with the paths of the bad fields.
    """
    flaws = [flaw for number, command in enumerate(commands) for flaw in _command((number,), command)]
    flaws += checks.size((), commands, COMMANDS)
    if flaws:
        raise invalid_form(flaws)


def check_choices(choices: list[Json]) -> None:
    """Holds the answer to an autocomplete to its limits.

    Raises:
        ApiError: 50035 with the paths of the bad fields.
    """
    flaws = [*_choices(("data", "choices"), choices)]
    if flaws:
        raise invalid_form(flaws)


def _command(path: Path, command: Json) -> Iterator[Flaw]:
    chat = command.get("type", CHAT_INPUT) == CHAT_INPUT
    yield from _named(path, command, strict=chat)
    yield from checks.text((*path, "description"), command.get("description"), DESCRIPTION, least=int(chat))
    yield from _options(path, command)


def _options(path: Path, holder: Json) -> Iterator[Flaw]:
    options = checks.entries(holder.get("options"))
    yield from checks.size((*path, "options"), options, OPTIONS)
    optional = False
    for number, option in enumerate(options):
        place = (*path, "options", number)
        yield from _named(place, option, strict=True)
        yield from checks.text((*place, "description"), option.get("description"), DESCRIPTION, least=1)
        yield from _choices((*place, "choices"), checks.entries(option.get("choices")))
        yield from _options(place, option)
        if option.get("required") and optional:
            message = "Required options must be placed before non-required options"
            yield Flaw(place, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message)
        optional = optional or not option.get("required")


def _named(path: Path, holder: Json, *, strict: bool) -> Iterator[Flaw]:
    name = holder.get("name")
    yield from checks.text((*path, "name"), name, NAME, least=1)
    if strict and isinstance(name, str) and (not _NAME.fullmatch(name) or name != name.lower()):
        yield Flaw((*path, "name"), "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")


def _choices(path: Path, choices: list[Json]) -> Iterator[Flaw]:
    yield from checks.size(path, choices, CHOICES)
    for number, choice in enumerate(choices):
        yield from checks.text((*path, number, "name"), choice.get("name"), CHOICE_TEXT, least=1)
        if isinstance(choice.get("value"), str):
            yield from checks.text((*path, number, "value"), choice["value"], CHOICE_TEXT)
