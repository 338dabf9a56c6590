"""Reading: the edition in its channel, older messages, other channels, direct messages."""

import re

from playwright.async_api import expect

from papers.models import Destination, DestinationKind
from playground.world import Channel, ChannelType
from support.bot import Bot
from support.browser import looking_at
from support.discord_town import DAY
from support.papers import ROBOTS, SCRIPTS, TIDES, announced, answered
from support.subscriptions import wanted

HOSTILE = announced(
    "2606.09999",
    '<script>document.title = "pwned"</script><img src=x onerror=alert(1)> \u202egnp.exe',
    authors=("<b>Bold</b> @everyone",),
    bullets=("[press](javascript:alert(1)) <iframe src=//evil.example>", "a" * 900),
)


def place(channel: Channel) -> Destination:
    return Destination(kind=DestinationKind.CHANNEL, target_id=channel.id, guild_id=channel.guild_id)


async def test_the_edition_arrives_while_somebody_looks(bot: Bot) -> None:
    await bot.stores.subscriptions.add(wanted("", place(bot.town.channel)))
    async with looking_at(bot.town.playground) as page:
        await expect(page.locator(".message")).to_have_count(0)
        await bot.keep(answered(TIDES, ROBOTS, SCRIPTS, day=DAY.date()))
        await bot.deliver()
        cards = page.locator(".message .embed")
        await expect(cards).to_have_count(3)
        tides = cards.filter(has_text="Tides: Flow Matching")
        await expect(tides.locator(".embed-title a")).to_have_attribute("href", re.compile("2606.01001"))
        await expect(tides).to_contain_text("Forecasts tides with flow matching.")
        await expect(tides.get_by_role("link", name=re.compile("tides", re.IGNORECASE)).first).to_be_visible()
        await expect(page.locator(".message .author").first).to_have_text("Paperboy")
        await expect(page.locator(".message time").first).to_have_text(re.compile("2026"))


async def test_hostile_text_is_text(bot: Bot) -> None:
    await bot.stores.subscriptions.add(wanted("", place(bot.town.channel)))
    await bot.keep(answered(HOSTILE, TIDES, day=DAY.date()))
    await bot.deliver()
    async with looking_at(bot.town.playground) as page:
        card = page.locator(".embed").filter(has_text="pwned")
        await expect(card).to_contain_text('<script>document.title = "pwned"</script>')
        assert await page.title() == "papers · Playground"
        assert await page.locator("#messages :is(script, img, iframe, [onerror])").count() == 0
        assert await page.locator('a[href^="javascript"]').count() == 0
        overflow = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert not await page.evaluate(overflow)


async def test_older_messages_come_when_they_are_asked_for(bot: Bot) -> None:
    town = bot.town
    for number in range(70):
        town.playground.say(town.member, town.channel, f"line {number}")
    async with looking_at(town.playground) as page:
        await expect(page.locator(".message")).to_have_count(50)
        await page.get_by_role("button", name="Show older messages").click()
        await expect(page.locator(".message")).to_have_count(70)
        await expect(page.locator(".message .content").first).to_have_text("line 0")
        await expect(page.get_by_role("button", name="Show older messages")).to_be_hidden()


async def test_what_is_said_elsewhere_is_marked_and_found(bot: Bot) -> None:
    town = bot.town
    other = town.playground.world.add_channel(town.guild, "news", ChannelType.ANNOUNCEMENT)
    async with looking_at(town.playground, channel=town.channel.id) as page:
        town.playground.say(town.member, other, "**Here** is the news")
        news = page.locator(".place", has_text="news")
        await expect(news).to_have_class(re.compile("unread"))
        await news.click()
        await expect(page.locator("#channel-name")).to_have_text("📣 news")
        await expect(page.locator(".message strong")).to_have_text("Here")
        await expect(news).not_to_have_class(re.compile("unread"))


async def test_one_writes_answers_and_deletions_show(bot: Bot) -> None:
    town = bot.town
    async with looking_at(town.playground, person=town.member) as page:
        box = page.get_by_role("textbox", name="Message")
        await box.fill("Is _this_ a ||secret||?")
        await box.press("Enter")
        message = page.locator(".message", has_text="Is this a")
        await expect(message.locator("em")).to_have_text("this")
        await expect(box).to_have_value("")
        await page.get_by_role("button", name="Spoiler").press("Enter")
        await expect(message.locator(".spoiler")).to_have_class(re.compile("shown"))
        kept = next(iter(town.channel.messages.values()))
        assert kept["author"]["id"] == str(town.member.id)
        town.playground.world.remove_channel(town.channel)
        await expect(page.locator(".place", has_text="papers")).to_have_count(0)
