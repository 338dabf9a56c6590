"""`paperboy run`, `demo` and `playground`: what goes on until it is stopped."""

import asyncio
from functools import partial

import click

from bot import demo as demo_bot
from bot import demo_town
from bot.cli.options import Shared, pass_shared, print_json, shared_options
from bot.clock import SystemClock
from bot.run import run as run_bot
from bot.run import until_told_to_stop


@click.command()
@shared_options
@pass_shared
def run(shared: Shared) -> None:
    """Run the bot."""
    asyncio.run(run_bot(shared.settings(), shared.database_path(), SystemClock()))


@click.command()
@click.option("--once", is_flag=True, help="One daily job, then show what it posted.")
@click.option(
    "--source",
    type=click.Choice(["sample", "huggingface"]),
    default="sample",
    show_default=True,
    help="The edition that ships with Paperboy, or today's.",
)
@shared_options
@pass_shared
def demo(shared: Shared, *, once: bool, source: str) -> None:
    """Run the bot against a Discord of its own: no token, no account, no network."""
    shop = demo_bot.DemoRequest(database=shared.database, live=source == "huggingface")
    if once:
        posted = asyncio.run(demo_bot.once(shop))
        print_json(posted) if shared.json else click.echo(demo_bot.as_text(posted))
    else:
        say = partial(click.echo, err=shared.json)
        asyncio.run(until_told_to_stop(demo_bot.forever(shop, say=say)))


@click.command()
@click.option("--port", type=click.IntRange(0, 65_535), default=0, show_default=True, help="0: a free one.")
@shared_options
@pass_shared
def playground(shared: Shared, port: int) -> None:
    """Run the local Discord alone, and print the settings that point a bot at it."""
    asyncio.run(until_told_to_stop(_serve(shared, port)))


async def _serve(shared: Shared, port: int) -> None:
    async with demo_town.open_town(SystemClock().now, port=port) as (discord, _):
        settings = {
            "PAPERBOY_DISCORD__API_BASE": discord.api_base,
            "PAPERBOY_DISCORD__GATEWAY_URL": discord.gateway_url,
            "PAPERBOY_DISCORD__TOKEN": demo_town.TOKEN,
        }
        if shared.json:
            print_json(settings)
        else:
            click.echo("\n".join(f"{name}={value}" for name, value in settings.items()))
        await asyncio.Event().wait()
