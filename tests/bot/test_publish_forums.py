"""Posts in forums: their tags, looking for them, and editing what they begin with."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.publishing.answers import Forum, Tag
from bot.publishing.tags import tags_for
from papers.errors import (
    PublishClosedError,
    PublishLaterError,
    PublishRefusedError,
    PublishUncertainError,
)
from papers.models import Kind, OutboxMessage
from playground import permissions
from playground.faults import Effect
from playground.world import Channel
from support.discord_town import DAY
from support.publishing import (
    CHANNEL,
    HOUR,
    ID,
    MESSAGE,
    OTHER_ID,
    POSTS,
    Counter,
    outbox_message,
    place,
    post,
    posted,
)

NAMES = st.text("abAB ", min_size=1, max_size=3)


def in_forum(forum: Channel, *tags: str, outbox_id: str = ID) -> OutboxMessage:
    return outbox_message(place(forum), post(outbox_id, *tags), kind=Kind.POST, outbox_id=outbox_id)


def tagged(counter: Counter, forum: Channel, number: int) -> list[str]:
    names = {int(tag["id"]): tag["name"] for tag in forum.tags}
    return [names[tag] for tag in counter.town.playground.world.channel(number).applied_tags]


async def test_a_post_has_its_tags_and_its_card(counter: Counter) -> None:
    forum = counter.forum("Robotics", "multimodal ", "Other")
    number = await counter.publisher.publish(in_forum(forum, "Multimodal", "Other", "Text Generation"))
    thread = counter.town.playground.world.channel(number)
    assert (thread.name, list(thread.messages)) == ("Tides", [number])
    assert thread.messages[number]["embeds"][0]["title"] == "Tides"
    assert tagged(counter, forum, number) == ["multimodal ", "Other"]


async def test_a_forum_is_asked_for_its_tags_now_and_then(counter: Counter) -> None:
    forum = counter.forum("Robotics")
    for number in range(3):
        await counter.publisher.publish(in_forum(forum, "Robotics", outbox_id=f"{number:020}"))
    assert len(counter.asked("GET", CHANNEL)) == 1
    counter.time.seconds += 301
    await counter.publisher.publish(in_forum(forum, "Robotics"))
    assert len(counter.asked("GET", CHANNEL)) == 2


async def test_tags_that_changed_meanwhile_are_asked_for_anew(counter: Counter) -> None:
    forum = counter.forum("Robotics")
    await counter.publisher.publish(in_forum(forum, "Robotics", outbox_id=OTHER_ID))
    forum.tags = [{"id": "5", "name": "Papers", "moderated": False}]
    number = await counter.publisher.publish(in_forum(forum, "Robotics"))
    assert tagged(counter, forum, number) == []
    forum.requires_tag = True
    number = await counter.publisher.publish(in_forum(forum, "Robotics", outbox_id="a" * 20))
    assert tagged(counter, forum, number) == ["Papers"]


async def test_a_forum_that_wants_tags_and_gives_none_is_closed(counter: Counter) -> None:
    forum = counter.forum()
    forum.requires_tag = True
    with pytest.raises(PublishClosedError, match="add a tag that everybody may use"):
        await counter.publisher.publish(in_forum(forum, "Robotics"))


async def test_where_no_posts_can_be_is_closed(counter: Counter) -> None:
    with pytest.raises(PublishClosedError, match="no forum"):
        await counter.publisher.publish(in_forum(counter.town.channel))
    forum = counter.forum()
    forum.overwrites[counter.town.guild.id] = (0, permissions.SEND_MESSAGES)
    with pytest.raises(PublishClosedError, match="“Create Posts”"):
        await counter.publisher.publish(in_forum(forum))
    forum.overwrites[counter.town.guild.id] = (0, permissions.VIEW_CHANNEL)
    with pytest.raises(PublishClosedError, match="“View Channel”"):
        await counter.publisher.publish(in_forum(forum, outbox_id=OTHER_ID))
    counter.town.playground.world.remove_channel(forum)
    counter.time.seconds += 301
    with pytest.raises(PublishClosedError, match="gone"):
        await counter.publisher.publish(in_forum(forum))


@pytest.mark.malformed
async def test_a_post_that_discord_does_not_take_is_refused_once(counter: Counter) -> None:
    forum = counter.forum()
    message = outbox_message(place(forum), post(title="x" * 101), kind=Kind.POST)
    with pytest.raises(PublishRefusedError, match="100 or fewer") as caught:
        await counter.publisher.publish(message)
    assert not isinstance(caught.value, PublishClosedError)
    assert len(counter.asked(route=POSTS)) == 1


@pytest.mark.parametrize("status", [503, 504])
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
async def test_a_post_without_a_clear_answer_is_asked_for_once_and_looked_for(
    counter: Counter, effect: Effect, stored: int, status: int
) -> None:
    forum = counter.forum()
    message = in_forum(forum)
    counter.fails(effect, route=POSTS, status=status)
    with pytest.raises(PublishUncertainError):
        await counter.publisher.publish(message)
    assert len(counter.asked(route=POSTS)) == 1
    found = await counter.publisher.find(message, since=DAY)
    posts = counter.town.playground.world.threads(forum)
    assert [thread.id for thread in posts] == [found] * stored
    assert (found is not None) is bool(stored)


async def test_a_post_is_found_among_others_open_or_archived(counter: Counter) -> None:
    world, forum = counter.town.playground.world, counter.forum()
    other_forum = counter.forum()
    message = in_forum(forum)
    number = await counter.publisher.publish(message)
    await counter.publisher.publish(in_forum(other_forum))
    await counter.publisher.publish(in_forum(forum, outbox_id=OTHER_ID))
    world.add_thread(forum, "another's", counter.town.member.id)
    empty = world.add_thread(forum, "its first message was deleted", counter.town.bot.user.id)
    assert not empty.messages
    assert await counter.publisher.find(message, since=DAY) == number
    world.channel(number).archived = True
    assert await counter.publisher.find(message, since=DAY) == number
    assert await counter.publisher.find(in_forum(forum, outbox_id="a" * 20), since=DAY) is None
    counter.clock.advance(HOUR)
    assert await counter.publisher.find(message, since=counter.clock.now() - HOUR / 2) is None


async def test_archived_posts_are_looked_through_page_by_page(counter: Counter) -> None:
    world, forum = counter.town.playground.world, counter.forum()
    number = await counter.publisher.publish(in_forum(forum))
    world.channel(number).archived = True
    for minute in range(150):
        thread = world.add_thread(forum, "another's", counter.town.member.id)
        thread.archived, thread.archive_changed = True, DAY + timedelta(minutes=minute)
    route = f"{POSTS}/archived/public"
    assert await counter.publisher.find(in_forum(forum), since=DAY) == number
    assert len(counter.asked("GET", route)) == 2
    assert len(counter.asked("GET", MESSAGE)) == 1
    late = DAY + timedelta(minutes=140)
    assert await counter.publisher.find(in_forum(forum), since=late) is None
    assert len(counter.asked("GET", route)) == 3


async def test_posts_that_cannot_be_read_decide_nothing(counter: Counter) -> None:
    forum = counter.forum()
    message = in_forum(forum)
    await counter.publisher.publish(message)
    forum.overwrites[counter.town.guild.id] = (0, permissions.READ_MESSAGE_HISTORY)
    with pytest.raises(PublishRefusedError, match="“Read Message History”") as caught:
        await counter.publisher.find(message, since=DAY)
    assert not isinstance(caught.value, PublishClosedError)
    counter.fails(Effect.SERVER_ERROR, "GET", "/guilds/{guild_id}/threads/active", status=503)
    with pytest.raises(PublishLaterError):
        await counter.publisher.find(message, since=DAY)


async def test_a_post_is_edited_and_stays_archived(counter: Counter) -> None:
    forum = counter.forum()
    number = await counter.publisher.publish(in_forum(forum))
    thread = counter.town.playground.world.channel(number)
    for archived in (False, True):
        thread.archived = archived
        message = posted(place(forum), number, channel_id=number, kind=Kind.POST)
        await counter.publisher.edit(message, post(title=f"Ebb {archived}"))
        assert thread.messages[number]["embeds"][0]["title"] == f"Ebb {archived}"
        assert thread.archived is archived
    with pytest.raises(PublishRefusedError):
        await counter.publisher.edit(posted(place(forum), 1, kind=Kind.POST), post())


def forum_of(tags: list[tuple[str, bool]], *, required: bool) -> Forum:
    made = [Tag(id=number, name=name, moderated=moderated) for number, (name, moderated) in enumerate(tags)]
    return Forum(type=15, flags=(1 << 4) if required else 0, available_tags=tuple(made))


@given(st.lists(st.tuples(NAMES, st.booleans()), max_size=20), st.lists(NAMES, max_size=10), st.booleans())
def test_tags_hold_to_discords_limits(
    tags: list[tuple[str, bool]],
    names: list[str],
    required: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    forum = forum_of(tags, required=required)
    chosen = tags_for(forum, names)
    free = {number for number, (_, moderated) in enumerate(tags) if not moderated}
    assert len(chosen) == len(set(chosen)) <= 5
    assert set(chosen) <= free
    wanted = {name.strip().casefold() for name in names}
    suiting = {number for number in free if tags[number][0].strip().casefold() in wanted}
    if suiting:
        assert set(chosen) <= suiting
    else:
        assert len(chosen) == (1 if required and free else 0)


def test_the_tag_that_suits_every_paper_stands_in() -> None:
    tags = [("Robotics", False), ("OTHER", False), ("Papers", True)]
    assert tags_for(forum_of(tags, required=True), ["Text Generation"]) == [1]
    assert tags_for(forum_of(tags[:1], required=True), ["Text Generation"]) == [0]
    assert tags_for(forum_of(tags, required=False), ["Text Generation"]) == []
    many = [(str(number), False) for number in range(9)]
    assert tags_for(forum_of(many, required=True), [*"876543210"]) == [8, 7, 6, 5, 4]
