"""A world in a file: kept whenever something changed in it, and taken up again by a later playground."""

import asyncio
import json
import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from playground.errors import PlaygroundError
from playground.kept import VERSION, Kept
from playground.requests import RequestLog, RequestRecord
from playground.world import Event, World

PAUSE = 1.0
"""Seconds from a change to the saving of it, so that many changes at once are saved once."""

_log = logging.getLogger(__name__)


def save(world: World, path: Path) -> None:
    """Writes a world to a file, which has either the old world or the new one in it at any time.

    Raises:
        PlaygroundError: it cannot be written.
    """
    _write(_text(world), path)


def load(path: Path) -> Kept | None:
    """Reads a file that `save` wrote; None where there is none.

    Raises:
        PlaygroundError: it cannot be read, is damaged, or a newer Paperboy wrote it.
    """
    try:
        read = json.loads(path.read_bytes())
        if isinstance(read, dict) and isinstance(read.get("version"), int) and read["version"] > VERSION:
            raise PlaygroundError(
                f"A newer version wrote the playground in {path}: use that version, or move the file away."
            )
        return Kept.model_validate(read)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise PlaygroundError(
            f"The playground in {path} cannot be read: {error.strerror}. Let this user read it."
        ) from error
    except (ValueError, RecursionError) as error:
        raise PlaygroundError(
            f"The file {path} holds no playground, or a damaged one: move it away to begin anew."
        ) from error


@asynccontextmanager
async def keeping(world: World, log: RequestLog, path: Path, *, pause: float = PAUSE) -> AsyncIterator[None]:
    """Saves a world now, a little after each change, and when the context ends.

    What cannot be saved meanwhile is logged and tried again with the next change.

    Args:
        world: what is saved.
        log: the requests of its bots; each that is no mere question changes something.
        path: the file.
        pause: seconds from a change to the saving of it.

    Raises:
        PlaygroundError: it cannot be saved in the end.
    """
    changed, ended = asyncio.Event(), asyncio.Event()
    changed.set()

    def heard(event: Event | RequestRecord) -> None:
        if isinstance(event, Event) or event.method != "GET":
            changed.set()

    saver = asyncio.create_task(_save_each_change(world, path, changed, ended, pause))
    try:
        with world.heard_by(heard), log.heard_by(heard):
            yield
    finally:
        ended.set()
        changed.set()
        await _see_out(saver)


async def _see_out(saver: asyncio.Task[None]) -> None:
    """Waits for the last saving, also when that is cancelled meanwhile, as by another Ctrl-C."""
    cancelled = False
    while not saver.done():
        try:
            await asyncio.wait({saver})
        except asyncio.CancelledError:
            cancelled = True
    saver.result()
    if cancelled:
        raise asyncio.CancelledError


async def _save_each_change(
    world: World, path: Path, changed: asyncio.Event, ended: asyncio.Event, pause: float
) -> None:
    last = False
    while not last:
        await changed.wait()
        with suppress(TimeoutError):
            await asyncio.wait_for(ended.wait(), pause)
        last = ended.is_set()
        changed.clear()
        try:
            await asyncio.to_thread(_write, _text(world), path)
        except PlaygroundError as error:
            if last:
                raise
            _log.error("%s", error)


def _text(world: World) -> str:
    return json.dumps(Kept.of(world).model_dump(mode="json"))


def _write(text: str, path: Path) -> None:
    new = path.with_name(f"{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with new.open("w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except OSError as error:
        raise PlaygroundError(f"The playground cannot be kept in {path}: {error.strerror}.") from error
