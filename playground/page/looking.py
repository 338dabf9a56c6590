"""Who lives in the playground, and which places a person has."""

from playground.errors import Json
from playground.page.environment import ENVIRONMENT
from playground.page.forms import number
from playground.page.parts import Parts, Route, Visit
from playground.page.places import kind, people
from playground.world import World


async def me(visit: Visit) -> Json:
    """Who acts, who else could, their servers, and the bots."""
    return {
        "me": _named(visit.viewer.id, visit.viewer.name),
        "people": _people(visit.world),
        "servers": [_named(guild.id, guild.name) for guild in visit.places.servers()],
        "bots": _bots(visit.parts),
    }


async def places(visit: Visit) -> Json:
    """The channels of a server, or the direct messages, as links."""
    asked = visit.request.query.get("server", "")
    seen = visit.places
    template = ENVIRONMENT.get_template("places.html")
    if asked == "@me":
        return {"html": template.render(kind=kind, directs=[*seen.directs()], tree=None)}
    tree = seen.tree(seen.server(number(asked, "server")))
    return {"html": template.render(kind=kind, directs=None, tree=tree)}


ROUTES = [Route("GET", "me", me), Route("GET", "places", places)]


def _named(number_: int, name: str) -> Json:
    return {"id": str(number_), "name": name}


def _people(world: World) -> list[Json]:
    owners = {guild.owner_id for guild in world.guilds.values()}
    members = {user_id for guild in world.guilds.values() for user_id in guild.members}
    return [
        _named(user.id, user.name)
        | {"note": "owner" if user.id in owners else "member" if user.id in members else "in no server"}
        for user in people(world)
    ]


def _bots(parts: Parts) -> list[Json]:
    connected = {
        session.application.id
        for session in parts.gateway.sessions.values()
        if session.connection is not None
    }
    return [
        _named(bot.id, bot.user.name) | {"connected": bot.id in connected}
        for bot in parts.world.applications.values()
    ]
