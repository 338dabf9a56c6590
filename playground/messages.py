"""Messages: made, changed, found again."""

import re
from datetime import datetime, timedelta

from playground import checks, message_limits, views
from playground.errors import Json, not_the_author
from playground.world import Channel, Guild, User, World

EPHEMERAL = 1 << 6
LOADING = 1 << 7
_NONCE_LIFE = timedelta(minutes=5)
_USER_MENTION, _ROLE_MENTION = re.compile(r"<@!?(\d+)>"), re.compile(r"<@&(\d+)>")
_EVERYBODY = re.compile(r"@(everyone|here)\b")
_CHANGEABLE = ("content", "embeds", "components", "flags")


class Messages:
    """Posts and changes messages, holding them to Discord's limits."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._nonces: dict[tuple[int, int, str], int] = {}

    def post(self, author: User, channel: Channel, body: Json, *, application_id: int | None = None) -> Json:
        """Posts a message to a channel.

        With `enforce_nonce`, the same nonce by the same author in the same channel within five minutes returns
        the earlier message.

        Raises:
            ApiError: the body is over a limit or empty.
        """
        message_limits.check(body)
        if (earlier := self._earlier(author, channel, body)) is not None:
            return earlier
        message = self.make(author, channel, body, application_id=application_id)
        channel.messages[int(message["id"])] = message
        if body.get("nonce"):
            self._nonces[author.id, channel.id, str(body["nonce"])] = int(message["id"])
        self._world.tell("MESSAGE_CREATE", channel, message)
        return message

    def make(self, author: User, channel: Channel, body: Json, *, application_id: int | None = None) -> Json:
        """A message that is not posted anywhere yet."""
        message: Json = {
            "id": str(self._world.ids.make()),
            "type": 0,
            "channel_id": str(channel.id),
            "author": views.user(author),
            "content": body.get("content") or "",
            "embeds": [_embed(embed) for embed in checks.entries(body.get("embeds"))],
            "components": _numbered(checks.entries(body.get("components"))),
            "flags": int(body.get("flags") or 0),
            "timestamp": views.timestamp(self._world.now()),
            "edited_timestamp": None,
            "tts": False,
            "pinned": False,
            "attachments": [],
            **self._mentions(channel, body),
        }
        if application_id is not None:
            message |= {"application_id": str(application_id), "webhook_id": str(application_id)}
        return message | ({"nonce": body["nonce"]} if body.get("nonce") else {})

    def edit(self, author: User, channel: Channel, message: Json, body: Json) -> Json:
        """Changes a message; what the body leaves out stays.

        Raises:
            ApiError: somebody else wrote it, or it would be over a limit.
        """
        if message["author"]["id"] != str(author.id):
            raise not_the_author()
        message_limits.check({"flags": message["flags"]} | body, edit=True)
        changed = self.make(author, channel, {name: message[name] for name in _CHANGEABLE} | body)
        kept = {
            name: changed[name] for name in (*_CHANGEABLE, "mentions", "mention_roles", "mention_everyone")
        }
        message.update(kept, edited_timestamp=views.timestamp(self._world.now()))
        if int(message["id"]) in channel.messages:
            self._world.tell("MESSAGE_UPDATE", channel, message)
        return message

    def delete(self, channel: Channel, message: Json) -> None:
        """Deletes a message."""
        if channel.messages.pop(int(message["id"]), None) is not None:
            self._world.tell("MESSAGE_DELETE", channel, message)

    def _earlier(self, author: User, channel: Channel, body: Json) -> Json | None:
        if not body.get("enforce_nonce") or not body.get("nonce"):
            return None
        message_id = self._nonces.get((author.id, channel.id, str(body["nonce"])))
        message = channel.messages.get(message_id or 0)
        if message is None:
            return None
        age = self._world.now() - _posted(message)
        return message if age < _NONCE_LIFE else None

    def _mentions(self, channel: Channel, body: Json) -> Json:
        content = str(body.get("content") or "")
        guild = self._world.guilds.get(channel.guild_id or 0)
        users = _allowed(body, "users", [int(number) for number in _USER_MENTION.findall(content)])
        roles = _allowed(body, "roles", [int(number) for number in _ROLE_MENTION.findall(content)])
        everybody = bool(_EVERYBODY.search(content)) and "everyone" in _parsed(body)
        return {
            "mentions": [
                views.user(self._world.users[number]) for number in users if number in self._world.users
            ],
            "mention_roles": [str(number) for number in roles if _has_role(guild, number)],
            "mention_everyone": everybody,
        }


def _posted(message: Json) -> datetime:
    return datetime.fromisoformat(message["timestamp"])


def _parsed(body: Json) -> list[str]:
    allowed = body.get("allowed_mentions")
    return ["users", "roles", "everyone"] if allowed is None else list(allowed.get("parse") or [])


def _allowed(body: Json, kind: str, numbers: list[int]) -> list[int]:
    named = (body.get("allowed_mentions") or {}).get(kind) or []
    unique = list(dict.fromkeys(numbers))
    return (
        unique if kind in _parsed(body) else [number for number in unique if str(number) in map(str, named)]
    )


def _has_role(guild: Guild | None, role_id: int) -> bool:
    return guild is not None and role_id in guild.roles


def _embed(embed: Json) -> Json:
    shown = {name: value for name, value in embed.items() if value is not None}
    return {"type": "rich", "content_scan_version": 0} | shown


def _numbered(components: list[Json]) -> list[Json]:
    for number, (_, item) in enumerate(message_limits.walk(components), 1):
        item.setdefault("id", number)
    return components
