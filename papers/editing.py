"""Bringing posted messages up to date with what is known of their papers now."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from papers.delivery import shown_hash
from papers.errors import PublishError, PublishRefusedError
from papers.models import ChangedPaper, Model, PostedMessage, look_back_start
from papers.ports import Clock, MessageEditor, OutboxStore, Recomposer, tell_nobody

log = logging.getLogger(__name__)

EDITS_A_DAY = 2_000
"""How many edits a day there are at most, if the settings say nothing."""

MINOR_PAUSE = timedelta(hours=20)
"""How long a message stands as it is where only upvotes or stars changed."""

ALL_AGAIN = timedelta(hours=1)
"""How long until all that is left over is looked through again."""


class Edited(Model):
    """A posted message shows its papers anew."""

    outbox_id: str


class CardEditor:
    """Brings posted messages up to date, for the look-back week, and later where a person asked; `tell` hears of each.

    Editing gives way to posting, and costs a number of edits a day at most: what is left over comes the next day.
    It is idempotent: a message that shows what it should is left alone, and one that was edited just before a crash is
    edited once more at most.
    """

    def __init__(
        self,
        *,
        outbox: OutboxStore,
        composer: Recomposer,
        publisher: MessageEditor,
        clock: Clock,
        edits_a_day: int = EDITS_A_DAY,
        tell: Callable[[Edited], None] = tell_nobody,
    ) -> None:
        self._outbox = outbox
        self._composer = composer
        self._publisher = publisher
        self._clock = clock
        self._edits_a_day = edits_a_day
        self._tell = tell
        self._edited = 0
        self._seen_to = 0
        self._all_again_at: datetime | None = None

    async def edit(self) -> int:
        """Edits the messages of papers that changed, each change once; new upvotes and stars come after all else.

        It ends when something is due to be posted, or the day's edits are used up: what is not edited now is at a
        later call. What waits for its time or its place in the day is looked through once an hour.

        Returns:
            How many messages were edited.
        """
        self._edited, now = 0, self._clock.now()
        looks_at_all = self._all_again_at is None or now >= self._all_again_at
        with suppress(_EnoughError):
            await self._stop_if_enough()
            self._seen_to = await self._edit_all(after=0 if looks_at_all else self._seen_to, minor=False)
            if looks_at_all:
                await self._edit_all(after=0, minor=True)
                self._all_again_at = now + ALL_AGAIN
        return self._edited

    async def _edit_all(self, *, after: int, minor: bool) -> int:
        """Edits all that is marked after a mark; up to which mark all is done but what waits for its time."""
        mark, failed = after, None
        while page := await self._outbox.changed(after=mark, minor=minor):
            done: dict[str, bool] = {}
            for changed in page:
                mark = changed.mark
                if not await self._edit(changed, done) and failed is None:
                    failed = mark - 1
        return mark if failed is None else failed

    async def _edit(self, changed: ChangedPaper, done: dict[str, bool]) -> bool:
        """Edits a paper's messages, and takes its mark off where that was all there was to edit.

        Args:
            changed: the paper.
            done: the messages that were seen to already, each with whether it shows what it should; they are added to.

        Returns:
            Whether its messages show what they should.
        """
        is_old = changed.paper.day < look_back_start(self._clock.now()) and not changed.however_old
        messages = () if is_old else changed.messages
        for message in messages:
            if message.outbox_id not in done:
                done[message.outbox_id] = await self._see_to(message, minor=changed.minor)
        shown = all(done[message.outbox_id] for message in messages)
        if is_old or (shown and not changed.waiting):
            await self._outbox.settle(changed)
        return shown

    async def _see_to(self, message: PostedMessage, *, minor: bool) -> bool:
        """Edits a message, if it shows something else than it should; whether nothing is left to do."""
        await asyncio.sleep(0)
        now = self._clock.now()
        payload = self._composer.again(message)
        shown = shown_hash(payload)
        if shown == message.shown:
            return True
        if minor and message.edited_at is not None and now - message.edited_at < MINOR_PAUSE:
            return False
        await self._stop_if_enough()
        try:
            await self._publisher.edit(message, payload)
        except PublishRefusedError as error:
            log.info("message %s stays as it is: %s", message.outbox_id, error)
            await self._outbox.edited(message.outbox_id, shown=message.shown, at=now)
            return True
        except PublishError as error:
            log.warning("message %s is to be edited later: %s", message.outbox_id, error)
            return False
        await self._outbox.edited(message.outbox_id, shown=shown, at=now)
        self._edited += 1
        self._tell(Edited(outbox_id=message.outbox_id))
        return True

    async def _stop_if_enough(self) -> None:
        now = self._clock.now()
        if await self._outbox.is_due(now):
            raise _EnoughError
        if await self._outbox.edits_on(now.astimezone(UTC).date()) >= self._edits_a_day:
            raise _EnoughError


class _EnoughError(Exception):
    """Something is due to be posted, or the day's edits are used up."""
