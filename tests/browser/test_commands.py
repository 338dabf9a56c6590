"""Commands: listed, completed, refused, answered; pages turned; subscriptions made."""

import re

from playwright.async_api import expect

from papers.models import Announcement
from support.bot import Bot
from support.browser import looking_at
from support.papers import EDITION, announced, answered, classified


def many(count: int) -> list[Announcement]:
    return [
        announced(f"2606.{number:05}", f"Paper number {number}", classifications=classified("Multimodal"))
        for number in range(count)
    ]


async def test_commands_are_listed_with_what_they_do(bot: Bot) -> None:
    async with looking_at(bot.town.playground) as page:
        await page.locator("#text").press_sequentially("/")
        options = page.locator("#suggestions").get_by_role("option")
        await expect(options).to_have_count(len(bot.town.bot.commands[None]))
        await expect(options.filter(has_text=re.compile("^/papers"))).to_contain_text(
            "Find papers by classification, author, words and days."
        )
        await page.locator("#text").press_sequentially("tod")
        await expect(options).to_have_count(1)
        await page.locator("#text").dispatch_event("keydown", {"key": "Tab", "isComposing": True})
        await expect(page.locator("#text")).to_be_visible()
        await page.keyboard.press("Tab")
        await expect(page.get_by_role("group", name="/today")).to_be_visible()


async def test_an_option_is_completed_by_the_bot_and_pages_turn(bot: Bot) -> None:
    await bot.keep(answered(*many(12)))
    async with looking_at(bot.town.playground) as page:
        await page.locator("#text").press_sequentially("/papers tag:Multim")
        choice = page.get_by_role("option", name="Multimodal", exact=True)
        await expect(choice).to_be_visible()
        await choice.click()
        await expect(page.get_by_label("tag")).to_have_value("Multimodal")
        await page.keyboard.press("Enter")
        answer = page.locator(".message.private")
        await expect(answer.locator(".embed")).to_contain_text("1–5 of 12")
        await expect(answer).to_contain_text("Only you can see this")
        await expect(answer.locator(".context")).to_contain_text("used /papers")
        await answer.get_by_role("button", name="Next").press("Enter")
        await expect(answer.locator(".embed")).to_contain_text("6–10 of 12")
        await expect(answer.get_by_role("button", name="Next")).to_be_focused()
        await answer.get_by_role("button", name="Dismiss message").click()
        await expect(answer).to_have_count(0)


async def test_a_whole_line_can_be_typed_and_sent_at_once(bot: Bot) -> None:
    await bot.keep(EDITION)
    async with looking_at(bot.town.playground) as page:
        await page.locator("#text").fill("/papers tag:Multimodal since:2026-06-01 share:True")
        await expect(page.get_by_label("share")).to_have_value("True")
        await page.keyboard.press("Enter")
        answer = page.locator(".message")
        await expect(answer).to_contain_text("Papers: tag:Multimodal since:2026-06-01")
        await expect(answer).not_to_have_class(re.compile("private"))


async def test_a_required_option_is_asked_for(bot: Bot) -> None:
    await bot.keep(EDITION)
    async with looking_at(bot.town.playground) as page:
        await page.locator("#text").press_sequentially("/paper ")
        await expect(page.get_by_label("id")).to_be_focused()
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("alert").first).to_have_text("id is required.")
        await expect(page.get_by_label("id")).to_have_attribute("aria-invalid", "true")
        await page.get_by_label("id").press_sequentially("laundry")
        found = page.get_by_role("option", name=re.compile("Robots that Fold"), selected=True)
        await expect(found).to_be_visible()
        await page.keyboard.press("Enter")
        await page.keyboard.press("Enter")
        await expect(page.locator(".message")).to_contain_text("Robots that Fold Laundry")


async def test_a_menu_opens_a_paper(bot: Bot) -> None:
    await bot.keep(EDITION)
    async with looking_at(bot.town.playground) as page:
        await page.locator("#text").fill("/papers query:tides")
        await page.keyboard.press("Enter")
        menu = page.locator(".select-button")
        await menu.press("Enter")
        await expect(page.get_by_role("listbox").last).to_be_focused()
        await page.keyboard.press("Enter")
        await expect(page.locator(".message").last).to_contain_text("We forecast tides with flow matching.")


async def test_somebody_who_manages_subscribes_and_a_member_is_refused(bot: Bot) -> None:
    await bot.keep(EDITION)
    town = bot.town
    async with looking_at(town.playground) as page:
        await page.locator("#text").fill("/subscribe tag:Robotics")
        await page.keyboard.press("Enter")
        await page.get_by_role("button", name="Save").click()
        await expect(page.locator(".message.private")).to_contain_text("to tag:Robotics")
        assert len(await bot.stores.subscriptions.all()) == 1
        await page.get_by_label("You are").select_option(str(town.member.id))
        await expect(page.locator(".message.private")).to_have_count(0)
        await page.locator("#text").press_sequentially("/subscribe")
        await expect(page.locator("#suggestions")).to_contain_text("Not for you here")
        await page.keyboard.press("Enter")
        await expect(page.locator(".notice")).to_contain_text("needs Manage Server")
        assert len(await bot.stores.subscriptions.all()) == 1


async def test_a_member_subscribes_in_direct_messages(bot: Bot) -> None:
    await bot.keep(EDITION)
    town = bot.town
    async with looking_at(town.playground, person=town.member) as page:
        await page.get_by_role("button", name="Direct messages").click()
        await page.locator(".place", has_text="Paperboy").click()
        await expect(page.locator("#channel-name")).to_have_text("@ Paperboy")
        await page.locator("#text").fill("/subscribe tag:Robotics")
        await page.keyboard.press("Enter")
        await page.get_by_role("button", name="Save").click()
        await expect(page.locator(".message").last).to_contain_text("to tag:Robotics")


async def test_what_is_no_command_is_said_so(bot: Bot) -> None:
    async with looking_at(bot.town.playground) as page:
        await page.locator("#text").fill("/nonsense")
        await page.keyboard.press("Enter")
        await expect(page.locator(".notice")).to_have_text("There is no command /nonsense here.")
