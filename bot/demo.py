"""`paperboy demo`: the bot at work against the playground, with fixed ids and the sample's day."""

from collections.abc import AsyncIterator, Callable, Iterable
from typing import Any

import aiohttp

from bot import demo_town
from bot.daily import Tell
from bot.demo_stage import DemoRequest, Stage, open_stage
from bot.run import connect, keep_connected
from papers.errors import SourceUnavailableError
from papers.models import EditionState, look_back_start

_PAGE = 100

Posted = dict[str, Any]


async def once(request: DemoRequest) -> Posted:
    """Does one daily job.

    Returns:
        The newest edition's day, and the messages this run posted, read back through REST, oldest first.

    Raises:
        SourceUnavailableError: no day could be fetched.
        PlaygroundError, StorageError: as for `open_stage`.
    """
    async with open_stage(request) as stage:
        async with connect(stage.shop, demo_town.TOKEN) as connected:
            await connected.job.run()
        await _require_an_answer(stage)
        return await _posted(stage)


async def forever(request: DemoRequest, *, opened: Callable[[Stage], None], tell: Tell) -> None:
    """Runs the bot as `paperboy run` does, until it is cancelled.

    Args:
        request: what is wanted.
        opened: called when the playground can be visited.
        tell: hears what the daily job does.

    Raises:
        PlaygroundError, StorageError: as for `open_stage`.
    """
    async with open_stage(request, tell) as stage:
        opened(stage)
        await keep_connected(stage.shop, demo_town.TOKEN)


def as_text(posted: Posted) -> str:
    """The messages for a terminal."""
    lines = [f"Edition of {posted['edition']}: {len(posted['messages'])} messages posted."]
    for message in posted["messages"]:
        lines += ["", f"#{message['channel']}", *_lines(message["embeds"])]
    return "\n".join(lines)


def _lines(embeds: Iterable[dict[str, Any]]) -> Iterable[str]:
    for embed in embeds:
        yield f"  {embed.get('title', '')}  {f'<{url}>' if (url := embed.get('url')) else ''}".rstrip()
        yield from (f"    {line}" for line in embed.get("description", "").split("\n"))
        yield from (f"    {field['name']}: {field['value']}" for field in embed.get("fields", ()))


async def _require_an_answer(stage: Stage) -> None:
    now = stage.shop.clock.now()
    editions = await stage.shop.stores.editions.since(look_back_start(now))
    if all(edition.state(now) is EditionState.FAILED for edition in editions):
        reason = editions[-1].reason if editions else None
        raise SourceUnavailableError(reason or "No day could be fetched: try again later.")


async def _posted(stage: Stage) -> Posted:
    day = await stage.shop.stores.papers.newest_day()
    messages: list[Posted] = []
    headers = {"Authorization": f"Bot {demo_town.TOKEN}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        for channel, _ in stage.town.channels.values():
            address = f"{stage.playground.api_base}/channels/{channel.id}/messages"
            history = _history(session, address, after=stage.newest)
            messages += [_shown(message, channel.name) async for message in history]
    messages.sort(key=lambda message: int(message["id"]))
    return {"edition": None if day is None else day.isoformat(), "messages": messages}


async def _history(session: aiohttp.ClientSession, address: str, *, after: int) -> AsyncIterator[Posted]:
    """A channel's messages after an id, newest first."""
    query = {"limit": str(_PAGE)}
    while True:
        async with session.get(address, params=query) as response:
            response.raise_for_status()
            page = await response.json()
        for message in page:
            if int(message["id"]) <= after:
                return
            yield message
        if len(page) < _PAGE:
            return
        query["before"] = page[-1]["id"]


def _shown(message: Posted, channel: str) -> Posted:
    kept = {name: message[name] for name in ("content", "embeds", "components")}
    return {"id": message["id"], "channel": channel, "channel_id": message["channel_id"], **kept}
