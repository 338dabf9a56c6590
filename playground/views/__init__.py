"""What there is, as Discord's API shows it."""

from playground.views.channels import archived_at, channel, thread_member
from playground.views.guilds import gateway_guild, guild, own_guild, role
from playground.views.people import application, member, own_user, user
from playground.views.values import timestamp

__all__ = [
    "application",
    "archived_at",
    "channel",
    "gateway_guild",
    "guild",
    "member",
    "own_guild",
    "own_user",
    "role",
    "thread_member",
    "timestamp",
    "user",
]
