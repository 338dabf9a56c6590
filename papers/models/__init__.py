"""What a paper is, where its values came from, and who wants it."""

from papers.models.common import DAY_SPAN, LOOK_BACK, Model, PaperKey, Payload, first_key, key_day
from papers.models.deliveries import (
    Destination,
    DestinationKind,
    NewDelivery,
    NewSubscription,
    OutboxCounts,
    OutboxMessage,
    Subscription,
)
from papers.models.editions import Answer, Edition, EditionState, Problem
from papers.models.paper import Announcement, Classification, Link, LinkKind, Origin, Paper, Part, Statement

__all__ = [
    "DAY_SPAN",
    "LOOK_BACK",
    "Announcement",
    "Answer",
    "Classification",
    "Destination",
    "DestinationKind",
    "Edition",
    "EditionState",
    "Link",
    "LinkKind",
    "Model",
    "NewDelivery",
    "NewSubscription",
    "Origin",
    "OutboxCounts",
    "OutboxMessage",
    "Paper",
    "PaperKey",
    "Part",
    "Payload",
    "Problem",
    "Statement",
    "Subscription",
    "first_key",
    "key_day",
]
