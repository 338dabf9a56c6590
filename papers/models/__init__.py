"""What a paper is, where its values came from, and who wants it."""

from papers.models.common import DAY_SPAN, LOOK_BACK, Model, PaperKey, Payload, first_key, key_day
from papers.models.deliveries import (
    ChangedPaper,
    Destination,
    DestinationKind,
    NewDelivery,
    NewSubscription,
    OutboxCounts,
    OutboxMessage,
    PostedCard,
    Subscription,
)
from papers.models.editions import Answer, Edition, EditionState, Problem
from papers.models.enrichment import Correction, Enrichment, NewCorrection
from papers.models.paper import (
    Announcement,
    ArxivRecord,
    Classification,
    Link,
    LinkedOnHub,
    LinkKind,
    Origin,
    Paper,
    Part,
    Statement,
)

__all__ = [
    "DAY_SPAN",
    "LOOK_BACK",
    "Announcement",
    "Answer",
    "ArxivRecord",
    "ChangedPaper",
    "Classification",
    "Correction",
    "Destination",
    "DestinationKind",
    "Edition",
    "EditionState",
    "Enrichment",
    "Link",
    "LinkKind",
    "LinkedOnHub",
    "Model",
    "NewCorrection",
    "NewDelivery",
    "NewSubscription",
    "Origin",
    "OutboxCounts",
    "OutboxMessage",
    "Paper",
    "PaperKey",
    "Part",
    "Payload",
    "PostedCard",
    "Problem",
    "Statement",
    "Subscription",
    "first_key",
    "key_day",
]
