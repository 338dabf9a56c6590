"""Takes a picture of each style of posting: the sample day in the demo's server, in the system's browser."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.async_api import Page, ViewportSize, expect

from bot import demo_town
from bot.demo_stage import DemoRequest, Stage, open_stage
from bot.run import connect
from papers.models import NewSubscription, Overflow, Preferences, Style, first_key
from papers.taxonomy import FAMILIES
from playground.world import Channel, ChannelType
from support.browser import window

PICTURES = Path(__file__).parent / "images"
HEIGHTS = {Style.CARDS: 980, Style.DIGEST: 1280, Style.THREAD: 720, Style.FORUM: 700}
WIDTH = 960


async def subscribe(stage: Stage) -> Mapping[Style, Channel]:
    """Has the sample day posted to a channel for each style."""
    world, guild, now = stage.playground.world, stage.town.guild, stage.shop.clock.now()
    readers = world.add_role(guild, "Readers", 0, mentionable=True)
    digest = Preferences(
        query="", style=Style.DIGEST, most=8, overflow=Overflow.SUMMARISE, role_id=readers.id
    )
    channels: dict[Style, Channel] = {
        style: world.add_channel(guild, f"papers-{style}") for style in Style if style != Style.FORUM
    }
    channels[Style.FORUM] = world.add_channel(guild, "papers-forum", ChannelType.FORUM, tags=tuple(FAMILIES))
    for style, channel in channels.items():
        wanted = digest if style is Style.DIGEST else Preferences(query="", style=style)
        await stage.shop.stores.subscriptions.add(
            NewSubscription(
                **dict(wanted),
                destination=demo_town.destination(channel),
                created_by=stage.town.owner.id,
                created_at=now,
                start_key=first_key(now.date()),
            )
        )
    return channels


async def show(page: Page, address: str, style: Style) -> None:
    """Opens a channel, goes back to where its papers begin, and writes the picture."""
    await page.goto(address)
    await expect(page.locator(".post, .message").first).to_be_visible()
    await page.locator("#log").evaluate("log => { log.scrollTop = 0 }")
    picture = PICTURES / f"style-{style}.png"
    await page.locator("main.main").screenshot(path=picture)
    print(f"{picture.relative_to(Path.cwd())}: {picture.stat().st_size / 1024:.0f} kB")


async def main() -> None:
    """Writes the pictures."""
    with TemporaryDirectory() as folder:
        request = DemoRequest(database=Path(folder) / "papers.db", live=False)
        async with open_stage(request) as stage:
            channels = await subscribe(stage)
            async with connect(stage.shop, demo_town.TOKEN) as connected:
                await connected.job.run()
            for style, channel in channels.items():
                async with window(ViewportSize(width=WIDTH, height=HEIGHTS[style])) as page:
                    await show(page, f"{stage.playground.page_url}#/c/{channel.id}", style)


if __name__ == "__main__":
    asyncio.run(main())
