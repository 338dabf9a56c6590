"""Messages that nobody began to send, taken back: their papers wait again, or are planned anew."""

from collections.abc import Iterable
from dataclasses import dataclass

import sqlite_utils

from papers.models import Destination, Subscription
from storage.changes import plan_anew
from storage.rows import key_list
from storage.subscription_rows import destination_id, select

_WITH_DEPENDENTS = """
    WITH RECURSIVE taken (number) AS (
        SELECT value FROM json_each(?)
        UNION SELECT outbox.number FROM outbox JOIN taken ON outbox.after = taken.number)
    SELECT number FROM taken ORDER BY number DESC
"""

_LEAVE = """
    DELETE FROM deliveries WHERE destination = ? AND outbox IS NULL AND NOT EXISTS (
        SELECT 1 FROM subscriptions WHERE subscriptions.id = deliveries.subscription
        AND subscriptions.destination = deliveries.destination AND paused_at IS NULL)
    RETURNING paper
"""
"""What waits at a place for a subscription that ended or moved while its messages were being sent."""


@dataclass(frozen=True)
class Closing:
    """A place that is closed to the bot; see `papers.ports.OutboxStore.close`. Moments are text."""

    destination: Destination
    owner: str
    unsent: tuple[str, ...]
    reason: str
    at: str
    probe_at: str


def close(db: sqlite_utils.Database, closing: Closing) -> list[Subscription]:
    """See `papers.ports.OutboxStore.close`."""
    place = destination_id(db, closing.destination)
    db.execute(
        "UPDATE destinations SET closed_reason = ?, closed_at = coalesce(closed_at, ?), probe_at = ? WHERE id = ?",
        [closing.reason, closing.at, closing.probe_at, place],
    )
    unsent = db.execute(
        "SELECT number, subscription FROM outbox WHERE destination = ? AND kind <> 'publish' AND (state = 'due' OR"
        " state = 'sending' AND lease_owner = ? AND id IN (SELECT value FROM json_each(?)))",
        [place, closing.owner, key_list(closing.unsent)],
    ).fetchall()
    _take_back(db, [number for number, _ in unsent])
    db.execute(
        "UPDATE subscriptions SET next_at = ? WHERE destination = ? AND id IN (SELECT value FROM json_each(?))",
        [closing.at, place, key_list({number for _, number in unsent if number is not None})],
    )
    plan_anew(db, [paper for [paper] in db.execute(_LEAVE, [place]).fetchall()])
    return select(db, "subscriptions.destination = ?", [place])


def plan_again(db: sqlite_utils.Database, subscription_id: int, *, published: bool = False) -> None:
    """Takes back what waits for a subscription, and has others of its place asked who want it.

    Args:
        db: where.
        subscription_id: whose.
        published: whether what was posted already is still to be published.
    """
    unsent = db.execute(
        "SELECT number FROM outbox WHERE subscription = ? AND state = 'due' AND (NOT ? OR kind <> 'publish')",
        [subscription_id, published],
    ).fetchall()
    _take_back(db, [number for [number] in unsent])
    waiting = db.execute(
        "DELETE FROM deliveries WHERE subscription = ? AND outbox IS NULL RETURNING paper", [subscription_id]
    ).fetchall()
    plan_anew(db, [paper for [paper] in waiting])


def _take_back(db: sqlite_utils.Database, numbers: Iterable[int]) -> None:
    """Has the papers of rows wait again, and deletes the rows with those that come after them."""
    taken = db.execute(_WITH_DEPENDENTS, [key_list(numbers)]).fetchall()
    db.conn.executemany(
        "UPDATE deliveries SET outbox = NULL, position = 0, summarised = 0 WHERE outbox = ?", taken
    )
    db.conn.executemany("DELETE FROM outbox WHERE number = ?", taken)
