"""Budget, cache, patience and concurrency of a language model, over a real database and real HTTP."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web

pytest.importorskip("pydantic_ai", reason="needs the extra packages for a language model (make extras)")

from papers.errors import SourceRefusedError, SourceUnavailableError
from papers.ports import ModelUsage
from papers.reading.language_model import Access, LanguageModel, open_language_model
from papers.reading.language_model.answers import Reading, Summary
from papers.reading.language_model.asking import Question
from papers.reading.language_model.checks import PaperText
from papers.reading.language_model.failures import BudgetSpentError, NoAnswerError
from storage import open_stores
from support.clock import SetClock
from support.model_server import FAULTS, MODEL, ModelServer, answers, modelling, said, status
from support.replay import Fault

NOON = datetime(2026, 6, 24, 12, tzinfo=UTC)
ANSWER = Reading(bullets=["One.", "Two."], classifications=["Robotics"], links=[])
Opening = Callable[..., AbstractAsyncContextManager[LanguageModel]]


@pytest.fixture
async def server() -> AsyncIterator[ModelServer]:
    async with modelling(answers(**ANSWER.model_dump())) as running:
        yield running


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOON)


@pytest.fixture
def opened(server: ModelServer, clock: SetClock, tmp_path: Path) -> Opening:
    """Opens a language model; each time as after a restart."""

    @asynccontextmanager
    async def opening(**parts: object) -> AsyncIterator[LanguageModel]:
        quick = {"first_wait": 0.001, "last_wait": 2, "timeout": 10, "model": MODEL, "base_url": server.url}
        access = Access.model_validate({**quick, **parts})
        async with (
            open_stores(tmp_path / "papers.db") as stores,
            open_language_model(access, store=stores.language_model, clock=clock) as model,
        ):
            yield model

    return opening


async def used(folder: Path) -> ModelUsage:
    """What was used on the day of the clock."""
    async with open_stores(folder / "papers.db") as stores:
        return await stores.language_model.usage(NOON.date())


def about(title: str = "Tides", *, language: str = "en", instructions: str = "Read.") -> Question[Reading]:
    return Question(PaperText(title, "An abstract."), language, instructions, Reading)


async def test_the_same_question_is_asked_once_even_after_a_restart(
    opened: Opening, server: ModelServer
) -> None:
    async with opened() as model:
        assert await model.ask(about()) == ANSWER
        assert await model.ask(about()) == ANSWER
    async with opened(limit=ModelUsage()) as model:
        assert await model.ask(about()) == ANSWER
    assert len(server.asked) == 1


async def test_another_model_language_form_or_text_is_another_question(
    opened: Opening, server: ModelServer
) -> None:
    async with opened() as model:
        for question in (about(), about("Flows"), about(language="de")):
            await model.ask(question)
        paper = PaperText("Tides", "An abstract.")
        await model.ask(Question(paper, "en", "Read.", Summary))
        await model.ask(Question(PaperText("Tides", "Another."), "en", "Read.", Reading))
    async with opened(model="another") as model:
        await model.ask(about())
    assert len(server.asked) == 6


async def test_what_it_costs_is_counted_by_the_day(
    opened: Opening, server: ModelServer, tmp_path: Path
) -> None:
    server.next(None, status(500), FAULTS["prose"], None)
    async with opened() as model:
        await model.ask(about())
        await model.ask(about("Flows"))
    assert await used(tmp_path) == ModelUsage(requests=4, tokens=1500)


@pytest.mark.parametrize(
    "limit", [ModelUsage(requests=2, tokens=10**9), ModelUsage(requests=99, tokens=1_000)]
)
async def test_nothing_is_asked_beyond_the_budget_until_the_next_utc_day(
    opened: Opening, server: ModelServer, clock: SetClock, limit: ModelUsage
) -> None:
    async with opened(limit=limit) as model:
        await model.ask(about("1"))
        await model.ask(about("2"))
    async with opened(limit=limit) as model:
        with pytest.raises(BudgetSpentError) as caught:
            await model.ask(about("3"))
        assert caught.value.until == datetime(2026, 6, 25, tzinfo=UTC)
        assert await model.ask(about("1")) == ANSWER
        assert len(server.asked) == 2
        clock.advance(timedelta(hours=12))
        await model.ask(about("3"))
    assert len(server.asked) == 3


async def test_attempts_count_and_end_with_the_budget(opened: Opening, server: ModelServer) -> None:
    server.next(*[status(500)] * 9)
    async with opened(limit=ModelUsage(requests=2, tokens=100), attempts=5) as model:
        with pytest.raises(BudgetSpentError):
            await model.ask(about())
    assert len(server.asked) == 2


@pytest.mark.parametrize("name", sorted(set(FAULTS) - {"silent"}))
async def test_what_goes_wrong_once_or_twice_costs_nothing_but_time(
    opened: Opening, server: ModelServer, name: str
) -> None:
    server.next(FAULTS[name], FAULTS[name], None)
    async with opened() as model:
        assert await model.ask(about()) == ANSWER
    assert len(server.asked) == 3


@pytest.mark.parametrize("name", sorted(set(FAULTS) - {"silent", "reset"}))
async def test_a_paper_without_a_usable_answer_is_given_up_after_some_attempts(
    opened: Opening, server: ModelServer, name: str
) -> None:
    server.next(*[FAULTS[name]] * 9)
    async with opened(attempts=2) as model:
        with pytest.raises(NoAnswerError):
            await model.ask(about())
    assert len(server.asked) == 2


async def test_silence_is_given_up_too(opened: Opening, server: ModelServer) -> None:
    server.next(*[FAULTS["silent"]] * 2)
    async with opened(attempts=2, timeout=0.1) as model:
        with pytest.raises(NoAnswerError, match=r"did not answer within 0\.1 s"):
            await model.ask(about())


@pytest.mark.parametrize("fault", [FAULTS["reset"], status(500), status(429), status(503)])
async def test_an_endpoint_that_is_down_is_left_for_the_next_run(
    opened: Opening, server: ModelServer, fault: Fault
) -> None:
    server.next(*[fault] * 9)
    async with opened() as model:
        with pytest.raises(SourceUnavailableError):
            await model.ask(about())
    assert len(server.asked) == 3


async def test_a_short_pause_that_the_endpoint_asks_for_is_waited_out(
    opened: Opening, server: ModelServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "stamina")
    server.next(status(429, Retry_After_Ms="250"), status(500), None)
    async with opened() as model:
        assert await model.ask(about()) == ANSWER
    waits = [vars(record)["stamina.wait_for"] for record in caplog.records if record.name == "stamina"]
    assert len(server.asked) == 3
    assert waits[0] == 0.25
    assert waits[1] < 0.25


async def test_a_long_one_is_not(opened: Opening, server: ModelServer) -> None:
    server.next(status(429, Retry_After="600"))
    async with opened(last_wait=2) as model:
        with pytest.raises(SourceUnavailableError) as caught:
            await model.ask(about())
    assert caught.value.retry_after == timedelta(minutes=10)
    assert len(server.asked) == 1


async def test_a_wrong_key_is_tried_once(opened: Opening, server: ModelServer) -> None:
    server.next(status(401), status(401))
    async with opened() as model:
        with pytest.raises(SourceRefusedError):
            await model.ask(about())
    assert len(server.asked) == 1


async def test_an_endpoint_that_takes_no_form_is_asked_in_words_from_then_on(
    opened: Opening, server: ModelServer
) -> None:
    server.takes_schemas = False
    async with opened() as model:
        assert await model.ask(about("1")) == ANSWER
        assert await model.ask(about("2")) == ANSWER
    assert ["response_format" in asked.body for asked in server.asked] == [True, False, False]


async def test_a_refused_paper_does_not_change_how_the_others_are_asked(
    opened: Opening, server: ModelServer
) -> None:
    server.next(status(400), status(400), None)
    async with opened() as model:
        with pytest.raises(NoAnswerError):
            await model.ask(about("1"))
        assert await model.ask(about("2")) == ANSWER
    assert ["response_format" in asked.body for asked in server.asked] == [True, False, True]


async def test_no_more_are_asked_at_once_than_set(opened: Opening, server: ModelServer) -> None:
    at_once, most = 0, 0
    whole = said(ANSWER.model_dump_json())

    async def slowly(request: web.Request) -> web.StreamResponse:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        await asyncio.sleep(0.02)
        at_once -= 1
        return await whole(request)

    server.next(*[slowly] * 9)
    async with opened(concurrency=3) as model:
        await asyncio.gather(*(model.ask(about(str(number))) for number in range(9)))
    assert most == 3


async def test_an_endpoint_that_says_nothing_of_tokens_is_counted_by_length(
    opened: Opening, server: ModelServer, tmp_path: Path
) -> None:
    server.usage = None
    async with opened() as model:
        await model.ask(about())
    spent = await used(tmp_path)
    assert spent.requests == 1
    assert 10 < spent.tokens < 200


async def test_logs_name_no_key(
    opened: Opening, server: ModelServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    in_address = server.url.replace("://", "://someone:sk-never-to-be-seen@")
    for access in ({"api_key": "sk-never-to-be-seen"}, {"base_url": in_address}):
        server.next(status(401), None)
        async with opened(**access) as model:
            with pytest.raises(SourceRefusedError):
                await model.ask(about())
            await model.ask(about(str(access)))
    assert server.asked
    assert "sk-never-to-be-seen" not in caplog.text
