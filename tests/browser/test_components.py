"""Whatever a bot's message can hold, used in the page: forms, menus, layouts, slow answers."""

import re

from playwright.async_api import expect

from support.browser import executable, looking_at
from support.pattern_bot import patterns


async def test_a_form_is_filled_in_and_sent() -> None:
    executable()
    async with patterns() as (town, _), looking_at(town.playground) as page:
        await page.locator("#text").fill("/form")
        await page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog", name="A note")
        await expect(dialog.get_by_label("Heading")).to_be_focused()
        await dialog.get_by_label("Heading").fill("Shopping")
        await dialog.get_by_role("button", name="Submit").click()
        await expect(dialog.get_by_role("alert")).to_contain_text("Colour")
        await expect(dialog.get_by_role("button", name="Submit")).to_be_focused()
        await dialog.locator(".spoiler").press("Enter")
        await expect(dialog.locator(".spoiler")).to_have_class(re.compile("shown"))
        await dialog.locator(".select-button").click()
        await dialog.get_by_role("option", name="green").click()
        await dialog.get_by_role("button", name="Submit").click()
        await expect(dialog).to_be_hidden()
        await expect(page.locator(".message")).to_contain_text("Shopping in green")


async def test_menus_send_what_was_chosen() -> None:
    executable()
    async with patterns() as (town, _), looking_at(town.playground, person=town.member) as page:
        await page.locator("#text").fill("/choices")
        await page.keyboard.press("Enter")
        message = page.locator(".message").first
        await message.get_by_role("button", name="Pick colours").press("Enter")
        await expect(message.get_by_role("listbox")).to_be_focused()
        for key in ("ArrowDown", "Enter", "ArrowDown", "Enter", "Escape"):
            await page.keyboard.press(key)
        await expect(message.locator(".content")).to_have_text("Picked green and blue")
        await expect(message).to_contain_text("(edited)")
        await message.get_by_role("button", name="Pick somebody").click()
        await message.get_by_role("option", name="olga").click()
        await expect(page.locator(".message.private")).to_contain_text("Hello ['olga']")
        await message.get_by_role("button", name="olga").click()
        await message.get_by_role("option", name="olga").click()
        await expect(page.locator(".message.private").last).to_contain_text("Hello nobody")
        await message.get_by_role("button", name="Pick a forum").press("Enter")
        await page.keyboard.press("Enter")
        await page.keyboard.press("Escape")
        await expect(message.get_by_role("button", name="Pick a forum")).to_be_focused()
        presses: list[str] = []
        page.on(
            "request", lambda request: presses.append(request.url) if "/page/press" in request.url else None
        )
        await message.get_by_role("button", name="Write").dblclick()
        await expect(page.get_by_role("dialog", name="A note")).to_be_visible()
        assert len(presses) == 1
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("dialog")).to_be_hidden()


async def test_a_layout_is_drawn() -> None:
    executable()
    async with patterns() as (town, _), looking_at(town.playground) as page:
        await page.locator("#text").fill("/layout")
        await page.keyboard.press("Enter")
        box = page.locator(".message .container")
        await expect(box.locator(".section h2")).to_have_text("A heading")
        await expect(box.get_by_role("link", name="Look")).to_have_attribute(
            "href", "https://example.org/look"
        )
        await expect(box.locator(".gallery")).to_contain_text("example.org")
        await expect(box.locator(".bar rect")).to_have_attribute("fill", "#3498db")


async def test_the_bot_thinks_and_then_answers() -> None:
    executable()
    async with patterns() as (town, bot), looking_at(town.playground) as page:
        await page.locator("#text").fill("/slow")
        await page.keyboard.press("Enter")
        await expect(page.locator(".message.private .thinking")).to_contain_text("Paperboy is thinking")
        bot.go_on.set()
        await expect(page.locator(".message.private .content")).to_have_text("Thought about it")
        await expect(page.locator(".thinking")).to_have_count(0)


async def test_options_of_every_kind_are_filled_in() -> None:
    executable()
    async with patterns() as (town, _), looking_at(town.playground) as page:
        await page.locator("#text").press_sequentially("/number count:12 who:@mi")
        await page.get_by_role("option", name="@mika").click()
        await page.keyboard.type("where-to:#papers")
        await expect(page.get_by_label("where-to")).to_have_value("#papers")
        await page.get_by_label("where-to").fill("")
        await page.keyboard.press("Enter")
        await expect(page.locator(".notice")).to_have_text("count takes 1 to 9.")
        await page.get_by_label("count").fill("3")
        await page.route("**/page/slash*", lambda route: route.abort())
        await page.keyboard.press("Enter")
        await expect(page.locator(".notice")).to_have_text(re.compile("does not answer"))
        await expect(page.get_by_label("who")).to_have_value("@mika")
        await page.unroute("**/page/slash*")
        await page.keyboard.press("Enter")
        await expect(page.locator(".message")).to_contain_text("3 for mika")


async def test_a_bot_that_does_not_answer_is_told_of() -> None:
    executable()
    async with patterns() as (town, _), looking_at(town.playground) as page:
        await page.locator("#text").fill("/silent")
        await page.keyboard.press("Enter")
        await expect(page.locator(".notice")).to_have_text("Paperboy did not respond in time.")
