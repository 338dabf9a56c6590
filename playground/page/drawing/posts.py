"""The posts of a forum, as its cards show them."""

from collections.abc import Iterator
from dataclasses import dataclass

from playground.page.drawing.names import Known
from playground.page.drawing.plain_text import one_line
from playground.world import Channel, User, World

EXCERPT = 160
"""Characters."""


@dataclass(frozen=True)
class Post:
    """A post: its thread, the names of its tags, how it begins."""

    thread: Channel
    tags: tuple[str, ...]
    excerpt: str


def posts(world: World, viewer: User, forum: Channel) -> list[Post]:
    """The posts of a forum, the one with the newest message first."""
    newest_first = sorted(world.threads(forum), key=_newest, reverse=True)
    return [_post(world, viewer, forum, thread) for thread in newest_first]


def _post(world: World, viewer: User, forum: Channel, thread: Channel) -> Post:
    first = next(iter(thread.messages.values()), None)
    excerpt = "" if first is None else one_line(first, Known(world, viewer, thread), EXCERPT)
    return Post(thread, tuple(_tags(forum, thread)), excerpt)


def _tags(forum: Channel, thread: Channel) -> Iterator[str]:
    names = {int(tag["id"]): tag["name"] for tag in forum.tags}
    yield from (names[tag] for tag in thread.applied_tags if tag in names)


def _newest(thread: Channel) -> int:
    return next(reversed(thread.messages), thread.id)
