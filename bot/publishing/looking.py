"""Looking whether something was posted before, by the outbox id that it carries."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import discord
from discord.http import HTTPClient
from discord.utils import time_snowflake

from bot.publishing.answers import HISTORY, Said, Threads
from bot.publishing.errors import OF_READING, UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, Doing, certain
from papers.errors import PublishRefusedError

_LISTING = Doing("“View Channel” and “Read Message History”", closing=OF_READING)
_LISTING_OUR_THREAD = Doing(_LISTING.permissions, closing=OF_READING - {UNKNOWN_CHANNEL})
_READING = Doing("“View Channel” and “Read Message History”", closing=frozenset())
_PAGE = 100
_MOST_MESSAGES = 2_000
_MOST_POSTS = 200
_MOST_PAGES = 20


@dataclass(frozen=True)
class Looking:
    """Looks for what carries an outbox id, newest first, back to `since`."""

    http: HTTPClient
    outbox_id: str
    since: datetime

    async def in_channel(self, channel_id: int, *, our_thread: bool = False) -> int | None:
        """The id of the message that carries it.

        Args:
            channel_id: where to look.
            our_thread: whether it is a thread that we started: if it is gone, the channel is not.

        Raises:
            PublishClosedError: the place is closed to the bot.
            PublishRefusedError: the history cannot be read, or is too long: over 2,000 messages since then.
            PublishLaterError: it cannot be read now.
        """
        looked_at = 0
        with certain(_LISTING_OUR_THREAD if our_thread else _LISTING):
            async for said in self._history(channel_id):
                if said.carries(self.outbox_id):
                    return said.id
                looked_at += 1
        if looked_at >= _MOST_MESSAGES:
            raise PublishRefusedError(f"It is in none of the newest {_MOST_MESSAGES:,} messages.")
        if not looked_at:
            await self._hold_to_readable(channel_id)
        return None

    async def in_forum(self, forum_id: int, guild_id: int, owner_id: int) -> int | None:
        """The id of the post, begun by `owner_id`, whose first message carries it.

        Raises:
            PublishRefusedError: the posts cannot be read, or are too many: over 200 of ours since then.
            PublishLaterError: they cannot be read now.
        """
        looked_at = 0
        with certain(_READING):
            async for post_id in self._posts(forum_id, guild_id, owner_id):
                if looked_at == _MOST_POSTS:
                    raise PublishRefusedError(f"It is in none of our newest {_MOST_POSTS} posts.")
                if await self._begins(post_id):
                    return post_id
                looked_at += 1
        return None

    async def _history(self, channel_id: int) -> AsyncIterator[Said]:
        first, before = time_snowflake(self.since), None
        for _ in range(_MOST_MESSAGES // _PAGE):
            answer: Any = await self.http.logs_from(channel_id, _PAGE, before=before)
            page = HISTORY.validate_python(answer)
            for said in page:
                if said.id < first:
                    return
                yield said
            if len(page) < _PAGE:
                return
            before = page[-1].id

    async def _hold_to_readable(self, channel_id: int) -> None:
        """Tells an empty history from a hidden one, which Discord shows as empty too (docs, "Get Channel Messages").

        A single message, and be it an absent one, is refused where history may not be read.
        """
        with certain(_READING):
            try:
                await self.http.get_message(channel_id, time_snowflake(self.since))
            except discord.NotFound as error:
                if error.code != UNKNOWN_MESSAGE:
                    raise

    async def _posts(self, forum_id: int, guild_id: int, owner_id: int) -> AsyncIterator[int]:
        """Posts of ours since then: those that are open, then those that are archived, each newest first."""
        first = time_snowflake(self.since)
        answer: Any = await self.http.get_active_threads(guild_id)
        async for threads in _pages(Threads.model_validate(answer), self._archived(forum_id)):
            for thread in sorted(threads.threads, key=lambda thread: -thread.id):
                if thread.parent_id == forum_id and thread.owner_id == owner_id and thread.id >= first:
                    yield thread.id

    async def _archived(self, forum_id: int) -> AsyncIterator[Threads]:
        """Archived posts in pages, those archived last first; what was archived before then began before then."""
        before: str | None = None
        for _ in range(_MOST_PAGES):
            answer: Any = await self.http.get_public_archived_threads(forum_id, before=before, limit=_PAGE)
            page = Threads.model_validate(answer)
            yield page
            last = page.threads[-1].thread_metadata.archive_timestamp if page.threads else self.since
            if not page.has_more or last < self.since:
                return
            before = last.isoformat()
        raise PublishRefusedError("More posts were archived since then than can be looked through.")

    async def _begins(self, post_id: int) -> bool:
        try:
            answer: Any = await self.http.get_message(post_id, post_id)
        except discord.NotFound as error:
            if error.code in {UNKNOWN_MESSAGE, UNKNOWN_CHANNEL}:
                return False
            raise
        return Said.model_validate(answer).carries(self.outbox_id)


async def _pages(first: Threads, others: AsyncIterator[Threads]) -> AsyncIterator[Threads]:
    yield first
    async for page in others:
        yield page
