"""Telling apart what closes a place, what is refused, what certainly failed, and what may have succeeded.

The codes are those of Discord's docs, "Opcodes and Status Codes".
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import aiohttp
import discord

from papers.errors import (
    PublishClosedError,
    PublishError,
    PublishLaterError,
    PublishRefusedError,
    PublishUncertainError,
)

MISSING_ACCESS, UNKNOWN_CHANNEL, UNKNOWN_MESSAGE = 50001, 10003, 10008
THREAD_ARCHIVED, THREAD_EXISTS, ALREADY_CROSSPOSTED = 50083, 160004, 40033
TAG_REQUIRED, UNKNOWN_TAG, INVALID_FORM = 40067, 10087, 50035

_NO_TAG = (
    "Every post in this forum needs a tag, and the bot may set none of them: add a tag that everybody may use, or"
    " give the bot “Manage Threads” there."
)
_LOCKED = "This thread is locked: unlock it, or give the bot “Manage Threads” there."
_SENTENCES: Mapping[int, str] = {
    UNKNOWN_CHANNEL: "This channel is gone: move the subscription to another one, or remove it.",
    10013: "There is no such person any more.",
    40066: _NO_TAG,
    TAG_REQUIRED: _NO_TAG,
    MISSING_ACCESS: "The bot cannot see this channel: give it “View Channel” there.",
    50007: "Discord lets the bot send this person no direct messages: they can be allowed in the privacy settings.",
    50008: "Discord takes no plain messages in this channel: choose another channel, or the style for forums.",
    50013: "The bot is not allowed to do this here: give it {permissions} there.",
    50278: "This person shares no server with the bot any more, so that it cannot send direct messages.",
    THREAD_ARCHIVED: _LOCKED,
    160005: _LOCKED,
}
"""What closes a place, and what to do about it."""

EVERY_REASON = frozenset(_SENTENCES)
"""The codes that close a place that is posted to."""
NOT_OF_A_THREAD = EVERY_REASON - {UNKNOWN_CHANNEL, THREAD_ARCHIVED, 160005}
"""Those that close a channel in whose thread something is posted: the next papers have a thread of their own."""
OF_READING = frozenset({MISSING_ACCESS, UNKNOWN_CHANNEL, 10013, 50278})
"""Those that close a place when it is read: whoever may not read its history may yet write."""

_PASSING = frozenset({30046, 40062, 40333, 110001, 130000, 160006, 160007})
"""Too many edits of old messages or open threads, an overloaded Discord, its firewall: it passes by itself."""
_PAUSE = timedelta(seconds=30)
_PASSES_IN = timedelta(minutes=10)
_TOO_MANY, _UNAUTHORIZED, _SERVER_ERRORS = 429, 401, 500


@dataclass(frozen=True)
class Doing:
    """What is asked of Discord.

    Attributes:
        permissions: what the bot must be allowed for it, in Discord's words.
        closing: the codes of refusals that close the place.
    """

    permissions: str
    closing: frozenset[int] = EVERY_REASON


OPENING = Doing("“View Channel”")


@contextmanager
def uncertain(doing: Doing) -> Iterator[None]:
    """Names what can go wrong while something is posted."""
    try:
        yield
    except aiohttp.ClientConnectorError as error:
        raise PublishLaterError("Discord cannot be reached.", retry_after=_PAUSE) from error
    except (discord.DiscordException, aiohttp.ClientError, OSError, ValueError) as error:
        raise _refusal(error, doing) or PublishUncertainError(
            f"No clear answer from Discord: {_in_short(error)}"
        ) from error


@contextmanager
def certain(doing: Doing) -> Iterator[None]:
    """Names what can go wrong while nothing is posted, or what is done may be done again."""
    try:
        yield
    except (discord.DiscordException, aiohttp.ClientError, OSError, ValueError) as error:
        raise _refusal(error, doing) or PublishLaterError(
            f"Discord cannot answer now: {_in_short(error)}", retry_after=_PAUSE
        ) from error


def _refusal(error: Exception, doing: Doing) -> PublishError | None:
    """What Discord's answer says for certain; None where it says nothing, or there is none."""
    if isinstance(error, discord.RateLimited):
        return PublishLaterError("Discord asks to wait.", retry_after=timedelta(seconds=error.retry_after))
    if not isinstance(error, discord.HTTPException) or error.status >= _SERVER_ERRORS:
        return None
    if error.status == _TOO_MANY:
        return PublishLaterError("Discord asks to wait.", retry_after=_PAUSE)
    if error.status == _UNAUTHORIZED:
        return PublishLaterError("Discord does not know our token any more.", retry_after=_PAUSE)
    return _said_by_code(error, doing)


def _said_by_code(error: discord.HTTPException, doing: Doing) -> PublishError:
    if error.code == 0:
        message = f"Something before Discord answered {error.status}, not Discord itself."
        return PublishLaterError(message, retry_after=_PAUSE)
    if error.code in _PASSING:
        return PublishLaterError(f"Discord asks to wait: {error.text}", retry_after=_PASSES_IN)
    if error.code not in _SENTENCES:
        return PublishRefusedError(f"Discord refuses: {error.text}")
    sentence = _SENTENCES[error.code].format(permissions=doing.permissions)
    closes = error.code in doing.closing
    return PublishClosedError(sentence) if closes else PublishRefusedError(sentence)


def _in_short(error: Exception) -> str:
    """One line about an error: a page of a proxy is not for people."""
    if isinstance(error, discord.HTTPException):
        return f"it answered {error.status}"
    if isinstance(error, ValueError):
        return "its answer is broken"
    return str(error) or type(error).__name__
