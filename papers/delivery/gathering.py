"""Gathering what waits into messages, when a subscription's time has come."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from papers.models import (
    Batch,
    Model,
    NewBatch,
    Overflow,
    Paper,
    Ready,
    Rhythm,
    Subscription,
    look_back_start,
)
from papers.ports import Clock, Composer, OutboxStore, tell_nobody
from papers.schedules import next_after, opens

CATCH_UP = 20
"""How many papers a place gets at once after it was closed, if the settings say nothing."""

DRIP = timedelta(hours=1)
"""How long lies between two times of a subscription that brings papers as they arrive, at most so many at a time."""


class Gathered(Model):
    """So many messages are to be posted now that were not before."""

    messages: int


class Gatherer:
    """Makes messages of what waits: best papers first, at most as many as wanted; `tell` hears how many come of it."""

    def __init__(
        self,
        *,
        outbox: OutboxStore,
        composer: Composer,
        clock: Clock,
        catch_up: int = CATCH_UP,
        tell: Callable[[Gathered], None] = tell_nobody,
    ) -> None:
        self._outbox = outbox
        self._composer = composer
        self._clock = clock
        self._catch_up = catch_up
        self._tell = tell

    async def gather(self) -> int:
        """Gathers for every subscription whose time has come; composing happens outside any write.

        Returns:
            How many messages are new.
        """
        now, new, last = self._clock.now(), 0, 0
        while ready := await self._outbox.ready(now, after=last):
            batches = await asyncio.to_thread(self._batches, ready, now)
            written = await self._outbox.gather(batches, at=now)
            self._tell(Gathered(messages=written))
            new, last = new + written, ready[-1].subscription.id
        return new

    def _batches(self, ready: Sequence[Ready], now: datetime) -> list[NewBatch]:
        return [self._batch(one, now) for one in ready]

    def _batch(self, ready: Ready, now: datetime) -> NewBatch:
        subscription = ready.subscription
        opening = opening_of(subscription, now)
        if opening > now:
            return NewBatch(subscription=subscription, messages=(), next_at=opening)
        if not ready.papers:
            arrival = subscription.schedule.rhythm is Rhythm.ARRIVAL
            next_at = None if arrival else _next(subscription, now)
            return NewBatch(subscription=subscription, messages=(), next_at=next_at)
        batch = self._chosen(ready, now)
        told = {paper.key for paper in (*batch.papers, *batch.summarised)}
        return NewBatch(
            subscription=subscription,
            messages=tuple(self._composer.compose(batch)),
            next_at=_next(subscription, now),
            deferred=tuple(paper.key for paper in ready.papers if paper.key not in told),
        )

    def _chosen(self, ready: Ready, now: datetime) -> Batch:
        subscription = ready.subscription
        guild, language = subscription.destination.guild_id, subscription.language
        ranked = [
            paper.seen_in(guild).in_language(language) for paper in sorted(ready.papers, key=_best_first)
        ]
        most = subscription.most or len(ranked)
        if subscription.closed is not None:
            most = min(most, self._catch_up)
        shown, rest = ranked[:most], ranked[most:]
        first_day = look_back_start(now)
        all_told = subscription.overflow is Overflow.SUMMARISE or subscription.closed is not None
        told = tuple(paper for paper in rest if all_told or paper.day <= first_day)
        return Batch(
            subscription=subscription,
            papers=tuple(shown),
            summarised=told,
            deferred=len(rest) - len(told),
        )


def _best_first(paper: Paper) -> tuple[int, int]:
    return -(paper.upvotes or 0), paper.key


def opening_of(subscription: Subscription, now: datetime) -> datetime:
    """When what waits for a subscription may go out; `now` or earlier where it may."""
    schedule, kept = subscription.schedule, subscription.next_at
    if schedule.rhythm is Rhythm.ARRIVAL:
        return opens(schedule, max(now, kept or now))
    return kept or opens(schedule, now)


def _next(subscription: Subscription, now: datetime) -> datetime | None:
    """When the next papers may go out after some went out now, or might have; None for at once."""
    schedule = subscription.schedule
    if schedule.rhythm is Rhythm.ARRIVAL:
        opening = opens(schedule, now + DRIP if subscription.most else now)
        return opening if opening > now else None
    return next_after(schedule, max(now, subscription.next_at or now))
