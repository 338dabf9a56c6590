"""Who gets which paper, and getting it there: plan, gather, claim, look, publish, confirm."""

from papers.delivery.courier import LEASE, Courier, Delivered, Sent, WhenUncertain, backoff
from papers.delivery.gathering import CATCH_UP, Gathered, Gatherer, opening_of
from papers.delivery.ids import outbox_id, shown_hash
from papers.delivery.planning import Planner

__all__ = [
    "CATCH_UP",
    "LEASE",
    "Courier",
    "Delivered",
    "Gathered",
    "Gatherer",
    "Planner",
    "Sent",
    "WhenUncertain",
    "backoff",
    "opening_of",
    "outbox_id",
    "shown_hash",
]
