"""What changes while somebody looks: channels, people, the playground itself."""

import asyncio
import re
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta

from playwright.async_api import Route, expect
from yarl import URL

from playground import permissions
from playground.server import Playground
from playground.world import Channel, ChannelType, User
from support.bot import Bot
from support.browser import executable, looking_at
from support.discord_bot import COMMANDS
from support.discord_rest import asking
from support.discord_town import DAY, TOKEN, inhabited


@dataclass
class Slowly:
    """Brings an answer of the playground to the page when a test says so."""

    asked: asyncio.Event = field(default_factory=asyncio.Event)
    answered: asyncio.Event = field(default_factory=asyncio.Event)

    async def bring(self, route: Route) -> None:
        """Fetches the answer at once, and waits with it."""
        response = await route.fetch()
        self.asked.set()
        await self.answered.wait()
        await route.fulfill(response=response)


async def test_a_channel_that_is_gone_is_left(bot: Bot) -> None:
    town = bot.town
    world = town.playground.world
    doomed = world.add_channel(town.guild, "doomed")
    async with looking_at(town.playground, channel=doomed.id) as page:
        world.remove_channel(doomed)
        await expect(page.locator("#channel-name")).to_have_text("# papers")
        secret = world.add_channel(town.guild, "secret")
        await page.get_by_role("link", name="secret").click()
        await expect(page.locator("#channel-name")).to_have_text("# secret")
        world.set_overwrite(secret, town.guild.id, 0, permissions.VIEW_CHANNEL)
        await page.get_by_label("You are").select_option(str(town.member.id))
        await expect(page.locator("#channel-name")).to_have_text("# papers")
        await expect(page.get_by_role("link", name="secret")).to_have_count(0)
        await page.get_by_label("You are").select_option(str(town.owner.id))
        await expect(page.get_by_role("link", name="secret")).to_be_visible()


async def test_an_open_channel_is_another_one_now(bot: Bot) -> None:
    town = bot.town
    world = town.playground.world
    forum = world.add_channel(town.guild, "forum", ChannelType.FORUM)
    async with looking_at(town.playground, person=town.member) as page:
        link = page.get_by_role("link", name="papers")
        await link.focus()
        town.channel.name = "readings"
        world.set_overwrite(town.channel, town.member.id, 0, permissions.SEND_MESSAGES)
        await expect(page.locator("#channel-name")).to_have_text("# readings")
        await expect(page.locator("#composer")).to_be_hidden()
        await expect(page.get_by_role("link", name="readings")).to_be_focused()
        await page.get_by_role("link", name="forum").click()
        await expect(page.locator("#channel-name")).to_have_text("🗂 forum")
        post = world.add_thread(forum, "A post", town.owner.id)
        world.changed(post)
        await expect(page.locator(".post")).to_contain_text("A post")


async def test_an_answer_to_somebody_else_comes_too_late(bot: Bot) -> None:
    town = bot.town
    slowly = Slowly()
    async with looking_at(town.playground) as page:
        person = page.get_by_label("You are")
        await page.route(f"**/page/me?as={town.owner.id}", slowly.bring)
        town.playground.world.add_channel(town.guild, "elsewhere")
        await slowly.asked.wait()
        await person.select_option(str(town.member.id))
        await expect(page.locator(".place", has_text="elsewhere")).to_be_visible()
        async with page.expect_response(f"**/page/me?as={town.owner.id}") as late:
            slowly.answered.set()
        await (await late.value).finished()
        await page.locator("#text").fill("It is me")
        await page.keyboard.press("Enter")
        await expect(page.locator(".message .author")).to_have_text("mika")
        await expect(person).to_have_value(str(town.member.id))


async def test_times_grow_old_by_the_clock_of_the_playground(bot: Bot) -> None:
    town = bot.town
    town.playground.say(town.member, town.channel, f"<t:{town.playground.world.now().timestamp():.0f}:R>")
    async with looking_at(town.playground) as page:
        await page.clock.install(time=DAY + timedelta(days=500))
        await page.reload()
        await expect(page.locator(".content time")).to_have_text("now")
        await page.clock.run_for(121_000)
        await expect(page.locator(".content time")).to_have_text("2 minutes ago")


async def test_a_message_changes_and_goes(bot: Bot) -> None:
    town = bot.town
    said = town.playground.say(town.member, town.channel, "fleeting")
    async with looking_at(town.playground) as page, asking(town.playground, TOKEN) as rest:
        path = f"/channels/{town.channel.id}/messages"
        posted = (await rest.post(path, {"content": "one"})).body["id"]
        message = page.locator(f"#m-{posted}")
        await expect(message.locator(".content")).to_have_text("one")
        await rest.patch(f"{path}/{posted}", {"content": "two"})
        await expect(message.locator(".content")).to_have_text("two")
        await expect(message).to_contain_text("(edited)")
        await rest.delete(f"{path}/{posted}")
        await expect(message).to_have_count(0)
        await expect(page.locator(f"#m-{said['id']}")).to_be_visible()


async def test_a_slow_answer_neither_hides_what_came_meanwhile_nor_another_channel(bot: Bot) -> None:
    town = bot.town
    slow = town.playground.world.add_channel(town.guild, "slow")
    slowly = Slowly()
    async with looking_at(town.playground) as page:
        await page.route(f"**/page/channels/{slow.id}*", slowly.bring)
        await page.get_by_role("link", name="slow").click()
        await slowly.asked.wait()
        town.playground.say(town.member, slow, "meanwhile")
        await expect(page.locator(".place.unread", has_text="slow")).to_be_visible()
        slowly.answered.set()
        await expect(page.locator(".message")).to_have_text(re.compile("meanwhile"))
        await page.get_by_role("link", name="papers").click()
        await expect(page.locator("#channel-name")).to_have_text("# papers")
        slowly.asked.clear()
        slowly.answered.clear()
        await page.get_by_role("link", name="slow").click()
        await slowly.asked.wait()
        async with page.expect_response(f"**/page/channels/{town.channel.id}*"):
            await page.get_by_role("link", name="papers").click()
        async with page.expect_response(f"**/page/channels/{slow.id}*") as late:
            slowly.answered.set()
        await (await late.value).finished()
        town.playground.say(town.member, town.channel, "here")
        await expect(page.locator(".message .content")).to_have_text(["here"])
        await expect(page.locator("#channel-name")).to_have_text("# papers")


async def test_two_servers_and_two_bots_with_a_command_of_one_name() -> None:
    executable()
    async with inhabited() as town:
        world = town.playground.world
        other = world.add_application("Rival", "rival.token")
        second = world.add_guild("Other <b>place</b>", town.owner, permissions.MEMBER)
        hall = world.add_channel(second, "hall")
        for guild in (town.guild, second):
            world.join(guild, other.user)
        for bot, token in ((town.bot, TOKEN), (other, "rival.token")):
            async with asking(town.playground, token) as rest:
                await rest.ask("PUT", f"/applications/{bot.id}/commands", COMMANDS)
        async with looking_at(town.playground) as page:
            await page.locator("#text").press_sequentially("/papers")
            offered = page.locator("#suggestions").get_by_role("option")
            await expect(offered).to_have_count(2)
            await expect(offered.nth(1)).to_contain_text("Rival")
            await page.keyboard.press("Enter")
            await expect(page.locator(".notice")).to_have_text(
                "Several bots have /papers: choose one of them."
            )
            await page.locator("#text").press_sequentially(" tag:x")
            await offered.nth(1).click()
            await expect(page.get_by_role("group", name="/papers of Rival")).to_be_visible()
            other_server = page.get_by_role("button", name="Other <b>place</b>")
            await other_server.press("Enter")
            await expect(page.locator("#channel-name")).to_have_text(f"# {hall.name}")
            await expect(other_server).to_be_focused()
            await page.locator("#text").press_sequentially("/papers")
            await expect(offered).to_have_count(1)


def people(playground: Playground, name: str) -> tuple[User, Channel]:
    """Somebody in a server, where nobody was."""
    owner = playground.world.add_user(name)
    guild = playground.world.add_guild(f"{name}'s", owner, permissions.MEMBER)
    return owner, playground.world.add_channel(guild, f"{name}s-room")


async def test_the_page_comes_back_with_the_playground_also_where_others_live_there_now() -> None:
    executable()
    served, first, other = AsyncExitStack(), Playground(now=lambda: DAY), Playground()
    ada, room = people(first, "ada")
    first.world.join(first.world.guild(room.guild_id or 0), carl := first.world.add_user("carl"))
    people(other, "bea")
    await served.enter_async_context(first.serving())
    port = URL(first.page_url).port or 0
    async with looking_at(first, person=carl) as page:
        await page.locator("#text").fill("half a sentence")
        await served.aclose()
        await expect(page.locator("#connection")).to_have_text("Connecting again…")
        await page.wait_for_event("requestfailed", lambda request: "/page/me" in request.url)
        first.say(ada, room, "while nobody looked")
        async with first.serving(port):
            await expect(page.locator("#connection")).to_be_empty()
            await expect(page.locator(".message")).to_have_text(re.compile("while nobody looked"))
            await expect(page.locator("#text")).to_have_value("half a sentence")
            await expect(page.get_by_label("You are")).to_have_value(str(carl.id))
        async with other.serving(port):
            await expect(page.locator("#channel-name")).to_have_text("# beas-room", timeout=20_000)
            await expect(page.get_by_label("You are")).to_have_text(re.compile("bea"))
