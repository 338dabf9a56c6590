"""Permission bits, and what somebody may do in a channel (Discord docs, "Permissions")."""

from collections.abc import Iterable

from playground.world import THREADS, Channel, Guild

CREATE_INSTANT_INVITE = 1 << 0
ADMINISTRATOR = 1 << 3
MANAGE_CHANNELS = 1 << 4
MANAGE_GUILD = 1 << 5
VIEW_CHANNEL = 1 << 10
SEND_MESSAGES = 1 << 11
MANAGE_MESSAGES = 1 << 13
EMBED_LINKS = 1 << 14
READ_MESSAGE_HISTORY = 1 << 16
MENTION_EVERYONE = 1 << 17
MANAGE_THREADS = 1 << 34
CREATE_PUBLIC_THREADS = 1 << 35
CREATE_PRIVATE_THREADS = 1 << 36
SEND_MESSAGES_IN_THREADS = 1 << 38

ALL = (1 << 53) - 1
MEMBER = (
    VIEW_CHANNEL
    | SEND_MESSAGES
    | EMBED_LINKS
    | READ_MESSAGE_HISTORY
    | CREATE_PUBLIC_THREADS
    | SEND_MESSAGES_IN_THREADS
)
"""What everybody may do in a new server."""


def in_guild(guild: Guild, user_id: int) -> int:
    """What somebody may do in a server, before a channel changes it."""
    if user_id == guild.owner_id:
        return ALL
    bits = guild.roles[guild.id].permissions
    for role_id in _roles(guild, user_id):
        bits |= guild.roles[role_id].permissions
    return ALL if bits & ADMINISTRATOR else bits


def in_channel(guild: Guild, channel: Channel, user_id: int) -> int:
    """What somebody may do in a channel."""
    bits = in_guild(guild, user_id)
    if bits == ALL:
        return bits
    bits = _changed(bits, channel, [guild.id])
    bits = _changed(bits, channel, _roles(guild, user_id))
    return _changed(bits, channel, [user_id])


def may(guild: Guild, channel: Channel, user_id: int, needed: int) -> bool:
    """Whether somebody may do all that in a channel."""
    return in_channel(guild, channel, user_id) & needed == needed


def to_write(channel: Channel) -> int:
    """What one must be allowed to write in a channel or thread."""
    return SEND_MESSAGES_IN_THREADS if channel.type in THREADS else SEND_MESSAGES


def sees(guild: Guild, channel: Channel, user_id: int) -> bool:
    """Whether somebody is in a server and sees a channel of it."""
    return user_id in guild.members and may(guild, channel, user_id, VIEW_CHANNEL)


def _roles(guild: Guild, user_id: int) -> Iterable[int]:
    member = guild.members.get(user_id)
    return member.roles if member is not None else ()


def _changed(bits: int, channel: Channel, targets: Iterable[int]) -> int:
    """What is left after the overwrites of one kind: among roles, one that allows wins over one that denies."""
    allowed = denied = 0
    for allow, deny in (channel.overwrites.get(target, (0, 0)) for target in targets):
        allowed |= allow
        denied |= deny
    return (bits & ~denied) | allowed
