"""What the bot works with: its settings, stores and sources, and the job and the desk that they make."""

import os
import secrets
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import discord

from bot.alarm import Alarm
from bot.daily import DailyJob, Tell
from bot.enrichers import access_to
from bot.housekeeping import Housekeeper
from bot.pace import Limiter
from bot.settings import Settings
from bot.wiring import Intake, open_intake
from cogs.cards.composer import CardComposer
from cogs.desk import Desk
from papers.delivery import Courier, Gatherer, Planner
from papers.editing import CardEditor
from papers.ports import Clock, Publisher, tell_nobody
from papers.previews import PreviewService
from papers.privacy import PrivacyService
from papers.reasons import WhyService
from papers.status import StatusService
from storage import Stores, open_stores


@dataclass(frozen=True)
class Shop:
    """What stays the same however often the connection to Discord is made anew.

    Attributes:
        address: what the database remembers Discord's address as.
        tell: hears what the daily job does.
        limiter: what every client is held to, so that a new connection forgets nothing.
    """

    settings: Settings
    stores: Stores
    intake: Intake
    clock: Clock
    address: str
    tell: Tell = tell_nobody
    limiter: Limiter = field(default_factory=Limiter)


@asynccontextmanager
async def open_shop(
    settings: Settings, database: Path, clock: Clock, address: str, *, tell: Tell = tell_nobody
) -> AsyncIterator[Shop]:
    """Opens database and sources."""
    async with open_stores(database) as stores, open_intake(settings, stores, clock, tell) as intake:
        yield Shop(settings, stores, intake, clock, address, tell)


def daily_job(shop: Shop, client: discord.Client, publisher: Publisher) -> DailyJob:
    """The job that posts through a publisher, and asks the client which servers it is in."""
    outbox, composer = shop.stores.outbox, CardComposer()
    planner = Planner(subscriptions=shop.stores.subscriptions, outbox=outbox, clock=shop.clock)
    gatherer = Gatherer(
        outbox=outbox,
        composer=composer,
        clock=shop.clock,
        catch_up=shop.settings.delivery.catch_up,
        tell=shop.tell,
    )
    courier = Courier(
        outbox=outbox,
        composer=composer,
        publisher=publisher,
        clock=shop.clock,
        owner=f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}",
        when_uncertain=shop.settings.delivery.uncertain,
        tell=shop.tell,
    )
    editor = CardEditor(
        outbox=outbox,
        composer=composer,
        publisher=publisher,
        clock=shop.clock,
        edits_a_day=shop.settings.delivery.edits_a_day,
        tell=shop.tell,
    )
    privacy = PrivacyService(store=shop.stores.privacy, clock=shop.clock)
    return DailyJob(
        editions=shop.intake.editions,
        enrichments=shop.intake.enrichments,
        planner=planner,
        gatherer=gatherer,
        courier=courier,
        editor=editor,
        tidy=Housekeeper(client=client, privacy=privacy, clock=shop.clock).tidy,
        patience=shop.settings.reading.patience,
        tell=shop.tell,
    )


def desk(shop: Shop, publisher: Publisher, alarm: Alarm, job: DailyJob) -> Desk:
    """What the commands work with."""
    stores = shop.stores
    return Desk(
        papers=stores.papers,
        corrections=stores.corrections,
        searches=stores.searches,
        subscriptions=stores.subscriptions,
        status=StatusService(
            sources=shop.settings.sources.names,
            editions=stores.editions,
            outbox=stores.outbox,
            clock=shop.clock,
            next_run=alarm.next_run,
        ),
        previews=PreviewService(papers=stores.papers, clock=shop.clock),
        publisher=publisher,
        privacy=PrivacyService(store=stores.privacy, clock=shop.clock),
        reasons=WhyService(subscriptions=stores.subscriptions, outbox=stores.outbox, clock=shop.clock),
        clock=shop.clock,
        next_run=alarm.next_run,
        post_now=job.post_now,
        languages=access_to(shop.settings.llm) is not None,
    )
