"""What became of a paper at a destination."""

import sqlite_utils

from papers.models import Destination, Fate, FateState, PaperKey
from storage.posted import STANDS_IN
from storage.rows import maybe_moment

_FATE = f"""
    SELECT deliveries.subscription, coalesce(outbox.state, 'waiting'), outbox.reason,
        CASE outbox.state WHEN 'due' THEN outbox.due_at WHEN 'sending' THEN outbox.lease_until END,
        {STANDS_IN},
        outbox.message_id, summarised, deferred
    FROM destinations
    JOIN deliveries ON deliveries.destination = destinations.id
    LEFT JOIN outbox ON outbox.number = deliveries.outbox
    WHERE destinations.kind = ? AND destinations.target_id = ? AND deliveries.paper = ?
"""  # noqa: S608 - words of ours


def fate(db: sqlite_utils.Database, destination: Destination, paper: PaperKey) -> Fate | None:
    """See `papers.ports.OutboxStore.fate`."""
    row = db.execute(_FATE, [destination.kind.value, destination.target_id, paper]).fetchone()
    if row is None:
        return None
    subscription, state, reason, due_at, channel, message, summarised, deferred = row
    return Fate(
        subscription_id=subscription,
        state=FateState(state),
        reason=reason,
        due_at=maybe_moment(due_at),
        channel_id=channel,
        message_id=message,
        summarised=bool(summarised),
        deferred=deferred,
    )


def is_unplanned(db: sqlite_utils.Database, paper: PaperKey) -> bool:
    """See `papers.ports.OutboxStore.is_unplanned`."""
    return db.execute("SELECT 1 FROM unplanned WHERE paper = ?", [paper]).fetchone() is not None
