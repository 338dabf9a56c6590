"""The real discord.py against a playground that fails as it is told."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from discord.http import Route

from bot.client import PaperboyClient
from bot.publisher import DiscordPublisher
from cogs.cards.paper import SHORT_CARD, CardComposer
from cogs.cards.paper import card as embed_of
from papers.errors import PublishLaterError, PublishRefusedError, PublishUncertainError
from papers.models import Destination, DestinationKind, Payload
from playground.faults import Effect, Fault
from playground.permissions import READ_MESSAGE_HISTORY
from playground.world import Channel, User
from support.clock import SetClock
from support.discord_client import logged_in
from support.discord_town import DAY, TOKEN, Town, inhabited
from support.papers import TIDES, announced, paper

ID = "0123456789abcdef0123"
POST = "/channels/{channel_id}/messages"
HOUR = timedelta(hours=1)


def card(outbox_id: str = ID) -> Payload:
    return CardComposer().compose(paper(TIDES), outbox_id)


def place(channel: Channel) -> Destination:
    return Destination(kind=DestinationKind.CHANNEL, target_id=channel.id, guild_id=channel.guild_id)


def person(user: User) -> Destination:
    return Destination(kind=DestinationKind.DIRECT, target_id=user.id)


@dataclass
class Counter:
    """A publisher that is logged in, and the town it posts to."""

    town: Town
    clock: SetClock
    publisher: DiscordPublisher

    def fails(self, effect: Effect, method: str = "POST", **more: Any) -> None:  # noqa: ANN401 - fields of a fault
        self.town.playground.faults.add(Fault(effect, method, POST, **more))

    async def publish(self, outbox_id: str = ID) -> int:
        return await self.publisher.publish(place(self.town.channel), card(outbox_id), outbox_id)

    async def find(self, outbox_id: str = ID) -> int | None:
        since = self.clock.now() - HOUR
        return await self.publisher.find(place(self.town.channel), outbox_id, since=since)

    def chat(self, messages: int) -> None:
        for number in range(messages):
            self.town.playground.say(self.town.member, self.town.channel, f"{number} {ID}")

    def asked(self, method: str = "POST") -> list[object]:
        records = self.town.playground.log.records
        return [each.body for each in records if each.route == POST and each.method == method]


async def nothing(_application_id: int) -> None:
    """The database has nothing to remember."""


@pytest.fixture
async def counter() -> AsyncIterator[Counter]:
    clock = SetClock(DAY)
    async with inhabited(now=clock.now, real_time=True) as town:
        client = PaperboyClient(on_login=nothing)
        async with logged_in(town.playground, client, TOKEN):
            yield Counter(town, clock, DiscordPublisher(client))


async def test_a_card_arrives_as_it_was_composed(counter: Counter) -> None:
    number = await counter.publish()
    message = counter.town.channel.messages[number]
    [embed] = message["embeds"]
    wanted = embed_of(paper(TIDES), SHORT_CARD)
    assert {name: embed[name] for name in wanted} == wanted
    [[button]] = [row["components"] for row in message["components"]]
    assert button["custom_id"] == f"card:{ID}:2606.01001"
    assert message["nonce"] == ID
    [body] = counter.asked()
    assert isinstance(body, dict)
    assert (body["nonce"], body["enforce_nonce"]) == (ID, True)
    assert body["allowed_mentions"] == {"parse": []}


async def test_text_of_papers_pings_nobody(counter: Counter) -> None:
    loud = announced("2606.01009", f"@everyone <@{counter.town.member.id}> <@&{counter.town.guild.id}> @here")
    await counter.publisher.publish(place(counter.town.channel), CardComposer().compose(paper(loud), ID), ID)
    [message] = counter.town.channel.messages.values()
    assert message["embeds"][0]["title"]
    assert (message["mention_everyone"], message["mentions"], message["mention_roles"]) == (False, [], [])


async def test_the_same_nonce_again_is_the_same_message(counter: Counter) -> None:
    assert await counter.publish() == await counter.publish()
    assert len(counter.town.channel.messages) == 1


async def test_a_direct_message_arrives_and_is_found(counter: Counter) -> None:
    town = counter.town
    number = await counter.publisher.publish(person(town.member), card(), ID)
    assert list(town.playground.world.direct_channel(town.bot.user, town.member).messages) == [number]
    assert await counter.publisher.find(person(town.member), ID, since=DAY) == number


async def test_a_thread_takes_a_card(counter: Counter) -> None:
    town = counter.town
    thread = town.playground.world.add_thread(town.channel, "today", town.bot.user.id)
    number = await counter.publisher.publish(place(thread), card(), ID)
    assert list(thread.messages) == [number]
    assert await counter.publisher.find(place(thread), ID, since=DAY) == number


@pytest.mark.parametrize(
    ("effect", "reason"),
    [
        (Effect.MISSING_ACCESS, "Missing Access"),
        (Effect.MISSING_PERMISSIONS, "Missing Permissions"),
        (Effect.UNKNOWN_CHANNEL, "Unknown Channel"),
    ],
)
async def test_what_may_not_be_posted_is_refused_with_discords_reason(
    counter: Counter, effect: Effect, reason: str
) -> None:
    counter.fails(effect)
    with pytest.raises(PublishRefusedError, match=reason):
        await counter.publish()
    counter.fails(effect, "GET")
    with pytest.raises(PublishRefusedError, match=reason):
        await counter.find()


@pytest.mark.malformed
async def test_what_discord_does_not_take_is_refused(counter: Counter) -> None:
    body = {"embeds": [{"title": "x" * 257}], "components": []}
    with pytest.raises(PublishRefusedError, match="256 or fewer"):
        await counter.publisher.publish(place(counter.town.channel), body, ID)


async def test_who_takes_no_messages_and_who_is_unknown_is_refused(counter: Counter) -> None:
    counter.town.member.takes_messages = False
    with pytest.raises(PublishRefusedError, match="Cannot send messages to this user"):
        await counter.publisher.publish(person(counter.town.member), card(), ID)
    nobody = Destination(kind=DestinationKind.DIRECT, target_id=1)
    with pytest.raises(PublishRefusedError):
        await counter.publisher.publish(nobody, card(), ID)


@pytest.mark.parametrize("status", [500, 502])
async def test_discord_py_sends_again_with_the_same_nonce(counter: Counter, status: int) -> None:
    counter.fails(Effect.SERVER_ERROR, status=status)
    number = await counter.publish()
    assert list(counter.town.channel.messages) == [number]
    assert [isinstance(body, dict) and body["nonce"] for body in counter.asked()] == [ID, ID]


@pytest.mark.parametrize(
    ("effect", "arrives"),
    [(Effect.SERVER_ERROR, False), (Effect.RESET, False), (Effect.ANSWER_LOST, True)],
)
async def test_without_a_clear_answer_one_has_to_look(
    counter: Counter,
    effect: Effect,
    arrives: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    counter.fails(effect, status=503)
    with pytest.raises(PublishUncertainError):
        await counter.publish()
    assert list(counter.town.channel.messages) == ([found] if (found := await counter.find()) else [])
    assert (found is not None) is arrives


async def test_a_message_is_found_across_pages_newest_first(counter: Counter) -> None:
    counter.chat(120)
    number = await counter.publish()
    await counter.publish("f" * 20)
    counter.chat(150)
    assert await counter.find() == number
    assert len(counter.asked("GET")) == 2


async def test_it_looks_no_further_back_than_asked(counter: Counter) -> None:
    await counter.publish()
    counter.clock.advance(HOUR + timedelta(seconds=1))
    counter.chat(20)
    assert await counter.find() is None
    assert await counter.publisher.find(place(counter.town.channel), ID, since=DAY) is not None


async def test_a_history_too_long_to_look_through_decides_nothing(counter: Counter) -> None:
    await counter.publish()
    counter.chat(2_000)
    with pytest.raises(PublishRefusedError, match="2000"):
        await counter.find()


async def test_a_history_that_is_hidden_shows_nothing(counter: Counter) -> None:
    await counter.publish()
    counter.town.channel.overwrites[counter.town.guild.id] = (0, READ_MESSAGE_HISTORY)
    with pytest.raises(PublishRefusedError, match="Missing"):
        await counter.find()


async def test_an_empty_history_is_no_hidden_one(counter: Counter) -> None:
    assert await counter.find() is None
    assert await counter.publisher.find(person(counter.town.member), ID, since=DAY) is None


@pytest.mark.parametrize("effect", [Effect.SERVER_ERROR, Effect.RESET])
async def test_who_cannot_look_now_looks_later(counter: Counter, effect: Effect) -> None:
    counter.fails(effect, "GET", status=503, times=2)
    with pytest.raises(PublishLaterError):
        await counter.find()


async def test_where_discord_cannot_be_reached_nothing_was_posted(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Route, "BASE", "http://127.0.0.1:9/api/v10")
    with pytest.raises(PublishLaterError, match="cannot be reached"):
        await counter.publish()


@pytest.mark.parametrize("scope", ["user", "shared", "global"])
async def test_discord_py_waits_when_it_is_told_to(counter: Counter, scope: str) -> None:
    counter.fails(Effect.TOO_MANY, scope=scope, seconds=0.05)
    number = await counter.publish()
    assert list(counter.town.channel.messages) == [number]


async def test_a_long_wait_is_left_to_the_outbox(counter: Counter) -> None:
    counter.fails(Effect.TOO_MANY, seconds=90.0)
    with pytest.raises(PublishLaterError) as caught:
        await counter.publish()
    assert caught.value.retry_after == timedelta(seconds=90)


async def test_a_ban_by_the_firewall_passes(counter: Counter) -> None:
    counter.fails(Effect.FIREWALL)
    with pytest.raises(PublishLaterError, match="asks to wait"):
        await counter.publish()


async def test_a_token_that_is_taken_back_costs_no_message(counter: Counter) -> None:
    counter.town.bot.token = "new.token"
    with pytest.raises(PublishLaterError, match="token"):
        await counter.publish()


async def test_a_message_is_edited_in_place(counter: Counter) -> None:
    number = await counter.publish()
    payload = CardComposer().compose(paper(announced(TIDES.arxiv_id, "Ebb")), ID)
    for _ in range(2):
        await counter.publisher.edit(place(counter.town.channel), number, payload)
    [message] = counter.town.channel.messages.values()
    assert message["embeds"][0]["title"] == "Ebb"
    assert message["id"] == str(number)


async def test_a_deleted_message_cannot_be_edited_and_is_not_posted_again(counter: Counter) -> None:
    with pytest.raises(PublishRefusedError):
        await counter.publisher.edit(place(counter.town.channel), 1, card())
    assert not counter.town.channel.messages


async def test_an_edit_that_fails_now_may_be_tried_again(counter: Counter) -> None:
    number = await counter.publish()
    route = "/channels/{channel_id}/messages/{message_id}"
    counter.town.playground.faults.add(Fault(Effect.SERVER_ERROR, "PATCH", route, status=503))
    with pytest.raises(PublishLaterError):
        await counter.publisher.edit(place(counter.town.channel), number, card())
