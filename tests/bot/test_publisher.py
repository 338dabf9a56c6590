"""Messages of the real discord.py against a playground that fails as it is told."""

from datetime import timedelta

import pytest
from discord.http import Route

from papers.errors import (
    PublishClosedError,
    PublishLaterError,
    PublishRefusedError,
    PublishUncertainError,
)
from papers.models import Destination, DestinationKind
from playground import permissions
from playground.faults import Effect
from support.discord_town import DAY
from support.publishing import (
    HOUR,
    ID,
    MESSAGE,
    OTHER_ID,
    Counter,
    card,
    outbox_message,
    person,
    place,
    posted,
)


async def test_a_card_arrives_as_it_was_composed(counter: Counter) -> None:
    number = await counter.publish()
    message = counter.town.channel.messages[number]
    [embed] = message["embeds"]
    assert embed["title"] == "Tides"
    [[button]] = [row["components"] for row in message["components"]]
    assert button["custom_id"] == f"card:{ID}:2606.01001"
    assert message["nonce"] == ID
    [body] = counter.asked()
    assert body == {
        **card(),
        "nonce": ID,
        "enforce_nonce": True,
        "allowed_mentions": {"parse": [], "roles": []},
    }


async def test_text_of_papers_pings_nobody(counter: Counter) -> None:
    town = counter.town
    loud = f"@everyone <@{town.member.id}> <@&{town.guild.id}> @here"
    payload = card(title=loud) | {"content": loud, "allowed_mentions": {"parse": ["everyone", "users"]}}
    await counter.publisher.publish(outbox_message(place(town.channel), payload))
    [message] = town.channel.messages.values()
    assert message["content"] == loud
    assert (message["mention_everyone"], message["mentions"], message["mention_roles"]) == (False, [], [])


async def test_a_role_that_is_named_is_pinged_and_no_other(counter: Counter) -> None:
    town = counter.town
    wanted, other = (
        town.playground.world.add_role(town.guild, name, 0, mentionable=True) for name in ("wanted", "other")
    )
    payload = card() | {
        "content": f"<@&{wanted.id}> <@&{other.id}> @everyone",
        "allowed_mentions": {"parse": [], "roles": [str(wanted.id)]},
    }
    await counter.publisher.publish(outbox_message(place(town.channel), payload))
    [message] = town.channel.messages.values()
    assert (message["mention_roles"], message["mention_everyone"]) == ([str(wanted.id)], False)


async def test_the_same_nonce_again_is_the_same_message(counter: Counter) -> None:
    assert await counter.publish() == await counter.publish()
    assert len(counter.town.channel.messages) == 1


async def test_a_direct_message_arrives_and_is_found(counter: Counter) -> None:
    town = counter.town
    message = outbox_message(person(town.member))
    number = await counter.publisher.publish(message)
    assert list(town.playground.world.direct_channel(town.bot.user, town.member).messages) == [number]
    assert await counter.publisher.find(message, since=DAY) == number


async def test_a_thread_takes_a_card(counter: Counter) -> None:
    town = counter.town
    thread = town.playground.world.add_thread(town.channel, "today", town.bot.user.id)
    message = outbox_message(place(thread))
    number = await counter.publisher.publish(message)
    assert list(thread.messages) == [number]
    assert await counter.publisher.find(message, since=DAY) == number


@pytest.mark.parametrize(
    ("effect", "reason"),
    [
        (Effect.MISSING_ACCESS, "give it “View Channel”"),
        (Effect.MISSING_PERMISSIONS, "give it “Send Messages” .* and “Embed Links”"),
        (Effect.UNKNOWN_CHANNEL, "is gone"),
    ],
)
async def test_a_place_that_is_closed_says_what_to_do(counter: Counter, effect: Effect, reason: str) -> None:
    counter.fails(effect)
    with pytest.raises(PublishClosedError, match=reason):
        await counter.publish()


@pytest.mark.parametrize("effect", [Effect.MISSING_ACCESS, Effect.UNKNOWN_CHANNEL])
async def test_a_closed_place_is_closed_to_who_looks_too(counter: Counter, effect: Effect) -> None:
    counter.fails(effect, "GET")
    with pytest.raises(PublishClosedError):
        await counter.find()


@pytest.mark.malformed
async def test_what_discord_does_not_take_is_refused_and_closes_nothing(counter: Counter) -> None:
    body = {"embeds": [{"title": "x" * 257}], "components": []}
    with pytest.raises(PublishRefusedError, match="256 or fewer") as caught:
        await counter.publisher.publish(outbox_message(place(counter.town.channel), body))
    assert not isinstance(caught.value, PublishClosedError)


async def test_who_takes_no_messages_and_who_is_unknown_is_closed(counter: Counter) -> None:
    counter.town.member.takes_messages = False
    with pytest.raises(PublishClosedError, match="privacy settings"):
        await counter.publisher.publish(outbox_message(person(counter.town.member)))
    nobody = Destination(kind=DestinationKind.DIRECT, target_id=1)
    with pytest.raises(PublishClosedError, match="no such person"):
        await counter.publisher.publish(outbox_message(nobody))
    stranger = counter.town.playground.world.add_user("strange")
    with pytest.raises(PublishClosedError, match="no server with the bot"):
        await counter.publisher.publish(outbox_message(person(stranger)))


@pytest.mark.parametrize("code", [30046, 40062, 40333, 110001, 130000, 160006, 160007])
async def test_a_refusal_that_passes_by_itself_costs_nothing(counter: Counter, code: int) -> None:
    counter.fails(Effect.REFUSED, status=400, code=code)
    with pytest.raises(PublishLaterError) as caught:
        await counter.publish()
    assert caught.value.retry_after == timedelta(minutes=10)


@pytest.mark.parametrize("code", [200_000, 50_035, 10_008])
async def test_any_other_refusal_is_told_in_discords_words(counter: Counter, code: int) -> None:
    counter.fails(Effect.REFUSED, status=400, code=code)
    with pytest.raises(PublishRefusedError, match=f"^Discord refuses: {code}: the playground") as caught:
        await counter.publish()
    assert not isinstance(caught.value, PublishClosedError)


async def test_a_forum_takes_no_plain_messages(counter: Counter) -> None:
    with pytest.raises(PublishClosedError, match="the style for forums"):
        await counter.publisher.publish(outbox_message(place(counter.forum())))


@pytest.mark.parametrize("status", [500, 502])
async def test_discord_py_sends_again_with_the_same_nonce(counter: Counter, status: int) -> None:
    counter.fails(Effect.SERVER_ERROR, status=status)
    number = await counter.publish()
    assert list(counter.town.channel.messages) == [number]
    assert [isinstance(body, dict) and body["nonce"] for body in counter.asked()] == [ID, ID]


async def test_a_message_that_was_stored_before_the_server_failed_is_the_same_again(counter: Counter) -> None:
    counter.fails(Effect.FAILED_AFTER, status=504)
    number = await counter.publish()
    assert list(counter.town.channel.messages) == [number]
    assert len(counter.asked()) == 2


@pytest.mark.parametrize(
    ("effect", "stored"),
    [
        (Effect.SERVER_ERROR, 0),
        (Effect.FAILED_AFTER, 1),
        (Effect.RESET, 0),
        (Effect.ANSWER_LOST, 1),
        (Effect.ANSWER_CUT, 1),
    ],
)
async def test_without_a_clear_answer_one_has_to_look(counter: Counter, effect: Effect, stored: int) -> None:
    counter.fails(effect, status=503)
    with pytest.raises(PublishUncertainError):
        await counter.publish()
    found = await counter.find()
    assert list(counter.town.channel.messages) == [found] * stored
    assert (found is not None) is bool(stored)


@pytest.mark.parametrize("status", [400, 403, 404])
async def test_what_stands_before_discord_refuses_nothing(counter: Counter, status: int) -> None:
    counter.fails(Effect.PROXY, status=status)
    with pytest.raises(PublishLaterError, match=f"answered {status}, not Discord itself") as caught:
        await counter.publish()
    assert "<html>" not in str(caught.value)
    counter.fails(Effect.PROXY, "GET", status=status)
    with pytest.raises(PublishLaterError):
        await counter.find()


@pytest.mark.parametrize("effect", [Effect.PROXY, Effect.ANSWER_CUT])
async def test_an_answer_that_is_none_of_discords_is_no_answer(counter: Counter, effect: Effect) -> None:
    counter.fails(effect, status=200)
    with pytest.raises(PublishUncertainError, match="broken"):
        await counter.publish()
    counter.fails(effect, "GET", status=200)
    with pytest.raises(PublishLaterError, match="broken"):
        await counter.find()


async def test_a_message_is_found_across_pages_newest_first(counter: Counter) -> None:
    counter.chat(120)
    number = await counter.publish()
    await counter.publish(OTHER_ID)
    counter.chat(150)
    assert await counter.find() == number
    assert len(counter.asked("GET")) == 2


async def test_a_menu_carries_the_id_as_a_button_does(counter: Counter) -> None:
    options = [{"label": "Tides", "value": "2606.01001"}]
    menu = {"type": 3, "custom_id": f"open:{ID}", "options": options}
    payload = {"content": "Two papers", "components": [{"type": 1, "components": [menu]}]}
    message = outbox_message(place(counter.town.channel), payload)
    number = await counter.publisher.publish(message)
    assert await counter.find() == number
    assert await counter.find(ID[:-1]) is None


async def test_it_looks_no_further_back_than_asked(counter: Counter) -> None:
    await counter.publish()
    counter.clock.advance(HOUR + timedelta(seconds=1))
    counter.chat(20)
    assert await counter.find() is None
    message = outbox_message(place(counter.town.channel))
    assert await counter.publisher.find(message, since=DAY) is not None


async def test_a_history_too_long_to_look_through_decides_nothing(counter: Counter) -> None:
    await counter.publish()
    counter.chat(2_000)
    with pytest.raises(PublishRefusedError, match="2,000"):
        await counter.find()


async def test_a_history_that_is_hidden_shows_nothing_and_closes_nothing(counter: Counter) -> None:
    await counter.publish()
    counter.town.channel.overwrites[counter.town.guild.id] = (0, permissions.READ_MESSAGE_HISTORY)
    with pytest.raises(PublishRefusedError, match="“Read Message History”") as caught:
        await counter.find()
    assert not isinstance(caught.value, PublishClosedError)


async def test_an_empty_history_is_no_hidden_one(counter: Counter) -> None:
    assert await counter.find() is None
    assert await counter.publisher.find(outbox_message(person(counter.town.member)), since=DAY) is None


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
async def test_a_short_wait_is_waited_for(counter: Counter, scope: str) -> None:
    counter.fails(Effect.TOO_MANY, scope=scope, seconds=0.05)
    number = await counter.publish()
    assert list(counter.town.channel.messages) == [number]
    assert len(counter.asked()) == 2


@pytest.mark.parametrize("scope", ["user", "shared", "global"])
async def test_a_long_wait_is_left_to_the_outbox(counter: Counter, scope: str) -> None:
    counter.fails(Effect.TOO_MANY, scope=scope, seconds=90.0)
    with pytest.raises(PublishLaterError) as caught:
        await counter.publish()
    assert caught.value.retry_after == timedelta(seconds=90)
    assert not counter.town.channel.messages


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
    for _ in range(2):
        await counter.publisher.edit(
            posted(place(counter.town.channel), number), card(title="Ebb") | {"content": "@everyone"}
        )
    [message] = counter.town.channel.messages.values()
    assert (message["id"], message["embeds"][0]["title"]) == (str(number), "Ebb")
    assert (message["content"], message["mention_everyone"]) == ("@everyone", False)
    await counter.publisher.edit(posted(place(counter.town.channel), number), card())
    assert message["content"] == ""


async def test_a_direct_message_is_edited(counter: Counter) -> None:
    town = counter.town
    number = await counter.publisher.publish(outbox_message(person(town.member)))
    await counter.publisher.edit(posted(person(town.member), number), card(title="Ebb"))
    [message] = town.playground.world.direct_channel(town.bot.user, town.member).messages.values()
    assert message["embeds"][0]["title"] == "Ebb"


async def test_a_deleted_message_cannot_be_edited_and_is_not_posted_again(counter: Counter) -> None:
    with pytest.raises(PublishRefusedError, match="Unknown Message") as caught:
        await counter.publisher.edit(posted(place(counter.town.channel), 1), card())
    assert not isinstance(caught.value, PublishClosedError)
    assert not counter.town.channel.messages


async def test_an_edit_that_fails_now_may_be_tried_again(counter: Counter) -> None:
    number = await counter.publish()
    counter.fails(Effect.SERVER_ERROR, "PATCH", MESSAGE, status=503)
    with pytest.raises(PublishLaterError):
        await counter.publisher.edit(posted(place(counter.town.channel), number), card())
