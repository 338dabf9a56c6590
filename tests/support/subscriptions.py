"""Subscriptions and deliveries for tests."""

from papers.delivery import outbox_id
from papers.models import (
    Destination,
    DestinationKind,
    NewDelivery,
    NewSubscription,
    PaperKey,
    Subscription,
)
from storage import Stores
from support.papers import AT
from support.papers import paper as made_paper

GUILD = 900
CHANNEL = Destination(kind=DestinationKind.CHANNEL, target_id=11, guild_id=GUILD)


def wanted(
    query: str, destination: Destination = CHANNEL, *, start_key: PaperKey = 0, created_by: int = 7
) -> NewSubscription:
    """A subscription to keep."""
    return NewSubscription(
        destination=destination, query=query, created_by=created_by, created_at=AT, start_key=start_key
    )


def delivery(subscription: Subscription, key: PaperKey) -> NewDelivery:
    """The paper with that key for a subscription's destination, its id made as the planner makes it."""
    carried = made_paper().model_copy(update={"key": key, "arxiv_id": str(key)})
    return NewDelivery(
        outbox_id=outbox_id(subscription.destination, carried),
        subscription_id=subscription.id,
        destination=subscription.destination,
        paper=key,
        payload={"content": f"„{key}” 🗞️", "embeds": []},
    )


async def as_seen(stores: Stores) -> dict[int, PaperKey]:
    """The subscriptions and their starts, as a planner that looks now sees them."""
    return {subscription.id: subscription.start_key for subscription in await stores.subscriptions.all()}
