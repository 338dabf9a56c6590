"""Matching new papers with what is subscribed."""

import asyncio
import logging
from collections.abc import Iterable, Iterator, Sequence

from papers.errors import RequestError
from papers.matching import Matchable, matches
from papers.models import Destination, NewDelivery, Paper, PaperKey, Subscription, look_back_start
from papers.ports import Clock, OutboxStore, SubscriptionStore
from papers.query import Query, parse

log = logging.getLogger(__name__)


class Planner:
    """Decides who gets which paper: deliveries, which wait for the time of their subscription."""

    def __init__(self, *, subscriptions: SubscriptionStore, outbox: OutboxStore, clock: Clock) -> None:
        self._subscriptions = subscriptions
        self._outbox = outbox
        self._clock = clock

    async def plan(self) -> int:
        """Plans every paper that is unplanned; matching happens outside any write.

        Returns:
            How many deliveries are new.
        """
        new = 0
        while papers := await self._outbox.unplanned():
            subscriptions = await self._subscriptions.active()
            deliveries = await asyncio.to_thread(self._deliveries, papers, subscriptions)
            new += await self._outbox.plan(
                deliveries,
                planned=[paper.key for paper in papers],
                seen={subscription.id: subscription.start_key for subscription in subscriptions},
                at=self._clock.now(),
            )
        return new

    def _deliveries(
        self, papers: Sequence[Paper], subscriptions: Sequence[Subscription]
    ) -> list[NewDelivery]:
        first_day = look_back_start(self._clock.now())
        recent = [paper for paper in papers if paper.day >= first_day]
        words: dict[tuple[int | None, PaperKey], Matchable] = {}
        chosen: dict[tuple[Destination, PaperKey], NewDelivery] = {}
        for subscription, query in _readable(subscriptions):
            place = subscription.destination
            for paper in recent:
                if paper.key < subscription.start_key or (place, paper.key) in chosen:
                    continue
                guild = place.guild_id if place.guild_id in paper.corrections else None
                if (guild, paper.key) not in words:
                    words[guild, paper.key] = Matchable(paper.seen_in(guild))
                if matches(query, words[guild, paper.key]):
                    chosen[place, paper.key] = _delivery(subscription, paper.key)
        return sorted(chosen.values(), key=lambda delivery: delivery.paper)


def _delivery(subscription: Subscription, paper: PaperKey) -> NewDelivery:
    return NewDelivery(
        subscription_id=subscription.id,
        destination=subscription.destination,
        paper=paper,
        language=subscription.language,
    )


def _readable(subscriptions: Iterable[Subscription]) -> Iterator[tuple[Subscription, Query]]:
    for subscription in subscriptions:
        try:
            yield subscription, parse(subscription.query)
        except RequestError as error:
            log.error("subscription %d cannot be read and gets nothing: %s", subscription.id, error)  # noqa: TRY400
