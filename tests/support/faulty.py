"""A small archive, who delivers it, and a Discord that fails as it is told."""

from collections import Counter as Tally
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.daily import DailyJob
from cogs.cards.composer import CardComposer
from papers.delivery import LEASE, Courier, Delivered, Gatherer, Planner
from papers.editing import CardEditor
from papers.editions import EditionService
from papers.enriching import EnrichmentService
from papers.models import NewSubscription, OutboxCounts, Style, Subscription
from papers.ports import Enricher
from papers.reading.reader import LocalReader
from playground.faults import Effect, Fault
from playground.world import Channel
from storage import Stores, open_stores
from support.discord_town import DAY, Town
from support.papers import announced, answered, over_at
from support.publishing import Counter, place, publishing

CATCH_UP = 2
"""How many papers a place gets at once after it was closed."""
_MOST_ROUNDS = 8


@dataclass
class Office:
    """Everybody who has a part in delivering, on a store and a playground of their own."""

    counter: Counter
    stores: Stores
    planner: Planner
    gatherer: Gatherer
    courier: Courier
    job: DailyJob

    @property
    def town(self) -> Town:
        """Where it is delivered."""
        return self.counter.town

    def fails(self, effect: Effect, method: str, route: str, **more: Any) -> None:  # noqa: ANN401 - fields of a fault
        """Makes requests of that kind fail."""
        self.town.playground.faults.add(Fault(effect, method, route, **more))

    async def subscribe(self, channel: Channel, style: Style = Style.CARDS, **more: Any) -> Subscription:  # noqa: ANN401 - fields of a subscription
        """The owner of the server subscribes to everything."""
        wanted = NewSubscription(
            destination=place(channel),
            query="",
            style=style,
            created_by=self.town.owner.id,
            created_at=DAY,
            start_key=0,
            **more,
        )
        subscription, _ = await self.stores.subscriptions.add(wanted)
        return subscription

    async def keep(self, *titles: str, first: int = 1) -> None:
        """Puts papers of the day into the archive."""
        said = [announced(f"2607.{number:05}", title) for number, title in enumerate(titles, first)]
        await self.stores.papers.keep(answered(*said, day=DAY.date()), over_at=over_at(DAY.date()), at=DAY)

    async def deliver(self) -> Delivered:
        """Plans, gathers and sends once."""
        await self.planner.plan()
        await self.gatherer.gather()
        return await self.courier.deliver()

    async def deliver_all(self) -> OutboxCounts:
        """Delivers until nothing is on its way, with pauses as long as a lease."""
        for _ in range(_MOST_ROUNDS):
            await self.deliver()
            counts = await self.stores.outbox.counts()
            if not counts.due and not counts.sending:
                return counts
            self.counter.clock.advance(LEASE)
        raise AssertionError(f"still on their way: {counts}")

    def shown(self, channel: Channel) -> Tally[str]:
        """How often each title stands in a channel and its threads."""
        places = [channel, *self.town.playground.world.threads(channel)]
        messages = [message for each in places for message in each.messages.values()]
        return Tally(embed.get("title", "") for message in messages for embed in message["embeds"])

    def told(self) -> list[str]:
        """What the owner of the server was told in direct messages."""
        world = self.town.playground.world
        letters = world.direct_channel(self.town.bot.user, self.town.owner).messages.values()
        return [message["embeds"][0]["description"] for message in letters]


async def _nobody() -> Sequence[Enricher]:
    return ()


@asynccontextmanager
async def office(path: Path, *, busy_timeout: float = 10.0) -> AsyncIterator[Office]:
    """An office with an empty archive at `path`, at noon of the town's day."""
    async with publishing() as counter, open_stores(path, busy_timeout=busy_timeout) as stores:
        clock, composer, reader = counter.clock, CardComposer(), LocalReader()
        planner = Planner(subscriptions=stores.subscriptions, outbox=stores.outbox, clock=clock)
        gatherer = Gatherer(outbox=stores.outbox, composer=composer, clock=clock, catch_up=CATCH_UP)
        courier = Courier(
            outbox=stores.outbox,
            composer=composer,
            publisher=counter.publisher,
            clock=clock,
            owner="the test",
        )
        job = DailyJob(
            editions=EditionService(
                sources=[], reader=reader, papers=stores.papers, editions=stores.editions, clock=clock
            ),
            enrichments=EnrichmentService(
                enrichers=_nobody, reader=reader, papers=stores.papers, store=stores.enrichments, clock=clock
            ),
            planner=planner,
            gatherer=gatherer,
            courier=courier,
            editor=CardEditor(
                outbox=stores.outbox, composer=composer, publisher=counter.publisher, clock=clock
            ),
            patience=0.0,
        )
        yield Office(counter, stores, planner, gatherer, courier, job)
