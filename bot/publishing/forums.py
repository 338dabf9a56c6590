"""Posts in forums."""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

import discord
from discord.http import HTTPClient, Route

from bot.publishing.answers import Forum, Made
from bot.publishing.bodies import message_body
from bot.publishing.errors import INVALID_FORM, OPENING, TAG_REQUIRED, UNKNOWN_TAG, Doing, certain, uncertain
from bot.publishing.tags import tags_for
from papers.errors import PublishClosedError, PublishUncertainError
from papers.models import OutboxMessage

_POSTING = Doing("“Create Posts” and “Embed Links”")
_TYPES = {15, 16}
"""Forums and media channels (Discord docs, "Channel Types")."""
_KEPT_FOR = 300.0
"""Seconds in which a forum's tags are not asked for again."""


@dataclass(frozen=True)
class _Kept:
    forum: Forum
    until: float


class Forums:
    """Posts in forums, whose tags are asked for now and then."""

    def __init__(self, http: HTTPClient, monotonic: Callable[[], float]) -> None:
        self._http = http
        self._monotonic = monotonic
        self._kept: dict[int, _Kept] = {}

    async def post(self, message: OutboxMessage) -> int:
        """Posts with the tags that suit; where the forum changed them meanwhile, with those it has now.

        Raises:
            PublishClosedError, PublishRefusedError, PublishLaterError, PublishUncertainError: see `Publisher.publish`.
        """
        forum = self._known(message.channel_id) or await self._asked(message.channel_id)
        with uncertain(_POSTING):
            try:
                return await self._begin(message, forum)
            except discord.HTTPException as error:
                if not _about_tags(error):
                    raise
            return await self._begin(message, await self._asked(message.channel_id))

    def _known(self, channel_id: int) -> Forum | None:
        now = self._monotonic()
        self._kept = {number: kept for number, kept in self._kept.items() if now < kept.until}
        kept = self._kept.get(channel_id)
        return None if kept is None else kept.forum

    async def _asked(self, channel_id: int) -> Forum:
        with certain(OPENING):
            answer: Any = await self._http.get_channel(channel_id)
            forum = Forum.model_validate(answer)
        if forum.type not in _TYPES:
            raise PublishClosedError("This channel is no forum: choose another style, or another channel.")
        self._kept[channel_id] = _Kept(forum, self._monotonic() + _KEPT_FOR)
        return forum

    async def _begin(self, message: OutboxMessage, forum: Forum) -> int:
        payload = cast("Mapping[str, Any]", message.payload)
        body = {
            "name": payload["name"],
            "applied_tags": [str(tag) for tag in tags_for(forum, payload["tags"])],
            "message": message_body(payload["message"]),
        }
        route = Route("POST", "/channels/{channel_id}/threads", channel_id=message.channel_id)
        answer: Any = await self._http.request(route, json=body, files=[_AskedOnce()])
        return Made.model_validate(answer).id


def _about_tags(error: discord.HTTPException) -> bool:
    return error.code in {TAG_REQUIRED, UNKNOWN_TAG} or (
        error.code == INVALID_FORM and "applied_tags" in error.text
    )


class _AskedOnce(discord.File):
    """Ends a request that discord.py would repeat by itself: before each attempt it winds its files back.

    It repeats what was answered 500, 502, 504 or 524, although it may have been done, and a post has no nonce.
    """

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), "nothing")

    def reset(self, *, seek: int | bool = True) -> None:
        """Lets the first attempt pass alone."""
        if seek:
            raise PublishUncertainError("No clear answer from Discord about a post.")
