"""`paperboy run` and `playground`: what goes on until it is stopped."""

import asyncio

import click

from bot import demo_town
from bot.cli.options import Shared, pass_shared, print_json, shared_options
from bot.run import run as run_bot
from bot.stopping import until_told_to_stop
from playground.crowds import crowd
from playground.server import Playground

PORT = click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=0,
    show_default="a free one",
    help="Where to serve the playground on this machine.",
)


@click.command()
@shared_options
@pass_shared
def run(shared: Shared) -> None:
    """Run the bot."""
    asyncio.run(run_bot(shared.settings(), shared.database_path(), shared.clock))


@click.command()
@PORT
@click.option(
    "--servers", type=click.IntRange(0, 10_000), default=0, help="How many more servers the bot is in."
)
@click.option(
    "--channels",
    type=click.IntRange(1, 500),
    default=30,
    show_default=True,
    help="How many channels each of those has.",
)
@shared_options
@pass_shared
def playground(shared: Shared, port: int, servers: int, channels: int) -> None:
    """Run the local Discord alone, and print the settings that point a bot at it."""
    asyncio.run(until_told_to_stop(_serve(shared, port, servers, channels)))


async def _serve(shared: Shared, port: int, servers: int, channels: int) -> None:
    async with demo_town.open_town(shared.clock.now, port=port) as (discord, town):
        crowd(discord.world, town.bot, town.owner, servers=servers, channels=channels)
        if shared.json:
            print_json(addresses(discord))
        else:
            click.echo(f"# The page: {discord.page_url}")
            click.echo("\n".join(f"{name}={value}" for name, value in _settings(discord).items()))
        await asyncio.Event().wait()


def addresses(discord: Playground) -> dict[str, str]:
    """Where a playground's page is, and the settings that point a bot at it."""
    return {"page": discord.page_url, **_settings(discord)}


def _settings(discord: Playground) -> dict[str, str]:
    return {
        "PAPERBOY_DISCORD__API_BASE": discord.api_base,
        "PAPERBOY_DISCORD__GATEWAY_URL": discord.gateway_url,
        "PAPERBOY_DISCORD__TOKEN": demo_town.TOKEN,
    }
