"""Routes about channels, threads and messages."""

from itertools import islice

from playground import checks, permissions, views
from playground.errors import (
    Flaw,
    Json,
    cannot_message_user,
    invalid_form,
    missing_permissions,
    wrong_channel_type,
)
from playground.rest.calls import Call, Route, sending_permission
from playground.world import Channel, ChannelType

_PAGE, _LARGEST_PAGE = 50, 100
_POST_NAME, _POST_TAGS = 100, 5


def channel(call: Call) -> Json:
    """A channel."""
    return views.channel(call.world, call.channel())


def history(call: Call) -> list[Json]:
    """A channel's messages, newest first; where history may not be read, none."""
    shown = call.channel()
    if not _may_read(call, shown):
        return []
    limit = int(call.query.get("limit", _PAGE))
    if not 1 <= limit <= _LARGEST_PAGE:
        message = f"int value should be less than or equal to {_LARGEST_PAGE}."
        raise invalid_form([Flaw(("limit",), "NUMBER_TYPE_MAX", message)])
    return _page(shown, limit, call.query)


def _page(shown: Channel, limit: int, query: dict[str, str]) -> list[Json]:
    if "after" in query:
        after = int(query["after"])
        rising = [message for number, message in shown.messages.items() if number > after]
        return rising[:limit][::-1]
    before = int(query.get("before", 2**63))
    if "around" in query:
        before = int(query["around"]) + 1
    falling = (message for number, message in reversed(shown.messages.items()) if number < before)
    return list(islice(falling, limit))


def _may_read(call: Call, shown: Channel) -> bool:
    if shown.guild_id is None:
        return True
    guild = call.world.guild(shown.guild_id)
    return permissions.may(guild, shown, call.application.id, permissions.READ_MESSAGE_HISTORY)


def message(call: Call) -> Json:
    """One message."""
    shown = call.channel(permissions.READ_MESSAGE_HISTORY)
    return call.world.message(shown, call.number("message_id"))


def post(call: Call) -> Json:
    """Posts a message."""
    target = call.channel()
    if target.type is ChannelType.FORUM:
        raise wrong_channel_type()
    if target.guild_id is not None:
        call.channel(sending_permission(target))
    elif not all(user.takes_messages for user in target.recipients):
        raise cannot_message_user()
    return call.services.messages.post(call.application.user, target, call.body)


def edit(call: Call) -> Json:
    """Changes a message."""
    shown = call.channel()
    return call.services.messages.edit(
        call.application.user, shown, call.world.message(shown, call.number("message_id")), call.body
    )


def delete(call: Call) -> None:
    """Deletes a message."""
    shown = call.channel()
    found = call.world.message(shown, call.number("message_id"))
    if found["author"]["id"] != str(call.application.id):
        if shown.guild_id is None:
            raise missing_permissions()
        call.channel(permissions.MANAGE_MESSAGES)
    call.services.messages.delete(shown, found)


def thread_from_message(call: Call) -> Json:
    """Starts a thread at a message; it has the message's id."""
    parent = call.channel(permissions.CREATE_PUBLIC_THREADS)
    found = call.world.message(parent, call.number("message_id"))
    thread = call.world.add_thread(parent, _name(call.body), call.application.id, int(found["id"]))
    return views.channel(call.world, thread)


def thread(call: Call) -> Json:
    """Starts a thread without a message, or a post in a forum."""
    parent = call.channel()
    needed = (
        permissions.SEND_MESSAGES if parent.type is ChannelType.FORUM else permissions.CREATE_PUBLIC_THREADS
    )
    call.channel(needed)
    name = _name(call.body)
    if parent.type is not ChannelType.FORUM:
        return views.channel(call.world, call.world.add_thread(parent, name, call.application.id))
    tags = [int(tag) for tag in call.body.get("applied_tags") or []]
    flaws = [*checks.size(("applied_tags",), tags, _POST_TAGS)]
    if flaws:
        raise invalid_form(flaws)
    started = call.world.add_thread(parent, name, call.application.id)
    started.applied_tags = tags
    first = call.services.messages.post(call.application.user, started, call.body.get("message") or {})
    return views.channel(call.world, started) | {"message": first}


def _name(body: Json) -> str:
    flaws = [*checks.text(("name",), body.get("name"), _POST_NAME, least=1)]
    if flaws:
        raise invalid_form(flaws)
    return str(body["name"])


ROUTES = [
    Route("GET", "/channels/{channel_id}", channel),
    Route("GET", "/channels/{channel_id}/messages", history),
    Route("GET", "/channels/{channel_id}/messages/{message_id}", message),
    Route("POST", "/channels/{channel_id}/messages", post, posts=True),
    Route("PATCH", "/channels/{channel_id}/messages/{message_id}", edit),
    Route("DELETE", "/channels/{channel_id}/messages/{message_id}", delete, status=204),
    Route("POST", "/channels/{channel_id}/messages/{message_id}/threads", thread_from_message, status=201),
    Route("POST", "/channels/{channel_id}/threads", thread, status=201),
]
