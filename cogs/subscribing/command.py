"""`/subscribe` and `/subscriptions`: who gets which papers."""

import discord
from discord import app_commands
from discord.ext import commands

from cogs.desk import Interaction
from cogs.errors import need_manage_server
from cogs.messages import reply
from cogs.offering import CommandT, where_papers_go
from cogs.papers import asked_for
from cogs.subscribing.forms import language_code
from cogs.subscribing.listing import listing
from cogs.subscribing.options import (
    RHYTHMS,
    STYLES,
    AppCommandChannel,
    Postable,
    chosen_destination,
    chosen_schedule,
    chosen_style,
    zone_choices,
)
from cogs.subscribing.places import look_at
from cogs.subscribing.previews import draft_for, preview_at
from cogs.suggestions import author_choices, language_choices, query_choices, tag_choices
from papers.models import Preferences


def _for_managers(command: CommandT) -> CommandT:
    """Offers a command to people with Manage Server in servers, and to anybody in direct messages to the bot."""
    return where_papers_go(app_commands.default_permissions(manage_guild=True)(command))


class Subscriptions(commands.Cog):
    """Who gets which papers."""

    @app_commands.command(name="subscribe")
    @app_commands.describe(
        tag="Only this classification, such as Multimodal; without any option: everything",
        author="Only papers by this author",
        query='Only papers that answer this: words, "phrases", tag:, author:, and - for not',
        channel="Where to post: a channel, thread or forum (this channel, as it is without this)",
        when="As papers arrive (as it is without this), daily or weekly",
        at="The time of day, such as 09:00 or 9:30 pm; daily, if nothing else is chosen",
        timezone="The time zone, such as Europe/Berlin (UTC, as it is without this)",
        how="Cards (as it is without this), digest, thread or forum posts",
        most="At most so many papers at a time, those with the most upvotes first",
        role="A role to ping, once a delivery",
        language="The language of the bullets (English, as it is without this)",
    )
    @_for_managers
    @app_commands.choices(when=RHYTHMS, how=STYLES)
    @app_commands.autocomplete(
        tag=tag_choices,
        author=author_choices,
        query=query_choices,
        timezone=zone_choices,
        language=language_choices,
    )
    async def subscribe(
        self,
        interaction: Interaction,
        tag: str | None = None,
        author: str | None = None,
        query: str | None = None,
        channel: app_commands.Transform[AppCommandChannel, Postable] | None = None,
        when: str | None = None,
        at: str | None = None,
        timezone: str | None = None,
        how: str | None = None,
        most: app_commands.Range[int, 1, 100] | None = None,
        role: discord.Role | None = None,
        language: str | None = None,
    ) -> None:
        """Have new papers posted to a channel, or sent to you: a preview first."""
        need_manage_server(interaction)
        wanted = asked_for(tag=tag, author=author, query=query)
        schedule, code = chosen_schedule(when, at, timezone), language_code(language)
        destination = chosen_destination(interaction, channel)
        found = await look_at(interaction, destination)
        preferences = Preferences(
            query=str(wanted),
            language=code,
            schedule=schedule,
            style=chosen_style(how, found),
            most=most,
            role_id=None if role is None else role.id,
        )
        await reply(
            interaction,
            await preview_at(interaction, draft_for(interaction, destination, preferences), found),
        )

    @app_commands.command(name="subscriptions")
    @_for_managers
    async def subscriptions(self, interaction: Interaction) -> None:
        """List what is subscribed here: pause, edit, move, try or remove it."""
        need_manage_server(interaction)
        await reply(interaction, await listing(interaction))
