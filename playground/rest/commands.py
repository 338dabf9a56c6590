"""Routes about application commands, everywhere or in one server."""

from playground import command_limits
from playground.errors import ApiError, Json, missing_access
from playground.rest.calls import Call, Route
from playground.world import World

_ALL_INSTALLATIONS = [0, 1]
_EVERYWHERE = {
    "integration_types": None,
    "contexts": None,
    "default_member_permissions": None,
    "nsfw": False,
}


def commands(call: Call) -> list[Json]:
    """The commands that are registered."""
    return call.application.commands.get(_scope(call), [])


def overwrite(call: Call) -> list[Json]:
    """Registers commands in place of all that were there; one that keeps its name keeps its id."""
    bodies = call.bodies
    command_limits.check(bodies)
    kept = {(command["type"], command["name"]): command["id"] for command in commands(call)}
    made = [_command(call, body, kept.get((body.get("type", 1), body["name"]))) for body in bodies]
    call.application.commands[_scope(call)] = made
    return made


def upsert(call: Call) -> Json:
    """Registers one command."""
    command_limits.check([call.body])
    name = (call.body.get("type", 1), call.body["name"])
    others = [command for command in commands(call) if (command["type"], command["name"]) != name]
    earlier = next((c["id"] for c in commands(call) if (c["type"], c["name"]) == name), None)
    made = _command(call, call.body, earlier)
    call.application.commands[_scope(call)] = [*others, made]
    return made


def delete(call: Call) -> None:
    """Removes a command."""
    left = [command for command in commands(call) if command["id"] != call.path["command_id"]]
    if len(left) == len(commands(call)):
        raise ApiError(404, 10063, "Unknown application command")
    call.application.commands[_scope(call)] = left


def _scope(call: Call) -> int | None:
    if call.number("application_id") != call.application.id:
        raise missing_access()
    return call.number("guild_id") if "guild_id" in call.path else None


def _command(call: Call, body: Json, kept_id: str | None) -> Json:
    made: Json = {"type": 1, "description": ""} | _EVERYWHERE | body
    made |= {
        "id": kept_id or _next_id(call.world),
        "application_id": str(call.application.id),
        "version": _next_id(call.world),
    }
    made["integration_types"] = made["integration_types"] or _ALL_INSTALLATIONS
    needed = made["default_member_permissions"]
    made["default_member_permissions"] = None if needed is None else str(needed)
    return made | ({"guild_id": call.path["guild_id"]} if "guild_id" in call.path else {})


def _next_id(world: World) -> str:
    return str(world.ids.make())


_GLOBAL = "/applications/{application_id}/commands"
_IN_GUILD = "/applications/{application_id}/guilds/{guild_id}/commands"

ROUTES = [
    Route("GET", _GLOBAL, commands),
    Route("PUT", _GLOBAL, overwrite),
    Route("POST", _GLOBAL, upsert, status=201),
    Route("DELETE", f"{_GLOBAL}/{{command_id}}", delete, status=204),
    Route("GET", _IN_GUILD, commands),
    Route("PUT", _IN_GUILD, overwrite),
]
