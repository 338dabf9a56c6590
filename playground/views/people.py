"""Users, members and applications, as the API shows them."""

from playground.errors import Json
from playground.views.values import timestamp
from playground.world import Application, Member, User, World


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
