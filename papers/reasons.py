"""Why a paper was or was not posted at a place."""

from datetime import datetime
from enum import StrEnum

from papers.delivery import opening_of
from papers.errors import RequestError
from papers.matching import failing
from papers.models import (
    Destination,
    Fate,
    FateState,
    Model,
    Paper,
    Subscription,
    look_back_start,
)
from papers.ports import Clock, OutboxStore, SubscriptionStore
from papers.query import parse


class Reason(StrEnum):
    """What there is to say of a paper and a subscription."""

    POSTED = "posted"
    SUMMARISED = "summarised"
    FAILED = "failed"
    SENDING = "sending"
    QUEUED = "queued"
    DEFERRED = "deferred"
    CLOSED = "closed"
    PAUSED = "paused"
    NOT_MATCHED = "not matched"
    UNREADABLE = "unreadable"
    BEFORE_START = "before start"
    TOO_OLD = "too old"
    ELSEWHERE = "by another subscription"
    UNPLANNED = "unplanned"
    NOT_WANTED = "not wanted"


class Why(Model):
    """Why a paper was or was not posted because of one subscription.

    Attributes:
        reason: what there is to say.
        subscription: the one it is about; None where it is gone, and the paper was posted all the same.
        detail: the term that does not hold, or why it failed, is closed, or is doubtful.
        at: when it goes out, or is tried again, where that is known.
        channel_id: the channel or thread of its message.
        message_id: its message.
        deferred: how often others were sent before it.
    """

    reason: Reason
    subscription: Subscription | None = None
    detail: str | None = None
    at: datetime | None = None
    channel_id: int | None = None
    message_id: int | None = None
    deferred: int = 0


class WhyService:
    """The use case: answers `/why`."""

    def __init__(self, *, subscriptions: SubscriptionStore, outbox: OutboxStore, clock: Clock) -> None:
        self._subscriptions = subscriptions
        self._outbox = outbox
        self._clock = clock

    async def why(self, destination: Destination, paper: Paper) -> list[Why]:
        """What there is to say of a paper at a place, the subscription that brought it or will first.

        Empty where nothing is subscribed there and the paper never came.
        """
        subscriptions = await self._subscriptions.of_destination(destination)
        fate = await self._outbox.fate(destination, paper.key)
        unplanned = await self._outbox.is_unplanned(paper.key)
        owner = None if fate is None else fate.subscription_id
        told = [] if fate is None else [self._fate(fate, subscriptions)]
        others = (one for one in subscriptions if one.id != owner)
        return told + [self._missed(one, paper, came=fate is not None, unplanned=unplanned) for one in others]

    def _fate(self, fate: Fate, subscriptions: list[Subscription]) -> Why:
        subscription = next((one for one in subscriptions if one.id == fate.subscription_id), None)
        why = Why(
            reason=_REASONS[fate.state],
            subscription=subscription,
            detail=fate.reason,
            at=fate.due_at,
            channel_id=fate.channel_id,
            message_id=fate.message_id,
            deferred=fate.deferred,
        )
        if fate.state is FateState.SENT and fate.summarised:
            return why.model_copy(update={"reason": Reason.SUMMARISED})
        if fate.state is FateState.WAITING and subscription is not None:
            return self._waiting(why, subscription)
        return why

    def _waiting(self, why: Why, subscription: Subscription) -> Why:
        if subscription.closed is not None:
            closed = {"reason": Reason.CLOSED, "detail": subscription.closed.reason}
            return why.model_copy(update={**closed, "at": subscription.closed.probe_at})
        reason = Reason.DEFERRED if why.deferred else Reason.QUEUED
        opening = opening_of(subscription, self._clock.now())
        return why.model_copy(update={"reason": reason, "at": opening})

    def _missed(self, subscription: Subscription, paper: Paper, *, came: bool, unplanned: bool) -> Why:
        reason, detail = self._why_not(subscription, paper, came=came, unplanned=unplanned)
        return Why(reason=reason, subscription=subscription, detail=detail)

    def _why_not(
        self, subscription: Subscription, paper: Paper, *, came: bool, unplanned: bool
    ) -> tuple[Reason, str | None]:
        try:
            term = failing(parse(subscription.query), paper.seen_in(subscription.destination.guild_id))
        except RequestError as error:
            return Reason.UNREADABLE, str(error)
        checks = (
            (term is not None, Reason.NOT_MATCHED, str(term)),
            (came, Reason.ELSEWHERE, None),
            (subscription.paused_at is not None, Reason.PAUSED, None),
            (paper.key < subscription.start_key, Reason.BEFORE_START, None),
            (paper.day < look_back_start(self._clock.now()), Reason.TOO_OLD, None),
            (unplanned, Reason.UNPLANNED, None),
        )
        found = ((reason, detail) for holds, reason, detail in checks if holds)
        return next(found, (Reason.NOT_WANTED, None))


_REASONS = {
    FateState.WAITING: Reason.QUEUED,
    FateState.DUE: Reason.QUEUED,
    FateState.SENDING: Reason.SENDING,
    FateState.SENT: Reason.POSTED,
    FateState.FAILED: Reason.FAILED,
}
