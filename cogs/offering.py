"""Where commands are offered; every one of them to servers, and to people who installed the bot for themselves."""

from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from discord import app_commands

CommandT = TypeVar("CommandT", bound=Callable[..., Coroutine[Any, Any, None]])


def everywhere(command: CommandT) -> CommandT:
    """Offers a command in servers, in direct messages, and wherever a person who installed the bot is."""
    installed = app_commands.allowed_installs(guilds=True, users=True)(command)
    return app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)(installed)


def where_papers_go(command: CommandT) -> CommandT:
    """Offers a command in servers and in direct messages to the bot."""
    installed = app_commands.allowed_installs(guilds=True, users=True)(command)
    return app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)(installed)
