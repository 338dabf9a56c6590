"""Deliveries that wait: who gets which paper."""

from collections.abc import Mapping, Sequence

import sqlite_utils

from papers.models import NewDelivery, PaperKey
from storage.subscription_rows import destination_id


def plan(
    db: sqlite_utils.Database,
    deliveries: Sequence[NewDelivery],
    planned: Sequence[PaperKey],
    seen: Mapping[int, PaperKey],
    at: str,
) -> int:
    """Plans deliveries; how many are new.

    Where a subscription is gone or paused, its paper stays unplanned: another of the same destination may want it. So do
    the papers of subscriptions that began, or begin earlier, since the planner looked.
    """
    kept = dict(db.execute("SELECT id, start_key FROM subscriptions WHERE paused_at IS NULL").fetchall())
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
    added = db.execute(
        "INSERT OR IGNORE INTO deliveries (destination, paper, subscription, language, planned_at)"
        " VALUES (?, ?, ?, ?, ?)",
        [destination, delivery.paper, delivery.subscription_id, delivery.language, at],
    )
    return added.rowcount == 1
