"""What a language model said and cost, in any store."""

import asyncio
from datetime import date, timedelta
from pathlib import Path

import pytest

from papers.errors import StorageError
from papers.ports import ModelUsage
from storage import Stores
from support.papers import AT
from support.stores import Opening

DAY = date(2026, 6, 24)
LIMIT = ModelUsage(requests=3, tokens=1_000)
ONE = ModelUsage(requests=1)


async def test_an_answer_is_kept_and_replaced(stores: Stores) -> None:
    store = stores.language_model
    assert await store.answer("a") is None
    await store.keep_answer("a", '{"bullets": ["„x” 🗞️"]}', at=AT)
    await store.keep_answer("b", "[]", at=AT)
    assert await store.answer("a") == '{"bullets": ["„x” 🗞️"]}'
    await store.keep_answer("a", "{}", at=AT + timedelta(hours=1))
    assert await store.answer("a") == "{}"
    assert await store.answer("b") == "[]"


async def test_what_is_no_json_is_refused(stores: Stores) -> None:
    with pytest.raises(StorageError):
        await stores.language_model.keep_answer("a", "no JSON", at=AT)
    assert await stores.language_model.answer("a") is None


async def test_usage_adds_up_by_day(stores: Stores) -> None:
    store = stores.language_model
    assert await store.usage(DAY) == ModelUsage()
    assert await store.spend(DAY, ModelUsage(requests=1, tokens=700))
    assert await store.spend(DAY, ModelUsage(tokens=50))
    assert await store.spend(DAY + timedelta(days=1), ONE)
    assert await store.usage(DAY) == ModelUsage(requests=1, tokens=750)


async def test_requests_never_go_beyond_the_limit(stores: Stores) -> None:
    store = stores.language_model
    asked = await asyncio.gather(*(store.spend(DAY, ONE, limit=LIMIT) for _ in range(8)))
    assert sorted(asked) == [False] * 5 + [True] * 3
    assert await store.usage(DAY) == ModelUsage(requests=3)
    assert await store.spend(DAY + timedelta(days=1), ONE, limit=LIMIT)


@pytest.mark.parametrize(("used", "goes_on"), [(999, True), (1_000, False), (5_000, False)])
async def test_nothing_is_asked_once_the_tokens_are_used(stores: Stores, used: int, *, goes_on: bool) -> None:
    store = stores.language_model
    await store.spend(DAY, ModelUsage(tokens=used))
    assert await store.spend(DAY, ONE, limit=LIMIT) is goes_on
    assert await store.usage(DAY) == ModelUsage(requests=int(goes_on), tokens=used)


async def test_a_restart_resets_nothing(opening: Opening, tmp_path: Path) -> None:
    async with opening(tmp_path / "papers.db") as stores:
        await stores.language_model.spend(DAY, LIMIT)
        await stores.language_model.keep_answer("a", "{}", at=AT)
    async with opening(tmp_path / "papers.db") as stores:
        assert not await stores.language_model.spend(DAY, ONE, limit=LIMIT)
        assert await stores.language_model.answer("a") == "{}"
