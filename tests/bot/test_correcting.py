"""Correcting classifications from a paper's card, through the real discord.py."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from bot.publisher import DiscordPublisher
from cogs.cards.composer import CardComposer
from papers.editing import CardEditor
from playground import permissions
from playground.people import Reply
from playground.world import Channel, User
from support.bot import Bot
from support.clock import SetClock
from support.discord_town import DAY
from support.papers import EDITION, announced, answered, classified
from support.restarting import restarted
from support.subscribing import subscribe

ID = "2606.01001"
BEFORE = "Time Series Forecasting · Computer Vision"
NOBODY = "That needs the Manage Server permission here."
CORRECT = f"correct:{ID}"
LATER = announced("2607.00001", "Ebbs", classifications=classified("Time Series Forecasting"))


@pytest.fixture(autouse=True)
async def archive(bot: Bot) -> None:
    await bot.keep(EDITION)


@pytest.fixture
def manager(bot: Bot) -> User:
    return with_manager(bot, "nora")


@pytest.fixture
def elsewhere(bot: Bot) -> Channel:
    """A channel of another server of the same owner."""
    world = bot.town.playground.world
    guild = world.add_guild("Elsewhere", bot.town.owner, permissions.MEMBER)
    world.join(guild, bot.town.bot.user)
    return world.add_channel(guild, "general")


def with_manager(bot: Bot, name: str) -> User:
    world, guild = bot.town.playground.world, bot.town.guild
    user = world.add_user(name)
    world.join(guild, user, world.add_role(guild, "managers", permissions.MANAGE_GUILD))
    return user


def labels(reply: Reply) -> list[str]:
    return [item["label"] for row in reply.message["components"] for item in row["components"]]


def text(reply: Reply) -> str:
    message = reply.message
    embeds: list[dict[str, Any]] = message["embeds"]
    return embeds[0]["description"] if embeds else str(message["content"])


def classifications(message: Mapping[str, Any]) -> str:
    fields = message["embeds"][0]["fields"]
    return next(str(field["value"]) for field in fields if field["name"] == "Classifications")


async def shown(bot: Bot, channel: Channel | None = None) -> str:
    return classifications((await bot.slash("paper", channel=channel, id=ID)).message)


def button(reply: Reply, label: str) -> str:
    found = (item for row in reply.message["components"] for item in row["components"])
    return next(str(item["custom_id"]) for item in found if item.get("label") == label)


async def open_form(bot: Bot, user: User, paper: str = ID) -> Reply:
    page = await bot.slash("paper", user=user, id=paper)
    return await bot.town.playground.click(user, page.message, f"correct:{paper}")


def chosen(form: Reply) -> set[str]:
    """The names that are chosen when the form opens."""
    assert form.modal is not None
    options = (option for label in form.modal["components"] for option in label["component"]["options"])
    return {option["value"] for option in options if option.get("default")}


def choice(form: Reply, *names: str) -> dict[str, Sequence[str]]:
    """Those names chosen in the form's menus, and no others."""
    assert form.modal is not None
    menus = [label["component"] for label in form.modal["components"]]
    return {
        menu["custom_id"]: [option["value"] for option in menu["options"] if option["value"] in names]
        for menu in menus
    }


async def correct(bot: Bot, user: User, *names: str, paper: str = ID) -> Reply:
    form = await open_form(bot, user, paper)
    return await bot.town.playground.submit(user, form.interaction, choice(form, *names))


async def found(bot: Bot, tag: str, channel: Channel | None = None) -> bool:
    reply = await bot.slash("papers", tag=tag, query="tides", channel=channel)
    return "Tides" in text(reply)


async def test_a_manager_corrects_a_paper_and_it_counts_in_the_server_at_once(
    bot: Bot, manager: User, elsewhere: Channel
) -> None:
    reply = await correct(bot, manager, "Robotics", "Computer Vision")
    assert reply.ephemeral
    assert text(reply) == (
        "**Tides: Flow Matching for Coastal Forecasts** counts in this server as **Computer Vision · Robotics**"
        " now: in searches, subscriptions and on its card."
    )
    assert labels(reply) == ["Undo"]
    assert bot.posted_now == 1
    assert await shown(bot) == "Computer Vision · Robotics"
    assert (await found(bot, "Robotics"), await found(bot, "Time Series")) == (True, False)
    assert (await found(bot, "Robotics", elsewhere), await found(bot, "Time Series", elsewhere)) == (
        False,
        True,
    )
    assert await shown(bot, elsewhere) == BEFORE
    assert "Computer Vision · Robotics" in text(await bot.slash("today"))
    assert BEFORE in text(await bot.slash("today", channel=elsewhere))


async def test_the_full_card_says_that_people_corrected_it(bot: Bot, manager: User) -> None:
    await correct(bot, manager, "Robotics")
    page = await bot.slash("paper", user=bot.town.member, id=ID)
    assert "Labels: corrected by people" in page.message["embeds"][0]["footer"]["text"]


async def test_pages_that_are_turned_show_what_counts_here(bot: Bot, manager: User) -> None:
    await correct(bot, manager, "Robotics")
    await bot.keep(
        answered(*(announced(f"2606.2{n:04}", classifications=classified("Audio")) for n in range(6)))
    )
    page = await bot.slash("papers", query="-tag:Vision")
    turned = await bot.town.playground.click(bot.town.owner, page.message, button(page, "Last"))
    assert "6–9 of 9" in turned.message["embeds"][0]["footer"]["text"]
    assert "Robotics" in text(turned)
    assert "Time Series" not in text(turned)


async def test_titles_are_completed_as_the_server_classifies_them(
    bot: Bot, manager: User, elsewhere: Channel
) -> None:
    await correct(bot, manager, "Audio")
    town = bot.town
    for channel, count in ((town.channel, 1), (elsewhere, 0)):
        choices = await town.playground.autocomplete(
            town.owner, channel, "paper", focused="id", typed="tag:Audio"
        )
        assert len(choices) == count


async def test_the_form_shows_every_name_and_what_counts_now(bot: Bot, manager: User) -> None:
    opened = await open_form(bot, manager)
    form = opened.modal
    assert form is not None
    assert form["title"] == "Correct classifications"
    assert [label["label"] for label in form["components"]] == [
        "Multimodal",
        "Natural Language Processing",
        "Computer Vision",
        "Audio",
        "Tabular, Reinforcement Learning, Other",
    ]
    options = [option for label in form["components"] for option in label["component"]["options"]]
    assert len({option["value"] for option in options}) == 63
    assert chosen(opened) == {"Time Series Forecasting", "Computer Vision"}
    assert form["components"][0]["description"] == (
        "At most 5 in all, for: Tides: Flow Matching for Coastal Forecasts"
    )


async def test_the_form_of_a_corrected_paper_shows_what_counts_in_its_server(
    bot: Bot, manager: User, elsewhere: Channel
) -> None:
    await correct(bot, manager, "Robotics")
    assert chosen(await open_form(bot, bot.town.owner)) == {"Robotics"}
    page = await bot.slash("paper", channel=elsewhere, id=ID)
    there = await bot.town.playground.click(bot.town.owner, page.message, CORRECT)
    assert chosen(there) == {"Time Series Forecasting", "Computer Vision"}


async def test_a_new_subscription_is_offered_what_matches_as_corrected(bot: Bot, manager: User) -> None:
    await bot.keep(answered(LATER, day=DAY.date()))
    await correct(bot, manager, "Robotics", paper=LATER.arxiv_id)
    offered = await subscribe(bot, tag="Robotics")
    assert labels(offered) == ["Post the newest edition too (1 paper)"]
    assert labels(await subscribe(bot, tag="Time Series")) == []


async def test_a_form_that_is_sent_as_it_is_confirms_what_counts(bot: Bot, manager: User) -> None:
    form = await open_form(bot, manager)
    reply = await bot.town.playground.submit(manager, form.interaction, {})
    assert BEFORE in text(reply)


async def test_a_plain_member_sees_no_button_and_cannot_press_one(bot: Bot, manager: User) -> None:
    town = bot.town
    assert labels(await bot.slash("paper", user=town.member, id=ID)) == []
    page = await bot.slash("paper", user=manager, id=ID)
    stale = {**page.message, "flags": 0}
    assert text(await town.playground.click(town.member, stale, CORRECT)) == NOBODY
    done = await correct(bot, manager, "Robotics")
    stale = {**done.message, "flags": 0}
    assert text(await town.playground.click(town.member, stale, button(done, "Undo"))) == NOBODY
    assert len(await bot.stores.corrections.all()) == 1


async def test_what_everybody_sees_has_no_button(bot: Bot, manager: User) -> None:
    assert labels(await bot.slash("paper", user=manager, id=ID, share=True)) == []


async def test_a_permission_lost_while_the_form_is_open_is_missed(bot: Bot, manager: User) -> None:
    form = await open_form(bot, manager)
    bot.town.guild.members[manager.id].roles.clear()
    reply = await bot.town.playground.submit(manager, form.interaction, choice(form, "Robotics"))
    assert text(reply) == NOBODY
    assert await bot.stores.corrections.all() == []


async def test_an_undone_correction_counts_no_more(bot: Bot, manager: User) -> None:
    done = await correct(bot, manager, "Robotics")
    town = bot.town
    undone = await town.playground.click(manager, done.message, button(done, "Undo"))
    assert undone.ephemeral
    assert text(undone) == (
        "Your correction is undone. **Tides: Flow Matching for Coastal Forecasts** counts in this server as"
        f" **{BEFORE}**, as everywhere."
    )
    assert bot.posted_now == 2
    assert (await found(bot, "Robotics"), await found(bot, "Time Series")) == (False, True)
    again = await town.playground.click(manager, done.message, button(done, "Undo"))
    assert text(again) == "This correction is not yours here, or is gone."


async def test_the_full_card_offers_to_undo_one_s_own(bot: Bot, manager: User) -> None:
    await correct(bot, manager, "Robotics")
    assert labels(await bot.slash("paper", id=ID)) == ["Correct classifications"]
    page = await bot.slash("paper", user=manager, id=ID)
    assert labels(page) == ["Correct classifications", "Undo my correction"]
    await bot.town.playground.click(manager, page.message, button(page, "Undo my correction"))
    assert await shown(bot) == BEFORE


async def test_of_two_people_the_newest_counts_and_each_undoes_their_own(bot: Bot, manager: User) -> None:
    town, owner = bot.town, bot.town.owner
    first = await correct(bot, owner, "Robotics")
    second = await correct(bot, manager, "Audio")
    assert await shown(bot) == "Audio"
    forged = {**first.message, "flags": 0}
    refused = await town.playground.click(manager, forged, button(first, "Undo"))
    assert text(refused) == "This correction is not yours here, or is gone."
    undone = await town.playground.click(manager, second.message, button(second, "Undo"))
    assert text(undone).endswith("as **Robotics**, as somebody else here corrected it.")
    await town.playground.click(owner, first.message, button(first, "Undo"))
    assert await shown(bot) == BEFORE


async def test_a_button_of_another_server_undoes_nothing_here(bot: Bot, elsewhere: Channel) -> None:
    done = await correct(bot, bot.town.owner, "Robotics")
    forged = {**done.message, "channel_id": str(elsewhere.id)}
    refused = await bot.town.playground.click(bot.town.owner, forged, button(done, "Undo"))
    assert text(refused) == "This correction is not yours here, or is gone."
    assert len(await bot.stores.corrections.all()) == 1


async def test_a_promoted_one_can_be_undone_once(bot: Bot, manager: User, elsewhere: Channel) -> None:
    done = await correct(bot, manager, "Robotics")
    [kept] = await bot.stores.corrections.all()
    await bot.stores.corrections.promote(kept.id)
    assert await shown(bot, elsewhere) == "Robotics"
    for sentence in ("as **Robotics**, as everywhere.", "This correction is undone already."):
        reply = await bot.town.playground.click(manager, done.message, button(done, "Undo"))
        assert text(reply).endswith(sentence)


async def test_the_button_and_the_form_survive_a_restart(bot: Bot, manager: User) -> None:
    playground = bot.town.playground
    page = await bot.slash("paper", user=manager, id=ID)
    async with restarted(bot) as second:
        form = await playground.click(manager, page.message, CORRECT)
        async with restarted(second):
            done = await playground.submit(manager, form.interaction, choice(form, "Robotics"))
            assert "**Robotics**" in text(done)
            undone = await playground.click(manager, done.message, button(done, "Undo"))
            assert BEFORE in text(undone)


HOSTILE = ("'; DROP TABLE corrections; --", "@everyone", "Not Among Them", "Robotics·", "x" * 90)


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        ([], "Choose at least one classification, or “Other” where none fits."),
        (
            ["Multimodal", "Any-to-Any", "Audio", "Tabular", "Robotics", "Other"],
            "Choose at most 5 classifications: you chose 6.",
        ),
        *(([name], "The form has a classification that I do not know: open it again.") for name in HOSTILE),
    ],
    ids=range(7),
)
async def test_a_form_with_what_does_not_fit_changes_nothing(
    bot: Bot, manager: User, names: Sequence[str], sentence: str
) -> None:
    form = await open_form(bot, manager)
    filled = choice(form, *names) | offered_too(form, [name for name in names if name in HOSTILE])
    reply = await bot.town.playground.submit(manager, form.interaction, filled)
    assert reply.ephemeral
    assert text(reply) == sentence
    assert await bot.stores.corrections.all() == []
    assert bot.posted_now == 0


def offered_too(form: Reply, names: Sequence[str]) -> dict[str, Sequence[str]]:
    """Chooses what the bot did not offer, as a client of one's own could."""
    assert form.modal is not None
    menu = form.modal["components"][0]["component"]
    menu["options"] += [{"label": name, "value": name} for name in names]
    return {menu["custom_id"]: names} if names else {}


async def test_a_paper_that_is_gone_is_said(bot: Bot, manager: User) -> None:
    page = await bot.slash("paper", user=manager, id=ID)
    row = page.message["components"][0]
    row["components"][0]["custom_id"] = "correct:1234.56789"
    reply = await bot.town.playground.click(manager, page.message, "correct:1234.56789")
    assert text(reply) == "The archive has no paper 1234.56789."


async def test_nothing_is_corrected_outside_a_server_of_ours(bot: Bot, manager: User) -> None:
    town, world = bot.town, bot.town.playground.world
    page = await bot.slash("paper", user=manager, id=ID)
    manager.installed.add(town.bot.id)
    theirs = world.add_channel(world.add_guild("Theirs", manager, permissions.MEMBER), "general")
    direct = world.direct_channel(manager, town.bot.user)
    for channel in (theirs, direct):
        assert labels(await bot.slash("paper", user=manager, channel=channel, id=ID)) == []
        forged = {**page.message, "channel_id": str(channel.id)}
        reply = await town.playground.click(manager, forged, CORRECT)
        assert text(reply) == "Classifications are corrected in a server that I was added to."


async def test_a_posted_card_is_edited_and_a_subscription_that_matches_now_is_served(
    bot: Bot, manager: User, elsewhere: Channel
) -> None:
    other = bot.town.playground.world.add_channel(bot.town.guild, "robots")
    for place in (bot.town.channel, elsewhere):
        await subscribe(bot, channel=place, tag="Time Series")
    await subscribe(bot, channel=other, tag="Robotics")
    await bot.keep(answered(LATER, day=DAY.date()))
    assert (await bot.deliver()).sent == 2
    await correct(bot, manager, "Robotics", paper=LATER.arxiv_id)
    assert (await bot.deliver()).sent == 1
    editor = CardEditor(
        outbox=bot.stores.outbox,
        composer=CardComposer(),
        publisher=DiscordPublisher(bot.client),
        clock=SetClock(DAY),
    )
    assert await editor.edit() == 1
    cards = [card for place in (bot.town.channel, other, elsewhere) for card in place.messages.values()]
    assert [*map(classifications, cards)] == ["Robotics", "Robotics", "Time Series Forecasting"]
