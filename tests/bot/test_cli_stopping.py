"""Ctrl-C before a command has begun."""

import click
import pytest
from click.testing import CliRunner

from bot.cli.lazy import LazyCommands


class Interrupted(LazyCommands):
    """Commands that are stopped while they are imported."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Ctrl-C."""
        _ = ctx, cmd_name
        raise KeyboardInterrupt


@pytest.mark.parametrize("arguments", [["demo"], ["--help"]])
def test_ctrl_c_while_a_command_is_imported_is_said_in_one_word(arguments: list[str]) -> None:
    result = CliRunner().invoke(Interrupted("paperboy"), arguments)
    assert (result.exit_code, result.output) == (130, "Stopped.\n")
