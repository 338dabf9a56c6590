"""`paperboy demo`: the bot at work against the playground, with fixed ids and the sample's day."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import aiohttp
from pydantic import AnyHttpUrl

from bot import demo_town
from bot.client import point_at
from bot.clock import ShiftedClock, SystemClock
from bot.run import Shop, connect, open_shop
from bot.sample import SAMPLE_DAY
from bot.settings import Settings, from_environment
from papers.errors import SourceUnavailableError
from papers.models import LOOK_BACK, EditionState, NewSubscription, first_key
from papers.ports import Clock
from playground.server import Playground
from storage import hold

ADDRESS = "playground"
"""What a demo's database remembers as Discord's address, whatever port the playground has."""

_EVENING = time(21, 0, tzinfo=UTC)
_PAGE = 100

Posted = dict[str, Any]


@dataclass(frozen=True)
class DemoRequest:
    """What is wanted: the database (None: a temporary one), and whether papers come from the real hub."""

    database: Path | None
    live: bool


@dataclass(frozen=True)
class _Scene:
    playground: Playground
    town: demo_town.Town
    shop: Shop
    clock: Clock


async def once(request: DemoRequest) -> Posted:
    """Does one daily job.

    Returns:
        The newest edition's day, and the messages this run posted, read back through REST, oldest first.

    Raises:
        SourceUnavailableError: no day could be fetched.
    """
    async with _scene(request) as scene:
        async with connect(scene.shop, demo_town.TOKEN) as connected:
            await connected.job.run()
        await _require_an_answer(scene)
        return await _posted(scene)


async def forever(request: DemoRequest, *, say: Callable[[str], None]) -> None:
    """Does a daily job, and stays for whoever connects, until it is cancelled."""
    async with _scene(request) as scene, connect(scene.shop, demo_town.TOKEN) as connected:
        gateway = asyncio.create_task(connected.client.connect())
        try:
            say(f"The playground is at {scene.playground.api_base} (Ctrl-C ends it).")
            await connected.job.run()
            say(as_text(await _posted(scene)))
            await gateway
        finally:
            await connected.client.close()
            await asyncio.gather(gateway, return_exceptions=True)


def as_text(posted: Posted) -> str:
    """The messages for a terminal."""
    lines = [f"Edition of {posted['edition']}: {len(posted['messages'])} messages posted."]
    for message in posted["messages"]:
        lines += ["", f"#{message['channel']}", *_lines(message["embeds"])]
    return "\n".join(lines)


def _lines(embeds: Iterable[dict[str, Any]]) -> Iterable[str]:
    for embed in embeds:
        yield f"  {embed['title']}  <{embed['url']}>"
        yield from (f"    {line}" for line in embed.get("description", "").split("\n"))
        yield from (f"    {field['name']}: {field['value']}" for field in embed.get("fields", ()))


@asynccontextmanager
async def _scene(request: DemoRequest) -> AsyncIterator[_Scene]:
    clock = SystemClock() if request.live else ShiftedClock(datetime.combine(SAMPLE_DAY, _EVENING))
    async with (
        demo_town.open_town(clock.now, rate_limits=False) as (playground, town),
        demo_town.sample_source() as sample,
    ):
        point_at(playground.api_base, playground.gateway_url)
        settings = _settings(None if request.live else sample)
        with _database(request.database) as database, hold(database):
            async with open_shop(settings, database, clock, ADDRESS) as shop:
                await _subscribe(shop, town, clock)
                yield _Scene(playground, town, shop, clock)


def _settings(sample: str | None) -> Settings:
    settings = from_environment()
    if sample is None:
        return settings
    hub = settings.sources.huggingface.model_copy(update={"base_url": AnyHttpUrl(sample)})
    return settings.model_copy(update={"sources": settings.sources.model_copy(update={"huggingface": hub})})


@contextmanager
def _database(chosen: Path | None) -> Iterator[Path]:
    if chosen is not None:
        yield chosen
        return
    with tempfile.TemporaryDirectory(prefix="paperboy-demo-") as folder:
        yield Path(folder) / "papers.db"


async def _subscribe(shop: Shop, town: demo_town.Town, clock: Clock) -> None:
    for channel, query in town.channels.values():
        await shop.stores.subscriptions.add(
            NewSubscription(
                destination=demo_town.destination(channel),
                query=str(query),
                created_by=town.owner.id,
                created_at=clock.now(),
                start_key=first_key(clock.now().date()),
            )
        )


async def _require_an_answer(scene: _Scene) -> None:
    now = scene.clock.now()
    editions = await scene.shop.stores.editions.since((now - LOOK_BACK).date())
    if all(edition.state(now) is EditionState.FAILED for edition in editions):
        reason = editions[-1].reason if editions else None
        raise SourceUnavailableError(reason or "No day could be fetched: try again later.")


async def _posted(scene: _Scene) -> Posted:
    day = await scene.shop.stores.papers.newest_day()
    messages: list[Posted] = []
    headers = {"Authorization": f"Bot {demo_town.TOKEN}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        for channel, _ in scene.town.channels.values():
            address = f"{scene.playground.api_base}/channels/{channel.id}/messages"
            messages += [_shown(message, channel.name) async for message in _history(session, address)]
    messages.sort(key=lambda message: int(message["id"]))
    return {"edition": None if day is None else day.isoformat(), "messages": messages}


async def _history(session: aiohttp.ClientSession, address: str) -> AsyncIterator[Posted]:
    query = {"limit": str(_PAGE)}
    while True:
        async with session.get(address, params=query) as response:
            response.raise_for_status()
            page = await response.json()
        for message in page:
            yield message
        if len(page) < _PAGE:
            return
        query["before"] = page[-1]["id"]


def _shown(message: Posted, channel: str) -> Posted:
    kept = {name: message[name] for name in ("content", "embeds", "components")}
    return {"id": message["id"], "channel": channel, "channel_id": message["channel_id"], **kept}
