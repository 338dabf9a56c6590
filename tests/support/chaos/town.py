"""Where the papers go: places of each style, what they want, and what Discord's API says they hold."""

import re
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from papers.models import Destination, DestinationKind, NewSubscription, first_key
from playground import permissions
from playground.rate_limits import Rate, Rates
from playground.server import Playground
from playground.world import Channel, User, World
from storage import open_stores
from support.chaos.clock import SharedClock
from support.chaos.hub import TOPICS, Announced
from support.chaos.wire import Wire
from support.discord_rest import Rest, asking
from support.discord_town import TOKEN

_ABSTRACT_PAGE = re.compile(r"https://arxiv\.org/abs/(\d{4}\.\d{5})")
_PAGE = 100
QUICK = Rates(everything=Rate(50, 0.5), messages=Rate(5, 0.25), others=Rate(50, 0.5))
"""Discord's limits over shorter times: a process that is to be killed lives for seconds."""


@dataclass(frozen=True)
class Place:
    """A destination with its subscription.

    Attributes:
        wants: which papers the query finds.
    """

    name: str
    channel: Channel
    destination: Destination
    query: str
    wants: Callable[[Announced], bool]

    def wanted(self, papers: Iterable[Announced]) -> dict[str, str]:
        """The titles of the papers it should hold, by their ids."""
        return {paper.arxiv_id: paper.title for paper in papers if self.wants(paper)}


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
                        query=place.query,
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
                for fault in _compared(place.wanted(papers), await _held(rest, place.channel.id))
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


async def _held(rest: Rest, channel_id: int) -> list[tuple[str, str]]:
    """Ids and titles of the papers on the cards of a channel."""
    return [
        (found[1], embed["title"])
        for message in await _history(rest, channel_id)
        for embed in message["embeds"]
        if (found := _ABSTRACT_PAGE.match(embed.get("url", "")))
    ]


async def _history(rest: Rest, channel_id: int) -> list[dict[str, Any]]:
    messages: list[dict[str, Any]] = []
    before: dict[str, str] = {}
    while True:
        answer = await rest.get(f"/channels/{channel_id}/messages", limit=str(_PAGE), **before)
        assert answer.status == 200, answer
        messages += answer.body
        if len(answer.body) < _PAGE:
            return messages
        before = {"before": answer.body[-1]["id"]}


def everything(_paper: Announced) -> bool:
    """Whether an empty query finds it."""
    return True


def about(topic: str) -> Callable[[Announced], bool]:
    """Whether the topic's word finds a paper."""
    return lambda paper: paper.topic == topic


_QUERIES = {"papers": "", "tides": "tides", "lamps": "lamps"}


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
    places = [_channel(world.add_channel(guild, name), query) for name, query in _QUERIES.items()]
    direct = Destination(kind=DestinationKind.DIRECT, target_id=owner.id)
    places.append(
        Place("directs", world.direct_channel(bot.user, owner), direct, TOPICS[0], about(TOPICS[0]))
    )
    return owner, places


def _channel(channel: Channel, query: str) -> Place:
    place = Destination(kind=DestinationKind.CHANNEL, target_id=channel.id, guild_id=channel.guild_id)
    return Place(channel.name, channel, place, query, about(query) if query else everything)
