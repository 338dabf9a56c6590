"""Getting what was gathered to where it belongs: claim, look, publish, confirm."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import groupby

from papers.delivery.ids import shown_hash
from papers.errors import (
    PublishClosedError,
    PublishError,
    PublishLaterError,
    PublishRefusedError,
)
from papers.models import LOOK_BACK, Kind, Model, OutboxMessage
from papers.ports import Clock, Composer, OutboxStore, Publisher, tell_nobody

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=3)
"""How long a claimed message is nobody else's."""

LANES = 100
"""How many places are served side by side, and how many messages are claimed at once."""

BETWEEN_CLAIMS = 0.2
"""Seconds after which more is claimed, although half of the lanes are busy."""

PROBE = timedelta(hours=1)
"""After how long a closed place is tried again."""

CLOCK_SKEW = timedelta(minutes=1)
"""How far Discord's clock may be behind ours when we look for a message we may have posted."""

UNSEEN = "It may have been posted before, and the history cannot be read."


class WhenUncertain(StrEnum):
    """What to do with a message that may have been posted, where the channel's history cannot be read."""

    REPEAT = "repeat"
    SKIP = "skip"


class Sent(Model):
    """A message was posted."""

    outbox_id: str


class Delivered(Model):
    """What a round of deliveries came to."""

    sent: int = 0
    failed: int = 0
    postponed: int = 0
    closed: int = 0


class Courier:
    """Brings what is planned to where it belongs, each message once; `tell` hears of each that is there."""

    def __init__(
        self,
        *,
        outbox: OutboxStore,
        composer: Composer,
        publisher: Publisher,
        clock: Clock,
        owner: str,
        when_uncertain: WhenUncertain = WhenUncertain.REPEAT,
        tell: Callable[[Sent], None] = tell_nobody,
    ) -> None:
        self._outbox = outbox
        self._composer = composer
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
        """Sends everything that is due: places side by side, one place in order, slow ones holding up nobody."""
        outcomes: Counter[str] = Counter()
        lanes: set[asyncio.Task[Counter[str]]] = set()
        try:
            await self._fill(lanes)
            while lanes:
                ended, _ = await asyncio.wait(
                    lanes, timeout=BETWEEN_CLAIMS, return_when=asyncio.FIRST_COMPLETED
                )
                for lane in ended:
                    lanes.discard(lane)
                    outcomes.update(lane.result())
                await self._fill(lanes)
        finally:
            await asyncio.gather(*lanes, return_exceptions=True)
        return Delivered(**outcomes)

    async def _fill(self, lanes: set[asyncio.Task[Counter[str]]]) -> None:
        """Starts lanes for what can be claimed now, if there is room."""
        if len(lanes) > LANES // 2:
            return
        now, due = self._clock.now(), await self._outbox.next_due()
        if self._stopped or due is None or due > now:
            return
        until = now + LEASE
        messages = await self._outbox.claim(self._owner, now=now, until=until, limit=LANES)
        for _, queue in groupby(sorted(messages, key=_lane), key=_lane):
            lanes.add(asyncio.create_task(self._send_in_order(list(queue), until)))

    async def _send_in_order(self, queue: Sequence[OutboxMessage], until: datetime) -> Counter[str]:
        outcomes: Counter[str] = Counter()
        for position, message in enumerate(queue):
            later = queue[position + 1 :]
            try:
                retry_at = await self._send(message, until, outcomes)
            except PublishClosedError as error:
                await self._close(message, later, str(error), outcomes)
                break
            if retry_at is not None:
                for waiting in later:
                    await self._postpone(waiting, retry_at, outcomes, uncertain=waiting.uncertain)
                break
        return outcomes

    async def _send(self, message: OutboxMessage, until: datetime, outcomes: Counter[str]) -> datetime | None:
        """Sends a message; when it is to be tried again, if it is."""
        try:
            if self._stopped or self._clock.now() >= until - LEASE / 3:
                raise PublishLaterError("there was no time to send it", retry_after=timedelta())
            message_id, remark = await self._posted_before(message)
            if message_id is None:
                self._hold_to_look_back(message)
                message_id = await self._publisher.publish(message)
        except PublishRefusedError as error:
            if isinstance(error, PublishClosedError) and message.kind is not Kind.PUBLISH:
                raise
            await self._fail(message, str(error), outcomes)
            return None
        except PublishError as error:
            return await self._retry(message, error, outcomes)
        await self._outbox.confirm(
            message.id,
            message_id=message_id,
            shown=shown_hash(message.payload),
            at=self._clock.now(),
            remark=remark,
        )
        self._tell(Sent(outbox_id=message.id))
        outcomes["sent"] += 1
        return None

    async def _close(
        self, message: OutboxMessage, later: Sequence[OutboxMessage], reason: str, outcomes: Counter[str]
    ) -> None:
        """Lets what was for a closed place wait, and has those told who subscribed it."""
        now = self._clock.now()
        log.warning("%s is closed: %s", message.destination, reason)
        queue = [message, *later]
        for waiting in queue:
            if waiting.uncertain:
                await self._postpone(waiting, now + PROBE, outcomes, uncertain=True)
        concerned = await self._outbox.close(
            message.destination,
            self._owner,
            unsent=[waiting.id for waiting in queue if not waiting.uncertain],
            reason=reason,
            at=now,
            probe_at=now + PROBE,
        )
        outcomes["closed"] += 1
        for place, notice in self._composer.notice(concerned, reason).items():
            await self._outbox.add(notice, place, at=now)

    async def _postpone(
        self, message: OutboxMessage, until: datetime, outcomes: Counter[str], *, uncertain: bool
    ) -> None:
        await self._outbox.postpone(message.id, self._owner, until=until, uncertain=uncertain)
        outcomes["postponed"] += 1

    async def _posted_before(self, message: OutboxMessage) -> tuple[int | None, str | None]:
        """The id of the message that an earlier attempt posted, if it did; and what is to be remarked where nobody knows."""
        if not message.uncertain:
            return None, None
        try:
            since = message.first_claimed_at - CLOCK_SKEW
            return await self._publisher.find(message, since=since), None
        except PublishClosedError:
            raise
        except PublishRefusedError as error:
            if self._when_uncertain is WhenUncertain.SKIP:
                raise PublishRefusedError(f"{UNSEEN} Skipped, as delivery.uncertain says.") from error
            return None, f"{UNSEEN} Repeated, as delivery.uncertain says."
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
        await self._postpone(message, retry_at, outcomes, uncertain=message.uncertain or not certain)
        return retry_at

    async def _fail(self, message: OutboxMessage, reason: str, outcomes: Counter[str]) -> None:
        log.warning("message %s will not be posted: %s", message.id, reason)
        await self._outbox.fail(message.id, self._owner, reason=reason, at=self._clock.now())
        outcomes["failed"] += 1


def _lane(message: OutboxMessage) -> tuple[str, bool]:
    """What is published waits for nobody who posts, and nobody for it."""
    return str(message.destination), message.kind is Kind.PUBLISH


class _StillUncertainError(PublishError):
    """Nobody could look whether the message was posted."""


def backoff(attempts: int) -> timedelta:
    """How long to wait after so many attempts: 10 s, 20 s, 40 s … up to a quarter of an hour."""
    return min(timedelta(seconds=5 << min(attempts, 10)), timedelta(minutes=15))
