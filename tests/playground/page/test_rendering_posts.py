"""The posts of a forum as the page shows them."""

import pytest

from playground.world import Channel, ChannelType
from support.drawn import Drawn, world
from support.markup import Element, parse


@pytest.fixture
def drawn() -> Drawn:
    return world()


@pytest.fixture
def forum(drawn: Drawn) -> Channel:
    return drawn.world.add_channel(
        drawn.guild, "papers-forum", ChannelType.FORUM, tags=["Audio", "Vision", "<3D>"]
    )


def post(drawn: Drawn, forum: Channel, name: str, content: str, *tags: int) -> Channel:
    thread = drawn.world.add_thread(forum, name, drawn.bot.id)
    thread.applied_tags = [int(forum.tags[tag]["id"]) for tag in tags]
    drawn.post({"content": content}, channel=thread)
    return thread


def cards(drawn: Drawn, forum: Channel) -> list[Element]:
    return parse(str(drawn.renderer().posts(forum))).all("li", css="post")


def test_a_post_shows_its_tags_and_how_it_begins(drawn: Drawn, forum: Channel) -> None:
    thread = post(
        drawn, forum, "A <paper>", "**New** from <@" + str(drawn.member.id) + "> " + "word " * 60, 2, 0
    )
    drawn.post({"content": "later"}, channel=thread)
    (card,) = cards(drawn, forum)
    assert card.one("a").attrs["href"] == f"#/c/{thread.id}"
    assert [tag.text for tag in card.all(css="tag")] == ["<3D>", "Audio"]
    assert (card.one("strong").text, card.one(css="count").text) == ("A <paper>", "2 messages")
    excerpt = card.one(css="excerpt").text
    assert excerpt.startswith("New from @mika word")
    assert len(excerpt) <= 160


def test_the_post_with_the_newest_message_stands_first(drawn: Drawn, forum: Channel) -> None:
    threads = [post(drawn, forum, name, "x") for name in ("one", "two", "three")]
    drawn.post({"content": "y"}, channel=threads[0])
    assert [card.one("strong").text for card in cards(drawn, forum)] == ["one", "three", "two"]


def test_a_post_whose_messages_are_gone_is_still_there(drawn: Drawn, forum: Channel) -> None:
    thread = post(drawn, forum, "empty", "x")
    thread.messages.clear()
    (card,) = cards(drawn, forum)
    assert (card.one(css="count").text, card.all(css="excerpt")) == ("0 messages", [])


def test_a_forum_shows_its_own_posts_alone(drawn: Drawn, forum: Channel) -> None:
    drawn.world.add_thread(drawn.channel, "elsewhere", drawn.bot.id)
    assert cards(drawn, forum) == []
