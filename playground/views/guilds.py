"""Servers and their roles, as the API shows them."""

from playground import permissions
from playground.errors import Json
from playground.views.channels import channel
from playground.views.people import member
from playground.views.values import timestamp
from playground.world import THREADS, Guild, Role, World

_ABSENT: Json = {
    "icon": None,
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
"""What no server of the playground has, or has in one way only."""


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


def guild(shown: Guild) -> Json:
    """A server, as REST shows it."""
    return _ABSENT | {
        "id": str(shown.id),
        "name": shown.name,
        "owner_id": str(shown.owner_id),
        "roles": [role(item) for item in shown.roles.values()],
        "emojis": [],
        "stickers": [],
        "features": [],
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
