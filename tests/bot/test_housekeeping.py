"""Servers that the bot left, with the real discord.py: noticed, waited for, and forgotten."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import discord
import pytest

from bot.housekeeping import Housekeeper
from bot.publisher import DiscordPublisher
from bot.settings import Settings
from bot.shop import daily_job, open_shop
from papers.models import Destination, DestinationKind, Draft, Preferences
from papers.privacy import PrivacyService
from playground import permissions
from playground.faults import Effect, Fault
from playground.world import Guild
from storage import Stores, open_stores
from support.clock import SetClock
from support.discord_client import OPTIONS, logged_in
from support.discord_town import DAY, TOKEN, Town, inhabited
from support.replay import replaying
from support.subscriptions import wanted

GUILDS = "/users/@me/guilds"
ONE_DAY = timedelta(days=1)


@dataclass
class House:
    """A housekeeper whose bot is in the town's server and in another, with a subscription in each."""

    town: Town
    stores: Stores
    clock: SetClock
    keeper: Housekeeper
    other: Guild

    async def tidy_on_days(self, days: int) -> None:
        """Tidies once a day, for so many days."""
        for _ in range(days):
            self.clock.advance(ONE_DAY)
            await self.keeper.tidy()

    def leave(self) -> None:
        """Somebody throws the bot out of the other server."""
        del self.other.members[self.town.bot.id]

    def come_back(self) -> None:
        """Somebody adds it again."""
        self.town.playground.world.join(self.other, self.town.bot.user)

    def fail(self, effect: Effect = Effect.SERVER_ERROR, *, after: int = 0) -> None:
        """The next question, or a later one, is not answered."""
        self.town.playground.faults.add(Fault(effect, "GET", GUILDS, status=503, after=after))

    async def kept(self) -> list[int]:
        """The servers whose subscription is still there."""
        return [item.destination.guild_id or 0 for item in await self.stores.subscriptions.all()]

    @property
    def both(self) -> list[int]:
        """The two servers."""
        return [self.town.guild.id, self.other.id]


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    clock = SetClock(DAY)
    async with (
        inhabited() as town,
        open_stores(tmp_path / "papers.db") as stores,
        logged_in(
            town.playground, discord.Client(intents=discord.Intents.none(), **OPTIONS), TOKEN
        ) as client,
    ):
        world = town.playground.world
        other = world.add_guild("Elsewhere", town.owner, permissions.MEMBER)
        world.join(other, town.bot.user)
        for number, guild in enumerate((town.guild, other), 11):
            place = Destination(kind=DestinationKind.CHANNEL, target_id=number, guild_id=guild.id)
            await stores.subscriptions.add(wanted("", place))
        privacy = PrivacyService(store=stores.privacy, clock=clock)
        yield House(town, stores, clock, Housekeeper(client=client, privacy=privacy, clock=clock), other)


async def test_a_server_is_forgotten_thirty_days_after_the_bot_left(house: House) -> None:
    await house.tidy_on_days(40)
    assert await house.kept() == house.both
    house.leave()
    await house.tidy_on_days(30)
    assert await house.kept() == house.both
    await house.tidy_on_days(1)
    assert await house.kept() == [house.town.guild.id]


async def test_a_bot_that_comes_back_in_time_finds_everything_and_has_thirty_days_again(house: House) -> None:
    house.leave()
    await house.tidy_on_days(20)
    house.come_back()
    await house.tidy_on_days(1)
    house.leave()
    await house.tidy_on_days(30)
    assert await house.kept() == house.both


async def test_a_bot_that_slept_while_it_was_thrown_out_and_added_again_forgets_nothing(house: House) -> None:
    house.leave()
    await house.tidy_on_days(1)
    house.come_back()
    house.clock.advance(timedelta(days=90))
    await house.keeper.tidy()
    assert await house.kept() == house.both


@pytest.mark.parametrize("effect", [Effect.SERVER_ERROR, Effect.MISSING_ACCESS, Effect.FIREWALL])
async def test_nobody_is_forgotten_or_noted_on_a_failed_answer(house: House, effect: Effect) -> None:
    house.leave()
    await house.tidy_on_days(1)
    house.come_back()
    house.clock.advance(timedelta(days=60))
    house.fail(effect)
    await house.keeper.tidy()
    assert await house.kept() == house.both
    await house.keeper.tidy()
    assert await house.stores.privacy.left_before(house.clock.now()) == []


async def test_what_failed_is_asked_again_the_same_day_and_what_was_answered_is_not(house: House) -> None:
    house.fail()
    for _ in range(4):
        await house.keeper.tidy()
    asked = [record for record in house.town.playground.log.records if record.path.endswith(GUILDS)]
    assert len(asked) == 2


async def test_many_servers_are_asked_for_in_pages_and_half_an_answer_is_none(house: House) -> None:
    world = house.town.playground.world
    for number in range(250):
        world.join(
            world.add_guild(f"Guild {number}", house.town.owner, permissions.MEMBER), house.town.bot.user
        )
    last = max(world.guilds)
    place = Destination(kind=DestinationKind.CHANNEL, target_id=99, guild_id=last)
    await house.stores.subscriptions.add(wanted("", place))
    house.fail(after=1)
    await house.keeper.tidy()
    assert await house.stores.privacy.left_before(DAY) == []
    await house.keeper.tidy()
    assert await house.stores.privacy.left_before(DAY) == []
    assert len(await house.kept()) == 3


async def test_old_drafts_go_even_while_discord_is_down(house: House) -> None:
    place = Destination(kind=DestinationKind.DIRECT, target_id=7)
    begun = Draft(destination=place, preferences=Preferences(query=""), person=7)
    await house.stores.subscriptions.save_draft(begun, at=DAY - timedelta(days=2))
    house.fail()
    await house.keeper.tidy()
    assert (await house.stores.privacy.of_person(7)).drafts == 0


async def test_the_daily_job_looks_who_left(tmp_path: Path) -> None:
    clock = SetClock(DAY)
    async with inhabited() as town, replaying() as hub, open_stores(tmp_path / "papers.db") as stores:
        place = Destination(kind=DestinationKind.CHANNEL, target_id=11, guild_id=7)
        await stores.subscriptions.add(wanted("", place))
        settings = Settings.model_validate(
            {"sources": {"huggingface": {"base_url": hub.url}, "arxiv": {"enrich": False}}}
        )
        client = discord.Client(intents=discord.Intents.none(), **OPTIONS)
        async with (
            open_shop(settings, tmp_path / "papers.db", clock, "playground") as shop,
            logged_in(town.playground, client, TOKEN),
            daily_job(shop, client, DiscordPublisher(client)) as job,
        ):
            await job.run()
        assert await stores.privacy.left_before(DAY) == [7]
