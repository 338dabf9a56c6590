"""The discord.py client: least intents, no server cache, commands and buttons registered."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from bot.pace import Limiter
from cogs.corrections import CorrectButton, Corrections, UndoButton
from cogs.desk import Desk, Interaction
from cogs.errors import answer_error
from cogs.notices import NoticeButton
from cogs.paging import CardButton, OpenMenu, PageButton
from cogs.papers import Papers
from cogs.privacy import AskButton, ForgetButton, KeepButton, Privacy
from cogs.status import StatusReport
from cogs.subscribing import BUTTONS as SUBSCRIPTION_BUTTONS
from cogs.subscribing import Forms, Subscriptions
from cogs.why import Reasons

log = logging.getLogger(__name__)

_LONGEST_RATE_LIMIT = 60.0
"""Seconds; above it discord.py raises, instead of sleeping for up to an hour inside a send."""

BUTTONS: tuple[type[discord.ui.DynamicItem[Any]], ...] = (
    PageButton,
    OpenMenu,
    CardButton,
    NoticeButton,
    *SUBSCRIPTION_BUTTONS,
    CorrectButton,
    UndoButton,
    AskButton,
    KeepButton,
    ForgetButton,
)


class CommandTree(app_commands.CommandTree[commands.AutoShardedBot]):
    """Slash commands whose errors are told to the person."""

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        """Answers in one sentence, privately."""
        await answer_error(interaction, error)


class PaperboyClient(commands.AutoShardedBot):
    """The bot as Discord sees it.

    Attributes:
        desk: what the commands work with; set before the login.
    """

    desk: Desk

    def __init__(self, *, on_login: Callable[[int], Awaitable[None]], limiter: Limiter | None = None) -> None:
        """Makes a client that is not logged in yet.

        Args:
            on_login: called once with the application id, before commands are registered.
            limiter: what other clients of this token were held to; None for one of its own.
        """
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=CommandTree,
            intents=discord.Intents.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_messages=None,
            chunk_guilds_at_startup=False,
            allowed_mentions=discord.AllowedMentions.none(),
            max_ratelimit_timeout=_LONGEST_RATE_LIMIT,
            http_trace=(limiter or Limiter()).trace(),
        )
        self._on_login = on_login

    async def setup_hook(self) -> None:
        """Registers commands and buttons, after the login and before the gateway."""
        assert self.application_id is not None  # noqa: S101 - discord.py sets it while logging in
        await self._on_login(self.application_id)
        self.add_dynamic_items(*BUTTONS)
        await self.add_cog(Papers())
        await self.add_cog(Subscriptions())
        await self.add_cog(Forms())
        await self.add_cog(Corrections())
        await self.add_cog(StatusReport())
        await self.add_cog(Reasons())
        await self.add_cog(Privacy())
        synced = await self.tree.sync()
        log.info("%d commands are registered", len(synced))


def _quieten_discord_py() -> None:
    """Keeps discord.py from warning at every start of what is meant: no voice, and no server cache."""
    for name in ("discord.client", "discord.state"):
        logging.getLogger(name).setLevel(logging.ERROR)


def point_at(api_base: str, gateway_url: str) -> None:
    """Tells discord.py where Discord is, for the whole process."""
    _quieten_discord_py()
    Route.BASE = api_base.rstrip("/")
    DiscordWebSocket.DEFAULT_GATEWAY = URL(gateway_url)
