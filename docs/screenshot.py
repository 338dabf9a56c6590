"""Takes the README's picture: the demo as it is, in the system's browser. `make screenshot` runs it."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.async_api import Page, ViewportSize, expect

from support.browser import window
from support.command_line import CommandLine
from support.demo import END, demo

PICTURE = Path(__file__).parent / "images" / "playground.png"
SIZE = ViewportSize(width=1180, height=990)


async def compose(page: Page) -> None:
    """A card, and below it the answer to a command."""
    await expect(page.locator(".embed").last).to_be_visible()
    await page.locator("#text").fill("/papers tag:Robotics")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message.private")).to_contain_text("newest first")
    await page.locator(".message", has=page.locator(".button")).last.evaluate("card => card.scrollIntoView()")
    await page.locator("#text").fill("/papers")
    await page.keyboard.press("Escape")


async def main() -> None:
    """Writes the picture."""
    with TemporaryDirectory() as folder:
        async with demo(CommandLine(Path(folder)), "--json") as running, window(SIZE) as page:
            await running.first_document()
            await running.line(END, stderr=True)
            await page.goto(running.addresses["page"])
            await compose(page)
            await page.screenshot(path=PICTURE)
    print(f"{PICTURE.relative_to(Path.cwd())}: {PICTURE.stat().st_size / 1024:.0f} kB")


if __name__ == "__main__":
    asyncio.run(main())
