"""Subscriptions that begin, change, pause and end, and what that means for what waits for them."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

import sqlite_utils

from papers.errors import RequestError
from papers.models import Destination, NewSubscription, PaperKey, Preferences, Subscription
from storage.rows import moment
from storage.subscription_rows import destination_id, manner_of, select
from storage.unfreezing import plan_again


@dataclass(frozen=True)
class Changed:
    """What a subscription becomes."""

    preferences: Preferences
    destination: Destination
    next_at: datetime | None


def add(db: sqlite_utils.Database, subscription: NewSubscription) -> tuple[Subscription, bool]:
    """See `papers.ports.SubscriptionStore.add`."""
    destination = destination_id(db, subscription.destination)
    known = db.execute(
        "UPDATE subscriptions SET language = :language, next_at = CASE manner WHEN :manner THEN next_at END,"
        " manner = :manner WHERE destination = :destination AND query = :query",
        {
            "language": subscription.language,
            "manner": manner_of(subscription),
            "destination": destination,
            "query": subscription.query,
        },
    )
    if not known.rowcount:
        db.execute(
            "INSERT INTO subscriptions"
            " (destination, guild_id, query, created_by, created_at, start_key, language, manner)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                destination,
                subscription.destination.guild_id,
                subscription.query,
                subscription.created_by,
                moment(subscription.created_at),
                subscription.start_key,
                subscription.language,
                manner_of(subscription),
            ],
        )
    [kept] = select(db, "destination = ? AND query = ?", [destination, subscription.query])
    return kept, not known.rowcount


def remove(db: sqlite_utils.Database, subscription_id: int) -> bool:
    """See `papers.ports.SubscriptionStore.remove`."""
    plan_again(db, subscription_id)
    return db.execute("DELETE FROM subscriptions WHERE id = ?", [subscription_id]).rowcount == 1


def change(db: sqlite_utils.Database, subscription_id: int, changed: Changed) -> Subscription | None:
    """See `papers.ports.SubscriptionStore.change`."""
    wanted = changed.preferences
    plan_again(db, subscription_id, published=wanted.publish)
    try:
        db.execute(
            "UPDATE subscriptions SET destination = ?, guild_id = ?, query = ?, language = ?, manner = ?, next_at = ?"
            " WHERE id = ?",
            [
                destination_id(db, changed.destination),
                changed.destination.guild_id,
                wanted.query,
                wanted.language,
                manner_of(wanted),
                changed.next_at and moment(changed.next_at),
                subscription_id,
            ],
        )
    except sqlite3.IntegrityError as error:
        raise RequestError("There is another subscription for that already: change or remove it.") from error
    return next(iter(select(db, "subscriptions.id = ?", [subscription_id])), None)


def pause(db: sqlite_utils.Database, subscription_id: int, at: str) -> bool:
    """See `papers.ports.SubscriptionStore.pause`."""
    plan_again(db, subscription_id)
    known = db.execute(
        "UPDATE subscriptions SET paused_at = coalesce(paused_at, ?) WHERE id = ?", [at, subscription_id]
    )
    return known.rowcount == 1


def resume(db: sqlite_utils.Database, subscription_id: int, start_key: PaperKey) -> bool:
    """See `papers.ports.SubscriptionStore.resume`."""
    known = db.execute(
        "UPDATE subscriptions SET paused_at = NULL, next_at = NULL,"
        " start_key = CASE WHEN paused_at IS NULL THEN start_key ELSE max(start_key, ?) END WHERE id = ?",
        [start_key, subscription_id],
    )
    return known.rowcount == 1


def start_from(db: sqlite_utils.Database, subscription_id: int, key: PaperKey) -> int:
    """See `papers.ports.SubscriptionStore.start_from`."""
    known = db.execute(
        "UPDATE subscriptions SET start_key = min(start_key, ?) WHERE id = ?", [key, subscription_id]
    )
    if not known.rowcount:
        return 0
    return db.execute(
        "INSERT OR IGNORE INTO unplanned (paper) SELECT key FROM papers WHERE key >= ?", [key]
    ).rowcount
