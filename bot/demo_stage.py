"""What a demo is played on: a playground with its town, the database, the clock, and the bot's parts."""

import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path

import platformdirs
from pydantic import AnyHttpUrl

from bot import demo_town
from bot.client import point_at
from bot.clock import ShiftedClock, SystemClock
from bot.daily import Tell
from bot.sample import SAMPLE_DAY
from bot.sections import (
    ArxivSettings,
    HuggingFaceSettings,
    LlmSettings,
    ReadingSettings,
    SourcesSettings,
)
from bot.settings import Settings, from_environment
from bot.shop import Shop, open_shop
from papers.delivery import Gathered
from papers.models import NewSubscription, first_key
from papers.ports import Clock, tell_nobody
from playground.keeping import keeping, load
from playground.kept import Kept
from playground.server import Playground
from storage import hold

ADDRESS = "playground"
"""What a demo's database remembers as Discord's address, whatever port the playground has."""

_EVENING = time(21, 0, tzinfo=UTC)


@dataclass(frozen=True)
class DemoRequest:
    """What is wanted.

    Attributes:
        database: None: the kept one with `keep`, a temporary one without.
        live: whether papers come from the real hub.
        keep: whether the demo goes on where the last one stopped, its playground included.
        port: of the playground; 0 takes a free one.
    """

    database: Path | None
    live: bool
    keep: bool = False
    port: int = 0


@dataclass(frozen=True)
class Stage:
    """Everything in its place.

    Attributes:
        newest: the last id in the playground before the bot came.
        kept_in: the database, where it and the playground are kept.
    """

    playground: Playground
    town: demo_town.Town
    shop: Shop
    newest: int
    kept_in: Path | None

    def cards(self) -> dict[str, int]:
        """How many messages each subscribed channel got since the bot came, by the channel's name."""
        return {
            channel.name: sum(number > self.newest for number in channel.messages)
            for channel, _ in self.town.channels.values()
        }


def kept_database(*, live: bool) -> Path:
    """The database of a demo that is kept where no other is named; the sample's and the hub's are not mixed."""
    return platformdirs.user_data_path("paperboy") / "demo" / f"{'huggingface' if live else 'sample'}.db"


def playground_file(database: Path) -> Path:
    """Where the playground is kept that belongs to a database."""
    return database.with_name(f"{database.name}.playground.json")


@asynccontextmanager
async def open_stage(request: DemoRequest, tell: Tell = tell_nobody) -> AsyncIterator[Stage]:
    """Sets everything up, and tells how many messages of an earlier demo still wait.

    Raises:
        PlaygroundError: what was kept cannot be read or kept on, or the port is taken.
        StorageError: the database cannot be used, or another demo uses it.
    """
    async with AsyncExitStack() as stack:
        database = stack.enter_context(_database(request))
        stack.enter_context(hold(database))
        kept = load(playground_file(database)) if request.keep else None
        clock = _clock(request, kept)
        playground, town = await stack.enter_async_context(
            demo_town.open_town(clock.now, port=request.port, rate_limits=False, kept=kept)
        )
        point_at(playground.api_base, playground.gateway_url)
        sample = None if request.live else await stack.enter_async_context(demo_town.sample_source())
        shop = await stack.enter_async_context(
            open_shop(_settings(sample), database, clock, ADDRESS, tell=tell)
        )
        if kept is None or await shop.stores.papers.newest_day() is None:
            await _subscribe(shop, town, clock)
        await _tell_of_the_waiting(shop, tell)
        newest = playground.world.ids.newest
        if request.keep:
            file = playground_file(database)
            await stack.enter_async_context(keeping(playground.world, playground.log, file))
            stack.push_async_callback(playground.troubles.stop_all)
        yield Stage(playground, town, shop, newest, database if request.keep else None)


@contextmanager
def _database(request: DemoRequest) -> Iterator[Path]:
    if request.database is not None:
        yield request.database
    elif request.keep:
        yield kept_database(live=request.live)
    else:
        with tempfile.TemporaryDirectory(prefix="paperboy-demo-") as folder:
            yield Path(folder) / "papers.db"


def _clock(request: DemoRequest, kept: Kept | None) -> Clock:
    """A clock that starts now, or on the sample's evening, or where that of the last demo stopped if that is later."""
    start = SystemClock().now() if request.live else datetime.combine(SAMPLE_DAY, _EVENING)
    return ShiftedClock(start if kept is None else max(start, kept.at))


def _settings(sample: str | None) -> Settings:
    settings = from_environment()
    if sample is None:
        return settings
    hub = HuggingFaceSettings(base_url=AnyHttpUrl(sample), enrich=False)
    sources = SourcesSettings(huggingface=hub, arxiv=ArxivSettings(enrich=False))
    return settings.model_copy(
        update={"sources": sources, "reading": ReadingSettings(), "llm": LlmSettings()}
    )


async def _subscribe(shop: Shop, town: demo_town.Town, clock: Clock) -> None:
    for channel, query in town.channels.values():
        await shop.stores.subscriptions.add(
            NewSubscription(
                destination=demo_town.destination(channel),
                query=str(query),
                created_by=town.owner.id,
                created_at=clock.now(),
                start_key=first_key(clock.now().date()),
            )
        )


async def _tell_of_the_waiting(shop: Shop, tell: Tell) -> None:
    counts = await shop.stores.outbox.counts()
    if waiting := counts.due + counts.sending:
        tell(Gathered(messages=waiting))
