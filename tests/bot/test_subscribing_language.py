"""`/subscribe language:`, through the real discord.py."""

from dataclasses import replace

import pytest

from papers.models import Origin, Statement
from support.bot import Bot
from support.discord_town import DAY
from support.papers import ROBOTS, TIDES, answered
from support.subscribing import subscribe, text

GERMAN = ("Gezeiten werden vorhergesagt.", "Das Modell lernt aus 40 Jahren.")
STAYS = "Bullets stay in English until the operator of this bot sets up a language model."


@pytest.fixture
def with_model(bot: Bot) -> Bot:
    """The bot, with a language model."""
    bot.client.desk = replace(bot.client.desk, languages=True)
    return bot


async def languages(bot: Bot) -> list[str | None]:
    return [subscription.language for subscription in await bot.stores.subscriptions.all()]


@pytest.mark.parametrize("typed", ["de", "German", "deutsch", "DE-at", "German (Deutsch)"])
async def test_a_language_is_kept_however_it_is_typed(with_model: Bot, typed: str) -> None:
    reply = await subscribe(with_model, query="flow", language=typed)
    here = f"<#{with_model.town.channel.id}>"
    assert text(reply).startswith(f"Subscribed {here} to **flow**, in German. The first papers come")
    assert "English" not in text(reply)
    assert await languages(with_model) == ["de"]


async def test_english_is_what_bullets_are_in_anyway(with_model: Bot) -> None:
    reply = await subscribe(with_model, query="flow", language="English")
    assert "to **flow**. The first" in text(reply)
    assert await languages(with_model) == [None]


async def test_without_a_language_model_it_says_that_bullets_stay_in_english(bot: Bot) -> None:
    reply = await subscribe(bot, language="fr")
    assert text(reply).endswith(STAYS)
    assert await languages(bot) == ["fr"]
    assert STAYS not in text(await subscribe(bot, query="flow"))


async def test_an_unknown_language_is_refused_and_the_nearest_named(bot: Bot) -> None:
    reply = await bot.slash("subscribe", language="Germn")
    assert text(reply) == "There is no language “Germn” to choose: did you mean German (Deutsch)?"
    assert await bot.stores.subscriptions.all() == []


async def test_another_language_for_the_same_papers_replaces_the_first(with_model: Bot) -> None:
    await subscribe(with_model, query="flow", language="de")
    reply = await subscribe(with_model, query="flow", language="ja")
    here = f"<#{with_model.town.channel.id}>"
    assert text(reply).startswith(f"Changed: {here} gets **flow**, in Japanese.")
    assert await languages(with_model) == ["ja"]


async def test_the_list_tells_the_language(with_model: Bot) -> None:
    await subscribe(with_model, query="flow", language="pt")
    await subscribe(with_model, query="tides")
    here = f"<#{with_model.town.channel.id}>"
    assert text(await with_model.slash("subscriptions")) == (
        f"1. {here}: **flow**, in Portuguese, as papers arrive\n2. {here}: **tides**, as papers arrive"
    )


async def test_languages_are_suggested_while_typing(bot: Bot) -> None:
    town = bot.town
    choices = await town.playground.autocomplete(
        town.owner, town.channel, "subscribe", focused="language", typed="por"
    )
    assert choices == [{"name": "Portuguese (Português)", "value": "pt"}]


async def test_a_card_has_its_bullets_in_the_language_where_there_are_some(with_model: Bot) -> None:
    await subscribe(with_model, language="de")
    spoken = Statement(origin=Origin.LANGUAGE_MODEL, maker="m", translations={"de": GERMAN})
    told = TIDES.model_copy(update={"statements": (*TIDES.statements, spoken)})
    await with_model.keep(answered(told, ROBOTS, day=DAY.date()))
    assert (await with_model.deliver()).sent == 2
    shown = [str(message["embeds"][0]) for message in with_model.town.channel.messages.values()]
    assert [GERMAN[0] in one for one in shown] == [True, False]
