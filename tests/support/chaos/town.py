"""Where the papers go: places of each style, what they want, and what is wrong with what they hold."""

from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from papers.models import Destination, DestinationKind, NewSubscription, Style, first_key
from playground import permissions
from playground.rate_limits import Rate, Rates
from playground.server import Playground
from playground.world import Channel, ChannelType, User, World
from storage import open_stores
from support.chaos.clock import SharedClock
from support.chaos.holding import held
from support.chaos.hub import TOPICS, Announced
from support.chaos.wire import Wire
from support.discord_rest import Rest, asking
from support.discord_town import TOKEN

QUICK = Rates(everything=Rate(50, 0.5), messages=Rate(5, 0.25), others=Rate(50, 0.5))
"""Discord's limits over shorter times: a process that is to be killed lives for seconds."""


@dataclass(frozen=True)
class Place:
    """A destination with its subscription; `topic` is what it wants to hear of, everything where it is empty."""

    name: str
    channel: Channel
    destination: Destination
    topic: str
    style: Style

    def wanted(self, papers: Iterable[Announced]) -> dict[str, str]:
        """The titles of the papers it should hold, by their ids."""
        return {paper.arxiv_id: paper.title for paper in papers if self.topic in {"", paper.topic}}


@dataclass(frozen=True)
class BusyTown:
    """A playground with its places and the wire to it."""

    playground: Playground
    wire: Wire
    owner_id: int
    places: tuple[Place, ...]

    async def subscribe(self, database: Path, clock: SharedClock) -> None:
        """Gives every place its subscription."""
        now = clock.now()
        async with open_stores(database) as stores:
            for place in self.places:
                await stores.subscriptions.add(
                    NewSubscription(
                        destination=place.destination,
                        query=place.topic,
                        style=place.style,
                        created_by=self.owner_id,
                        created_at=now,
                        start_key=first_key(now.date()),
                    )
                )

    def due(self, papers: Iterable[Announced]) -> int:
        """How many cards the places should hold."""
        papers = [*papers]
        return sum(len(place.wanted(papers)) for place in self.places)

    async def wrong(self, papers: Iterable[Announced]) -> list[str]:
        """What the places hold too often, lack, should not have, or show in an old version, in words."""
        papers = [*papers]
        async with self._asking() as rest:
            return [
                f"{place.name}: {fault}"
                for place in self.places
                for fault in _compared(place.wanted(papers), await held(rest, place.channel))
            ]

    @asynccontextmanager
    async def _asking(self) -> AsyncIterator[Rest]:
        """Asks as the bot, and takes nothing of what its rate limits leave it."""
        limiter = self.playground.limiter
        limited, limiter.enabled = limiter.enabled, False
        try:
            async with asking(self.playground, TOKEN) as rest:
                yield rest
        finally:
            limiter.enabled = limited


def _compared(wanted: dict[str, str], held: list[tuple[str, str]]) -> list[str]:
    times = Counter(arxiv_id for arxiv_id, _ in held)
    return [
        *(f"{paper} stands there {count} times" for paper, count in times.items() if count > 1),
        *(f"{paper} is missing" for paper in wanted if not times[paper]),
        *(f"{paper} does not belong there" for paper in times if paper not in wanted),
        *(f"{paper} says “{title}”" for paper, title in held if title != wanted.get(paper, title)),
    ]


@asynccontextmanager
async def busy_town(clock: SharedClock, *, only: str | None = None) -> AsyncIterator[BusyTown]:
    """A town with its rate limits, in the time of that clock; with the place of that name alone, if one is named."""
    wire = Wire()
    async with Playground.running(
        now=clock.now, monotonic=clock.monotonic, middlewares=[wire.pass_on], page=False
    ) as playground:
        playground.limiter.rates = QUICK
        playground.world.listen(wire.hear)
        owner, places = _settled(playground.world)
        kept = tuple(place for place in places if only in {None, place.name})
        yield BusyTown(playground, wire, owner.id, kept)


def _settled(world: World) -> tuple[User, list[Place]]:
    """Fills a world with a server, its owner and the bot; who made the subscriptions, and the places that want papers."""
    bot, owner = world.add_application("Paperboy", TOKEN), world.add_user("olga")
    guild = world.add_guild("Reading group", owner, permissions.MEMBER)
    world.join(guild, bot.user)
    tides, lamps = TOPICS
    channels = [
        (world.add_channel(guild, "papers"), "", Style.CARDS),
        (world.add_channel(guild, "digests"), "", Style.DIGEST),
        (world.add_channel(guild, "threads"), lamps, Style.THREAD),
        (world.add_channel(guild, "forum", ChannelType.FORUM, tags=["Other"]), tides, Style.FORUM),
    ]
    places = [
        Place(
            channel.name,
            channel,
            Destination(kind=DestinationKind.CHANNEL, target_id=channel.id, guild_id=guild.id),
            topic,
            style,
        )
        for channel, topic, style in channels
    ]
    direct = Destination(kind=DestinationKind.DIRECT, target_id=owner.id)
    return owner, [
        *places,
        Place("directs", world.direct_channel(bot.user, owner), direct, tides, Style.CARDS),
    ]
