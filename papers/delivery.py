"""Who gets which paper, and getting it there: plan, claim, look, publish, confirm."""

import asyncio
import hashlib
import json
import logging
from collections import Counter
from collections.abc import Callable, Coroutine, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import groupby
from typing import Any

from papers.errors import (
    PublishError,
    PublishLaterError,
    PublishRefusedError,
    RequestError,
)
from papers.matching import matches
from papers.models import (
    LOOK_BACK,
    Destination,
    Model,
    NewDelivery,
    OutboxMessage,
    Paper,
    Payload,
    Subscription,
    look_back_start,
)
from papers.ports import Clock, Composer, OutboxStore, Publisher, SubscriptionStore, tell_nobody
from papers.query import Query, parse

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=3)
"""How long a claimed message is nobody else's."""

BATCH = 40
"""How many messages are claimed at once: enough to keep channels busy, few enough to send within the lease."""

CLOCK_SKEW = timedelta(minutes=1)
"""How far Discord's clock may be behind ours when we look for a message we may have posted."""


class WhenUncertain(StrEnum):
    """What to do with a message that may have been posted, where the channel's history cannot be read."""

    REPEAT = "repeat"
    SKIP = "skip"


class Planned(Model):
    """So many messages are to be posted now that were not before."""

    messages: int


class Sent(Model):
    """A message was posted."""

    outbox_id: str


class Delivered(Model):
    """What a round of deliveries came to."""

    sent: int = 0
    failed: int = 0
    postponed: int = 0


def outbox_id(destination: Destination, paper: Paper) -> str:
    """The one id of the message that brings a paper to a destination: 20 characters of 0-9 and a-f."""
    name = f"{destination.kind}:{destination.target_id}:{paper.arxiv_id}"
    return hashlib.sha256(name.encode()).hexdigest()[:20]


def shown_hash(payload: Payload) -> str:
    """A hash of what a message shows, equal for equal payloads."""
    return hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()[:32]


class Planner:
    """Matches new papers with subscriptions; `tell` hears how many messages come of it."""

    def __init__(
        self,
        *,
        subscriptions: SubscriptionStore,
        outbox: OutboxStore,
        composer: Composer,
        clock: Clock,
        tell: Callable[[Planned], None] = tell_nobody,
    ) -> None:
        self._subscriptions = subscriptions
        self._outbox = outbox
        self._composer = composer
        self._clock = clock
        self._tell = tell

    async def plan(self) -> int:
        """Plans every paper that is unplanned; matching and composing happen outside any write.

        Returns:
            How many deliveries are new.
        """
        new = 0
        while papers := await self._outbox.unplanned():
            subscriptions = await self._subscriptions.all()
            deliveries = await asyncio.to_thread(self._deliveries, papers, subscriptions)
            planned = await self._outbox.plan(
                deliveries,
                planned=[paper.key for paper in papers],
                seen={subscription.id: subscription.start_key for subscription in subscriptions},
                at=self._clock.now(),
            )
            self._tell(Planned(messages=planned))
            new += planned
        return new

    def _deliveries(
        self, papers: Sequence[Paper], subscriptions: Sequence[Subscription]
    ) -> list[NewDelivery]:
        first_day = look_back_start(self._clock.now())
        recent = [paper for paper in papers if paper.day >= first_day]
        chosen: dict[str, NewDelivery] = {}
        for subscription, query in _readable(subscriptions):
            for paper in recent:
                seen = paper.seen_in(subscription.destination.guild_id)
                if paper.key >= subscription.start_key and matches(query, seen):
                    delivery = self._delivery(subscription, seen)
                    chosen.setdefault(delivery.outbox_id, delivery)
        return sorted(chosen.values(), key=lambda delivery: delivery.paper)

    def _delivery(self, subscription: Subscription, paper: Paper) -> NewDelivery:
        message = outbox_id(subscription.destination, paper)
        return NewDelivery(
            outbox_id=message,
            subscription_id=subscription.id,
            destination=subscription.destination,
            paper=paper.key,
            payload=self._composer.compose(paper.in_language(subscription.language), message),
            language=subscription.language,
        )


def _readable(subscriptions: Iterable[Subscription]) -> Iterator[tuple[Subscription, Query]]:
    for subscription in subscriptions:
        try:
            yield subscription, parse(subscription.query)
        except RequestError as error:
            log.error("subscription %d cannot be read and gets nothing: %s", subscription.id, error)  # noqa: TRY400


class Courier:
    """Brings what is planned to where it belongs, each message once; `tell` hears of each that is there."""

    def __init__(
        self,
        *,
        outbox: OutboxStore,
        publisher: Publisher,
        clock: Clock,
        owner: str,
        when_uncertain: WhenUncertain = WhenUncertain.REPEAT,
        tell: Callable[[Sent], None] = tell_nobody,
    ) -> None:
        self._outbox = outbox
        self._publisher = publisher
        self._clock = clock
        self._owner = owner
        self._when_uncertain = when_uncertain
        self._tell = tell
        self._stopped = False

    def stop(self) -> None:
        """Begins no further message; those being sent are finished."""
        self._stopped = True

    async def deliver(self) -> Delivered:
        """Sends everything that is due: destinations side by side, one destination in order."""
        outcomes: Counter[str] = Counter()
        while claimed := await self._claim():
            until, messages = claimed
            queues = [list(queue) for _, queue in groupby(messages, key=lambda message: message.destination)]
            for done in await _all_of(self._send_in_order(queue, until) for queue in queues):
                outcomes.update(done)
        return Delivered(**outcomes)

    async def _claim(self) -> tuple[datetime, list[OutboxMessage]] | None:
        now, due = self._clock.now(), await self._outbox.next_due()
        if self._stopped or due is None or due > now:
            return None
        messages = await self._outbox.claim(self._owner, now=now, until=now + LEASE, limit=BATCH)
        if not messages:
            return None
        by_destination = sorted(messages, key=lambda message: str(message.destination))
        return now + LEASE, by_destination

    async def _send_in_order(self, queue: Sequence[OutboxMessage], until: datetime) -> Counter[str]:
        outcomes: Counter[str] = Counter()
        for position, message in enumerate(queue):
            retry_at = await self._send(message, until, outcomes)
            if retry_at is not None:
                for later in queue[position + 1 :]:
                    await self._outbox.postpone(later.id, until=retry_at, uncertain=later.uncertain)
                    outcomes["postponed"] += 1
                break
        return outcomes

    async def _send(self, message: OutboxMessage, until: datetime, outcomes: Counter[str]) -> datetime | None:
        try:
            if self._stopped or self._clock.now() >= until - LEASE / 3:
                raise PublishLaterError("there was no time to send it", retry_after=timedelta())
            message_id = await self._posted_before(message)
            if message_id is None:
                self._hold_to_look_back(message)
                message_id = await self._publisher.publish(message.destination, message.payload, message.id)
        except PublishRefusedError as error:
            await self._fail(message, str(error), outcomes)
            return None
        except PublishError as error:
            return await self._retry(message, error, outcomes)
        await self._outbox.confirm(
            message.id, message_id=message_id, shown=shown_hash(message.payload), at=self._clock.now()
        )
        self._tell(Sent(outbox_id=message.id))
        outcomes["sent"] += 1
        return None

    async def _posted_before(self, message: OutboxMessage) -> int | None:
        if not message.uncertain:
            return None
        try:
            return await self._publisher.find(
                message.destination, message.id, since=message.first_claimed_at - CLOCK_SKEW
            )
        except PublishRefusedError as error:
            if self._when_uncertain is WhenUncertain.SKIP:
                raise PublishRefusedError(
                    "It may have been posted before, and the channel's history cannot be read."
                ) from error
            return None
        except PublishError as error:
            raise _StillUncertainError(str(error)) from error

    def _hold_to_look_back(self, message: OutboxMessage) -> None:
        if self._clock.now() - message.planned_at > LOOK_BACK:
            raise PublishRefusedError("Given up: it waited for more than a week.")

    async def _retry(
        self, message: OutboxMessage, error: PublishError, outcomes: Counter[str]
    ) -> datetime | None:
        now = self._clock.now()
        if now - message.planned_at > LOOK_BACK:
            await self._fail(message, f"Given up after a week: {error}", outcomes)
            return None
        certain = isinstance(error, PublishLaterError)
        wait = error.retry_after if isinstance(error, PublishLaterError) else backoff(message.attempts)
        level = logging.INFO if self._stopped else logging.WARNING
        log.log(level, "message %s is to be tried again in %s: %s", message.id, wait, error)
        retry_at = now + wait
        await self._outbox.postpone(message.id, until=retry_at, uncertain=message.uncertain or not certain)
        outcomes["postponed"] += 1
        return retry_at

    async def _fail(self, message: OutboxMessage, reason: str, outcomes: Counter[str]) -> None:
        log.warning("message %s will not be posted: %s", message.id, reason)
        await self._outbox.fail(message.id, reason=reason, at=self._clock.now())
        outcomes["failed"] += 1


async def _all_of(sending: Iterable[Coroutine[Any, Any, Counter[str]]]) -> list[Counter[str]]:
    """Waits for every destination, also where one raises: nobody sends on behind a round that is over."""
    ended = await asyncio.gather(*sending, return_exceptions=True)
    for result in ended:
        if isinstance(result, BaseException):
            raise result
    return [result for result in ended if not isinstance(result, BaseException)]


class _StillUncertainError(PublishError):
    """Nobody could look whether the message was posted."""


def backoff(attempts: int) -> timedelta:
    """How long to wait after so many attempts: 10 s, 20 s, 40 s … up to a quarter of an hour."""
    return min(timedelta(seconds=5 << min(attempts, 10)), timedelta(minutes=15))
