"""`paperboy fetch` and those who know more: who cannot be asked is said in one sentence, and costs no paper."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from support.command_line import CommandLine, Result
from support.hub_items import item
from support.model_server import FAULTS, MODEL, ModelServer, answers, modelling, status
from support.replay import replaying

YESTERDAY = datetime.now(UTC).date() - timedelta(days=1)
PAPERS = 5


@pytest.fixture
async def paperboy(tmp_path: Path) -> AsyncIterator[CommandLine]:
    async with replaying() as hub:
        hub.days[YESTERDAY] = [
            item(f"2606.0000{number}", f"Dimmer {number}") for number in range(1, PAPERS + 1)
        ]
        yield CommandLine(tmp_path).with_environment(PAPERBOY_SOURCES__HUGGINGFACE__BASE_URL=hub.url)


@pytest.fixture
async def model() -> AsyncIterator[ModelServer]:
    pytest.importorskip("pydantic_ai", reason="the extra `llm` is not installed")
    async with modelling(answers()) as server:
        yield server


async def fetched(paperboy: CommandLine, **settings: str) -> Result:
    day = ["fetch", "--date", YESTERDAY, "--json"]
    done = await asyncio.to_thread(paperboy.with_environment(**settings), *day)
    assert done.code == 0
    assert done.document["editions"][0]["new"] == PAPERS
    return done


def asking(url: str) -> dict[str, str]:
    return {"PAPERBOY_LLM__BASE_URL": url, "PAPERBOY_LLM__MODEL": MODEL, "PAPERBOY_LLM__ATTEMPTS": "1"}


async def test_an_arxiv_that_cannot_be_reached_is_said(paperboy: CommandLine, unused_tcp_port: int) -> None:
    nobody = f"127.0.0.1:{unused_tcp_port}"
    done = await fetched(
        paperboy,
        PAPERBOY_SOURCES__ARXIV__ENRICH="true",
        PAPERBOY_SOURCES__ARXIV__BASE_URL=f"http://{nobody}",
    )
    assert done.stderr == (
        f"paperboy: {nobody} cannot be reached: check the network; it is asked again at the next run.\n"
    )


async def test_a_wrong_key_is_said(paperboy: CommandLine, model: ModelServer) -> None:
    model.next(*[status(401)] * PAPERS)
    done = await fetched(paperboy, **asking(model.url))
    host = model.url.split("/")[2]
    assert done.stderr == f"paperboy: {host} (HTTP 401) does not accept the key: check llm.api_key.\n"


async def test_a_language_model_that_talks_nonsense_is_said(
    paperboy: CommandLine, model: ModelServer
) -> None:
    model.next(*[FAULTS["prose"]] * PAPERS)
    done = await fetched(paperboy, **asking(model.url))
    warning, sentence = done.stderr.splitlines()
    assert "WARNING the language model has no answer for 2606.0000" in warning
    assert sentence == (
        "paperboy: The language model has had no answer for 3 papers in a row: check llm.base_url and llm.model; it is"
        " asked again at the next run."
    )


async def test_no_language_model_there_is_said(
    paperboy: CommandLine, model: ModelServer, unused_tcp_port: int
) -> None:
    _ = model
    done = await fetched(paperboy, **asking(f"http://127.0.0.1:{unused_tcp_port}/v1"))
    assert done.stderr == (
        f"paperboy: 127.0.0.1:{unused_tcp_port} cannot be reached: check llm.base_url; it is asked again at the next"
        " run.\n"
    )
