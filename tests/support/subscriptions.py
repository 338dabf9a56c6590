"""Subscriptions and deliveries for tests."""

from collections.abc import Mapping, Sequence

from papers.delivery import outbox_id
from papers.models import (
    Destination,
    DestinationKind,
    NewBatch,
    NewDelivery,
    NewMessage,
    NewSubscription,
    PaperKey,
    Subscription,
)
from storage import Stores
from support.papers import AT

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
    """The paper with that key for a subscription's destination."""
    return NewDelivery(subscription_id=subscription.id, destination=subscription.destination, paper=key)


def message(planned: NewDelivery) -> NewMessage:
    """The message that carries a delivery alone."""
    return NewMessage(
        id=outbox_id(planned.destination, str(planned.paper)),
        papers=(planned.paper,),
        payload={"content": f"„{planned.paper}” 🗞️", "embeds": []},
    )


async def plan(
    stores: Stores,
    deliveries: Sequence[NewDelivery],
    *,
    planned: Sequence[PaperKey] = (),
    seen: Mapping[int, PaperKey] | None = None,
) -> int:
    """Plans deliveries, and makes messages of those that wait; how many deliveries are new."""
    new = await stores.outbox.plan(deliveries, planned=planned, seen=seen or {}, at=AT)
    for one in dict.fromkeys(deliveries):
        if (kept := await stores.subscriptions.get(one.subscription_id)) is not None:
            await stores.outbox.gather([NewBatch(subscription=kept, messages=(message(one),))], at=AT)
    return new


async def as_seen(stores: Stores) -> dict[int, PaperKey]:
    """The subscriptions and their starts, as a planner that looks now sees them."""
    return {subscription.id: subscription.start_key for subscription in await stores.subscriptions.all()}
