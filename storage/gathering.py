"""Batches: what waits, frozen into messages when its time has come."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby

import sqlite_utils

from papers.models import Destination, NewBatch, NewMessage, Ready, Subscription
from storage.rows import key_list, load, moment
from storage.subscription_rows import destination_id, select

_PASSES_BY = timedelta(minutes=5)
"""How long a time at which nothing waits is taken for one that passed by; later, the bot was not there to see it."""

_READY = """
    SELECT subscriptions.id FROM subscriptions
    JOIN destinations ON destinations.id = subscriptions.destination
    WHERE subscriptions.id > :after AND paused_at IS NULL
    AND (next_at IS NULL OR next_at <= :now) AND (closed_at IS NULL OR probe_at <= :now)
    AND (EXISTS (SELECT 1 FROM deliveries WHERE subscription = subscriptions.id AND outbox IS NULL)
        OR closed_at IS NULL AND next_at > :passing)
    ORDER BY subscriptions.id LIMIT :limit
"""
_WAITING = """
    SELECT subscription, paper FROM deliveries
    WHERE outbox IS NULL AND subscription IN (SELECT value FROM json_each(?)) ORDER BY subscription, paper
"""


def ready(db: sqlite_utils.Database, now: datetime, after: int, limit: int) -> list[Ready]:
    """See `papers.ports.OutboxStore.ready`."""
    numbers = key_list(_ready(db, now, after, limit))
    chosen = select(db, "subscriptions.id IN (SELECT value FROM json_each(?))", [numbers])
    rows = db.execute(_WAITING, [numbers]).fetchall()
    papers = {paper.key: paper for paper in load(db, sorted({key for _, key in rows}))}
    waiting = {
        number: [papers[key] for _, key in group]
        for number, group in groupby(rows, key=lambda row: int(row[0]))
    }
    return [Ready(subscription=one, papers=tuple(waiting.get(one.id, ()))) for one in chosen]


def is_ready(db: sqlite_utils.Database, now: datetime) -> bool:
    """Whether any subscription's time has come."""
    return bool(_ready(db, now, after=0, limit=1))


def _ready(db: sqlite_utils.Database, now: datetime, after: int, limit: int) -> list[int]:
    values = {"after": after, "now": moment(now), "passing": moment(now - _PASSES_BY), "limit": limit}
    return [number for [number] in db.execute(_READY, values)]


def gather(db: sqlite_utils.Database, batches: Sequence[NewBatch], at: str) -> int:
    """See `papers.ports.OutboxStore.gather`."""
    numbers = key_list(batch.subscription.id for batch in batches)
    kept = {
        one.id: one for one in select(db, "subscriptions.id IN (SELECT value FROM json_each(?))", [numbers])
    }
    return sum(
        _gather(db, batch, at) for batch in batches if kept.get(batch.subscription.id) == batch.subscription
    )


def _gather(db: sqlite_utils.Database, batch: NewBatch, at: str) -> int:
    subscription = batch.subscription
    place = destination_id(db, subscription.destination)
    told = [key for message in batch.messages for key in (*message.papers, *message.summarised)]
    [waiting] = db.execute(
        "SELECT count(*) FROM deliveries WHERE destination = ? AND outbox IS NULL AND subscription = ?"
        " AND paper IN (SELECT value FROM json_each(?))",
        [place, subscription.id, key_list(told)],
    ).fetchone()
    if waiting != len(told):
        return 0
    numbers: dict[str, int] = {}
    new = 0
    for message in batch.messages:
        numbers[message.id], is_new = _write(db, message, _Placed(place, at, subscription, numbers))
        new += is_new
        linked = message if is_new else message.model_copy(update={"summarised": ()})
        _link(db, place, numbers[message.id], linked, subscription.language)
    db.conn.executemany(
        "UPDATE outbox SET batch = ? WHERE number = ? AND state = 'due'",
        [(min(numbers.values()), number) for number in numbers.values()],
    )
    db.conn.executemany(
        "UPDATE deliveries SET deferred = deferred + 1 WHERE destination = ? AND paper = ?",
        [(place, key) for key in batch.deferred],
    )
    db.execute(
        "UPDATE subscriptions SET next_at = ? WHERE id = ?",
        [batch.next_at and moment(batch.next_at), subscription.id],
    )
    return new


@dataclass(frozen=True)
class _Placed:
    """Where a row is written: destination and moment, for which subscription, behind which rows of its batch."""

    place: int
    at: str
    subscription: Subscription | None = None
    numbers: Mapping[str, int] = field(default_factory=dict)


def _write(db: sqlite_utils.Database, message: NewMessage, placed: _Placed) -> tuple[int, bool]:
    """Writes a row; one that was sent already and carries no paper, a headline say, stands for the new one.

    What the new one would have told of beside, the one that stands does not: that waits on.
    """
    known = db.execute("SELECT number, state FROM outbox WHERE id = ?", [message.id]).fetchone()
    if known is not None and known[1] != "failed":
        return int(known[0]), False
    subscription = placed.subscription
    row = {
        "id": message.id,
        "destination": placed.place,
        "guild_id": subscription and subscription.destination.guild_id,
        "subscription": subscription and subscription.id,
        "kind": message.kind.value,
        "after": None if message.after is None else placed.numbers[message.after],
        "form": message.form.value,
        "context": json.dumps(message.context, ensure_ascii=False),
        "payload": json.dumps(message.payload, ensure_ascii=False),
        "planned_at": placed.at,
        "due_at": placed.at,
    }
    if known is not None:
        db.execute("DELETE FROM outbox WHERE number = ?", [known[0]])
    columns = ", ".join(row)
    [number] = db.execute(
        f"INSERT INTO outbox ({columns}) VALUES ({', '.join('?' * len(row))}) RETURNING number",  # noqa: S608 - ours
        list(row.values()),
    ).fetchone()
    return int(number), True


def _link(
    db: sqlite_utils.Database, place: int, number: int, message: NewMessage, language: str | None
) -> None:
    carried = [*((key, 0) for key in message.papers), *((key, 1) for key in message.summarised)]
    db.conn.executemany(
        "UPDATE deliveries SET outbox = ?, position = ?, summarised = ?, language = ?"
        " WHERE destination = ? AND paper = ?",
        [(number, position, told, language, place, key) for position, (key, told) in enumerate(carried)],
    )


def add(db: sqlite_utils.Database, message: NewMessage, destination: Destination, at: str) -> bool:
    """See `papers.ports.OutboxStore.add`."""
    return _write(db, message, _Placed(destination_id(db, destination), at))[1]
