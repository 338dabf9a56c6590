"""Cards that were posted, shown anew when their paper reads better: edited, never posted again."""

import logging
from collections.abc import Callable

from papers.delivery import shown_hash
from papers.errors import PublishError, PublishRefusedError
from papers.models import ChangedPaper, Model, PostedCard, look_back_start
from papers.ports import Clock, Composer, OutboxStore, Publisher, tell_nobody

log = logging.getLogger(__name__)


class Edited(Model):
    """A posted card shows its paper anew."""

    outbox_id: str


class CardEditor:
    """Brings posted cards up to date, for the look-back week, and later where a person asked; `tell` hears of each.

    Editing is idempotent: a card that shows what it should is left alone, and one that was edited just before a
    crash is edited once more at most.
    """

    def __init__(
        self,
        *,
        outbox: OutboxStore,
        composer: Composer,
        publisher: Publisher,
        clock: Clock,
        tell: Callable[[Edited], None] = tell_nobody,
    ) -> None:
        self._outbox = outbox
        self._composer = composer
        self._publisher = publisher
        self._clock = clock
        self._tell = tell

    async def edit(self) -> int:
        """Edits the cards of papers that changed, each change once: what cannot be edited now is at the next call.

        Returns:
            How many cards were edited.
        """
        edited, mark = 0, 0
        while changed := await self._outbox.changed(after=mark):
            for paper in changed:
                edited += await self._edit(paper)
                mark = paper.mark
        return edited

    async def _edit(self, changed: ChangedPaper) -> int:
        """Edits a paper's cards, and takes its mark off where that was all there was to edit; how many were edited."""
        is_old = changed.paper.day < look_back_start(self._clock.now()) and not changed.however_old
        edited, settled = 0, is_old or not changed.waiting
        for card in () if is_old else changed.cards:
            try:
                edited += await self._show(changed, card)
            except PublishRefusedError as error:
                log.info("card %s stays as it is: %s", card.outbox_id, error)
            except PublishError as error:
                log.warning("card %s is to be edited later: %s", card.outbox_id, error)
                settled = False
        if settled:
            await self._outbox.settle(changed)
        return edited

    async def _show(self, changed: ChangedPaper, card: PostedCard) -> bool:
        """Edits a card, if it shows something else than it should."""
        paper = changed.paper.seen_in(card.destination.guild_id).in_language(card.language)
        payload = self._composer.compose(paper, card.outbox_id)
        shown = shown_hash(payload)
        if shown == card.shown:
            return False
        await self._publisher.edit(card.destination, card.message_id, payload)
        await self._outbox.edited(card.outbox_id, shown=shown)
        self._tell(Edited(outbox_id=card.outbox_id))
        return True
