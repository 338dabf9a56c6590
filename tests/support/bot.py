"""The whole bot on a small archive, connected to a playground."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.client import PaperboyClient
from bot.publisher import DiscordPublisher
from cogs.cards.composer import CardComposer
from cogs.desk import Desk
from papers.delivery import Courier, Delivered, Gatherer, Planner
from papers.models import Answer
from papers.ports import Clock
from papers.previews import PreviewService
from papers.privacy import PrivacyService
from papers.reasons import WhyService
from papers.status import StatusService
from playground.interactions.options import Value
from playground.people import Reply
from playground.world import Channel, User
from storage import Stores, open_stores
from support.clock import SetClock
from support.discord_client import connected
from support.discord_town import DAY, TOKEN, Town, inhabited
from support.papers import over_at

NEXT_RUN = datetime.fromisoformat("2026-07-18T17:00:00+00:00")


@dataclass
class Bot:
    """A running bot and the town it serves."""

    town: Town
    stores: Stores
    client: PaperboyClient
    planner: Planner
    gatherer: Gatherer
    courier: Courier
    posted_now: int = 0

    async def keep(self, *answers: Answer) -> None:
        """Puts papers into the archive."""
        for answer in answers:
            await self.stores.papers.keep(answer, over_at=over_at(answer.day), at=DAY)

    async def deliver(self) -> Delivered:
        """Plans and posts what is due."""
        await self.planner.plan()
        await self.gatherer.gather()
        return await self.courier.deliver()

    def count_post(self) -> None:
        """Notes that a command asked for posting at once."""
        self.posted_now += 1

    async def slash(
        self, name: str, *, user: User | None = None, channel: Channel | None = None, **options: Value
    ) -> Reply:
        """Somebody, the owner if not said otherwise, uses a command."""
        return await self.use(name, options, user=user, channel=channel)

    async def use(
        self,
        name: str,
        options: Mapping[str, Value],
        *,
        user: User | None = None,
        channel: Channel | None = None,
    ) -> Reply:
        """The same, with options of any name."""
        town = self.town
        return await town.playground.slash(user or town.owner, channel or town.channel, name, options)


@asynccontextmanager
async def running_bot(path: Path, *, clock: Clock | None = None) -> AsyncIterator[Bot]:
    """The bot with an empty archive at `path`, at noon of the town's day."""
    clock = clock or SetClock(DAY)
    async with inhabited(real_time=True) as town, open_stores(path) as stores:
        client = PaperboyClient(
            on_login=lambda application_id: stores.check_identity(
                application_id=application_id, api_base="playground"
            )
        )
        composer, publisher = CardComposer(), DiscordPublisher(client)
        planner = Planner(subscriptions=stores.subscriptions, outbox=stores.outbox, clock=clock)
        gatherer = Gatherer(outbox=stores.outbox, composer=composer, clock=clock)
        courier = Courier(
            outbox=stores.outbox,
            composer=composer,
            publisher=publisher,
            clock=clock,
            owner="the test",
        )
        bot = Bot(town, stores, client, planner, gatherer, courier)
        client.desk = Desk(
            papers=stores.papers,
            corrections=stores.corrections,
            searches=stores.searches,
            subscriptions=stores.subscriptions,
            status=StatusService(
                sources=("huggingface",),
                editions=stores.editions,
                outbox=stores.outbox,
                clock=clock,
                next_run=lambda: NEXT_RUN,
            ),
            privacy=PrivacyService(store=stores.privacy, clock=clock),
            reasons=WhyService(subscriptions=stores.subscriptions, outbox=stores.outbox, clock=clock),
            previews=PreviewService(papers=stores.papers, clock=clock),
            publisher=publisher,
            clock=clock,
            next_run=lambda: NEXT_RUN,
            post_now=bot.count_post,
        )
        async with connected(town.playground, client, TOKEN):
            yield bot
