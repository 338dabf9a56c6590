"""What the commands work with, handed over by whoever wires the bot."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, cast

import discord

from papers.ports import Clock, CorrectionStore, PaperStore, Publisher, SearchStore, SubscriptionStore
from papers.previews import PreviewService
from papers.privacy import PrivacyService
from papers.reasons import WhyService
from papers.status import StatusService

Interaction = discord.Interaction[Any]


@dataclass(frozen=True)
class Desk:
    """The use cases and stores behind the commands.

    Attributes:
        status: how the last two weeks went.
        previews: what a subscription would have brought.
        publisher: what posts test cards.
        privacy: what is kept of whom.
        reasons: why papers were or were not posted.
        next_run: when papers are fetched next; None where no run is planned.
        post_now: starts planning and posting what is due, without waiting for it.
        languages: whether bullets can be had in other languages than English.
    """

    papers: PaperStore
    corrections: CorrectionStore
    searches: SearchStore
    subscriptions: SubscriptionStore
    status: StatusService
    privacy: PrivacyService
    reasons: WhyService
    previews: PreviewService
    publisher: Publisher
    clock: Clock
    next_run: Callable[[], datetime | None]
    post_now: Callable[[], None]
    languages: bool = False


class _HasDesk(Protocol):
    desk: Desk


def desk_of(interaction: Interaction) -> Desk:
    """The desk of the bot that got the interaction; the client has it as its attribute `desk`."""
    return cast("_HasDesk", interaction.client).desk
