"""What `/subscribe` takes, read into preferences."""

from collections.abc import Mapping
from datetime import time

import discord
from discord import app_commands

from cogs.cards.subscription_forms import POSTABLE
from cogs.desk import Interaction
from cogs.subscribing.places import Place, direct_messages
from papers.errors import RequestError
from papers.models import Destination, DestinationKind, Rhythm, Schedule, Style
from papers.schedules import find_zone, parse_time, suggest_zones

AppCommandChannel = app_commands.AppCommandChannel | app_commands.AppCommandThread

RHYTHMS = [
    app_commands.Choice(name="as papers arrive", value=Rhythm.ARRIVAL.value),
    app_commands.Choice(name="daily", value=Rhythm.DAILY.value),
    app_commands.Choice(name="weekly", value=Rhythm.WEEKLY.value),
]
STYLES = [
    app_commands.Choice(name="cards: a message a paper", value=Style.CARDS.value),
    app_commands.Choice(name="digest: up to ten papers a message", value=Style.DIGEST.value),
    app_commands.Choice(name="thread: a headline with the papers in its thread", value=Style.THREAD.value),
    app_commands.Choice(name="forum: a post a paper, in forum channels", value=Style.FORUM.value),
]


class Postable(app_commands.Transformer):
    """A channel, thread or forum, as the interaction tells of it."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        """A channel."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """The kinds that Discord offers."""
        return [discord.ChannelType(number) for number in POSTABLE]

    async def transform(self, _interaction: Interaction, value: AppCommandChannel, /) -> AppCommandChannel:
        """The channel as it came: there is no cache to look it up in."""
        return value


async def zone_choices(_interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Time zones for what was typed so far."""
    return [app_commands.Choice(name=name, value=name) for name in suggest_zones(typed)]


def chosen_destination(interaction: Interaction, channel: AppCommandChannel | None) -> Destination:
    """Where papers are wanted: in direct messages with the bot the person's own, else a channel of the server.

    Raises:
        RequestError: the bot is not in the server, or a channel is named in direct messages.
    """
    if interaction.guild_id is None:
        if channel is not None:
            raise RequestError("In direct messages papers come to you: leave `channel` out.")
        return direct_messages(interaction.user.id)
    if not interaction.is_guild_integration():
        raise RequestError("Add me to this server first; or subscribe in a direct message to me.")
    target = interaction.channel_id if channel is None else channel.id
    assert target is not None  # noqa: S101 - a command in a server is given in a channel
    return Destination(kind=DestinationKind.CHANNEL, target_id=target, guild_id=interaction.guild_id)


def chosen_schedule(when: str | None, at: str | None, timezone: str | None) -> Schedule:
    """When papers are wanted; a time without a rhythm means daily.

    Raises:
        RequestError: the time or its zone cannot be understood, or a time is named for papers as they arrive.
    """
    rhythm = Rhythm(when) if when else (Rhythm.DAILY if at else Rhythm.ARRIVAL)
    if at and rhythm is Rhythm.ARRIVAL:
        raise RequestError("Papers that come as they arrive have no time: leave `at` out, or choose daily.")
    given: Mapping[str, str | time | None] = {
        "at": parse_time(at) if at else None,
        "zone": find_zone(timezone) if timezone else None,
    }
    return Schedule.model_validate(
        {"rhythm": rhythm} | {name: value for name, value in given.items() if value is not None}
    )


def chosen_style(how: str | None, found: Place | None) -> Style:
    """How papers are wanted; in a forum as posts, if nothing else was said."""
    if how:
        return Style(how)
    forum = found is not None and found.kind is discord.ChannelType.forum
    return Style.FORUM if forum else Style.CARDS
