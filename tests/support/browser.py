"""A real browser that looks at a playground's page: Debian's chromium, driven by Playwright."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.async_api import (
    ConsoleMessage,
    Error,
    Page,
    Request,
    ViewportSize,
    async_playwright,
    expect,
)

from playground.server import Playground
from playground.world import User

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""What keeps a browser from looking for anything outside by itself."""

REFUSED = ("Failed to load resource", "WebSocket connection to")
"""How the console tells of an answer that is no success, or none: people read in the page what was refused or is away."""

DESKTOP = ViewportSize(width=1280, height=800)
PHONE = ViewportSize(width=360, height=740)
WIDE = ViewportSize(width=1600, height=1000)


def executable() -> str:
    """The browser's path; the test is skipped where there is none."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip("needs a browser: install the package chromium")
    return found


@dataclass
class Watch:
    """What went wrong in the page, and whom it asked."""

    problems: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)

    def over(self, page: Page) -> None:
        """Watches a page."""
        page.on("pageerror", self._broke)
        page.on("console", self._heard)
        page.on("request", self._asked)

    def _broke(self, error: Error) -> None:
        self.problems.append(str(error))

    def _heard(self, said: ConsoleMessage) -> None:
        if said.type == "error" and not said.text.startswith(REFUSED):
            self.problems.append(said.text)

    def _asked(self, request: Request) -> None:
        self.hosts.add(urlsplit(request.url).netloc)


@asynccontextmanager
async def window(size: ViewportSize) -> AsyncIterator[Page]:
    """An empty page in a browser of its own; the test is skipped where there is no browser."""
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=executable(), args=QUIET)
        context = await browser.new_context(
            viewport=size, color_scheme="dark", timezone_id="UTC", locale="en-GB"
        )
        yield await context.new_page()


@asynccontextmanager
async def looking_at(
    playground: Playground,
    *,
    person: User | None = None,
    channel: int | None = None,
    size: ViewportSize = DESKTOP,
) -> AsyncIterator[Page]:
    """The page in a browser, once it is drawn.

    Args:
        playground: whose page.
        person: who acts; the first there is if not said.
        channel: the channel to open; the first there is if not said.
        size: of the window.

    Raises:
        AssertionError: afterwards, if the page met an error or asked anybody else for anything.
    """
    watch = Watch()
    async with window(size) as page:
        watch.over(page)
        if person is not None:
            await page.add_init_script(
                f"sessionStorage.getItem('me') ?? sessionStorage.setItem('me', '{person.id}')"
            )
        await page.goto(playground.page_url + (f"#/c/{channel}" if channel else ""))
        await expect(page.locator("#channel-name")).not_to_be_empty()
        yield page
    assert watch.hosts == {urlsplit(playground.page_url).netloc}
    assert watch.problems == []
