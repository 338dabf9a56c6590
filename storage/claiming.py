"""Messages on their way: claimed, and what became of them."""

import json
from datetime import datetime, timedelta

import sqlite_utils

from papers.models import Kind, OutboxMessage
from storage.rows import destination_of, maybe_moment, moment

AN_HOUR = timedelta(hours=1)
PUBLISHED_AN_HOUR = 10
"""How many messages of a channel Discord shows to the channels that follow it (tracker of Discord's API docs)."""

_BEGINS = "CASE state WHEN 'due' THEN due_at ELSE lease_until END"

NEXT_DUE = f"""
    SELECT min({_BEGINS}) FROM (
        SELECT min(number), state, due_at, lease_until FROM outbox
        WHERE state IN ('due', 'sending') GROUP BY destination, kind = 'publish')
"""  # noqa: S608 - words of ours
"""Only the first message that waits at a destination counts: the others wait for it."""

CLAIMABLE = f"""
    SELECT number FROM outbox
    WHERE state IN ('due', 'sending') AND kind <> 'publish'
    AND {_BEGINS} <= :now
    AND (after IS NULL OR EXISTS (SELECT 1 FROM outbox AS first WHERE first.number = outbox.after AND first.state = 'sent'))
    AND NOT EXISTS (
        SELECT 1 FROM outbox AS earlier
        WHERE earlier.state IN ('due', 'sending') AND earlier.kind <> 'publish'
        AND earlier.destination = outbox.destination AND earlier.number < outbox.number
        AND CASE earlier.state WHEN 'due' THEN earlier.due_at ELSE earlier.lease_until END > :now)
    ORDER BY number LIMIT :limit
"""  # noqa: S608 - words of ours
"""What may be sent now: due or its lease run out, and nothing planned before it for the same place waits longer."""

PUBLISHABLE = f"""
    SELECT number FROM (
        SELECT
            number,
            row_number() OVER (PARTITION BY destination ORDER BY size, batch, number) AS place,
            (SELECT count(*) FROM outbox AS published
                WHERE published.destination = waiting.destination AND published.kind = 'publish'
                AND (published.state = 'sent' AND published.ended_at > :an_hour_ago
                    OR published.state = 'sending' AND published.lease_until > :now)) AS used
        FROM (
            SELECT number, destination, batch,
                (SELECT count(*) FROM outbox AS other WHERE other.batch = outbox.batch AND other.kind = 'publish') AS size
            FROM outbox
            WHERE state IN ('due', 'sending') AND kind = 'publish' AND {_BEGINS} <= :now
            AND EXISTS (SELECT 1 FROM outbox AS first WHERE first.number = outbox.after AND first.state = 'sent')
        ) AS waiting)
    WHERE place + used <= :most ORDER BY number LIMIT :limit
"""  # noqa: S608 - words of ours
"""What may be published now: batches of few messages first, and no more than Discord takes in an hour."""

_TAKE = """
    UPDATE outbox SET
        uncertain = CASE state WHEN 'sending' THEN 1 ELSE uncertain END,
        state = 'sending', attempts = attempts + 1, lease_owner = :owner, lease_until = :until,
        first_claimed_at = coalesce(first_claimed_at, :now)
    WHERE number = :number
"""
_MESSAGE = """
    SELECT
        outbox.id, outbox.kind, destinations.kind, target_id, destinations.guild_id,
        (SELECT message_id FROM outbox AS first WHERE first.number = outbox.after),
        payload, attempts, uncertain, first_claimed_at, planned_at
    FROM outbox JOIN destinations ON destinations.id = outbox.destination WHERE number = ?
"""


def next_due(db: sqlite_utils.Database) -> datetime | None:
    """See `papers.ports.OutboxStore.next_due`."""
    [at] = db.execute(NEXT_DUE).fetchone()
    return maybe_moment(at)


def claimable(db: sqlite_utils.Database, now: datetime, limit: int) -> list[int]:
    """The numbers of messages that may be claimed now: so many at most that are posted, and that are published."""
    values = {
        "now": moment(now),
        "an_hour_ago": moment(now - AN_HOUR),
        "most": PUBLISHED_AN_HOUR,
        "limit": limit,
    }
    return [number for query in (CLAIMABLE, PUBLISHABLE) for [number] in db.execute(query, values)]


def claim(
    db: sqlite_utils.Database, owner: str, *, now: datetime, until: datetime, limit: int
) -> list[OutboxMessage]:
    """See `papers.ports.OutboxStore.claim`."""
    numbers = claimable(db, now, limit)
    db.conn.executemany(
        _TAKE,
        [
            {"owner": owner, "now": moment(now), "until": moment(until), "number": number}
            for number in numbers
        ],
    )
    return [_message(db, number) for number in numbers]


def _message(db: sqlite_utils.Database, number: int) -> OutboxMessage:
    row = db.execute(_MESSAGE, [number]).fetchone()
    outbox_id, kind, place, target, guild, after_id, payload, attempts, uncertain, claimed_at, planned_at = (
        row
    )
    return OutboxMessage(
        id=outbox_id,
        kind=Kind(kind),
        destination=destination_of(place, target, guild),
        after_id=after_id,
        payload=json.loads(payload),
        attempts=attempts,
        uncertain=bool(uncertain),
        first_claimed_at=datetime.fromisoformat(claimed_at),
        planned_at=datetime.fromisoformat(planned_at),
    )


def confirm(db: sqlite_utils.Database, outbox_id: str, values: list[int | str | None]) -> None:
    """See `papers.ports.OutboxStore.confirm`; the values are message, hash, moment and remark."""
    db.execute(
        "UPDATE outbox SET state = 'sent', message_id = ?, shown = ?, ended_at = ?, reason = ?, lease_owner = NULL,"
        " lease_until = NULL, uncertain = 0 WHERE state <> 'sent' AND id = ?",
        [*values, outbox_id],
    )
    db.execute(
        "UPDATE destinations SET closed_reason = NULL, closed_at = NULL, probe_at = NULL"
        " WHERE closed_at IS NOT NULL AND id = (SELECT destination FROM outbox WHERE id = ? AND kind <> 'publish'"
        " AND NOT EXISTS (SELECT 1 FROM outbox AS next WHERE next.after = outbox.number AND next.kind <> 'publish'))",
        [outbox_id],
    )


def fail(db: sqlite_utils.Database, outbox_id: str, owner: str, reason: str, at: str) -> None:
    """See `papers.ports.OutboxStore.fail`."""
    db.execute(
        "WITH RECURSIVE lost (number) AS ("
        " SELECT number FROM outbox WHERE id = :id AND state = 'sending' AND lease_owner = :owner"
        " UNION SELECT outbox.number FROM outbox JOIN lost ON outbox.after = lost.number)"
        " UPDATE outbox SET state = 'failed', reason = :reason, ended_at = :at, lease_owner = NULL,"
        " lease_until = NULL WHERE number IN (SELECT number FROM lost)",
        {"id": outbox_id, "owner": owner, "reason": reason, "at": at},
    )


def postpone(db: sqlite_utils.Database, outbox_id: str, owner: str, until: str, *, uncertain: bool) -> None:
    """See `papers.ports.OutboxStore.postpone`."""
    if uncertain:
        change = "state = 'sending', uncertain = 1, lease_owner = NULL, lease_until = ?"
    else:
        change = (
            "state = 'due', uncertain = 0, first_claimed_at = NULL, lease_owner = NULL, lease_until = NULL,"
            " due_at = ?"
        )
    db.execute(
        f"UPDATE outbox SET {change} WHERE state = 'sending' AND id = ? AND lease_owner = ?",  # noqa: S608 - ours
        [until, outbox_id, owner],
    )
