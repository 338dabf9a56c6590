"""The real discord.py behind the limiter, against a playground with Discord's limits."""

import asyncio
import time
from collections.abc import AsyncIterator, Coroutine, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import discord
import pytest
from discord.http import Route
from yarl import URL

from bot.client import PaperboyClient
from bot.pace import Limiter, Priority, priority
from bot.pace.limiter import INVALID_SECONDS, MOST_INVALID, bucket_of
from bot.pace.rate import Rate
from playground.faults import Effect, Fault
from playground.rate_limits import Rate as Allowed
from playground.rate_limits import Rates
from playground.world import Channel
from support.discord_client import logged_in
from support.discord_town import TOKEN, Town, inhabited

PLENTY = Allowed(100_000, 1.0)
POST = "/channels/{channel_id}/messages"


@dataclass
class Monotonic:
    """The real time, and more where a test lets it pass."""

    more: float = 0.0

    def __call__(self) -> float:
        return time.monotonic() + self.more


@dataclass
class Sender:
    """A paced client, and the town it posts to."""

    town: Town
    client: discord.Client
    time: Monotonic = field(default_factory=Monotonic)

    def channels(self, number: int) -> list[Channel]:
        world = self.town.playground.world
        return [world.add_channel(self.town.guild, f"papers-{place}") for place in range(number)]

    async def send(self, channel: Channel, text: str = "hello") -> None:
        await self.client.get_partial_messageable(channel.id).send(text)

    def fail(self, effect: Effect, **more: Any) -> None:  # noqa: ANN401 - fields of a fault
        self.town.playground.faults.add(Fault(effect, **more))

    @property
    def statuses(self) -> list[int]:
        return [record.status for record in self.town.playground.log.records]

    @property
    def said(self) -> list[object]:
        bodies = [record.body for record in self.town.playground.log.records if record.route == POST]
        return [body["content"] for body in bodies if isinstance(body, dict)]


async def _nothing(_application_id: int) -> None:
    """No database is asked whose it is."""


@asynccontextmanager
async def sending(rates: Rates | None = None, *, rate: Rate | None = None) -> AsyncIterator[Sender]:
    now = Monotonic()
    limiter = Limiter(rate=rate, time=now)
    async with inhabited(rate_limits=rates is not None, real_time=True) as town:
        town.playground.limiter.rates = rates or Rates()
        client = PaperboyClient(on_login=_nothing, limiter=limiter)
        async with logged_in(town.playground, client, TOKEN):
            town.playground.log.records.clear()
            yield Sender(town, client, now)


async def together(work: Iterable[Coroutine[Any, Any, object]]) -> None:
    async with asyncio.TaskGroup() as group:
        for each in work:
            group.create_task(each)


async def test_many_channels_at_once_provoke_no_429() -> None:
    async with sending(Rates(everything=Allowed(50, 0.5)), rate=Rate(window=0.51)) as sender:
        await together(sender.send(channel) for channel in sender.channels(130))
        assert sender.statuses == [200] * 130


async def test_many_tasks_in_one_channel_provoke_no_429() -> None:
    async with sending(Rates(PLENTY, messages=Allowed(5, 0.3), others=PLENTY)) as sender:

        async def several() -> None:
            for _ in range(3):
                await sender.send(sender.town.channel)

        await together(several() for _ in range(6))
        assert sender.statuses == [200] * 18


async def test_many_direct_channels_opened_at_once_provoke_no_429() -> None:
    async with sending(Rates(PLENTY, messages=PLENTY, others=Allowed(5, 0.3))) as sender:
        world, guild = sender.town.playground.world, sender.town.guild
        people = [world.add_user(f"reader{number}") for number in range(15)]
        for person in people:
            world.join(guild, person)
        await together(sender.client.create_dm(discord.Object(person.id)) for person in people)
        assert sender.statuses == [200] * 15


async def test_commands_go_first_then_deliveries_then_edits() -> None:
    async with sending(rate=Rate(most=1, window=0.05)) as sender:
        blocked, *channels = sender.channels(7)

        async def send(channel: Channel, level: Priority) -> None:
            with priority(level):
                await sender.send(channel, level.name)

        levels = [Priority.EDIT, Priority.DELIVERY, Priority.COMMAND] * 2
        first = asyncio.create_task(sender.send(blocked, "first"))
        await asyncio.sleep(0)
        await together(send(*each) for each in zip(channels, levels, strict=True))
        await first
        assert sender.said == ["first", *["COMMAND"] * 2, *["DELIVERY"] * 2, *["EDIT"] * 2]


async def test_after_a_429_for_everything_nobody_asks_before_its_time() -> None:
    async with sending() as sender:
        sender.fail(Effect.TOO_MANY, scope="global", seconds=0.4)
        await together(sender.send(channel) for channel in sender.channels(8))
        records = sender.town.playground.log.records
        assert sender.statuses.count(429) == 1
        assert len(records) == 9


async def test_after_a_429_for_one_channel_the_others_go_on() -> None:
    async with sending() as sender:
        slow, *others = sender.channels(5)
        sender.fail(Effect.TOO_MANY, path={"channel_id": str(slow.id)}, seconds=0.6)
        late = asyncio.create_task(sender.send(slow, "late"))
        await together(sender.send(channel, "at once") for channel in others)
        await late
        assert sender.said[-1] == "late"
        assert sender.statuses.count(429) == 1


async def test_a_request_in_vain_is_as_good_as_none() -> None:
    async with sending() as sender:
        sender.fail(Effect.RESET, times=2)
        for _ in range(2):
            with pytest.raises(aiohttp.ServerDisconnectedError):
                await sender.send(sender.town.channel)
        await sender.send(sender.town.channel)
        assert sender.statuses[-1] == 200


async def test_who_gives_up_waiting_leaves_their_place_to_others() -> None:
    async with sending(rate=Rate(most=1, window=0.05)) as sender:
        one, two, three = sender.channels(3)
        first = asyncio.create_task(sender.send(one))
        impatient = asyncio.create_task(sender.send(two))
        await asyncio.sleep(0)
        impatient.cancel()
        await sender.send(three)
        await sender.send(two)
        await first
        assert impatient.cancelled()
        assert sender.statuses == [200] * 3


async def test_replies_to_interactions_wait_for_nobody() -> None:
    async with sending() as sender:
        sender.fail(Effect.TOO_MANY, scope="global", seconds=5)
        held = asyncio.create_task(sender.send(sender.town.channel))
        while not sender.statuses:  # noqa: ASYNC110 - it happens in the playground
            await asyncio.sleep(0.01)
        with pytest.raises(discord.NotFound):
            await discord.Webhook.partial(1, "x", client=sender.client).delete_message(5)
        assert sender.statuses == [429, 404]
        held.cancel()


async def test_far_too_many_refusals_stop_everything_for_a_while(caplog: pytest.LogCaptureFixture) -> None:
    async with sending(rate=Rate(most=MOST_INVALID, window=0.01)) as sender:
        sender.fail(Effect.MISSING_ACCESS, times=MOST_INVALID, route=POST)
        channel = sender.client.get_partial_messageable(sender.town.channel.id)
        for _ in range(MOST_INVALID):
            with pytest.raises(discord.Forbidden):
                await channel.send("hello")
        with pytest.raises(discord.RateLimited) as raised:
            await channel.send("hello")
        assert raised.value.retry_after == pytest.approx(INVALID_SECONDS, abs=60)
        assert [record.name for record in caplog.records if record.name.startswith("bot.")] == [
            "bot.pace.limiter"
        ]
        sender.time.more = INVALID_SECONDS + 1
        await channel.send("hello")


@pytest.mark.parametrize(
    ("method", "path", "bucket"),
    [
        ("POST", "/channels/12/messages", ("POST", "channels", "12", "messages")),
        ("PATCH", "/channels/12/messages/34", ("PATCH", "channels", "12", "messages", "*")),
        ("GET", "/channels/12/messages?limit=5", ("GET", "channels", "12", "messages")),
        ("POST", "/users/@me/channels", ("POST", "users", "@me", "channels")),
        ("GET", "/users/56", ("GET", "users", "*")),
        ("GET", "/webhooks/78", ("GET", "webhooks", "78")),
        ("POST", "/webhooks/78/token", None),
        ("PATCH", "/webhooks/78/token/messages/@original", None),
        ("POST", "/interactions/9/token/callback", None),
    ],
)
def test_what_discord_counts_together(method: str, path: str, bucket: tuple[str, ...] | None) -> None:
    assert bucket_of(method, URL(Route.BASE + path)) == bucket


@pytest.mark.parametrize("address", ["wss://gateway.discord.gg/?v=10", "https://cdn.discordapp.com/a.png"])
def test_what_is_not_discords_rest_is_not_paced(address: str) -> None:
    assert bucket_of("GET", URL(address)) is None
