"""Messages as they stand at Discord, read back from what was written."""

from datetime import timedelta

from papers.models import Destination, DestinationKind, Kind, PaperKey, PostedMessage
from storage import Stores
from storage.posted import messages_of
from support.papers import AT, DAY, EDITION, ROBOTS, SCRIPTS, TIDES, over_at
from support.posted import Post, post
from support.subscriptions import CHANNEL

DIRECT = Destination(kind=DestinationKind.DIRECT, target_id=7)
IDS = TIDES.arxiv_id, ROBOTS.arxiv_id, SCRIPTS.arxiv_id


async def keys(stores: Stores) -> dict[str, PaperKey]:
    """The keys of the edition, which is kept."""
    await stores.papers.keep(EDITION, over_at=over_at(DAY), at=AT)
    return {paper.arxiv_id: paper.key for paper in await stores.papers.edition(DAY)}


async def showing(stores: Stores, key: PaperKey) -> list[PostedMessage]:
    """The messages that show a paper."""
    return (await stores.database.read(lambda db: messages_of(db, [key])))[key]


async def test_a_message_stands_in_its_channel_thread_post_or_with_a_person(stores: Stores) -> None:
    known = await keys(stores)
    await post(
        stores,
        Post("headline", message_id=500),
        Post("thread", kind=Kind.THREAD, after="headline", message_id=500),
        Post("in thread", IDS[:1], after="thread", message_id=501),
        Post("post", IDS[:1], CHANNEL.model_copy(update={"target_id": 12}), kind=Kind.POST, message_id=502),
        Post("first", (), CHANNEL.model_copy(update={"target_id": 13}), message_id=503),
        Post("second", IDS[:1], CHANNEL.model_copy(update={"target_id": 13}), after="first", message_id=504),
        Post("direct", IDS[:1], DIRECT, message_id=505),
    )
    stands = {one.outbox_id: (one.channel_id, one.message_id) for one in await showing(stores, known[IDS[0]])}
    assert stands == {
        "in thread": (500, 501),
        "post": (502, 502),
        "second": (13, 504),
        "direct": (7, 505),
    }


async def test_a_message_has_its_papers_in_the_order_in_which_they_stand_in_it(stores: Stores) -> None:
    known = await keys(stores)
    order = IDS[2], IDS[0], IDS[1]
    await post(stores, Post("digest", order[:2], summarised=order[2:], language="de"))
    [message] = await showing(stores, known[IDS[0]])
    assert [paper.arxiv_id for paper in message.papers] == [*order[:2]]
    assert (message.language, message.edited_at) == ("de", AT)
    assert await showing(stores, known[order[2]]) == []


async def test_only_what_was_posted_is_a_message_longest_untouched_first(stores: Stores) -> None:
    known = await keys(stores)
    places = [CHANNEL.model_copy(update={"target_id": number}) for number in range(20, 24)]
    await post(
        stores,
        *(
            Post(name, IDS[:1], place, state=state, at=AT - timedelta(hours=hours))
            for place, (name, state, hours) in zip(
                places,
                [("new", "sent", 0), ("due", "due", 9), ("old", "sent", 3), ("failed", "failed", 9)],
                strict=True,
            )
        ),
    )
    assert [one.outbox_id for one in await showing(stores, known[IDS[0]])] == ["old", "new"]
    await stores.outbox.edited("old", shown="as it is", at=AT + timedelta(hours=1))
    messages = await showing(stores, known[IDS[0]])
    assert [one.outbox_id for one in messages] == ["new", "old"]
    assert (messages[1].shown, messages[1].edited_at) == ("as it is", AT + timedelta(hours=1))
