"""One paper that the hub and arXiv both announce is one paper, whoever comes first and on whichever days."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta

import pytest

from papers.editions import EditionService
from papers.enriching import EnrichmentService
from papers.models import Origin, Paper, Part
from papers.ports import SearchRequest
from papers.query import Query
from papers.reading.reader import LocalReader
from papers.sources.arxiv_api import ArxivApi
from papers.sources.arxiv_categories import ArxivCategories
from papers.sources.arxiv_records import ArxivRecords
from papers.sources.http import HttpClient
from papers.sources.huggingface import HuggingFaceDailyPapers
from papers.sources.pace import Pace
from storage import Stores
from support.arxiv_server import EASTERN, ArxivServer, Preprint, arxiv_server
from support.clock import SetClock
from support.enrichers import asking
from support.hub_items import item
from support.replay import Replay, replaying, status
from support.web import QUICK

WEDNESDAY, THURSDAY = date(2026, 6, 24), date(2026, 6, 25)
BOTH, HUB_ONLY, ARXIV_ONLY = "2606.02001", "2606.02002", "2606.02003"


class World:
    """Both sources on loopback, at a time of one's choice."""

    def __init__(
        self, stores: Stores, hub: Replay, arxiv: ArxivServer, http: HttpClient, clock: SetClock
    ) -> None:
        self.stores, self.hub, self.arxiv, self.http, self.clock = stores, hub, arxiv, http, clock
        api = ArxivApi(http, clock, base_url=arxiv.url)
        self._editions = EditionService(
            sources=[
                HuggingFaceDailyPapers(http, base_url=hub.url),
                ArxivCategories(api, http, clock, categories=["cs.CL"], rss_base_url=arxiv.url),
            ],
            reader=LocalReader(),
            papers=stores.papers,
            editions=stores.editions,
            clock=clock,
        )
        self._enriching = EnrichmentService(
            enrichers=asking(ArxivRecords(api, clock)),
            reader=LocalReader(),
            papers=stores.papers,
            store=stores.enrichments,
            clock=clock,
        )

    def begun_anew(self) -> "World":
        """The same with nothing remembered, as after a restart."""
        return World(self.stores, self.hub, self.arxiv, self.http, self.clock)

    async def run(self, source: str, day: date) -> None:
        self.clock.at = datetime(day.year, day.month, day.day, 21, tzinfo=EASTERN)
        self.arxiv.today = day
        await self._editions.fetch([day], source=source)

    async def enrich(self) -> None:
        await self._enriching.enrich()

    async def count(self) -> int:
        return (await self.stores.papers.search(SearchRequest(query=Query()))).total

    async def paper(self, arxiv_id: str = BOTH) -> Paper:
        found = await self.stores.papers.get(arxiv_id)
        assert found is not None
        return found

    async def sizes(self, *editions: tuple[str, date]) -> list[int]:
        found = [await self.stores.editions.find(source, day) for source, day in editions]
        return [edition.papers if edition else -1 for edition in found]


@pytest.fixture
async def world(stores: Stores) -> AsyncIterator[World]:
    clock = SetClock(datetime(2026, 6, 24, 12, tzinfo=UTC))
    async with replaying() as hub, arxiv_server() as arxiv:
        pace = Pace([arxiv.url], interval=0.001)
        async with HttpClient(contact="-", clock=clock, limits=QUICK, paces=[pace]) as http:
            arxiv.preprints = [
                Preprint(BOTH, "Kites in the Café", comment="9 pages"),
                Preprint(ARXIV_ONLY),
                Preprint(HUB_ONLY, categories=("cs.RO",)),
            ]
            arxiv.listed = [(BOTH, "new"), (ARXIV_ONLY, "new")]
            yield World(stores, hub, arxiv, http, clock)


@pytest.mark.parametrize("order", [("huggingface", "arxiv"), ("arxiv", "huggingface")])
async def test_on_the_same_day_it_is_one_paper_in_both_editions(world: World, order: tuple[str, str]) -> None:
    world.hub.days[WEDNESDAY] = [item(BOTH, "Kites in the Cafe", upvotes=7), item(HUB_ONLY)]
    for source in order:
        await world.run(source, WEDNESDAY)
    assert await world.count() == 3
    assert await world.sizes(("huggingface", WEDNESDAY), ("arxiv", WEDNESDAY)) == [2, 2]
    paper = await world.paper()
    assert (paper.day, paper.editions, paper.upvotes) == (WEDNESDAY, (WEDNESDAY,), 7)
    assert (paper.title, paper.origins[Part.TITLE]) == ("Kites in the Café", Origin.ARXIV)
    assert paper.arxiv is not None
    assert (paper.arxiv.comment, paper.arxiv.primary_category) == ("9 pages", "cs.CL")


@pytest.mark.parametrize("first", ["huggingface", "arxiv"])
async def test_on_different_days_it_is_one_paper_of_the_first_day(world: World, first: str) -> None:
    second = "arxiv" if first == "huggingface" else "huggingface"
    for day in (WEDNESDAY, THURSDAY):
        world.hub.days[day] = [item(BOTH, "Kites in the Cafe", submittedOnDailyAt=f"{day}T09:00:00.000Z")]
    await world.run(first, WEDNESDAY)
    key = (await world.paper()).key
    await world.run(second, THURSDAY)
    paper = await world.paper()
    assert (paper.key, paper.day, paper.editions) == (key, WEDNESDAY, (WEDNESDAY, THURSDAY))
    assert await world.count() == 2
    for day in (WEDNESDAY, THURSDAY):
        assert BOTH in [one.arxiv_id for one in await world.stores.papers.edition(day)]


async def test_papers_of_the_hub_get_their_record_and_stay_one(world: World) -> None:
    world.hub.days[WEDNESDAY] = [item(BOTH), item(HUB_ONLY), item("2606.09999")]
    await world.run("huggingface", WEDNESDAY)
    before = await world.paper(HUB_ONLY)
    await world.enrich()
    after = await world.paper(HUB_ONLY)
    assert (after.key, before.arxiv) == (before.key, None)
    assert after.arxiv is not None
    assert after.arxiv.categories == ("cs.RO",)
    assert (await world.paper("2606.09999")).arxiv is None
    assert await world.count() == 3


async def test_reading_the_feed_again_takes_nothing_back_that_is_known(world: World) -> None:
    """The feed has other words and no comment; its papers keep the API's, and nobody is asked about them anew."""
    world.arxiv.preprints = [
        Preprint(BOTH, "Kites in the Café", words=r"Kites in the Caf\'e", comment="9 pages")
    ]
    world.arxiv.listed = [(BOTH, "new")]
    await world.run("arxiv", WEDNESDAY)
    await world.enrich()
    known, asked = await world.paper(), len(world.arxiv.seen)
    for _ in range(3):
        await world.run("arxiv", WEDNESDAY)
        await world.enrich()
    assert await world.paper() == known
    assert known.title == "Kites in the Café"
    assert {seen.path for seen in world.arxiv.seen[asked:]} == {"/rss/cs.CL"}


async def test_the_feed_alone_takes_nothing_back_that_the_api_said(world: World) -> None:
    comment = "Code: https://github.com/marsh/kites"
    world.arxiv.preprints = [
        Preprint(BOTH, "Kites in the Café", words=r"Kites in the Caf\'e", comment=comment)
    ]
    world.arxiv.listed = [(BOTH, "new")]
    await world.run("arxiv", WEDNESDAY)
    known = await world.paper()
    assert "https://github.com/marsh/kites" in [link.url for link in known.links]
    world.arxiv.next(None, *[status(503)] * QUICK.attempts)
    await world.begun_anew().run("arxiv", WEDNESDAY)
    assert await world.paper() == known


async def test_an_arxiv_that_answers_nobody_fails_no_day_of_the_hub(world: World) -> None:
    world.hub.days[WEDNESDAY] = [item(BOTH)]
    world.arxiv.next(*[status(429)] * 6)
    await world.run("arxiv", WEDNESDAY)
    await world.run("huggingface", WEDNESDAY)
    await world.enrich()
    assert len(world.arxiv.seen) == 6
    assert await world.sizes(("huggingface", WEDNESDAY), ("arxiv", WEDNESDAY)) == [1, 0]
    assert (await world.paper()).arxiv is None
    world.clock.advance(timedelta(minutes=5))
    await world.enrich()
    assert (await world.paper()).arxiv is not None
