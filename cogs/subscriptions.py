"""`/subscribe` and `/subscriptions`: who gets which papers."""

from collections.abc import Callable, Coroutine
from datetime import date, datetime
from typing import Any, TypeVar

import discord
from discord import app_commands
from discord.ext import commands

from cogs.cards import buttons
from cogs.desk import Desk, Interaction, desk_of
from cogs.errors import need_manage_server
from cogs.messages import note, reply
from cogs.papers import asked_for
from cogs.subscription_list import described, in_language, listing, place
from cogs.suggestions import author_choices, language_choices, tag_choices
from papers import languages
from papers.errors import RequestError
from papers.matching import matches
from papers.models import (
    Destination,
    DestinationKind,
    NewSubscription,
    Payload,
    Subscription,
    first_key,
    look_back_start,
)
from papers.query import Query

AppCommandChannel = app_commands.AppCommandChannel | app_commands.AppCommandThread


class Postable(app_commands.Transformer):
    """A channel or thread that takes plain messages, as the interaction tells of it."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        """A channel."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """The kinds that Discord offers."""
        return [
            discord.ChannelType.text,
            discord.ChannelType.news,
            discord.ChannelType.news_thread,
            discord.ChannelType.public_thread,
            discord.ChannelType.private_thread,
        ]

    async def transform(self, _interaction: Interaction, value: AppCommandChannel, /) -> AppCommandChannel:
        """The channel as it came: there is no cache to look it up in."""
        return value


CommandT = TypeVar("CommandT", bound=Callable[..., Coroutine[Any, Any, None]])


def _for_managers(command: CommandT) -> CommandT:
    """Offers a command to people with Manage Server in servers, and to anybody in direct messages to the bot."""
    permitted = app_commands.default_permissions(manage_guild=True)(command)
    installed = app_commands.allowed_installs(guilds=True, users=True)(permitted)
    return app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)(installed)


class Subscriptions(commands.Cog):
    """Who gets which papers."""

    @app_commands.command(name="subscribe")
    @app_commands.describe(
        tag="Only this classification, such as Multimodal; without any option: everything",
        author="Only papers by this author",
        query='Only papers that answer this: words, "phrases", tag:, author:, and - for not',
        channel="Where to post (this channel, as it is without this)",
        language="The language of the bullets (English, as it is without this)",
    )
    @_for_managers
    @app_commands.autocomplete(tag=tag_choices, author=author_choices, language=language_choices)
    async def subscribe(
        self,
        interaction: Interaction,
        tag: str | None = None,
        author: str | None = None,
        query: str | None = None,
        channel: app_commands.Transform[AppCommandChannel, Postable] | None = None,
        language: str | None = None,
    ) -> None:
        """Have new papers posted to a channel, or sent to you."""
        need_manage_server(interaction)
        wanted = asked_for(tag=tag, author=author, query=query)
        code = _language(language)
        destination = await _destination(interaction, channel)
        desk = desk_of(interaction)
        subscription, new = await desk.subscriptions.add(
            await _subscription(interaction, destination, wanted, code)
        )
        await reply(interaction, await _confirmation(desk, subscription, wanted, new=new))

    @app_commands.command(name="subscriptions")
    @_for_managers
    async def subscriptions(self, interaction: Interaction) -> None:
        """List what is subscribed here, and remove what is no longer wanted."""
        need_manage_server(interaction)
        await reply(interaction, await listing(interaction))


async def _destination(interaction: Interaction, channel: AppCommandChannel | None) -> Destination:
    if interaction.guild_id is None:
        if channel is not None:
            raise RequestError("In direct messages papers come to you: leave `channel` out.")
        return Destination(kind=DestinationKind.DIRECT, target_id=interaction.user.id)
    if not interaction.is_guild_integration():
        raise RequestError("Add me to this server first; or subscribe in a direct message to me.")
    target = await _postable(interaction, channel)
    return Destination(kind=DestinationKind.CHANNEL, target_id=target, guild_id=interaction.guild_id)


async def _postable(interaction: Interaction, channel: AppCommandChannel | None) -> int:
    target = interaction.channel_id if channel is None else channel.id
    assert target is not None  # noqa: S101 - a command in a server is given in a channel
    try:
        await interaction.client.fetch_channel(target)
    except (discord.Forbidden, discord.NotFound) as error:
        raise RequestError(
            f"I cannot see <#{target}>: give me View Channel and Send Messages there."
        ) from error
    return target


def _language(name: str | None) -> str | None:
    """The code of a language that was chosen; None for English, which bullets are in anyway."""
    code = languages.find(name).code if name else None
    return None if code == languages.ENGLISH else code


async def _subscription(
    interaction: Interaction, destination: Destination, wanted: Query, language: str | None
) -> NewSubscription:
    desk = desk_of(interaction)
    now = desk.clock.now()
    newest = await desk.papers.newest_key()
    return NewSubscription(
        destination=destination,
        query=str(wanted),
        created_by=interaction.user.id,
        created_at=now,
        start_key=max(first_key(now.date()), (newest or 0) + 1),
        language=language,
    )


async def _confirmation(desk: Desk, subscription: Subscription, wanted: Query, *, new: bool) -> Payload:
    where = place(subscription.destination)
    what = f"**{described(str(wanted))}**{in_language(subscription.language)}"
    stays = _stays_english(desk, subscription)
    if not new:
        return note(f"{where} has {what} already.{stays}")
    text = f"Subscribed {where} to {what}. {_first_papers(desk.next_run())}{stays}"
    day, matching = await _newest_matching(desk, wanted, subscription.destination.guild_id)
    if not matching:
        return note(text)
    button = buttons.button(
        f"catchup:{subscription.id}", f"Post the newest edition too ({matching})", style=buttons.PRIMARY
    )
    return note(f"{text}\nThe newest edition, of {day}, has {matching} such papers.", buttons.row(button))


def _stays_english(desk: Desk, subscription: Subscription) -> str:
    if subscription.language is None or desk.languages:
        return ""
    return " Bullets stay in English until the operator of this bot sets up a language model."


async def _newest_matching(desk: Desk, wanted: Query, guild_id: int | None) -> tuple[date | None, int]:
    day = await desk.papers.newest_day()
    if day is None or day < look_back_start(desk.clock.now()):
        return day, 0
    return day, sum(matches(wanted, paper.seen_in(guild_id)) for paper in await desk.papers.edition(day))


def _first_papers(next_run: datetime | None) -> str:
    if next_run is None:
        return "The first papers come with the next run."
    return (
        f"The first papers come when new ones arrive; I look next {discord.utils.format_dt(next_run, 'R')}."
    )
