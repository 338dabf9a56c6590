"""The one entry point: `paperboy`, also `python -m bot`."""

import click

from bot.cli.lazy import LazyCommands
from bot.cli.options import Shared, pass_shared, shared_options


@click.group(cls=LazyCommands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="paperboy")
@shared_options
@pass_shared
def cli(shared: Shared) -> None:
    """Bring a Discord community its daily AI papers."""
    _ = shared


def main() -> None:
    """Runs a command; exit codes: 0 done, 1 the work failed, 2 wrong usage or configuration."""
    cli(prog_name="paperboy")


if __name__ == "__main__":
    main()
