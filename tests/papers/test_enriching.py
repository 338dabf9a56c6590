"""Asking about kept papers, on a real store."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from papers.enriching import Enriched, EnrichmentService
from papers.errors import SourceUnavailableError
from papers.models import LOOK_BACK, Origin, Paper, Part
from papers.reading.reader import LocalReader
from storage import Stores, open_stores
from support.clock import SetClock
from support.enrichers import Oracle, asking
from support.papers import AT, DAY, EDITION, ROBOTS, SCRIPTS, TIDES, announced, answered, over_at

NEWEST_FIRST = [SCRIPTS.arxiv_id, ROBOTS.arxiv_id, TIDES.arxiv_id]
LINKED = "We forecast tides anew. Our code is available at https://github.com/marsh/ebb."


@dataclass
class Study:
    """The use case, its store and clock, whom it asks, and what it told."""

    stores: Stores
    clock: SetClock
    oracle: Oracle
    told: list[Enriched]
    service: EnrichmentService

    async def paper(self, arxiv_id: str = TIDES.arxiv_id) -> Paper:
        paper = await self.stores.papers.get(arxiv_id)
        assert paper is not None
        return paper


@pytest.fixture
async def study(tmp_path: Path) -> AsyncIterator[Study]:
    async with open_stores(tmp_path / "papers.db") as stores:
        await stores.papers.keep(EDITION, over_at=over_at(DAY), at=AT)
        clock, oracle, told = SetClock(AT), Oracle(), list[Enriched]()
        service = EnrichmentService(
            enrichers=asking(oracle, Oracle(name="another")),
            reader=LocalReader(),
            papers=stores.papers,
            store=stores.enrichments,
            clock=clock,
            tell=told.append,
        )
        yield Study(stores, clock, oracle, told, service)


async def test_each_paper_is_asked_about_once_newest_first_in_batches(study: Study) -> None:
    done = await study.service.enrich()
    assert study.oracle.asked == [NEWEST_FIRST[:2], NEWEST_FIRST[2:]]
    assert done == [Enriched(enricher="oracle", asked=3), Enriched(enricher="another", asked=3)]
    assert study.told[:2] == [Enriched(enricher="oracle", asked=2), Enriched(enricher="oracle", asked=3)]
    await study.service.enrich()
    assert len(study.oracle.asked) == 2


async def test_what_is_told_is_kept_and_the_paper_read_again(study: Study) -> None:
    study.oracle.abstracts = {TIDES.arxiv_id: LINKED}
    await study.service.enrich()
    paper = await study.paper()
    assert (paper.abstract, paper.origins[Part.ABSTRACT]) == (LINKED, Origin.ARXIV)
    assert "https://github.com/marsh/ebb" in [link.url for link in paper.links]
    assert "tides anew" in " ".join(paper.bullets)


async def test_a_changed_text_is_asked_about_anew_by_others_but_not_by_who_changed_it(study: Study) -> None:
    await study.service.enrich()
    study.oracle.abstracts = {TIDES.arxiv_id: LINKED}
    study.oracle.again_at = AT
    study.clock.advance(timedelta(hours=1))
    waiting = study.stores.enrichments.waiting
    since, now = DAY, study.clock.now()
    assert await waiting("another", since=since, now=now, limit=9) == []
    await study.stores.enrichments.keep("oracle", [], [], at=AT)
    told = await study.oracle.enrich([TIDES])
    read = [TIDES.model_copy(update={"statements": (*TIDES.statements, *told[0].statements)})]
    await study.stores.enrichments.keep("oracle", told, read, at=now)
    assert [paper.arxiv_id for paper in await waiting("another", since=since, now=now, limit=9)] == [
        TIDES.arxiv_id
    ]


async def test_it_asks_again_when_told_to_and_not_before(study: Study) -> None:
    study.oracle.again_at = AT + timedelta(hours=20)
    await study.service.enrich()
    study.clock.advance(timedelta(hours=19))
    await study.service.enrich()
    assert len(study.oracle.asked) == 2
    study.clock.advance(timedelta(hours=1))
    study.oracle.again_at = None
    await study.service.enrich()
    assert study.oracle.asked[2:] == [NEWEST_FIRST[:2], NEWEST_FIRST[2:]]


async def test_a_paper_that_is_not_answered_for_is_asked_about_at_the_next_run(study: Study) -> None:
    study.oracle.silent = frozenset({SCRIPTS.arxiv_id})
    await study.service.enrich()
    assert study.oracle.asked == [NEWEST_FIRST[:2], NEWEST_FIRST[2:]]
    await study.service.enrich()
    assert study.oracle.asked[2:] == [NEWEST_FIRST[:1]]


async def test_a_source_that_is_down_is_left_alone_until_the_next_run_and_stops_no_other(
    study: Study,
) -> None:
    study.oracle.error = SourceUnavailableError("It sleeps.")
    done = await study.service.enrich()
    assert done == [Enriched(enricher="oracle", reason="It sleeps."), Enriched(enricher="another", asked=3)]
    study.oracle.error = None
    assert (await study.service.enrich())[0].asked == 3


async def test_an_enricher_with_a_bug_is_named_and_stops_no_other(
    study: Study, caplog: pytest.LogCaptureFixture
) -> None:
    study.oracle.error = ValueError("list index out of range")
    done = await study.service.enrich()
    assert done == [
        Enriched(enricher="oracle", reason="oracle failed: ValueError."),
        Enriched(enricher="another", asked=3),
    ]
    [record] = [record for record in caplog.records if record.levelname == "ERROR"]
    assert (record.getMessage(), record.exc_info is None) == ("oracle failed", False)


async def test_what_was_announced_before_the_week_is_not_asked_about(study: Study) -> None:
    study.clock.advance(LOOK_BACK + timedelta(days=1))
    assert [done.asked for done in await study.service.enrich()] == [0, 0]


async def test_an_answer_that_took_long_brings_back_nothing_old(study: Study) -> None:
    async def voted() -> None:
        votes = announced(TIDES.arxiv_id, origin=Origin.HUB, upvotes=99)
        await study.stores.papers.keep(answered(votes), over_at=over_at(DAY), at=AT)

    study.oracle.titles = {TIDES.arxiv_id: "Ebb"}
    study.oracle.waits_for = voted
    await study.service.enrich()
    paper = await study.paper()
    assert (paper.title, paper.upvotes) == ("Ebb", 99)


async def test_an_answer_that_took_long_brings_back_nothing_that_the_same_origin_said_meanwhile(
    study: Study,
) -> None:
    async def said(abstract: str) -> None:
        told = announced(TIDES.arxiv_id, "Tides", origin=Origin.ARXIV, abstract=abstract)
        await study.stores.papers.keep(answered(told), over_at=over_at(DAY), at=AT)

    await said("We forecast tides the old way.")
    study.oracle.batch = len(NEWEST_FIRST)
    study.oracle.titles = {TIDES.arxiv_id: "Ebb"}
    study.oracle.waits_for = lambda: said(LINKED)
    await study.service.enrich()
    paper = await study.paper()
    assert (paper.title, paper.abstract) == ("Ebb", LINKED)
    assert "tides anew" in " ".join(paper.bullets)


async def test_a_text_that_changed_while_it_was_asked_about_is_asked_about_anew(study: Study) -> None:
    async def changed() -> None:
        told = announced(TIDES.arxiv_id, "Tides", origin=Origin.ARXIV, abstract=LINKED)
        await study.stores.papers.keep(answered(told), over_at=over_at(DAY), at=AT)

    study.oracle.batch = len(NEWEST_FIRST)
    study.oracle.waits_for = changed
    for _ in range(3):
        await study.service.enrich()
    assert study.oracle.asked == [NEWEST_FIRST, [TIDES.arxiv_id]]
