"""`paperboy run` with a language model that takes its time: the card is posted, and edited when it is read better."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from support.bot_process import process, subscribe, until
from support.discord_town import Town, inhabited
from support.hub_items import item
from support.model_server import MODEL, ModelServer, answers, completion, modelling
from support.replay import Fault, replaying

pytest.importorskip("pydantic_ai", reason="the extra `llm` is not installed")

ABSTRACT = "We introduce Dimmer, a lamp that speaks. It halves the power of 40 lamps."
BULLETS = ["Dimmer lets a lamp speak.", "It halves the power of 40 lamps."]
GERMAN = ["Dimmer lässt eine Lampe sprechen.", "Es halbiert den Verbrauch von 40 Lampen."]


def read_well(data: object) -> dict[str, object]:
    _ = data
    return {"bullets": BULLETS, "classifications": ["Text-to-Speech"], "links": []}


def after(event: asyncio.Event) -> Fault:
    """An answer that comes when the event does."""

    async def answer(request: web.Request) -> web.StreamResponse:
        _ = request
        await event.wait()
        return web.json_response(completion(json.dumps(read_well(None))))

    return answer


def access(server: ModelServer) -> dict[str, str]:
    return {
        "PAPERBOY_LLM__BASE_URL": server.url,
        "PAPERBOY_LLM__MODEL": MODEL,
        "PAPERBOY_LLM__API_KEY": "sesame",
        "PAPERBOY_READING__PATIENCE": "0",
    }


def cards(town: Town) -> list[dict[str, Any]]:
    return [message["embeds"][0] for message in town.channel.messages.values()]


async def test_a_card_is_edited_when_its_paper_is_read_better_and_posted_once(tmp_path: Path) -> None:
    database = tmp_path / "papers.db"
    thought = asyncio.Event()
    async with inhabited(real_time=True) as town, replaying() as hub, modelling(read_well) as model:
        hub.days[datetime.now(UTC).date()] = [item("2606.00001", "Dimmer", summary=ABSTRACT)]
        model.next(after(thought))
        await subscribe(town, database)
        async with process(town, hub.url, database, **access(model)):
            await until(lambda: bool(town.channel.messages))
            [first] = cards(town)
            assert "Introduces Dimmer, a lamp that speaks." in first["description"]
            assert "Bullets: abstract · Labels: Paperboy’s own model" in first["footer"]["text"]
            thought.set()
            await until(lambda: MODEL in cards(town)[0]["footer"]["text"])
    [card] = cards(town)
    assert [line for line in card["description"].split("\n") if line.startswith("- ")] == [
        f"- {bullet}" for bullet in BULLETS
    ]
    assert f"Bullets: {MODEL} · Labels: {MODEL}" in card["footer"]["text"]
    assert {field["name"]: field["value"] for field in card["fields"]}["Classifications"] == "Text-to-Speech"
    assert len(town.channel.messages) == 1


async def test_a_subscription_gets_its_bullets_in_its_language(tmp_path: Path) -> None:
    database = tmp_path / "papers.db"
    async with (
        inhabited(real_time=True) as town,
        replaying() as hub,
        modelling(answers(bullets=GERMAN)) as model,
    ):
        hub.days[datetime.now(UTC).date()] = [item("2606.00001", "Dimmer", summary=ABSTRACT)]
        await subscribe(town, database, language="de")
        async with process(town, hub.url, database, **access(model) | {"PAPERBOY_READING__PATIENCE": "20"}):
            await until(lambda: bool(town.channel.messages))
    [card] = cards(town)
    assert GERMAN[0] in card["description"]
    assert "German" in model.asked[-1].instructions


async def test_a_model_that_is_down_holds_no_card_up(tmp_path: Path) -> None:
    database = tmp_path / "papers.db"
    nobody = {"PAPERBOY_LLM__BASE_URL": "http://127.0.0.1:9/v1", "PAPERBOY_LLM__MODEL": MODEL}
    async with inhabited(real_time=True) as town, replaying() as hub:
        hub.days[datetime.now(UTC).date()] = [item("2606.00001", "Dimmer", summary=ABSTRACT)]
        await subscribe(town, database)
        async with process(town, hub.url, database, **nobody):
            await until(lambda: bool(town.channel.messages))
    [card] = cards(town)
    assert "Bullets: abstract" in card["footer"]["text"]
