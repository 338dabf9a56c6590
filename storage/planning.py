"""Deliveries that wait: who gets which paper."""

from collections.abc import Mapping, Sequence

import sqlite_utils

from papers.models import NewDelivery, PaperKey
from storage.subscription_rows import destination_id

_ACTIVE = """
    SELECT subscriptions.id, start_key, kind, target_id
    FROM subscriptions JOIN destinations ON destinations.id = subscriptions.destination WHERE paused_at IS NULL
"""


def plan(
    db: sqlite_utils.Database,
    deliveries: Sequence[NewDelivery],
    planned: Sequence[PaperKey],
    seen: Mapping[int, PaperKey],
    at: str,
) -> int:
    """Plans deliveries; how many are new.

    Where a subscription is gone, paused or moved, its paper stays unplanned: another of the same destination may want it. So do
    the papers of subscriptions that began, or begin earlier, since the planner looked.
    """
    kept = {number: (start, place) for number, start, *place in db.execute(_ACTIVE)}
    unseen = [start for number, (start, _) in kept.items() if seen.get(number) != start]
    kept_from = min(unseen, default=None)
    wanted: list[NewDelivery] = []
    passed_over: set[PaperKey] = set()
    for delivery in deliveries:
        place = delivery.destination
        if kept.get(delivery.subscription_id, (0, []))[1] == [place.kind.value, place.target_id]:
            wanted.append(delivery)
        else:
            passed_over.add(delivery.paper)
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
    added = db.execute(
        "INSERT OR IGNORE INTO deliveries (destination, paper, subscription, language, planned_at)"
        " VALUES (?, ?, ?, ?, ?)",
        [destination, delivery.paper, delivery.subscription_id, delivery.language, at],
    )
    return added.rowcount == 1
