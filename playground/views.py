"""What there is, as Discord's API shows it."""

from datetime import datetime

from playground import permissions
from playground.errors import Json
from playground.snowflakes import moment
from playground.world import THREADS, Application, Channel, ChannelType, Guild, Member, Role, User, World


def timestamp(at: datetime) -> str:
    """A moment as the API writes it."""
    return at.isoformat(timespec="milliseconds")


def user(shown: User) -> Json:
    """A user."""
    return {
        "id": str(shown.id),
        "username": shown.name,
        "discriminator": "0000" if shown.bot else "0",
        "global_name": None if shown.bot else shown.name,
        "avatar": None,
        "bot": shown.bot,
        "public_flags": 0,
        "flags": 0,
        "primary_guild": None,
    }


def own_user(shown: User) -> Json:
    """A bot's user, as the bot itself sees it."""
    return user(shown) | {"verified": True, "mfa_enabled": True, "email": None, "locale": "en-US"}


def application(world: World, shown: Application) -> Json:
    """An application, as its owner's bot sees it."""
    return {
        "id": str(shown.id),
        "name": shown.user.name,
        "icon": None,
        "description": "",
        "type": None,
        "bot": user(shown.user),
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": 0,
        "flags_new": "0",
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "owner": user(shown.user),
        "team": None,
        "approximate_guild_count": sum(shown.id in guild.installed for guild in world.guilds.values()),
        "approximate_user_install_count": sum(
            shown.id in person.installed for person in world.users.values()
        ),
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "eligible_oauth2_scopes": ["bot", "applications.commands"],
        "integration_types_config": {"0": {}, "1": {}},
    }


def role(shown: Role) -> Json:
    """A role."""
    return {
        "id": str(shown.id),
        "name": shown.name,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "position": 0,
        "permissions": str(shown.permissions),
        "managed": False,
        "mentionable": shown.mentionable,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }


def member(shown: Member) -> Json:
    """A member of a server."""
    return {
        "user": user(shown.user),
        "nick": None,
        "avatar": None,
        "banner": None,
        "roles": [str(role_id) for role_id in shown.roles],
        "joined_at": timestamp(shown.joined_at),
        "premium_since": None,
        "deaf": False,
        "mute": False,
        "pending": False,
        "flags": 0,
        "communication_disabled_until": None,
    }


def guild(shown: Guild) -> Json:
    """A server, as REST shows it."""
    return {
        "id": str(shown.id),
        "name": shown.name,
        "icon": None,
        "owner_id": str(shown.owner_id),
        "roles": [role(item) for item in shown.roles.values()],
        "emojis": [],
        "stickers": [],
        "features": [],
        "afk_channel_id": None,
        "afk_timeout": 300,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "verification_level": 0,
        "default_message_notifications": 1,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "premium_progress_bar_enabled": False,
        "preferred_locale": "en-US",
        "vanity_url_code": None,
        "description": None,
        "banner": None,
        "splash": None,
        "discovery_splash": None,
        "rules_channel_id": None,
        "public_updates_channel_id": None,
        "safety_alerts_channel_id": None,
        "home_header": None,
        "application_id": None,
        "region": "deprecated",
        "widget_enabled": False,
        "widget_channel_id": None,
        "max_presences": None,
        "max_members": 500_000,
        "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25,
        "premium_subscription_count": 0,
        "nsfw": False,
        "incidents_data": None,
    }


def own_guild(shown: Guild, user_id: int) -> Json:
    """A server, as the list of somebody's servers shows it."""
    return {
        "id": str(shown.id),
        "name": shown.name,
        "icon": None,
        "banner": None,
        "owner": shown.owner_id == user_id,
        "permissions": str(permissions.in_guild(shown, user_id)),
        "features": [],
    }


def gateway_guild(world: World, shown: Guild) -> Json:
    """A server, as GUILD_CREATE brings it."""
    channels = [item for item in shown.channels.values() if item.type not in THREADS]
    threads = [item for item in shown.channels.values() if item.type in THREADS and not item.archived]
    return guild(shown) | {
        "joined_at": timestamp(world.now()),
        "large": False,
        "unavailable": False,
        "member_count": len(shown.members),
        "members": [member(item) for item in shown.members.values()],
        "channels": [channel(world, item) for item in channels],
        "threads": [channel(world, item) for item in threads],
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def channel(world: World, shown: Channel, for_user: int | None = None) -> Json:
    """A channel; with the permissions of `for_user` where an interaction shows it."""
    last = next(reversed(shown.messages), None)
    common: Json = {
        "id": str(shown.id),
        "type": int(shown.type),
        "last_message_id": None if last is None else str(last),
        "flags": 0,
    }
    if shown.type is ChannelType.DM:
        return common | {"recipients": [user(item) for item in shown.recipients]}
    common |= {"guild_id": str(shown.guild_id), "name": shown.name, "parent_id": _id(shown.parent_id)}
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
        "owner_id": _id(shown.owner_id),
        "message_count": after_the_first,
        "total_message_sent": after_the_first,
        "member_count": 1,
        "rate_limit_per_user": 0,
        "applied_tags": [str(tag) for tag in shown.applied_tags],
        "thread_metadata": {
            "archived": shown.archived,
            "auto_archive_duration": shown.archive_after,
            "archive_timestamp": timestamp(shown.archive_changed or _made(shown)),
            "locked": shown.locked,
            "create_timestamp": timestamp(_made(shown)),
        },
    }


def thread_member(thread: Channel, user_id: int) -> Json:
    """Somebody who is in a thread since it began."""
    return {
        "id": str(thread.id),
        "user_id": str(user_id),
        "join_timestamp": timestamp(_made(thread)),
        "flags": 0,
    }


def _made(shown: Channel) -> datetime:
    return moment(shown.id)


def _id(number: int | None) -> str | None:
    return None if number is None else str(number)
