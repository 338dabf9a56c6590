"""Messages: made, changed, deleted."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import takewhile

from playground import contents, permissions, views
from playground.errors import (
    Flaw,
    Json,
    empty_message,
    invalid_form,
    not_the_author,
    thread_archived,
    thread_locked,
)
from playground.forms.base import read
from playground.forms.messages import COMPONENTS_V2, MessageForm
from playground.mentions import pinged
from playground.world import Channel, Event, User, World

CROSSPOSTED, SUPPRESS_EMBEDS, HAS_THREAD = 1 << 0, 1 << 2, 1 << 5
EPHEMERAL, LOADING, SILENT = 1 << 6, 1 << 7, 1 << 12
NONCE_LIFE = 300.0
"""Seconds; Discord's docs say "the past few minutes"."""

_DEFAULT, _REPLY = 0, 19
_SETTABLE = SUPPRESS_EMBEDS | SILENT | COMPONENTS_V2
_EDITABLE = SUPPRESS_EMBEDS | COMPONENTS_V2


@dataclass(frozen=True)
class _Private:
    """A message that one person alone sees."""

    user: User
    channel: Channel
    message: Json


class Messages:
    """Posts and changes messages."""

    def __init__(self, world: World, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._world = world
        self._monotonic = monotonic
        self._nonces: dict[tuple[int, int, str], tuple[int, float]] = {}
        self._private: dict[int, _Private] = {}

    def post(
        self, author: User, channel: Channel, form: MessageForm, *, message_id: int | None = None
    ) -> Json:
        """Posts a message to a channel.

        With `enforce_nonce`, the same nonce by the same author in the same channel within a few minutes returns
        the earlier message.

        Raises:
            ApiError: it is empty, answers a message that does not exist, or the thread is locked.
        """
        hold_to_content(form)
        key = (author.id, channel.id, form.nonce or "")
        if form.enforce_nonce and (earlier := self._earlier(key, channel)) is not None:
            return earlier
        self._open(author, channel)
        message = self.make(author, channel, form, form.flags or 0, message_id)
        if form.nonce:
            message["nonce"] = form.nonce
            self._remember(key, int(message["id"]))
        self.keep(channel, message)
        return message

    def keep(self, channel: Channel, message: Json, only: User | None = None) -> None:
        """Puts a message that was made into its channel; or where one person alone sees it."""
        if only is None:
            channel.messages[int(message["id"])] = message
        else:
            self._private[int(message["id"])] = _Private(only, channel, message)
        self._tell("MESSAGE_CREATE", channel, message)

    def seen(self, user: User, channel: Channel, message_id: int) -> Json | None:
        """The message with that id that somebody sees in a channel, also one for them alone."""
        private = self._private.get(message_id)
        if private is None:
            return channel.messages.get(message_id)
        return private.message if private.user is user and private.channel is channel else None

    def private(self, user: User, channel: Channel) -> list[Json]:
        """The messages that somebody alone sees in a channel, oldest first."""
        every = self._private.values()
        return [item.message for item in every if item.user is user and item.channel is channel]

    def forget(self, message_id: int, user: User | None = None) -> bool:
        """Forgets a message that one person (that one, where it is said) alone sees, and tells that person.

        Returns:
            Whether there was one.
        """
        private = self._private.get(message_id)
        if private is None or (user is not None and user is not private.user):
            return False
        self._remove(private.channel, private.message)
        return True

    def make(
        self, author: User, channel: Channel, form: MessageForm, flags: int, message_id: int | None = None
    ) -> Json:
        """A message that is in no channel yet."""
        answered = self._answered(channel, form)
        shown = form.shown()
        return {
            "id": str(message_id or self._world.ids.make()),
            "type": _DEFAULT if answered is None else _REPLY,
            "channel_id": str(channel.id),
            "author": views.user(author),
            "content": shown["content"],
            "embeds": contents.embeds(shown["embeds"]),
            "components": contents.components(shown["components"], self._world.ids),
            "flags": flags & (_SETTABLE | EPHEMERAL | LOADING),
            "timestamp": views.timestamp(self._world.now()),
            "edited_timestamp": None,
            "tts": bool(form.tts),
            "pinned": False,
            "attachments": [],
            **pinged(self._world, author, channel, form, answered),
            **_reference(channel, answered),
        }

    def edit(self, author: User, channel: Channel, message: Json, body: Json) -> Json:
        """Changes a message; what the body leaves out stays. One that was deferred is there with it.

        Raises:
            ApiError: somebody else wrote it, it would be over a limit or empty, or the thread is archived or locked.
        """
        if message["author"]["id"] != str(author.id):
            raise not_the_author()
        if channel.archived:
            raise thread_archived()
        self._hold_to_lock(author, channel)
        asked = read(
            MessageForm, {"flags": body.get("flags"), "allowed_mentions": body.get("allowed_mentions")}
        )
        waited = bool(message["flags"] & LOADING)
        flags = _edited_flags(message["flags"] & ~LOADING, asked.flags)
        kept = {name: message[name] for name in ("content", "embeds", "components")}
        form = read(MessageForm, kept | body | {"flags": flags})
        hold_to_content(form)
        shown = form.shown()
        message |= {
            "content": shown["content"],
            "embeds": contents.embeds(shown["embeds"]),
            "components": contents.components(shown["components"], self._world.ids),
            "flags": flags,
            "edited_timestamp": None if waited else views.timestamp(self._world.now()),
            **pinged(self._world, author, channel, form),
        }
        self.changed(channel, message)
        return message

    def there(self, channel: Channel, message: Json) -> bool:
        """Whether a message still stands in a channel, or one person alone sees it."""
        number = int(message["id"])
        return number in channel.messages or number in self._private

    def changed(self, channel: Channel, message: Json) -> None:
        """Tells that a message is another one now, to those who see it."""
        if self.there(channel, message):
            self._tell("MESSAGE_UPDATE", channel, message)

    def delete(self, channel: Channel, message: Json) -> None:
        """Deletes a message."""
        if self.there(channel, message):
            self._remove(channel, message)

    def _remove(self, channel: Channel, message: Json) -> None:
        gone = {"id": message["id"], "channel_id": message["channel_id"]}
        self._tell("MESSAGE_DELETE", channel, gone)
        channel.messages.pop(int(message["id"]), None)
        self._private.pop(int(message["id"]), None)

    def _tell(self, name: str, channel: Channel, data: Json) -> None:
        private = self._private.get(int(data["id"]))
        only = None if private is None else private.user.id
        self._world.tell(Event(name, channel.guild_id, channel, data, only))

    def _open(self, author: User, channel: Channel) -> None:
        self._hold_to_lock(author, channel)
        if channel.archived:
            self._world.wake(channel)

    def _hold_to_lock(self, author: User, channel: Channel) -> None:
        if not channel.locked:
            return
        guild = self._world.guild(channel.guild_id or 0)
        if not permissions.may(guild, channel, author.id, permissions.MANAGE_THREADS):
            raise thread_archived() if channel.archived else thread_locked()

    def _earlier(self, key: tuple[int, int, str], channel: Channel) -> Json | None:
        message_id, at = self._nonces.get(key, (0, 0.0))
        if self._monotonic() - at >= NONCE_LIFE:
            return None
        return channel.messages.get(message_id)

    def _remember(self, key: tuple[int, int, str], message_id: int) -> None:
        """Keeps a nonce for its time, and forgets those whose time is over."""
        now = self._monotonic()
        over = [*takewhile(lambda each: now - self._nonces[each][1] >= NONCE_LIFE, self._nonces)]
        for each in (*over, key):
            self._nonces.pop(each, None)
        self._nonces[key] = (message_id, now)

    def _answered(self, channel: Channel, form: MessageForm) -> Json | None:
        reference = form.message_reference
        if reference is None:
            return None
        found = channel.messages.get(reference.message_id)
        if found is None and reference.fail_if_not_exists is not False:
            flaw = Flaw(("message_reference",), "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "Unknown message")
            raise invalid_form([flaw])
        return found


def hold_to_content(form: MessageForm) -> None:
    """Refuses a message that shows nothing (50006)."""
    if not any(form.shown().values()):
        raise empty_message()


def _edited_flags(before: int, asked: int | None) -> int:
    kept = before & ~SUPPRESS_EMBEDS if asked is not None else before
    return kept | ((asked or 0) & _EDITABLE)


def _reference(channel: Channel, answered: Json | None) -> Json:
    if answered is None:
        return {}
    reference = {"type": 0, "message_id": answered["id"], "channel_id": answered["channel_id"]}
    guild = {} if channel.guild_id is None else {"guild_id": str(channel.guild_id)}
    return {"message_reference": reference | guild, "referenced_message": answered}
