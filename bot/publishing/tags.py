"""The tags that a post in a forum gets."""

from collections.abc import Sequence

from bot.publishing.answers import Forum, Tag

_REQUIRE_TAG = 1 << 4
"""Discord docs, "Channel Flags"."""
_MOST_TAGS = 5
_ANY_PAPER = ("papers", "paper", "other")
"""Names of tags that suit every paper, the best first."""


def tags_for(forum: Forum, names: Sequence[str]) -> list[int]:
    """The forum's tags by those names, in whatever case, the best first and at most five.

    A forum that wants a tag on every post gives the one that suits every paper where none suits, else its first.
    """
    free = [tag for tag in forum.available_tags if not tag.moderated]
    by_name = {_folded(tag.name): tag for tag in reversed(free)}
    wanted = dict.fromkeys(_folded(name) for name in names)
    chosen = [by_name[name].id for name in wanted if name in by_name]
    if not chosen and free and forum.flags & _REQUIRE_TAG:
        chosen = [_nearest(by_name, free[0]).id]
    return chosen[:_MOST_TAGS]


def _nearest(by_name: dict[str, Tag], first: Tag) -> Tag:
    return next((by_name[name] for name in _ANY_PAPER if name in by_name), first)


def _folded(name: str) -> str:
    return name.strip().casefold()
