"""What stands in a channel."""

from itertools import islice

from playground.errors import Json
from playground.page.drawing.rendering import Renderer
from playground.page.forms import number
from playground.page.parts import Route, Visit
from playground.page.places import kind
from playground.world import Channel, ChannelType

AT_A_TIME = 50
"""Messages."""


async def channel(visit: Visit) -> Json:
    """A stretch of a channel's messages, oldest first: the newest, or those before a message; of a forum its posts."""
    shown = visit.places.channel(number(visit.request.match_info["id"], "The channel"))
    before = visit.request.query.get("before")
    renderer = Renderer(visit.world, visit.viewer)
    if shown.type is ChannelType.FORUM:
        return _channel(visit, shown) | {"html": renderer.posts(shown), "more": False}
    if not visit.places.reads_history(shown):
        return _channel(visit, shown) | {"html": "", "more": False}
    messages = _newest(shown, None if before is None else number(before, "before"))
    stretch = messages[AT_A_TIME - 1 :: -1]
    if before is None:
        stretch = _with_private(visit, shown, stretch)
    html = renderer.messages(stretch, shown)
    return _channel(visit, shown) | {"html": html, "more": len(messages) > AT_A_TIME}


ROUTES = [Route("GET", "channels/{id}", channel)]


def _channel(visit: Visit, shown: Channel) -> Json:
    return {
        "id": str(shown.id),
        "name": visit.places.name(shown),
        "kind": kind(shown),
        "server": _id(shown.guild_id),
        "parent": _id(shown.parent_id),
        "may_write": visit.places.may_write(shown),
        "bots": [bot.name for bot in visit.places.answering(shown)],
    }


def _newest(shown: Channel, before: int | None) -> list[Json]:
    """The newest messages first, one more than are shown at a time."""
    earlier = (
        message
        for message_id, message in reversed(shown.messages.items())
        if before is None or message_id < before
    )
    return [*islice(earlier, AT_A_TIME + 1)]


def _with_private(visit: Visit, shown: Channel, stretch: list[Json]) -> list[Json]:
    """The newest messages, and those since the oldest of them that the viewer alone sees."""
    since = int(stretch[0]["id"]) if len(stretch) == AT_A_TIME else 0
    private = visit.parts.messages.private(visit.viewer, shown)
    recent = [message for message in private if int(message["id"]) >= since]
    return sorted([*stretch, *recent], key=lambda message: int(message["id"]))


def _id(number_: int | None) -> str | None:
    return None if number_ is None else str(number_)
