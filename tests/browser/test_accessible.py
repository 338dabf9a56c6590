"""For everybody: rules of accessibility, the keyboard alone, narrow and wide windows, what is announced."""

import re
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, ViewportSize, expect

from support.bot import Bot
from support.browser import DESKTOP, PHONE, WIDE, executable, looking_at
from support.papers import EDITION
from support.pattern_bot import patterns

WIDER_THAN_WINDOW = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
WIDER = "element => element.scrollWidth > element.clientWidth"


async def violations(page: Page) -> list[str]:
    """What axe-core has against the page, one line a rule and place."""
    results: dict[str, Any] = (await Axe().run(page)).response
    return [
        f"{found['id']}: {node['html'][:120]} {node['failureSummary']}"
        for found in results["violations"]
        for node in found["nodes"]
    ]


async def use(page: Page, line: str) -> None:
    await page.locator("#text").fill(line)
    await page.keyboard.press("Enter")


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["360 px", "1600 px"])
async def test_the_rules_hold(bot: Bot, size: ViewportSize, theme: str) -> None:
    await bot.keep(EDITION)
    async with looking_at(bot.town.playground, size=size) as page:
        await page.emulate_media(color_scheme="light" if theme == "light" else "dark")
        await use(page, "/papers tag:Multimodal")
        await expect(page.locator(".message.private")).to_contain_text("newest first")
        assert await violations(page) == []
        assert not await page.evaluate(WIDER_THAN_WINDOW)
        await page.locator("#open-operator").click()
        await expect(page.locator("#requests tr").first).to_be_visible()
        await page.locator("#trouble-503 summary").click()
        assert await violations(page) == []
        assert not await page.evaluate(WIDER_THAN_WINDOW)
        assert not await page.locator("#operator").evaluate(WIDER)


async def test_the_rules_hold_for_forms_menus_and_layouts() -> None:
    executable()
    async with patterns() as (town, _), looking_at(town.playground) as page:
        for line in ("/layout", "/choices", "/form"):
            await use(page, line)
        await expect(page.get_by_role("dialog", name="A note")).to_be_visible()
        assert await violations(page) == []


async def test_the_list_of_commands_is_announced_as_a_list(bot: Bot) -> None:
    async with looking_at(bot.town.playground) as page:
        text = page.locator("#text")
        await text.press_sequentially("/pap")
        await expect(text).to_have_attribute("aria-activedescendant", "suggestion-0")
        assert await violations(page) == []
        await page.keyboard.press("ArrowDown")
        await expect(text).to_have_attribute("aria-activedescendant", "suggestion-1")
        await page.keyboard.press("Escape")
        await expect(page.locator("#suggestions")).to_be_hidden()


async def test_the_keyboard_alone_goes_everywhere(bot: Bot) -> None:
    """From the address bar: to the box, a command, its button, another channel, another person, the operator."""
    await bot.keep(EDITION)
    town = bot.town
    town.playground.world.add_channel(town.guild, "elsewhere")
    async with looking_at(town.playground) as page:
        await page.keyboard.press("Tab")
        await expect(page.get_by_role("link", name="Skip to the message box")).to_be_focused()
        await page.keyboard.press("Enter")
        await expect(page.locator("#text")).to_be_focused()
        await page.keyboard.type("/papers ")
        await page.keyboard.type("sort:rel")
        await expect(page.get_by_role("option", name="relevance", selected=True)).to_be_visible()
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        await expect(page.locator(".message.private")).to_contain_text("best first")
        await page.locator(".message.private").get_by_role("button", name="Dismiss").focus()
        await page.keyboard.press("Enter")
        await expect(page.locator(".message.private")).to_have_count(0)
        await expect(page.locator("#log")).to_be_focused()
        await page.get_by_role("link", name="elsewhere").focus()
        await page.keyboard.press("Enter")
        await expect(page.locator("#channel-name")).to_have_text("# elsewhere")


async def test_what_the_bot_says_is_announced(bot: Bot) -> None:
    await bot.keep(EDITION)
    async with looking_at(bot.town.playground) as page:
        await use(page, "/papers query:laundry")
        said = page.locator("#announcer")
        await expect(said).to_have_text(re.compile("^Paperboy: .*query|^Paperboy: .*laundry", re.IGNORECASE))


async def test_a_phone_has_its_channels_behind_a_button(bot: Bot) -> None:
    town = bot.town
    town.playground.world.add_channel(town.guild, "elsewhere")
    async with looking_at(town.playground, size=PHONE) as page:
        await expect(page.locator("#places")).to_be_hidden()
        await page.get_by_role("button", name="Servers and channels").press("Enter")
        await expect(page.get_by_role("link", name="papers")).to_be_focused()
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("button", name="Servers and channels")).to_be_focused()
        await page.keyboard.press("Enter")
        assert await violations(page) == []
        await page.get_by_role("link", name="elsewhere").press("Enter")
        await expect(page.locator("#channel-name")).to_have_text("# elsewhere")
        await expect(page.locator("#channel-name")).to_be_focused()
        await expect(page.locator("#places")).to_be_hidden()


async def test_the_theme_is_the_systems_until_somebody_chooses(bot: Bot) -> None:
    async with looking_at(bot.town.playground, size=DESKTOP) as page:
        root = page.locator("html")
        await expect(root).to_have_attribute("data-theme", "dark")
        await page.emulate_media(color_scheme="light")
        await expect(root).to_have_attribute("data-theme", "light")
        await page.get_by_role("button", name="Light").click()
        await expect(root).to_have_attribute("data-theme", "dark")
        await page.reload()
        await expect(root).to_have_attribute("data-theme", "dark")
