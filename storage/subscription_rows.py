"""Subscriptions and destinations from rows."""

import json
from collections.abc import Sequence

import sqlite_utils

from papers.models import Destination, Preferences, Subscription
from storage.rows import destination_of

_COLUMNS = (
    "SELECT subscriptions.id, kind, target_id, destinations.guild_id, query, created_by, created_at, start_key,"
    " language, manner, paused_at, next_at, closed_reason, closed_at, probe_at"
    " FROM subscriptions JOIN destinations ON destinations.id = subscriptions.destination"
)


def select(db: sqlite_utils.Database, condition: str, values: Sequence[int | str]) -> list[Subscription]:
    """The subscriptions that meet an SQL condition of ours, oldest first."""
    rows = db.execute(f"{_COLUMNS} WHERE {condition} ORDER BY subscriptions.id", values)
    return [_subscription(*row) for row in rows]


def _subscription(  # noqa: PLR0917 - the columns, in their order
    number: int,
    kind: str,
    target: int,
    guild: int | None,
    query: str,
    created_by: int,
    created_at: str,
    start_key: int,
    language: str | None,
    manner: str,
    paused_at: str | None,
    next_at: str | None,
    closed_reason: str | None,
    closed_at: str | None,
    probe_at: str | None,
) -> Subscription:
    closed = closed_at and {"reason": closed_reason, "since": closed_at, "probe_at": probe_at}
    return Subscription.model_validate(
        {
            **json.loads(manner),
            "id": number,
            "destination": destination_of(kind, target, guild),
            "query": query,
            "created_by": created_by,
            "created_at": created_at,
            "start_key": start_key,
            "language": language,
            "paused_at": paused_at,
            "next_at": next_at,
            "closed": closed or None,
        }
    )


_MANNER = set(Preferences.model_fields) - {"query", "language"}


def manner_of(preferences: Preferences) -> str:
    """What is kept of preferences beside query and language, as JSON."""
    return preferences.model_dump_json(include=_MANNER, exclude_defaults=True)


def destination_id(db: sqlite_utils.Database, destination: Destination) -> int:
    """The number of a destination, which is kept if it is new."""
    [number] = db.execute(
        "INSERT INTO destinations (kind, target_id, guild_id) VALUES (?, ?, ?)"
        " ON CONFLICT (kind, target_id) DO UPDATE SET guild_id = excluded.guild_id RETURNING id",
        [destination.kind.value, destination.target_id, destination.guild_id],
    ).fetchone()
    return int(number)
