"""Commands that are imported when they are used: a search does not wait for Discord's library."""

from importlib import import_module
from typing import ClassVar

import click

from bot.cli.failures import Commands


class LazyCommands(Commands):
    """A group whose commands stand in a table.

    Attributes:
        places: by name, the module under `bot.cli` and the command's name in it.
    """

    places: ClassVar[dict[str, tuple[str, str]]] = {
        "run": ("live", "run"),
        "demo": ("demo", "demo"),
        "playground": ("live", "playground"),
        "fetch": ("fetch", "fetch"),
        "import": ("imports", "import_"),
        "export": ("exports", "export"),
        "search": ("search", "search"),
        "classify": ("classify", "classify"),
        "status": ("status", "status"),
        "train": ("train", "train"),
        "corrections": ("corrections", "corrections"),
    }

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the table."""
        _ = ctx
        return [*self.places]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported; None where there is none."""
        _ = ctx
        if cmd_name not in self.places:
            return None
        module, name = self.places[cmd_name]
        command: click.Command = getattr(import_module(f"bot.cli.{module}"), name)
        return command
