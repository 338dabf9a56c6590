"""`paperboy`, with the time that a test gives it: `python -m support.chaos.bot CLOCK run …`.

`unheld` instead of the command runs the bot without its lock on the database, as on a file system that has none.
"""

import asyncio
import logging
import sys
from pathlib import Path

from bot.__main__ import cli
from bot.cli.options import Shared
from bot.client import point_at
from bot.run import keep_connected
from bot.settings import from_environment
from bot.shop import open_shop
from bot.stopping import until_told_to_stop
from papers.ports import Clock
from support.chaos.clock import SharedClock


async def run_unheld(clock: Clock, database: Path) -> None:
    """Does what `bot.run.run` does, and does not ask whether another bot has the database."""
    settings = from_environment()
    assert settings.discord.token is not None
    api_base = str(settings.discord.api_base)
    point_at(api_base, str(settings.discord.gateway_url))
    async with open_shop(settings, database, clock, api_base) as shop:
        await until_told_to_stop(keep_connected(shop, settings.discord.token.get_secret_value()))


def main() -> None:
    """Runs the command."""
    clock = SharedClock(Path(sys.argv[1]))
    if sys.argv[2] == "unheld":
        logging.basicConfig(level=logging.INFO)
        asyncio.run(run_unheld(clock, Path(sys.argv[-1])))
    else:
        cli(sys.argv[2:], prog_name="paperboy", obj=Shared(clock=clock))


if __name__ == "__main__":
    main()
