"""Routes about single messages."""

from playground import permissions
from playground.errors import (
    Json,
    already_crossposted,
    cannot_message_user,
    missing_permissions,
    not_a_text_channel,
    wrong_channel_type,
)
from playground.forms.base import read
from playground.forms.messages import MessageForm
from playground.messages import CROSSPOSTED
from playground.rest.calls import Call, Route
from playground.world import ChannelType


def message(call: Call) -> Json:
    """One message."""
    shown = call.channel(permissions.READ_MESSAGE_HISTORY)
    return call.world.message(shown, call.number("message_id"))


def post(call: Call) -> Json:
    """Posts a message."""
    target = call.channel()
    form = read(MessageForm, call.body)
    if target.type is ChannelType.FORUM:
        raise not_a_text_channel()
    if target.guild_id is not None:
        embedding = permissions.EMBED_LINKS if form.embeds else 0
        call.channel(permissions.to_write(target) | embedding)
    elif not all(user.takes_messages for user in target.recipients):
        raise cannot_message_user()
    return call.services.messages.post(call.application.user, target, form)


def edit(call: Call) -> Json:
    """Changes a message."""
    shown = call.channel()
    found = call.world.message(shown, call.number("message_id"))
    return call.services.messages.edit(call.application.user, shown, found, call.body)


def crosspost(call: Call) -> Json:
    """Publishes a message of an announcement channel, somebody else's where the bot may manage messages."""
    shown = call.channel(permissions.SEND_MESSAGES)
    found = call.world.message(shown, call.number("message_id"))
    if shown.type is not ChannelType.ANNOUNCEMENT:
        raise wrong_channel_type()
    if found["author"]["id"] != str(call.application.id):
        call.channel(permissions.MANAGE_MESSAGES)
    if found["flags"] & CROSSPOSTED:
        raise already_crossposted()
    found["flags"] |= CROSSPOSTED
    call.services.messages.changed(shown, found)
    return found


def delete(call: Call) -> None:
    """Deletes a message, somebody else's where the bot may manage messages."""
    shown = call.channel()
    found = call.world.message(shown, call.number("message_id"))
    if found["author"]["id"] != str(call.application.id):
        if shown.guild_id is None:
            raise missing_permissions()
        call.channel(permissions.MANAGE_MESSAGES)
    call.services.messages.delete(shown, found)


_MESSAGES = "/channels/{channel_id}/messages"
_MESSAGE = f"{_MESSAGES}/{{message_id}}"

ROUTES = [
    Route("GET", _MESSAGE, message),
    Route("POST", _MESSAGES, post, posts=True),
    Route("PATCH", _MESSAGE, edit),
    Route("POST", f"{_MESSAGE}/crosspost", crosspost),
    Route("DELETE", _MESSAGE, delete, status=204),
]
