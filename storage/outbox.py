"""The store of what is planned, on its way, and sent."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlite_utils

from papers.models import (
    ChangedPaper,
    DayProgress,
    NewDelivery,
    OutboxCounts,
    OutboxMessage,
    Paper,
    PaperKey,
)
from storage import changes, progress
from storage.database import Database
from storage.rows import destination_of, load, maybe_moment, moment
from storage.subscriptions import destination_id


class SqliteOutbox:
    """`papers.ports.OutboxStore` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def unplanned(self, *, limit: int = 500) -> list[Paper]:
        """See `OutboxStore.unplanned`."""

        def read(db: sqlite_utils.Database) -> list[Paper]:
            keys = db.execute("SELECT paper FROM unplanned ORDER BY paper LIMIT ?", [limit])
            return load(db, [key for [key] in keys])

        return await self._database.read(read)

    async def plan(
        self,
        deliveries: Sequence[NewDelivery],
        *,
        planned: Sequence[PaperKey],
        seen: Mapping[int, PaperKey],
        at: datetime,
    ) -> int:
        """See `OutboxStore.plan`."""
        return await self._database.write(lambda db: _plan_all(db, deliveries, planned, seen, moment(at)))

    async def claim(
        self, owner: str, *, now: datetime, until: datetime, limit: int = 50
    ) -> list[OutboxMessage]:
        """See `OutboxStore.claim`."""
        return await self._database.write(
            lambda db: _claim(db, owner, moment(now), moment(until), limit), durable=True
        )

    async def confirm(self, outbox_id: str, *, message_id: int, shown: str, at: datetime) -> None:
        """See `OutboxStore.confirm`."""
        await self._set(
            "state = 'sent', message_id = ?, shown = ?, ended_at = ?, reason = NULL, lease_owner = NULL,"
            " lease_until = NULL, uncertain = 0 WHERE state <> 'sent'",
            [message_id, shown, moment(at), outbox_id],
        )

    async def fail(self, outbox_id: str, *, reason: str, at: datetime) -> None:
        """See `OutboxStore.fail`."""
        await self._set(
            "state = 'failed', reason = ?, ended_at = ?, lease_owner = NULL, lease_until = NULL"
            " WHERE state = 'sending'",
            [reason, moment(at), outbox_id],
        )

    async def postpone(self, outbox_id: str, *, until: datetime, uncertain: bool) -> None:
        """See `OutboxStore.postpone`."""
        if uncertain:
            change = "state = 'sending', uncertain = 1, lease_owner = NULL, lease_until = ?"
        else:
            change = (
                "state = 'due', uncertain = 0, first_claimed_at = NULL, lease_owner = NULL,"
                " lease_until = NULL, due_at = ?"
            )
        await self._set(f"{change} WHERE state = 'sending'", [moment(until), outbox_id])

    async def changed(self, *, after: int = 0, limit: int = 20) -> list[ChangedPaper]:
        """See `OutboxStore.changed`."""
        return await self._database.read(lambda db: changes.changed(db, after, limit))

    async def edited(self, outbox_id: str, *, shown: str) -> None:
        """See `OutboxStore.edited`."""
        await self._set("shown = ? WHERE state = 'sent'", [shown, outbox_id])

    async def settle(self, changed: ChangedPaper) -> None:
        """See `OutboxStore.settle`."""
        await self._database.write(lambda db: changes.settle(db, changed))

    async def next_due(self) -> datetime | None:
        """See `OutboxStore.next_due`."""
        [at] = await self._database.read(lambda db: db.execute(NEXT_DUE).fetchone())
        return maybe_moment(at)

    async def counts(self) -> OutboxCounts:
        """See `OutboxStore.counts`."""
        rows = await self._database.read(
            lambda db: db.execute("SELECT state, count(*) FROM outbox GROUP BY state").fetchall()
        )
        return OutboxCounts(**dict(rows))

    async def progress(
        self, since: PaperKey, *, guild_id: int | None = None, user_id: int | None = None
    ) -> list[DayProgress]:
        """See `OutboxStore.progress`."""
        scope = progress.Scope(guild_id, user_id)
        return await self._database.read(lambda db: progress.by_day(db, since, scope))

    async def _set(self, change: str, values: Sequence[str | int]) -> None:
        await self._database.write(
            lambda db: db.execute(f"UPDATE outbox SET {change} AND id = ?", values)  # noqa: S608 - words of ours
        )


def _plan_all(
    db: sqlite_utils.Database,
    deliveries: Sequence[NewDelivery],
    planned: Sequence[PaperKey],
    seen: Mapping[int, PaperKey],
    at: str,
) -> int:
    """Plans deliveries; how many are new.

    Where a subscription is gone, its paper stays unplanned: another of the same destination may want it. So do
    the papers of subscriptions that began, or begin earlier, since the planner looked.
    """
    kept = dict(db.execute("SELECT id, start_key FROM subscriptions").fetchall())
    unseen = [start for number, start in kept.items() if seen.get(number) != start]
    kept_from = min(unseen, default=None)
    wanted = [delivery for delivery in deliveries if delivery.subscription_id in kept]
    passed_over = {delivery.paper for delivery in deliveries if delivery.subscription_id not in kept}
    passed_over.update(key for key in planned if kept_from is not None and key >= kept_from)
    numbers = {
        place: destination_id(db, place)
        for place in dict.fromkeys(delivery.destination for delivery in wanted)
    }
    new = sum(_plan(db, delivery, numbers[delivery.destination], at) for delivery in wanted)
    db.conn.executemany(
        "DELETE FROM unplanned WHERE paper = ?", [(key,) for key in planned if key not in passed_over]
    )
    return new


def _plan(db: sqlite_utils.Database, delivery: NewDelivery, destination: int, at: str) -> bool:
    known = "SELECT 1 FROM deliveries WHERE destination = ? AND paper = ?"
    if db.execute(known, [destination, delivery.paper]).fetchone():
        return False
    payload = json.dumps(delivery.payload, ensure_ascii=False)
    [number] = db.execute(
        "INSERT INTO outbox (id, destination, guild_id, payload, planned_at, due_at) VALUES (?, ?, ?, ?, ?, ?)"
        " RETURNING number",
        [delivery.outbox_id, destination, delivery.destination.guild_id, payload, at, at],
    ).fetchone()
    db.execute(
        "INSERT INTO deliveries (destination, paper, outbox, subscription, language) VALUES (?, ?, ?, ?, ?)",
        [destination, delivery.paper, number, delivery.subscription_id, delivery.language],
    )
    return True


NEXT_DUE = """
    SELECT min(CASE state WHEN 'due' THEN due_at ELSE lease_until END) FROM (
        SELECT min(number), state, due_at, lease_until FROM outbox
        WHERE state IN ('due', 'sending') GROUP BY destination)
"""
"""Only the first message that waits at a destination counts: the others wait for it."""

CLAIMABLE = """
    SELECT number FROM outbox
    WHERE state IN ('due', 'sending')
    AND CASE state WHEN 'due' THEN due_at ELSE lease_until END <= :now
    AND NOT EXISTS (
        SELECT 1 FROM outbox AS earlier
        WHERE earlier.state IN ('due', 'sending')
        AND earlier.destination = outbox.destination AND earlier.number < outbox.number
        AND CASE earlier.state WHEN 'due' THEN earlier.due_at ELSE earlier.lease_until END > :now)
    ORDER BY number LIMIT :limit
"""
"""What may be sent now: due or its lease run out, and nothing planned before it for the same place waits longer."""
_TAKE = """
    UPDATE outbox SET
        uncertain = CASE state WHEN 'sending' THEN 1 ELSE uncertain END,
        state = 'sending', attempts = attempts + 1, lease_owner = :owner, lease_until = :until,
        first_claimed_at = coalesce(first_claimed_at, :now)
    WHERE number = :number
"""
_MESSAGE = """
    SELECT outbox.id, kind, target_id, destinations.guild_id, payload, attempts, uncertain, first_claimed_at, planned_at
    FROM outbox JOIN destinations ON destinations.id = outbox.destination WHERE number = ?
"""


def _claim(db: sqlite_utils.Database, owner: str, now: str, until: str, limit: int) -> list[OutboxMessage]:
    numbers = [number for [number] in db.execute(CLAIMABLE, {"now": now, "limit": limit})]
    db.conn.executemany(
        _TAKE, [{"owner": owner, "now": now, "until": until, "number": number} for number in numbers]
    )
    return [_message(db, number) for number in numbers]


def _message(db: sqlite_utils.Database, number: int) -> OutboxMessage:
    row = db.execute(_MESSAGE, [number]).fetchone()
    outbox_id, kind, target, guild, payload, attempts, uncertain, first_claimed_at, planned_at = row
    return OutboxMessage(
        id=outbox_id,
        destination=destination_of(kind, target, guild),
        payload=json.loads(payload),
        attempts=attempts,
        uncertain=bool(uncertain),
        first_claimed_at=datetime.fromisoformat(first_claimed_at),
        planned_at=datetime.fromisoformat(planned_at),
    )
