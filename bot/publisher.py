"""Posting through discord.py, and telling apart what certainly failed from what may have succeeded."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import aiohttp
import discord
from discord import abc

from cogs.messages import as_message
from papers.errors import PublishLaterError, PublishRefusedError, PublishUncertainError
from papers.models import Destination, DestinationKind, Payload

_PAUSE = timedelta(seconds=30)
_MOST_LOOKED_AT = 2_000
_UNKNOWN_MESSAGE = 10008


class DiscordPublisher:
    """The `Publisher` of a client that is logged in."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    async def publish(self, destination: Destination, payload: Payload, nonce: str) -> int:
        """Posts a message with a deterministic, enforced nonce, and returns its id.

        Raises:
            PublishRefusedError: Discord will never take it there (400, 403, 404).
            PublishLaterError: it was certainly not posted (rate limit, no connection).
            PublishUncertainError: it may have been posted (5xx, reset, time-out).
        """
        with _certain():
            channel = await self._channel(destination)
        with _uncertain():
            message = await channel.send(**as_message(payload), nonce=nonce)
        return message.id

    async def edit(self, destination: Destination, message_id: int, payload: Payload) -> None:
        """Shows a message of ours anew; doing it twice shows the same.

        Raises:
            PublishRefusedError: it is gone, or the channel is (400, 403, 404).
            PublishLaterError: it cannot be edited now.
        """
        shown = as_message(payload)
        with _certain():
            channel = await self._channel(destination)
            await channel.get_partial_message(message_id).edit(**shown)

    async def find(self, destination: Destination, outbox_id: str, *, since: datetime) -> int | None:
        """Looks for the message with that outbox id in a button, newest first, back to `since`.

        Raises:
            PublishRefusedError: the history cannot be read, or is too long: over 2,000 messages since then.
            PublishLaterError: it cannot be read now.
        """
        looked_at = 0
        with _certain():
            channel = await self._channel(destination)
            async for message in channel.history(limit=_MOST_LOOKED_AT):
                if message.created_at < since:
                    return None
                if _carries(message, outbox_id):
                    return message.id
                looked_at += 1
            if not looked_at:
                await _hold_to_readable(channel, discord.utils.time_snowflake(since))
        if looked_at == _MOST_LOOKED_AT:
            raise PublishRefusedError(f"It is in none of the newest {_MOST_LOOKED_AT} messages.")
        return None

    async def _channel(self, destination: Destination) -> discord.DMChannel | discord.PartialMessageable:
        if destination.kind is DestinationKind.DIRECT:
            return await self._client.create_dm(discord.Object(destination.target_id))
        return self._client.get_partial_messageable(destination.target_id, guild_id=destination.guild_id)


async def _hold_to_readable(channel: abc.Messageable, absent: int) -> None:
    """Tells an empty history from a hidden one, which Discord shows as empty too (Discord docs, "Get Channel Messages").

    A single message, and be it an absent one, is refused where history may not be read.
    """
    try:
        await channel.fetch_message(absent)
    except discord.NotFound as error:
        if error.code != _UNKNOWN_MESSAGE:
            raise


def _carries(message: discord.Message, outbox_id: str) -> bool:
    rows = (row for row in message.components if isinstance(row, discord.ActionRow))
    ids = (getattr(item, "custom_id", None) or "" for row in rows for item in row.children)
    return any(outbox_id in custom_id.split(":") for custom_id in ids)


@contextmanager
def _uncertain() -> Iterator[None]:
    """Names what can go wrong while a message is sent."""
    try:
        with _refused():
            yield
    except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
        if isinstance(error, aiohttp.ClientConnectorError):
            raise PublishLaterError("Discord cannot be reached.", retry_after=_PAUSE) from error
        raise PublishUncertainError(f"No clear answer from Discord: {error}") from error


@contextmanager
def _certain() -> Iterator[None]:
    """Names what can go wrong while nothing is sent."""
    try:
        with _refused():
            yield
    except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
        raise PublishLaterError(f"Discord cannot answer now: {error}", retry_after=_PAUSE) from error


@contextmanager
def _refused() -> Iterator[None]:
    try:
        yield
    except discord.RateLimited as error:
        wait = timedelta(seconds=error.retry_after)
        raise PublishLaterError("Discord asks to wait.", retry_after=wait) from error
    except discord.HTTPException as error:
        if error.status == 429:  # noqa: PLR2004 - Too Many Requests, after discord.py's own retries
            raise PublishLaterError("Discord asks to wait.", retry_after=_PAUSE) from error
        if error.status == 401:  # noqa: PLR2004 - the token, not the message, is wrong
            raise PublishLaterError(
                "Discord does not know our token any more.", retry_after=_PAUSE
            ) from error
        if error.status < 500:  # noqa: PLR2004 - client errors
            raise PublishRefusedError(f"Discord refuses: {error.text or error}") from error
        raise
