"""Papers' own first pages, on loopback."""

from datetime import timedelta

import pytest
from aiohttp import web

from papers.errors import SourceRefusedError, SourceUnavailableError
from papers.models import Announcement, Enrichment, Link, LinkedOnHub, LinkKind, Origin, Statement
from papers.sources.http import HttpClient
from papers.sources.pages import PaperPages
from support.clock import SetClock
from support.documents import anchor, footnote, html, paragraph, pdf
from support.papers import AT, announced, code
from support.replay import Fault, Replay, packed, reset, status
from support.web import QUICK

ID = "2606.01001"
TITLE = "Tide: forecasting the sea"
OWN = "https://github.com/marsh/waves"
OTHERS = "https://github.com/brook/rivers"


@pytest.fixture
def pages(client: HttpClient, server: Replay) -> PaperPages:
    return PaperPages(client, clock=SetClock(AT), base_url=f"{server.url}/")


def document(content: bytes) -> Fault:
    async def answer(_request: web.Request) -> web.StreamResponse:
        return web.Response(body=content, content_type="application/octet-stream")

    return answer


def paper(**parts: object) -> Announcement:
    return announced(ID, TITLE, **parts)


async def links(pages: PaperPages, asked: Announcement) -> list[str] | None:
    [answer] = await pages.enrich([asked])
    assert answer.again_at is None
    if not answer.statements:
        return None
    [said] = answer.statements
    assert said.origin is Origin.PAGES
    return [link.url for link in said.links or ()]


async def test_links_of_the_html_are_the_papers_own(pages: PaperPages, server: Replay) -> None:
    content = html(
        abstract=f"We forecast. Our code is at {anchor(OWN)}.",
        sections=[
            paragraph(f"We use Rivers{footnote(anchor(OTHERS))} for training."),
            paragraph(f"The code is available at {anchor('https://github.com/later/section')}."),
        ],
        end=f"<p>The code is available at {anchor('https://github.com/cited/work')}.</p>",
    )
    server.next(document(content))
    assert await pages.enrich([paper()]) == [
        Enrichment(arxiv_id=ID, statements=(Statement(origin=Origin.PAGES, links=(code(OWN),)),))
    ]
    assert [(seen.path, seen.headers["Accept"]) for seen in server.seen] == [(f"/html/{ID}", "text/html")]


async def test_a_document_may_be_larger_than_other_answers(server: Replay) -> None:
    limits = QUICK.model_copy(update={"largest_body": 10})
    server.next(document(html(abstract=f"Our code is at {anchor(OWN)}.")))
    async with HttpClient(contact="-", clock=SetClock(AT), limits=limits) as impatient:
        assert await links(PaperPages(impatient, clock=SetClock(AT), base_url=server.url), paper()) == [OWN]


async def test_a_page_of_any_size_is_not_read_to_its_end(
    pages: PaperPages, server: Replay, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", logger="papers")
    server.next(packed(15_000_001), document(pdf(["Abstract", f"Our code is at {OWN}."])))
    assert await links(pages, paper()) == [OWN]
    assert "answered with more than 15,000,000 bytes" in caplog.text


@pytest.mark.parametrize("instead", [status(404), document(b""), document(b"<p>No HTML for this paper</p>")])
async def test_where_there_is_no_html_the_pdf_is_read(
    pages: PaperPages, server: Replay, instead: Fault
) -> None:
    content = pdf(["Tide", "Abstract", f"Code is available at {OWN}.", "1 Introduction", "The sea."])
    server.next(instead, document(content))
    assert await links(pages, paper()) == [OWN]
    assert [(seen.path, seen.headers["Accept"]) for seen in server.seen][1:] == [
        (f"/pdf/{ID}", "application/pdf")
    ]


async def test_what_the_hub_says_tells_what_is_the_papers_own(pages: PaperPages, server: Replay) -> None:
    content = html(sections=[paragraph(f"Tides matter ({anchor(OWN)}), rivers too ({anchor(OTHERS)}).")])
    server.next(*[document(content)] * 3)
    assert await links(pages, paper()) is None
    assert await links(pages, paper(links=(code(OWN),))) == [OWN]
    linked = LinkedOnHub(links=(Link(kind=LinkKind.CODE, url=OTHERS),), models=1)
    assert await links(pages, paper(linked=linked)) == [OTHERS]


async def test_links_that_are_gone_are_taken_back(pages: PaperPages, server: Replay) -> None:
    before = paper()
    said = Statement(origin=Origin.PAGES, links=(code(OWN),))
    known = before.model_copy(update={"statements": (*before.statements, said)})
    server.next(document(html(abstract="Nothing.", sections=[paragraph(f"It is like {anchor(OWN)}.")])))
    assert await links(pages, known) == []


async def test_a_paper_arxiv_does_not_have_is_asked_for_the_next_day(
    pages: PaperPages, server: Replay
) -> None:
    server.next(status(404), status(404))
    assert await pages.enrich([paper()]) == [Enrichment(arxiv_id=ID, again_at=AT + timedelta(days=1))]


@pytest.mark.parametrize("damaged", [b"", b"%PDF-1.7\nnothing", pdf(["x"])[:200], bytes(range(256)) * 40])
async def test_a_damaged_document_says_nothing_and_is_not_asked_for_again(
    pages: PaperPages, server: Replay, damaged: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "papers.sources.pages")
    server.next(status(404), document(damaged))
    assert await pages.enrich([paper()]) == [Enrichment(arxiv_id=ID)]
    [record] = [record for record in caplog.records if record.name == "papers.sources.pages"]
    assert record.message.startswith(f"pdf of {ID} cannot be read: ")
    assert "\n" not in record.message


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (status(503), SourceUnavailableError),
        (status(429), SourceUnavailableError),
        (reset, SourceUnavailableError),
        (status(403), SourceRefusedError),
    ],
)
async def test_where_nobody_can_be_asked_that_is_said(
    pages: PaperPages, server: Replay, fault: Fault, error: type[Exception]
) -> None:
    server.next(*[fault] * 3)
    with pytest.raises(error):
        await pages.enrich([paper()])


async def test_an_old_id_keeps_its_slash(pages: PaperPages, server: Replay) -> None:
    server.next(document(html()))
    await pages.enrich([announced("hep-th/9901001")])
    assert [seen.path for seen in server.seen] == ["/html/hep-th/9901001"]
