"""The operator's corner: requests as they come, faults and what the bot does about them."""

import re

from playwright.async_api import Page, expect

from papers.models import Destination, DestinationKind
from support.bot import Bot
from support.browser import looking_at
from support.discord_town import DAY
from support.papers import TIDES, answered
from support.subscriptions import wanted


async def corner(page: Page) -> None:
    await page.get_by_role("button", name="Operator", exact=True).click()
    await expect(page.get_by_role("heading", name="Operator’s corner")).to_be_visible()


async def start(page: Page, trouble: str) -> None:
    form = page.locator(f'form[data-trouble="{trouble}"]')
    await form.evaluate(
        "form => { for (let up = form; up; up = up.parentElement) if (up.tagName === 'DETAILS') up.open = true }"
    )
    await form.get_by_role("button", name=re.compile("Start|Do it")).click()


async def test_a_server_error_shows_and_the_bot_gets_over_it(bot: Bot) -> None:
    channel = bot.town.channel
    place = Destination(kind=DestinationKind.CHANNEL, target_id=channel.id, guild_id=channel.guild_id)
    await bot.stores.subscriptions.add(wanted("", place))
    await bot.keep(answered(TIDES, day=DAY.date()))
    async with looking_at(bot.town.playground) as page:
        await corner(page)
        await start(page, "502")
        await page.locator('[data-stop="502"]').press("Enter")
        await expect(page.locator("#trouble-502-start")).to_be_focused()
        await start(page, "502")
        await bot.deliver()
        await expect(page.locator("#requests td.status", has_text="502")).to_be_visible()
        await expect(page.locator(".message .embed")).to_have_count(1)
        await expect(page.locator('[data-stop="502"]')).to_have_count(0)
        row = page.locator("#requests tr", has_text="/channels/{channel_id}/messages").first
        await expect(row.locator("td.method")).to_have_text("POST")


async def test_a_lost_connection_is_resumed(bot: Bot) -> None:
    async with looking_at(bot.town.playground) as page:
        await corner(page)
        resumed = bot.client.wait_for("resumed", timeout=20)
        await start(page, "close-4000")
        await resumed
        await page.locator("#text").fill("/today")
        await page.keyboard.press("Enter")
        await expect(page.locator(".message")).to_contain_text("No paper has arrived yet")


async def test_rate_limits_are_switched_on(bot: Bot) -> None:
    async with looking_at(bot.town.playground) as page:
        await corner(page)
        switch = page.locator("[data-rate-limits]")
        await expect(switch).not_to_be_checked()
        await switch.check()
        await expect(switch).to_be_checked()
        assert bot.town.playground.limiter.enabled
        await page.get_by_text("Bad gateway").first.click()
        await page.locator("#trouble-502-times").fill("3")
        await switch.focus()
        bot.town.playground.limiter.enabled = False
        await expect(switch).not_to_be_checked()
        await expect(page.locator("#trouble-502-times")).to_have_value("3")
        await expect(switch).to_be_focused()
