"""The store of subscriptions."""

from collections.abc import Sequence
from datetime import datetime

import sqlite_utils

from papers.models import Destination, NewSubscription, PaperKey, Subscription
from storage.changes import plan_anew
from storage.database import Database
from storage.rows import destination_of, moment

_COLUMNS = (
    "SELECT subscriptions.id, kind, target_id, destinations.guild_id, query, created_by, created_at, start_key,"
    " language"
    " FROM subscriptions JOIN destinations ON destinations.id = subscriptions.destination"
)


class SqliteSubscriptions:
    """`papers.ports.SubscriptionStore` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, subscription: NewSubscription) -> tuple[Subscription, bool]:
        """See `SubscriptionStore.add`."""
        return await self._database.write(lambda db: _add(db, subscription))

    async def get(self, subscription_id: int) -> Subscription | None:
        """See `SubscriptionStore.get`."""
        found = await self._select("subscriptions.id = ?", [subscription_id])
        return found[0] if found else None

    async def of_guild(self, guild_id: int) -> list[Subscription]:
        """See `SubscriptionStore.of_guild`."""
        return await self._select("subscriptions.guild_id = ?", [guild_id])

    async def of_person(self, user_id: int) -> list[Subscription]:
        """See `SubscriptionStore.of_person`."""
        return await self._select("kind = 'direct' AND target_id = ?", [user_id])

    async def all(self) -> list[Subscription]:
        """See `SubscriptionStore.all`."""
        return await self._select("TRUE", [])

    async def remove(self, subscription_id: int) -> bool:
        """See `SubscriptionStore.remove`."""
        return await self._database.write(lambda db: _remove(db, subscription_id))

    async def start_from(self, subscription_id: int, key: PaperKey) -> int:
        """See `SubscriptionStore.start_from`."""
        return await self._database.write(lambda db: _start_from(db, subscription_id, key))

    async def _select(self, condition: str, values: Sequence[int]) -> list[Subscription]:
        return await self._database.read(lambda db: select(db, condition, values))


def select(db: sqlite_utils.Database, condition: str, values: Sequence[int | str]) -> list[Subscription]:
    """The subscriptions that meet an SQL condition of ours, oldest first."""
    rows = db.execute(f"{_COLUMNS} WHERE {condition} ORDER BY subscriptions.id", values)
    return [
        Subscription(
            id=number,
            destination=destination_of(kind, target, guild),
            query=query,
            created_by=created_by,
            created_at=datetime.fromisoformat(created_at),
            start_key=start_key,
            language=language,
        )
        for number, kind, target, guild, query, created_by, created_at, start_key, language in rows
    ]


def destination_id(db: sqlite_utils.Database, destination: Destination) -> int:
    """The number of a destination, which is kept if it is new."""
    [number] = db.execute(
        "INSERT INTO destinations (kind, target_id, guild_id) VALUES (?, ?, ?)"
        " ON CONFLICT (kind, target_id) DO UPDATE SET guild_id = excluded.guild_id RETURNING id",
        [destination.kind.value, destination.target_id, destination.guild_id],
    ).fetchone()
    return int(number)


def _add(db: sqlite_utils.Database, subscription: NewSubscription) -> tuple[Subscription, bool]:
    destination = destination_id(db, subscription.destination)
    known = db.execute(
        "UPDATE subscriptions SET language = ? WHERE destination = ? AND query = ?",
        [subscription.language, destination, subscription.query],
    )
    if known.rowcount:
        [kept] = select(db, "destination = ? AND query = ?", [destination, subscription.query])
        return kept, False
    db.execute(
        "INSERT INTO subscriptions"
        " (destination, guild_id, query, created_by, created_at, start_key, language) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            destination,
            subscription.destination.guild_id,
            subscription.query,
            subscription.created_by,
            moment(subscription.created_at),
            subscription.start_key,
            subscription.language,
        ],
    )
    [kept] = select(db, "destination = ? AND query = ?", [destination, subscription.query])
    return kept, True


def _remove(db: sqlite_utils.Database, subscription_id: int) -> bool:
    waiting = db.execute(
        "SELECT outbox.number, deliveries.destination, deliveries.paper FROM deliveries"
        " JOIN outbox ON outbox.number = deliveries.outbox"
        " WHERE deliveries.subscription = ? AND outbox.state = 'due'",
        [subscription_id],
    ).fetchall()
    for number, destination, paper in waiting:
        db.execute("DELETE FROM deliveries WHERE destination = ? AND paper = ?", [destination, paper])
        db.execute("DELETE FROM outbox WHERE number = ?", [number])
    plan_anew(db, [paper for _, _, paper in waiting])
    return db.execute("DELETE FROM subscriptions WHERE id = ?", [subscription_id]).rowcount == 1


def _start_from(db: sqlite_utils.Database, subscription_id: int, key: PaperKey) -> int:
    known = db.execute(
        "UPDATE subscriptions SET start_key = min(start_key, ?) WHERE id = ?", [key, subscription_id]
    )
    if not known.rowcount:
        return 0
    return db.execute(
        "INSERT OR IGNORE INTO unplanned (paper) SELECT key FROM papers WHERE key >= ?", [key]
    ).rowcount
