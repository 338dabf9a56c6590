"""The intake as the settings have it: who is asked, in what order, and arXiv by everybody at one pace."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.settings import Settings
from bot.wiring import Intake, open_intake
from papers.enriching import Enriched
from papers.errors import ConfigurationError
from papers.sources.arxiv_api import ARXIV_INTERVAL
from storage import open_stores
from support.clock import SetClock
from support.model_server import MODEL
from support.papers import AT, DAY, TIDES, answered, over_at
from support.replay import Fault, Replay, replaying
from support.subscriptions import wanted

LANGUAGE_MODEL = {"base_url": "http://127.0.0.1:1/v1", "model": MODEL, "daily_requests": 0}


@pytest.fixture
async def server() -> AsyncIterator[Replay]:
    """The hub, and arXiv's API and feeds, in one; none knows a paper."""
    async with replaying() as replay:
        yield replay


def settings(
    server: Replay,
    *,
    arxiv: bool = True,
    hub: bool = True,
    pages: str = "http://127.0.0.1:1",
    **parts: object,
) -> Settings:
    addresses = {"base_url": server.url, "rss_base_url": server.url, "pages_base_url": pages}
    sources = {
        "huggingface": {"base_url": server.url, "enrich": hub},
        "arxiv": {**addresses, "enrich": arxiv},
    }
    return Settings.model_validate({"sources": sources, **parts})


@asynccontextmanager
async def intake(chosen: Settings, folder: Path, *languages: str) -> AsyncIterator[Intake]:
    """The intake over an archive with one paper and subscriptions in those languages."""
    clock = SetClock(AT)
    async with open_stores(folder / "papers.db") as stores:
        await stores.papers.keep(answered(TIDES), over_at=over_at(DAY), at=AT)
        for language in languages:
            await stores.subscriptions.add(wanted(f"in {language}").model_copy(update={"language": language}))
        async with open_intake(chosen, stores, clock) as opened:
            yield opened


def names(asked: Sequence[Enriched]) -> list[str]:
    return [done.enricher.split(":")[0] for done in asked]


@pytest.mark.parametrize(
    ("parts", "asked"),
    [
        ({"arxiv": False}, ["huggingface-links"]),
        ({"arxiv": False, "hub": False}, []),
        ({"arxiv": False, "llm": LANGUAGE_MODEL}, ["huggingface-links", "language-model", "translation"]),
    ],
)
async def test_who_is_set_is_asked_in_order(
    server: Replay, tmp_path: Path, parts: dict[str, Any], asked: list[str]
) -> None:
    if "llm" in parts:
        pytest.importorskip("pydantic_ai", reason="the extra `llm` is not installed")
    async with intake(settings(server, **parts), tmp_path, "de", "en") as opened:
        assert names(await opened.enrichments.enrich()) == asked


async def test_whoever_asks_arxiv_keeps_to_its_pace(server: Replay, tmp_path: Path) -> None:
    pytest.importorskip("pypdf", reason="the extra `pages` is not installed")
    came: list[float] = []
    server.next(noting(came))
    async with replaying() as pages:
        pages.next(noting(came))
        chosen = settings(server, hub=False, pages=pages.url, reading={"pages": True})
        async with intake(chosen, tmp_path) as opened:
            assert names(await opened.enrichments.enrich()) == ["arxiv", "pages"]
    assert (len(server.seen), len(pages.seen)) == (1, 1)
    assert came[1] - came[0] >= ARXIV_INTERVAL


def noting(came: list[float]) -> Fault:
    """Refuses, and writes down when."""

    async def answer(request: web.Request) -> web.StreamResponse:
        _ = request
        came.append(asyncio.get_running_loop().time())
        return web.Response(status=403)

    return answer


async def test_a_classifier_that_is_not_there_is_said(server: Replay, tmp_path: Path) -> None:
    chosen = settings(server, reading={"model": tmp_path / "gone.npz"})
    with pytest.raises(ConfigurationError, match=r"gone\.npz"):
        async with intake(chosen, tmp_path):
            pass
