"""Takes the README's picture: the demo as it is, in the system's browser. `make screenshot` runs it."""

import asyncio
import re
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Page, ViewportSize, async_playwright, expect

from support.browser import QUIET, executable

PICTURE = Path(__file__).parent / "images" / "playground.png"
SIZE = ViewportSize(width=1180, height=990)
LAST_LINE = "In the page"
"""How the demo's line begins that comes when everything is posted."""


@asynccontextmanager
async def demo() -> AsyncIterator[str]:
    """The demo in a process of its own, once it has posted everything; yields the page's address."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "demo", "--no-browser", stdout=PIPE
    )
    try:
        yield await _address(process)
    finally:
        process.send_signal(signal.SIGINT)
        await process.wait()


async def _address(process: Process) -> str:
    address = ""
    while process.stdout is not None and (line := await process.stdout.readline()):
        text = line.decode()
        if found := re.search(r"http://[\d.:]+/", text):
            address = found[0]
        if text.startswith(LAST_LINE):
            return address
    raise SystemExit("The demo ended before it had posted anything.")


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
    async with demo() as address, async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=executable(), args=QUIET)
        page = await browser.new_page(viewport=SIZE, color_scheme="dark", timezone_id="UTC")
        await page.goto(address)
        await compose(page)
        PICTURE.parent.mkdir(exist_ok=True)
        await page.screenshot(path=PICTURE)
    print(f"{PICTURE.relative_to(Path.cwd())}: {PICTURE.stat().st_size / 1024:.0f} kB")


if __name__ == "__main__":
    asyncio.run(main())
