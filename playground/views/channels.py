"""Channels and threads, as the API shows them."""

from datetime import datetime

from playground import permissions
from playground.errors import Json
from playground.snowflakes import moment
from playground.views.people import user
from playground.views.values import optional_id, timestamp
from playground.world import THREADS, Channel, ChannelType, World

REQUIRE_TAG = 1 << 4
"""Discord docs, "Channel Flags"."""


def channel(world: World, shown: Channel, for_user: int | None = None) -> Json:
    """A channel; with the permissions of `for_user` where an interaction shows it."""
    last = next(reversed(shown.messages), None)
    common: Json = {
        "id": str(shown.id),
        "type": int(shown.type),
        "last_message_id": None if last is None else str(last),
        "flags": REQUIRE_TAG if shown.requires_tag else 0,
    }
    if shown.type is ChannelType.DM:
        return common | {"recipients": [user(item) for item in shown.recipients]}
    common |= {"guild_id": str(shown.guild_id), "name": shown.name, "parent_id": optional_id(shown.parent_id)}
    if for_user is not None:
        guild_of = world.guild(shown.guild_id or 0)
        common["permissions"] = str(permissions.in_channel(guild_of, shown, for_user))
    return common | (_thread(shown) if shown.type in THREADS else _plain(world, shown))


def _plain(world: World, shown: Channel) -> Json:
    plain: Json = {
        "position": 0,
        "permission_overwrites": _overwrites(world, shown),
        "nsfw": False,
        "topic": shown.topic,
        "rate_limit_per_user": 0,
    }
    if shown.type is not ChannelType.FORUM:
        return plain
    tags = [{"emoji_id": None, "emoji_name": None} | tag for tag in shown.tags]
    return plain | {
        "available_tags": tags,
        "default_reaction_emoji": None,
        "default_sort_order": None,
        "default_forum_layout": 0,
        "default_tag_setting": None,
    }


def _overwrites(world: World, shown: Channel) -> list[Json]:
    roles = world.guild(shown.guild_id or 0).roles
    return [
        {"id": str(target), "type": 0 if target in roles else 1, "allow": str(allow), "deny": str(deny)}
        for target, (allow, deny) in shown.overwrites.items()
    ]


def _thread(shown: Channel) -> Json:
    after_the_first = len(shown.messages) - (shown.id in shown.messages)
    return {
        "owner_id": optional_id(shown.owner_id),
        "message_count": after_the_first,
        "total_message_sent": after_the_first,
        "member_count": 1,
        "rate_limit_per_user": 0,
        "applied_tags": [str(tag) for tag in shown.applied_tags],
        "thread_metadata": {
            "archived": shown.archived,
            "auto_archive_duration": shown.archive_after,
            "archive_timestamp": timestamp(archived_at(shown)),
            "locked": shown.locked,
            "create_timestamp": timestamp(moment(shown.id)),
        },
    }


def archived_at(thread: Channel) -> datetime:
    """When a thread was archived or opened again; else when it began."""
    return thread.archive_changed or moment(thread.id)


def thread_member(thread: Channel, user_id: int) -> Json:
    """Somebody who is in a thread since it began."""
    return {
        "id": str(thread.id),
        "user_id": str(user_id),
        "join_timestamp": timestamp(moment(thread.id)),
        "flags": 0,
    }
