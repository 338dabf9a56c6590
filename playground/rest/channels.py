"""Routes about channels and what was said in them."""

from itertools import islice
from typing import Annotated

from pydantic import Field

from playground import permissions, views
from playground.errors import Json
from playground.forms.base import Form, Snowflake, read
from playground.rest.calls import Call, Route
from playground.world import Channel, Event


class _Page(Form):
    limit: Annotated[int, Field(ge=1, le=100)] = 50
    before: Snowflake | None = None
    after: Snowflake | None = None
    around: Snowflake | None = None


def channel(call: Call) -> Json:
    """A channel."""
    return views.channel(call.world, call.channel())


def history(call: Call) -> list[Json]:
    """A channel's messages, newest first; where its history may not be read, none."""
    page = read(_Page, call.query)
    shown = call.channel()
    if not _may_read(call, shown):
        return []
    if page.around is not None:
        half = page.limit // 2
        newer = _oldest_first(shown, page.around, half)[::-1]
        return [*newer, *_newest_first(shown, page.around + 1, page.limit - len(newer))]
    if page.after is not None:
        return _oldest_first(shown, page.after, page.limit)[::-1]
    return _newest_first(shown, page.before, page.limit)


def begin_typing(call: Call) -> None:
    """Tells that the bot is about to write."""
    shown, user = call.channel(), call.application.user
    data = {
        "channel_id": str(shown.id),
        "user_id": str(user.id),
        "timestamp": int(call.world.now().timestamp()),
    }
    if shown.guild_id is not None:
        data["member"] = views.member(call.world.guild(shown.guild_id).members[user.id])
    call.services.gateway.tell(Event("TYPING_START", shown.guild_id, shown, data))


def _newest_first(shown: Channel, before: int | None, limit: int) -> list[Json]:
    found = (
        message for number, message in reversed(shown.messages.items()) if before is None or number < before
    )
    return list(islice(found, limit))


def _oldest_first(shown: Channel, after: int, limit: int) -> list[Json]:
    return list(islice((message for number, message in shown.messages.items() if number > after), limit))


def _may_read(call: Call, shown: Channel) -> bool:
    if shown.guild_id is None:
        return True
    guild = call.world.guild(shown.guild_id)
    return permissions.may(guild, shown, call.application.id, permissions.READ_MESSAGE_HISTORY)


ROUTES = [
    Route("GET", "/channels/{channel_id}", channel),
    Route("GET", "/channels/{channel_id}/messages", history),
    Route("POST", "/channels/{channel_id}/typing", begin_typing, status=204),
]
