"""Routes about application commands, everywhere or in one server."""

from typing import Any

from playground.errors import Flaw, Json, invalid_form, missing_access, unknown_command
from playground.forms.base import read, read_all
from playground.forms.commands import Command
from playground.rest.calls import Answer, Call, Route

_ALL_INSTALLATIONS = [0, 1]


def commands(call: Call) -> list[Json]:
    """The commands that are registered."""
    return call.application.commands.get(_scope(call), [])


def command(call: Call) -> Json:
    """One command."""
    found = (each for each in commands(call) if each["id"] == call.path["command_id"])
    if (first := next(found, None)) is None:
        raise unknown_command()
    return first


def overwrite(call: Call) -> list[Json]:
    """Registers commands in place of all that were there; one that keeps its name keeps its id."""
    forms = read_all(Command, call.bodies)
    flaws = [*Command.too_many(forms)]
    if flaws:
        raise invalid_form(flaws)
    earlier = _ids(call)
    made = [
        _made(call, body, form, earlier.get(form.identity()))
        for body, form in zip(call.bodies, forms, strict=True)
    ]
    call.application.commands[_scope(call)] = made
    return made


def upsert(call: Call) -> Answer:
    """Registers one command, in place of one of its name."""
    form = read(Command, call.body)
    earlier = _ids(call).get(form.identity())
    made = _made(call, call.body, form, earlier)
    others = [each for each in commands(call) if each["id"] != earlier]
    call.application.commands[_scope(call)] = [*others, made]
    return Answer(201 if earlier is None else 200, made)


def edit(call: Call) -> Json:
    """Changes a command; what the body leaves out stays, and so do its type and id."""
    found = command(call)
    body = found | call.body | {"type": found["type"]}
    form = read(Command, body)
    if _ids(call).get(form.identity(), found["id"]) != found["id"]:
        message = "Application command names must be unique"
        raise invalid_form([Flaw(("name",), "APPLICATION_COMMANDS_DUPLICATE_NAME", message)])
    made = _made(call, body, form, found["id"])
    call.application.commands[_scope(call)] = [made if each is found else each for each in commands(call)]
    return made


def delete(call: Call) -> None:
    """Removes a command."""
    removed = command(call)
    left = [each for each in commands(call) if each is not removed]
    call.application.commands[_scope(call)] = left


def _scope(call: Call) -> int | None:
    if call.number("application_id") != call.application.id:
        raise missing_access()
    if "guild_id" not in call.path:
        return None
    guild = call.world.guild(call.number("guild_id"))
    if call.application.id not in guild.installed:
        raise missing_access()
    return guild.id


def _ids(call: Call) -> dict[tuple[int, str], str]:
    return {(command["type"], command["name"]): command["id"] for command in commands(call)}


def _made(call: Call, body: dict[str, Any], form: Command, kept_id: str | None) -> Json:
    needed = form.default_member_permissions
    made = body | {
        "id": kept_id or str(call.world.ids.make()),
        "application_id": str(call.application.id),
        "version": str(call.world.ids.make()),
        "type": form.type,
        "description": form.description or "",
        "default_member_permissions": None if needed is None else str(needed),
        "contexts": form.contexts,
        "integration_types": form.integration_types or _ALL_INSTALLATIONS,
        "nsfw": bool(body.get("nsfw")),
    }
    return made | ({"guild_id": call.path["guild_id"]} if "guild_id" in call.path else {})


_GLOBAL = "/applications/{application_id}/commands"
_IN_GUILD = "/applications/{application_id}/guilds/{guild_id}/commands"

ROUTES = [
    Route(method, f"{scope}{rest}", handler, status=status)
    for scope in (_GLOBAL, _IN_GUILD)
    for method, rest, handler, status in (
        ("GET", "", commands, 200),
        ("PUT", "", overwrite, 200),
        ("POST", "", upsert, 200),
        ("GET", "/{command_id}", command, 200),
        ("PATCH", "/{command_id}", edit, 200),
        ("DELETE", "/{command_id}", delete, 204),
    )
]
