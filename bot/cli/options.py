"""The options every command takes, before the command or after it."""

import json
import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import click

from bot.clock import SystemClock
from bot.settings import Settings, load
from papers.ports import Clock

CommandT = TypeVar("CommandT", bound=Callable[..., Any])

_PATH = click.Path(path_type=Path, dir_okay=False)


@dataclass
class Shared:
    """What was given of the options that every command takes, and the time as the commands see it."""

    config: Path | None = None
    database: Path | None = None
    json: bool = False
    clock: Clock = field(default_factory=SystemClock)

    def settings(self) -> Settings:
        """The settings of the chosen file and the environment.

        Raises:
            ConfigurationError: a value is wrong, or the file cannot be read.
        """
        return load(self.config)

    def database_path(self) -> Path:
        """`--database`, else what the settings say, which are to be right in either case.

        Raises:
            ConfigurationError: a value is wrong, or the file cannot be read.
        """
        configured = self.settings().storage.path
        return self.database or configured


pass_shared = click.make_pass_decorator(Shared, ensure=True)


def shared_options(command: CommandT) -> CommandT:
    """Adds the options that every command takes."""
    for option in (
        _option("--config", type=_PATH, help="The settings file."),
        _option("--database", type=_PATH, help="The database file."),
        _option("--json", is_flag=True, default=None, help="Print one JSON document on stdout."),
        click.option(
            "--verbose",
            is_flag=True,
            expose_value=False,
            callback=_start_log,
            help="Say on stderr what happens.",
        ),
    ):
        command = option(command)
    return command


def _option(name: str, **attributes: Any) -> Callable[[CommandT], CommandT]:  # noqa: ANN401 - click's own
    return click.option(name, expose_value=False, callback=_remember, **attributes)


def _remember(context: click.Context, parameter: click.Parameter, value: object) -> None:
    if value is not None:
        setattr(context.ensure_object(Shared), str(parameter.name), value)


def _start_log(_context: click.Context, _parameter: click.Parameter, verbose: bool) -> None:  # noqa: FBT001 - click's own
    logging.basicConfig(stream=sys.stderr, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    if verbose:
        logging.getLogger().setLevel(logging.INFO)
    else:
        logging.getLogger("stamina").setLevel(logging.ERROR)


def print_json(document: object) -> None:
    """Writes one JSON document to stdout."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))
