"""`paperboy fetch --since`: polite, resumable, with a bar in a terminal; and what is old is never posted."""

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
from asyncio.subprocess import PIPE, Process
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from papers.models import LOOK_BACK, Destination, DestinationKind, OutboxCounts
from storage import open_stores
from support.bot_process import process, until
from support.command_line import CommandLine, Result
from support.discord_town import Town, inhabited
from support.hub_items import item
from support.replay import Replay, replaying, silent, status
from support.subscriptions import wanted

PATIENCE = 60.0


def back(days: int) -> date:
    return datetime.now(UTC).date() - timedelta(days=days)


@pytest.fixture
async def hub() -> AsyncIterator[Replay]:
    """A hub with a paper on each of the last thirty days."""
    async with replaying() as replay:
        replay.days = {
            back(number): [item(f"26{number:02}.00001", f"Paper of {number} days ago")]
            for number in range(30)
        }
        yield replay


@pytest.fixture
def paperboy(tmp_path: Path, hub: Replay) -> CommandLine:
    return CommandLine(tmp_path).with_environment(
        PAPERBOY_SOURCES__HUGGINGFACE__BASE_URL=hub.url, PAPERBOY_STORAGE__PATH=str(tmp_path / "papers.db")
    )


async def fetch(paperboy: CommandLine, days: int, *arguments: object) -> Result:
    since = ["fetch", "--since", back(days), "--json", *arguments]
    return await asyncio.to_thread(paperboy, *since)


def told(result: Result) -> dict[date, dict[str, Any]]:
    """What became of each day."""
    return {date.fromisoformat(each["date"]): each for each in result.document["editions"]}


def asked(hub: Replay) -> list[date]:
    days = [date.fromisoformat(day) for day, _ in hub.asked]
    hub.seen.clear()
    return days


async def test_whole_days_are_passed_over_and_date_asks_always(paperboy: CommandLine, hub: Replay) -> None:
    del hub.days[back(4)]
    first = await fetch(paperboy, 5)
    assert (first.code, first.stderr) == (0, "")
    assert asked(hub) == [back(number) for number in range(5, -1, -1)]
    assert {day: each["state"] for day, each in told(first).items()} == {
        back(4): "empty",
        back(0): "open",
        **{back(number): told(first)[back(number)]["state"] for number in (5, 3, 2, 1)},
    }
    settled = {day for day, each in told(first).items() if each["state"] in {"closed", "empty"}}
    assert settled >= {back(5), back(4), back(3), back(2)}
    again = await fetch(paperboy, 5)
    assert (again.code, again.stderr) == (0, "")
    assert {*asked(hub)} == {back(number) for number in range(6)} - settled
    assert told(again).keys() == told(first).keys()
    assert {each["new"] for each in told(again).values()} == {0}
    assert told(again)[back(5)]["papers"] == 1
    await asyncio.to_thread(paperboy, "fetch", "--date", back(5))
    assert asked(hub) == [back(5)]


async def test_a_long_pause_stops_it_and_the_same_command_goes_on(paperboy: CommandLine, hub: Replay) -> None:
    hub.next(None, None, status(429, RateLimit='"api";r=0;t=4000'))
    stopped = await fetch(paperboy, 6)
    assert stopped.code == 1
    assert stopped.stderr == (
        f"paperboy: {hub.url.removeprefix('http://')} wants to be left alone for 4,001 s: every day before {back(4)}"
        " is kept; go on from there with the same command later.\n"
    )
    assert asked(hub) == [back(6), back(5), back(4)]
    assert [each["state"] for each in told(stopped).values()] == ["closed", "closed", "failed"]
    done = await fetch(paperboy, 6)
    assert (done.code, done.stderr) == (0, "")
    assert asked(hub) == [back(number) for number in range(4, -1, -1)]
    assert sum(each["papers"] for each in told(done).values()) == 7


@pytest.mark.parametrize(("number", "as_json"), [(signal.SIGINT, True), (signal.SIGTERM, False)])
async def test_an_interruption_keeps_every_finished_day(
    paperboy: CommandLine, hub: Replay, number: signal.Signals, *, as_json: bool
) -> None:
    hub.next(None, None, silent)
    options = ["--since", str(back(6)), *(["--json"] if as_json else [])]
    async with running(paperboy, "fetch", *options) as command:
        await until(lambda: len(hub.asked) == 3)
        command.send_signal(number)
        stdout, stderr = await asyncio.wait_for(command.communicate(), PATIENCE)
    assert (command.returncode, stderr.decode()) == (
        130,
        "Stopped: what was fetched is kept; the same command goes on from there.\n",
    )
    if as_json:
        assert [each["papers"] for each in json.loads(stdout)["editions"]] == [1, 1]
    else:
        assert stdout.decode().count("closed") == len(stdout.decode().splitlines()) == 2
    asked(hub)
    done = await fetch(paperboy, 6)
    assert (done.code, asked(hub)) == (0, [back(number) for number in range(4, -1, -1)])


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ["--since", "2023-04-30"],
            "Hugging Face has no papers before 2023-05-01: give --since that day or later.",
        ),
        (["--since", "9999-01-01"], "--since 9999-01-01 lies in the future."),
        (
            ["--since", "2026-06-24", "--source", "pigeon"],
            "There is no source “pigeon”: choose one of huggingface.",
        ),
    ],
)
def test_days_that_cannot_be_asked_for_get_a_sentence(
    paperboy: CommandLine, arguments: list[str], told: str
) -> None:
    result = paperboy.in_process("fetch", *arguments, "--json")
    assert (result.code, result.stdout, result.stderr) == (2, "", f"paperboy: {told}\n")


async def test_a_terminal_sees_a_bar_that_fills(paperboy: CommandLine, hub: Replay) -> None:
    shown, result = await asyncio.to_thread(in_terminal, paperboy, "fetch", "--since", str(back(3)), "--json")
    assert result.code == 0
    assert [each["papers"] for each in result.document["editions"]] == [1] * 4
    steps = [part.strip() for part in re.sub(r"\x1b\[\S+?[A-Za-z]", "", shown).split("\r") if part.strip()]
    labels = list(dict.fromkeys(step.split("  ")[0] for step in steps))
    assert labels == ["Fetching", *(f"Fetching {back(number)}" for number in range(3, -1, -1))]
    percents = [int(percent) for percent in re.findall(r"(\d+)%", shown)]
    assert percents == sorted(percents)
    assert {25, 50, 75, 100} <= {*percents}
    assert len(hub.asked) == 4


async def test_what_was_back_filled_and_is_old_is_never_posted(
    tmp_path: Path, paperboy: CommandLine, hub: Replay
) -> None:
    database = tmp_path / "papers.db"
    async with inhabited(real_time=True, now=lambda: datetime.now(UTC)) as town:
        await want_everything(town, database)
        filled = await fetch(paperboy, 20)
        assert sum(each["papers"] for each in told(filled).values()) == 21
        assert not town.channel.messages
        first_posted = datetime.now(UTC).date() - LOOK_BACK
        expected = Counter(
            f"Paper of {number} days ago" for number in range(30) if back(number) >= first_posted
        )
        async with process(town, hub.url, database), open_stores(database) as stores:
            await until(lambda: len(town.channel.messages) >= len(expected))
            async with asyncio.timeout(PATIENCE):
                while await stores.outbox.unplanned() or await stores.outbox.next_due():  # noqa: ASYNC110 - it happens in another process
                    await asyncio.sleep(0.05)
            assert await stores.outbox.counts() == OutboxCounts(sent=len(expected))
    assert titles(town) == expected
    said = (await asyncio.to_thread(paperboy, "status", "--json")).document
    assert said["summary"].startswith(
        f"All is well: {len(expected)} of {len(expected)} posted, nothing pending"
    )
    assert [day["wanted"] for day in said["days"]] == [int(number < 8) for number in range(14, -1, -1)]


async def want_everything(town: Town, database: Path) -> None:
    """The channel wants all papers there are, however old."""
    place = Destination(kind=DestinationKind.CHANNEL, target_id=town.channel.id, guild_id=town.guild.id)
    async with open_stores(database) as stores:
        await stores.subscriptions.add(wanted("", place, start_key=0))


def titles(town: Town) -> Counter[str]:
    messages: Mapping[int, Any] = town.channel.messages
    return Counter(message["embeds"][0]["title"] for message in messages.values())


@asynccontextmanager
async def running(paperboy: CommandLine, *arguments: str) -> AsyncIterator[Process]:
    """Starts a command; it is killed at the end if it still runs."""
    command = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *arguments),
        cwd=paperboy.folder,
        env=paperboy.variables(),
        stdout=PIPE,
        stderr=PIPE,
    )
    try:
        yield command
    finally:
        if command.returncode is None:
            command.kill()
            await command.wait()


def in_terminal(paperboy: CommandLine, *arguments: str) -> tuple[str, Result]:
    """Runs a command whose stderr is a terminal; what that got, and the rest."""
    ours, theirs = os.openpty()
    command = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "bot", *arguments],
        cwd=paperboy.folder,
        env=paperboy.variables(),
        stdout=subprocess.PIPE,
        stderr=theirs,
    )
    os.close(theirs)
    shown = b""
    try:
        stdout, _ = command.communicate(timeout=PATIENCE)
        shown += os.read(ours, 1 << 16)
    finally:
        command.kill()
        command.wait()
        os.close(ours)
    return shown.decode(), Result(command.returncode, stdout.decode(), "")
