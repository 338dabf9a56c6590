"""The one entry point: `paperboy`, also `python -m bot`."""

import click

from bot.cli.classify import classify
from bot.cli.demo import demo
from bot.cli.exports import export
from bot.cli.failures import Commands
from bot.cli.fetch import fetch
from bot.cli.imports import import_
from bot.cli.live import playground, run
from bot.cli.options import Shared, pass_shared, shared_options
from bot.cli.search import search
from bot.cli.status import status


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="paperboy")
@shared_options
@pass_shared
def cli(shared: Shared) -> None:
    """Bring a Discord community its daily AI papers."""
    _ = shared


for command in (run, demo, playground, fetch, import_, export, search, classify, status):
    cli.add_command(command)


def main() -> None:
    """Runs a command; exit codes: 0 done, 1 the work failed, 2 wrong usage or configuration."""
    cli(prog_name="paperboy")


if __name__ == "__main__":
    main()
