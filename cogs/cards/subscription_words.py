"""Subscriptions in words: what comes, where, how, and how it is with them."""

from datetime import datetime

from discord.utils import format_dt

from cogs.cards.text import fit
from papers import languages
from papers.delivery import opening_of
from papers.models import Closed, Destination, DestinationKind, Overflow, Preferences, Style, Subscription

_QUERY_LIMIT = 300
_REASON_LIMIT = 300
_SHORT_REASON_LIMIT = 120

STYLES = {
    Style.CARDS: "a message a paper",
    Style.DIGEST: "a digest, up to ten papers a message",
    Style.THREAD: "a headline, with the papers in its thread",
    Style.FORUM: "a post a paper",
}
"""How papers come, in words."""

_REST = {Overflow.DEFER: "the rest comes next time", Overflow.SUMMARISE: "the rest is told of in one line"}


def place(destination: Destination) -> str:
    """The destination as Discord shows it."""
    if destination.kind is DestinationKind.DIRECT:
        return "your direct messages"
    return f"<#{destination.target_id}>"


def described(query: str) -> str:
    """What a subscription brings, escaped."""
    return fit(query, _QUERY_LIMIT) or "all papers"


def in_language(code: str | None) -> str:
    """In which language its bullets are wanted, ready to stand behind what it brings; nothing where it does not say."""
    return f", in {languages.name(code)}" if code is not None else ""


def how(preferences: Preferences) -> str:
    """The style, how many at a time, who is pinged, and whether it is published."""
    parts = [STYLES[preferences.style]]
    if preferences.most is not None:
        parts.append(f"at most {preferences.most} at a time; {_REST[preferences.overflow]}")
    if preferences.role_id is not None:
        parts.append(f"pings <@&{preferences.role_id}>")
    if preferences.publish:
        parts.append("published to the channels that follow")
    return "\n".join(parts)


def next_time(subscription: Subscription, now: datetime) -> datetime | None:
    """When its next papers may go out; None where nothing but papers is waited for."""
    opening = opening_of(subscription, now)
    return opening if opening > now else None


def state(subscription: Subscription, now: datetime) -> str:
    """Whether it is paused or its place closed, and when it goes on."""
    if subscription.paused_at is not None:
        return f"⏸ Paused {format_dt(subscription.paused_at, 'R')}: nothing comes until it is resumed."
    if subscription.closed is not None:
        return _closed(subscription.closed)
    if (opening := next_time(subscription, now)) is not None:
        return f"✅ Active: papers come next {format_dt(opening, 'f')} ({format_dt(opening, 'R')})."
    return "✅ Active: papers come as soon as there are some."


def _closed(closed: Closed) -> str:
    return (
        f"⚠️ I cannot post there since {format_dt(closed.since, 'f')}: {fit(closed.reason, _REASON_LIMIT)}"
        f" I try again {format_dt(closed.probe_at, 'R')}; papers wait until then, and every setting is kept."
    )


def short_state(subscription: Subscription, now: datetime) -> str:
    """The same in a few words, on a line of its own; empty where nothing is to be said."""
    if subscription.paused_at is not None:
        return "\n-# ⏸ paused"
    if subscription.closed is not None:
        closed = subscription.closed
        return f"\n-# ⚠️ closed to me: {fit(closed.reason, _SHORT_REASON_LIMIT)} Tried again {format_dt(closed.probe_at, 'R')}."
    opening = next_time(subscription, now)
    return "" if opening is None else f"\n-# next {format_dt(opening, 'R')}"
