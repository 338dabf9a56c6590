"""Whom a message really pings (Discord docs, "Allowed Mentions Object")."""

import re
from collections.abc import Iterable

from playground import permissions, views
from playground.errors import Json
from playground.forms.messages import AllowedMentions, MessageForm
from playground.world import Channel, User, World

_USER, _ROLE = re.compile(r"<@!?(\d+)>"), re.compile(r"<@&(\d+)>")
_EVERYBODY = re.compile(r"@(?:everyone|here)\b")
_EVERYTHING = AllowedMentions(parse=["users", "roles", "everyone"], replied_user=True)
"""What is allowed where a message says nothing."""


def pinged(
    world: World, author: User, channel: Channel, form: MessageForm, answered: Json | None = None
) -> Json:
    """The fields of a message that say whom it pings.

    Embeds ping nobody. Text between backticks is counted as if it pinged, which Discord does not do.

    Args:
        world: where the mentioned are looked up.
        author: who needs the permission to ping everybody and closed roles.
        channel: where it is posted.
        form: the message.
        answered: the message it answers.
    """
    text = "\n".join(form.texts())
    allowed = form.allowed_mentions or _EVERYTHING
    users = _allowed(_USER.findall(text), "users", allowed, allowed.users)
    if answered is not None and allowed.replied_user:
        users.append(int(answered["author"]["id"]))
    everybody = "everyone" in (allowed.parse or []) and _EVERYBODY.search(text) is not None
    powerful = _may_ping_everybody(world, author, channel)
    roles = world.guilds[channel.guild_id].roles if channel.guild_id else {}
    return {
        "mentions": [views.user(world.users[number]) for number in _once(users) if number in world.users],
        "mention_roles": [
            str(number)
            for number in _once(_allowed(_ROLE.findall(text), "roles", allowed, allowed.roles))
            if number in roles and (powerful or roles[number].mentionable)
        ],
        "mention_everyone": everybody and powerful,
    }


def _allowed(found: list[str], kind: str, allowed: AllowedMentions, named: list[int] | None) -> list[int]:
    numbers = map(int, found)
    return [number for number in numbers if kind in (allowed.parse or []) or number in (named or [])]


def _once(numbers: Iterable[int]) -> list[int]:
    return list(dict.fromkeys(numbers))


def _may_ping_everybody(world: World, author: User, channel: Channel) -> bool:
    if channel.guild_id is None:
        return False
    guild = world.guild(channel.guild_id)
    return permissions.may(guild, channel, author.id, permissions.MENTION_EVERYONE)
