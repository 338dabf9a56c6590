"""arXiv as one who knows more about papers from elsewhere."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from papers.errors import SourceUnavailableError
from papers.models import ArxivRecord, Enrichment
from papers.ports import Enricher
from papers.sources.arxiv_api import ArxivApi
from papers.sources.arxiv_records import ArxivRecords
from papers.sources.http import HttpClient
from support.arxiv_server import ArxivServer, Preprint, arxiv_server
from support.clock import SetClock
from support.papers import AT, announced
from support.replay import status

TWO_DAYS, ONE_DAY = timedelta(days=2), timedelta(days=1)


@pytest.fixture
async def arxiv() -> AsyncIterator[ArxivServer]:
    async with arxiv_server() as server:
        server.preprints = [Preprint("2606.01001", comment="9 pages"), Preprint("2606.01002", version=2)]
        yield server


@pytest.fixture
def enricher(arxiv: ArxivServer, client: HttpClient) -> Enricher:
    clock = SetClock(AT)
    return ArxivRecords(ArxivApi(client, clock, base_url=arxiv.url), clock)


def test_it_says_who_it_is(enricher: Enricher) -> None:
    assert (enricher.name, enricher.batch) == ("arxiv", 100)


async def test_it_tells_what_arxiv_keeps_and_asks_again_for_new_versions(enricher: Enricher) -> None:
    first, second = await enricher.enrich([announced("2606.01001"), announced("2606.01002")])
    assert (first.arxiv_id, first.again_at) == ("2606.01001", AT + TWO_DAYS)
    [said] = first.statements
    assert (said.title, said.authors) == ("Kites that Learn", ("Ada Marsh", "José Olmedo"))
    assert said.abstract == "We let kites learn. They stay up for 12 hours."
    assert said.arxiv is not None
    assert (said.arxiv.comment, said.arxiv.primary_category) == ("9 pages", "cs.CL")
    assert isinstance(second.statements[0].arxiv, ArxivRecord)
    assert second.statements[0].arxiv.version == 2


async def test_papers_that_arxiv_does_not_know_are_asked_about_a_day_later(
    enricher: Enricher, arxiv: ArxivServer
) -> None:
    arxiv.malformed = {"2613.00001"}
    asked = ["2606.01001", "2606.99999", "2613.00001", "not/an-id"]
    answers = await enricher.enrich([announced(arxiv_id) for arxiv_id in asked])
    assert [answer.arxiv_id for answer in answers] == asked
    assert answers[1:] == [Enrichment(arxiv_id=arxiv_id, again_at=AT + ONE_DAY) for arxiv_id in asked[1:]]


async def test_papers_that_nothing_was_learnt_of_are_left_out(enricher: Enricher, arxiv: ArxivServer) -> None:
    arxiv.malformed = {"2606.01002"}
    arxiv.next(None, None, None, *[status(503)] * 3)
    asked = ["2606.01001", "2606.01002", "2606.01003", "2606.01004"]
    answers = await enricher.enrich([announced(arxiv_id) for arxiv_id in asked])
    assert [answer.arxiv_id for answer in answers] == asked[:1]


async def test_an_arxiv_that_answers_nobody_is_an_error(enricher: Enricher, arxiv: ArxivServer) -> None:
    arxiv.next(*[status(429)] * 3)
    with pytest.raises(SourceUnavailableError):
        await enricher.enrich([announced("2606.01001")])
