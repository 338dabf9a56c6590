"""The store of what waits, what is on its way, and what was sent."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import sqlite_utils

from papers.models import (
    ChangedPaper,
    DayProgress,
    Destination,
    Fate,
    NewBatch,
    NewDelivery,
    NewMessage,
    OutboxCounts,
    OutboxMessage,
    Paper,
    PaperKey,
    Ready,
    Subscription,
)
from storage import changes, claiming, fates, gathering, planning, progress, unfreezing
from storage.database import Database
from storage.rows import load, moment


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
        return await self._database.write(lambda db: planning.plan(db, deliveries, planned, seen, moment(at)))

    async def ready(self, now: datetime, *, after: int = 0, limit: int = 200) -> list[Ready]:
        """See `OutboxStore.ready`."""
        return await self._database.read(lambda db: gathering.ready(db, now, after, limit))

    async def gather(self, batches: Sequence[NewBatch], *, at: datetime) -> int:
        """See `OutboxStore.gather`."""
        return await self._database.write(lambda db: gathering.gather(db, batches, moment(at)))

    async def add(self, message: NewMessage, destination: Destination, *, at: datetime) -> bool:
        """See `OutboxStore.add`."""
        return await self._database.write(lambda db: gathering.add(db, message, destination, moment(at)))

    async def claim(
        self, owner: str, *, now: datetime, until: datetime, limit: int = 50
    ) -> list[OutboxMessage]:
        """See `OutboxStore.claim`."""
        return await self._database.write(
            lambda db: claiming.claim(db, owner, now=now, until=until, limit=limit), durable=True
        )

    async def confirm(
        self, outbox_id: str, *, message_id: int, shown: str, at: datetime, remark: str | None = None
    ) -> None:
        """See `OutboxStore.confirm`."""
        await self._database.write(
            lambda db: claiming.confirm(db, outbox_id, [message_id, shown, moment(at), remark])
        )

    async def fail(self, outbox_id: str, owner: str, *, reason: str, at: datetime) -> None:
        """See `OutboxStore.fail`."""
        await self._database.write(lambda db: claiming.fail(db, outbox_id, owner, reason, moment(at)))

    async def postpone(self, outbox_id: str, owner: str, *, until: datetime, uncertain: bool) -> None:
        """See `OutboxStore.postpone`."""
        await self._database.write(
            lambda db: claiming.postpone(db, outbox_id, owner, moment(until), uncertain=uncertain)
        )

    async def close(
        self,
        destination: Destination,
        owner: str,
        *,
        unsent: Sequence[str],
        reason: str,
        at: datetime,
        probe_at: datetime,
    ) -> list[Subscription]:
        """See `OutboxStore.close`."""
        closing = unfreezing.Closing(destination, owner, tuple(unsent), reason, moment(at), moment(probe_at))
        return await self._database.write(lambda db: unfreezing.close(db, closing))

    async def changed(
        self, *, after: int = 0, limit: int = 20, minor: bool | None = None
    ) -> list[ChangedPaper]:
        """See `OutboxStore.changed`."""
        return await self._database.read(lambda db: changes.changed(db, after, limit, minor=minor))

    async def edited(self, outbox_id: str, *, shown: str, at: datetime) -> None:
        """See `OutboxStore.edited`."""
        await self._database.write(lambda db: changes.edited(db, outbox_id, shown, at))

    async def edits_on(self, day: date) -> int:
        """See `OutboxStore.edits_on`."""
        return await self._database.read(lambda db: changes.edits_on(db, day))

    async def settle(self, changed: ChangedPaper) -> None:
        """See `OutboxStore.settle`."""
        await self._database.write(lambda db: changes.settle(db, changed))

    async def fate(self, destination: Destination, paper: PaperKey) -> Fate | None:
        """See `OutboxStore.fate`."""
        return await self._database.read(lambda db: fates.fate(db, destination, paper))

    async def is_unplanned(self, paper: PaperKey) -> bool:
        """See `OutboxStore.is_unplanned`."""
        return await self._database.read(lambda db: fates.is_unplanned(db, paper))

    async def next_due(self) -> datetime | None:
        """See `OutboxStore.next_due`."""
        return await self._database.read(claiming.next_due)

    async def is_due(self, now: datetime) -> bool:
        """See `OutboxStore.is_due`."""
        return await self._database.read(
            lambda db: bool(claiming.claimable(db, now, 1)) or gathering.is_ready(db, now)
        )

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
