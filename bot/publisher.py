"""Posting through discord.py: messages, threads, posts in forums, and what is published to other channels."""

import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, cast

import discord
from discord.http import Route

from bot.publishing.answers import Made
from bot.publishing.bodies import message_body
from bot.publishing.errors import (
    ALREADY_CROSSPOSTED,
    NOT_OF_A_THREAD,
    OPENING,
    THREAD_ARCHIVED,
    THREAD_EXISTS,
    Doing,
    certain,
    uncertain,
)
from bot.publishing.forums import Forums
from bot.publishing.looking import Looking
from papers.errors import PublishRefusedError
from papers.models import Destination, DestinationKind, Kind, OutboxMessage, Payload, PostedMessage

_WRITING = Doing("“Send Messages” (in a thread “Send Messages in Threads”) and “Embed Links”")
_IN_OUR_THREAD = Doing("“Send Messages in Threads” and “Embed Links”", closing=NOT_OF_A_THREAD)
_STARTING = Doing("“Create Public Threads”")
_PUBLISHING = Doing("“Send Messages”")


class DiscordPublisher:
    """The `Publisher` of a client that is logged in."""

    def __init__(self, client: discord.Client, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        """Asks nothing yet.

        Args:
            client: whose session is used.
            monotonic: seconds, by which a forum's tags are asked for anew.
        """
        self._client = client
        self._http = client.http
        self._forums = Forums(client.http, monotonic)

    async def publish(self, message: OutboxMessage) -> int:
        """Does what the message says, and returns the id of the message that came of it, or the thread's.

        A message has a deterministic, enforced nonce. Threads and what is published are known by their message:
        Discord refuses them a second time, and that counts as done. A post has neither, and is asked for once.

        Raises:
            PublishClosedError: the place is closed to the bot; the sentence says what to do.
            PublishRefusedError: Discord will never take it there.
            PublishLaterError: it was certainly not posted (rate limit, no connection, a proxy's refusal).
            PublishUncertainError: it may have been posted (5xx, reset, time-out, broken answer).
        """
        match message.kind:
            case Kind.MESSAGE:
                return await self._say(message)
            case Kind.THREAD:
                return await self._start_thread(message)
            case Kind.POST:
                return await self._forums.post(message)
            case Kind.PUBLISH:
                return await self._crosspost(message)

    async def edit(self, message: PostedMessage, payload: Payload) -> None:
        """Shows a message of ours anew; doing it twice shows the same.

        A thread that is archived is opened for it, and archived again.

        Raises:
            PublishRefusedError: it is gone, or the place is, or its thread is locked.
            PublishLaterError: it cannot be edited now.
        """
        body = cast("Mapping[str, Any]", payload)
        post = message.kind is Kind.POST
        with certain(_WRITING):
            channel_id = await self._channel(
                message.destination, message.message_id if post else message.channel_id
            )
            route = Route(
                "PATCH",
                "/channels/{channel_id}/messages/{message_id}",
                channel_id=channel_id,
                message_id=message.message_id,
            )
            shown = {"content": None, **message_body(body["message"] if post else body)}
            try:
                await self._http.request(route, json=shown)
            except discord.HTTPException as error:
                if error.code != THREAD_ARCHIVED:
                    raise
                async with self._opened(channel_id):
                    await self._http.request(route, json=shown)

    async def find(self, message: OutboxMessage, *, since: datetime) -> int | None:
        """Looks for what was posted, newest first, back to `since`, by the outbox id in its buttons and menus.

        For a thread and for what is published it does not look: to ask for them again is refused or does nothing,
        costs no more than looking, and needs no right to read the history.

        Raises:
            PublishRefusedError: the history cannot be read, or is too long to look through.
            PublishLaterError: it cannot be read now.
        """
        looking = Looking(self._http, message.id, since)
        destination = message.destination
        if message.kind is Kind.MESSAGE:
            with certain(OPENING):
                channel_id = await self._channel(destination, message.channel_id)
            return await looking.in_channel(channel_id, our_thread=message.after_id is not None)
        if message.kind is Kind.POST and destination.guild_id and self._client.user:
            owner_id = self._client.user.id
            return await looking.in_forum(message.channel_id, destination.guild_id, owner_id)
        return None

    async def _say(self, message: OutboxMessage) -> int:
        with certain(OPENING):
            channel_id = await self._channel(message.destination, message.channel_id)
        body = {**message_body(message.payload), "nonce": message.id, "enforce_nonce": True}
        with uncertain(_WRITING if message.after_id is None else _IN_OUR_THREAD):
            route = Route("POST", "/channels/{channel_id}/messages", channel_id=channel_id)
            return Made.model_validate(await self._http.request(route, json=body)).id

    async def _start_thread(self, message: OutboxMessage) -> int:
        channel_id, message_id = message.channel_id, _after(message)
        route = Route(
            "POST",
            "/channels/{channel_id}/messages/{message_id}/threads",
            channel_id=channel_id,
            message_id=message_id,
        )
        with uncertain(_STARTING):
            try:
                answer: Any = await self._http.request(route, json={"name": message.payload["name"]})
            except discord.HTTPException as error:
                if error.code != THREAD_EXISTS:
                    raise
                return message_id
            return Made.model_validate(answer).id

    async def _crosspost(self, message: OutboxMessage) -> int:
        with uncertain(_PUBLISHING):
            try:
                answer: Any = await self._http.publish_message(message.channel_id, _after(message))
            except discord.HTTPException as error:
                if error.code != ALREADY_CROSSPOSTED:
                    raise
                return _after(message)
            return Made.model_validate(answer).id

    async def _channel(self, destination: Destination, channel_id: int) -> int:
        if destination.kind is DestinationKind.CHANNEL:
            return channel_id
        return (await self._client.create_dm(discord.Object(destination.target_id))).id

    @asynccontextmanager
    async def _opened(self, thread_id: int) -> AsyncIterator[None]:
        await self._http.edit_channel(thread_id, archived=False)
        try:
            yield
        finally:
            await self._http.edit_channel(thread_id, archived=True)


def _after(message: OutboxMessage) -> int:
    if message.after_id is None:
        raise PublishRefusedError("What it follows was never posted.")
    return message.after_id
