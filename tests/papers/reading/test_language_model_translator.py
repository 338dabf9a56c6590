"""Bullets in another language, for the papers that somebody gets in it."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

pytest.importorskip("pydantic_ai", reason="needs the extra packages for a language model (make extras)")

from papers.languages import find
from papers.models import Enrichment, Origin, Statement, Subscription, first_key
from papers.reading.language_model import Access, LanguageModel, Translator, open_language_model, translators
from storage import Stores, open_stores
from support.clock import SetClock
from support.corrections import correct
from support.model_server import MODEL, ModelServer, answers, modelling
from support.papers import AT, DAY, ROBOTS, TIDES, announced, answered, over_at
from support.subscriptions import CHANNEL, wanted

GERMAN = ("Sagt Gezeiten durch Flow Matching voraus.", "Halbiert den Fehler von GPT-4 auf einer GPU.")
CLOCK = SetClock(AT)


@pytest.fixture
async def server() -> AsyncIterator[ModelServer]:
    async with modelling(answers(bullets=[*GERMAN, "Ist um 47 % besser als vorher."])) as running:
        yield running


@pytest.fixture
async def stores(tmp_path: Path) -> AsyncIterator[Stores]:
    """An archive with two papers."""
    async with open_stores(tmp_path / "papers.db") as opened:
        await opened.papers.keep(answered(TIDES, ROBOTS), over_at=over_at(DAY), at=AT)
        yield opened


@pytest.fixture
async def model(server: ModelServer, stores: Stores) -> AsyncIterator[LanguageModel]:
    access = Access(base_url=server.url, model=MODEL, first_wait=0.001)
    async with open_language_model(access, store=stores.language_model, clock=CLOCK) as opened:
        yield opened


@pytest.fixture
def translator(model: LanguageModel, stores: Stores) -> Translator:
    return Translator(find("German"), model, papers=stores.papers, subscriptions=stores.subscriptions)


async def subscribe(stores: Stores, query: str = "", *, start: int = 0, language: str = "de") -> Subscription:
    new = wanted(query, CHANNEL, start_key=start).model_copy(update={"language": language})
    kept, _ = await stores.subscriptions.add(new)
    return kept


async def test_a_paper_that_somebody_gets_in_the_language_is_written_in_it(
    translator: Translator, stores: Stores, server: ModelServer
) -> None:
    await subscribe(stores)
    assert await translator.enrich([TIDES]) == [
        Enrichment(
            arxiv_id="2606.01001",
            statements=(Statement(origin=Origin.LANGUAGE_MODEL, maker=MODEL, translations={"de": GERMAN}),),
        )
    ]
    [asked] = server.asked
    assert "German (Deutsch)" in asked.instructions
    assert list(json.loads(asked.message)) == ["title", "abstract"]
    assert list(asked.body["response_format"]["json_schema"]["schema"]["properties"]) == ["bullets"]
    assert translator.name.startswith(f"translation:de:{MODEL}:")
    assert translator.batch == 2


async def test_it_joins_what_the_model_said_before(translator: Translator, stores: Stores) -> None:
    await subscribe(stores)
    before = Statement(
        origin=Origin.LANGUAGE_MODEL,
        maker=MODEL,
        bullets=("One.", "Two."),
        translations={"fr": ("Un.", "Deux."), "de": ("Alt.", "Älter.")},
    )
    told = TIDES.model_copy(update={"statements": (*TIDES.statements, before)})
    [enrichment] = await translator.enrich([told])
    expected = before.model_copy(update={"translations": {"fr": ("Un.", "Deux."), "de": GERMAN}})
    assert enrichment.statements == (expected,)


@pytest.mark.parametrize(
    ("query", "start", "language"),
    [("", first_key(DAY + timedelta(days=1)), "de"), ("tag:Robotics", 0, "de"), ("", 0, "fr")],
    ids=["begins later", "another query", "another language"],
)
async def test_a_paper_that_nobody_gets_in_the_language_costs_nothing(
    translator: Translator, stores: Stores, server: ModelServer, query: str, *, start: int, language: str
) -> None:
    await subscribe(stores, query, start=start, language=language)
    again = AT + timedelta(hours=1)
    assert await translator.enrich([TIDES]) == [Enrichment(arxiv_id="2606.01001", again_at=again)]
    assert server.asked == []


async def test_what_a_server_says_a_paper_is_counts_for_its_own_subscriptions(
    translator: Translator, stores: Stores, server: ModelServer
) -> None:
    assert CHANNEL.guild_id is not None
    await subscribe(stores, "tag:Robotics")
    await correct(stores, TIDES.arxiv_id, "Robotics", guild=CHANNEL.guild_id + 1)
    assert not (await translator.enrich([TIDES]))[0].statements
    assert server.asked == []
    await correct(stores, TIDES.arxiv_id, "Robotics", guild=CHANNEL.guild_id)
    assert (await translator.enrich([TIDES]))[0].statements


async def test_somebody_who_subscribes_later_is_heeded(
    translator: Translator, stores: Stores, server: ModelServer
) -> None:
    assert not (await translator.enrich([TIDES]))[0].statements
    subscription = await subscribe(stores, start=first_key(DAY + timedelta(days=1)))
    assert not (await translator.enrich([TIDES]))[0].statements
    await stores.subscriptions.start_from(subscription.id, first_key(DAY))
    assert (await translator.enrich([TIDES]))[0].statements
    assert len(server.asked) == 1


async def test_fewer_than_two_good_bullets_are_none(
    translator: Translator, stores: Stores, server: ModelServer
) -> None:
    await subscribe(stores)
    server.answer = answers(bullets=[GERMAN[0], "@everyone, seht euch das an"])
    assert await translator.enrich([TIDES]) == [Enrichment(arxiv_id="2606.01001")]


async def test_a_paper_without_abstract_is_passed_over(
    translator: Translator, stores: Stores, server: ModelServer
) -> None:
    await subscribe(stores)
    bare = announced("2606.00009")
    await stores.papers.keep(answered(bare), over_at=over_at(DAY), at=AT)
    assert await translator.enrich([bare]) == [Enrichment(arxiv_id="2606.00009")]
    assert server.asked == []


async def test_there_is_a_translator_for_each_language_in_use(model: LanguageModel, stores: Stores) -> None:
    for query, language in (("a", "ja"), ("b", "de"), ("c", "de"), ("d", "en"), ("e", "xx")):
        await subscribe(stores, query, language=language)
    await stores.subscriptions.add(wanted("f"))
    found = await translators(model, papers=stores.papers, subscriptions=stores.subscriptions)
    assert [translator.name.split(":")[1] for translator in found] == ["de", "ja"]
