"""`paperboy demo --keep`: the next one goes on where the last one stopped, database and playground alike."""

import asyncio
import json
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from copy import deepcopy
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.demo_stage import DemoRequest, Stage, open_stage, playground_file
from bot.demo_town import TOKEN
from bot.run import connect
from bot.sample import SAMPLE_DAY
from papers.models import DestinationKind
from playground.errors import Json
from playground.forms.components import BUTTON
from playground.world import Channel
from support.command_line import CommandLine, Result
from support.demo import CARDS, END, Demo, demo
from support.subscribing import named

ONCE = ["demo", "--once", "--keep", "--json"]
PATIENCE = 30


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a demo is kept; it may tell discord.py where Discord is for the length of the test."""
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)
    return tmp_path / "demo" / "papers.db"


@asynccontextmanager
async def evening(database: Path) -> AsyncIterator[Stage]:
    """A demo whose first job is over and whose bot listens."""
    async with (
        open_stage(DemoRequest(database, live=False, keep=True)) as stage,
        connect(stage.shop, TOKEN) as connected,
    ):
        listening = asyncio.create_task(connected.client.connect())
        await connected.job.run()
        async with asyncio.timeout(PATIENCE):
            while not stage.playground.gateway.sessions:  # noqa: ASYNC110 - discord.py tells nobody else
                await asyncio.sleep(0.01)
        try:
            yield stage
        finally:
            await connected.client.close()
            await listening


def place(stage: Stage, name: str) -> Channel:
    return next(channel for channel in stage.playground.world.channels.values() if channel.name == name)


def written(stage: Stage) -> dict[int, dict[int, Json]]:
    return {channel.id: dict(channel.messages) for channel in stage.playground.world.channels.values()}


def buttons(message: Json) -> list[str]:
    return [
        item["custom_id"]
        for row in message["components"]
        for item in row["components"]
        if item["type"] == BUTTON and "custom_id" in item and not item.get("disabled")
    ]


async def test_the_next_evening_has_what_the_last_one_had_and_posts_nothing_twice(database: Path) -> None:
    async with evening(database) as stage:
        world, town = stage.playground.world, stage.town
        stage.playground.say(town.member, place(stage, "lounge"), "Good evening.")
        direct = world.direct_channel(town.bot.user, town.member)
        stage.playground.say(town.member, direct, "Only to you.")
        assert sum(stage.cards().values()) == CARDS
        before = deepcopy(written(stage))
        guilds, commands = deepcopy(world.guilds), deepcopy(town.bot.commands)
    async with evening(database) as stage:
        world = stage.playground.world
        assert written(stage) == before
        assert world.guilds == guilds
        assert sum(stage.cards().values()) == 0
        assert world.direct_channel(stage.town.bot.user, stage.town.member).id == direct.id
        ids = [
            {each["name"]: each["id"] for each in found[None]}
            for found in (commands, stage.town.bot.commands)
        ]
        assert ids[0] == ids[1]


async def test_no_trouble_outlives_its_evening(database: Path) -> None:
    async with evening(database) as stage:
        await stage.playground.troubles.start("permission-taken-away", channel=place(stage, "papers"))
        assert place(stage, "papers").overwrites[stage.town.bot.id][1]
    async with evening(database) as stage:
        assert place(stage, "papers").overwrites.get(stage.town.bot.id, (0, 0)) == (0, 0)


async def test_time_goes_on(database: Path) -> None:
    async with evening(database) as stage:
        stage.playground.say(stage.town.owner, place(stage, "lounge"), "One.")
        ended = stage.shop.clock.now()
    assert ended.date() == SAMPLE_DAY
    async with evening(database) as stage:
        assert stage.shop.clock.now() >= ended
        stage.playground.say(stage.town.owner, place(stage, "lounge"), "Two.")
        messages = [*place(stage, "lounge").messages.values()]
        moments = [datetime.fromisoformat(message["timestamp"]) for message in messages]
        ids = [int(message["id"]) for message in messages]
        assert moments == sorted(moments)
        assert ids == sorted({*ids})
        assert ids[-1] > max(
            number for channel in written(stage).values() for number in channel if number < ids[-1]
        )


async def test_buttons_of_the_last_evening_still_work(database: Path) -> None:
    async with evening(database) as stage:
        lounge = place(stage, "lounge")
        shared = await stage.playground.slash(stage.town.owner, lounge, "papers", {"share": True})
        pages = buttons(shared.message)
    async with evening(database) as stage:
        playground, member, owner = stage.playground, stage.town.member, stage.town.owner
        card = next(iter(place(stage, "papers").messages.values()))
        reply = await playground.click(member, card, buttons(card)[0])
        assert reply.ephemeral
        assert reply.message["embeds"][0]["title"] == card["embeds"][0]["title"]
        [listed] = place(stage, "lounge").messages.values()
        first_page = deepcopy(listed["embeds"])
        assert buttons(listed) == pages
        turned = await playground.click(owner, listed, pages[-1])
        assert turned.message["embeds"] != first_page


async def test_subscriptions_that_were_made_and_removed_stay_so(database: Path) -> None:
    async with evening(database) as stage:
        lounge = place(stage, "lounge")
        owner = stage.town.owner
        shown = await stage.playground.slash(owner, lounge, "subscribe", {"tag": "Robotics"})
        await stage.playground.click(owner, shown.message, named(shown, "Save"))
        subscriptions = stage.shop.stores.subscriptions
        removed = place(stage, "language").id
        [language] = [each for each in await subscriptions.all() if each.destination.target_id == removed]
        assert await subscriptions.remove(language.id)
        before = await subscriptions.all()
        assert [each.destination.kind for each in before] == [DestinationKind.CHANNEL] * 3
    async with evening(database) as stage:
        assert await stage.shop.stores.subscriptions.all() == before


async def test_a_database_that_is_gone_is_subscribed_to_anew(database: Path) -> None:
    async with evening(database):
        pass
    for file in database.parent.glob("papers.db*"):
        if file != playground_file(database):
            file.unlink()
    async with evening(database) as stage:
        assert len(await stage.shop.stores.subscriptions.all()) == 3


@pytest.fixture
def paperboy(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path)


def document(result: Result) -> Any:  # noqa: ANN401 - JSON
    assert (result.code, result.stderr) == (0, "")
    return result.document


def test_one_job_at_a_time_is_kept_in_the_persons_folder(paperboy: CommandLine) -> None:
    first, second = (document(paperboy(*ONCE)) for _ in range(2))
    assert len(first["messages"]) == CARDS
    assert second == {"edition": SAMPLE_DAY.isoformat(), "messages": []}
    folder = paperboy.folder / "data" / "paperboy" / "demo"
    assert {file.name for file in folder.iterdir()} == {
        "sample.db",
        "sample.db.lock",
        "sample.db.playground.json",
    }
    kept = json.loads((folder / "sample.db.playground.json").read_text("utf-8"))
    ids = {number for channel in kept["guilds"][0]["channels"].values() for number in channel["messages"]}
    assert ids > {message["id"] for message in first["messages"]}


def test_it_is_kept_beside_the_database_that_is_named(paperboy: CommandLine) -> None:
    assert len(document(paperboy(*ONCE, "--database", "here.db"))["messages"]) == CARDS
    assert (paperboy.folder / "here.db.playground.json").is_file()
    assert not (paperboy.folder / "data").exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ('{"version": 1, "at": 5', "damaged"),
        ('{"version": 99}', "newer version"),
        (
            '{"version":1,"at":"2026-06-24T21:00:00Z","newest_id":1,"users":[],"applications":[],"guilds":[],"directs":[]}',
            "no demo",
        ),
    ],
)
def test_a_file_that_cannot_be_taken_up_is_said_and_not_overwritten(
    paperboy: CommandLine, content: str, sentence: str
) -> None:
    file = paperboy.folder / "here.db.playground.json"
    file.write_text(content, "utf-8")
    for command in (ONCE, ["demo", "--keep", "--no-browser"]):
        result = paperboy.in_process(*command, "--database", "here.db")
        assert (result.code, result.stdout) == (1, "")
        assert result.stderr.startswith("paperboy: ")
        assert sentence in result.stderr
        assert result.stderr.count("\n") == 1
        assert file.read_text("utf-8") == content


async def test_a_second_demo_on_the_same_files_is_refused(paperboy: CommandLine, database: Path) -> None:
    async with evening(database) as stage:
        stage.playground.say(stage.town.owner, place(stage, "lounge"), "Mine.")
        result = await asyncio.to_thread(paperboy, *ONCE, "--database", database)
        assert (result.code, result.stdout) == (1, "")
        assert "Another bot is running" in result.stderr
    async with evening(database) as stage:
        assert [message["content"] for message in place(stage, "lounge").messages.values()] == ["Mine."]


async def started(running: Demo) -> dict[str, list[Any]]:
    """The channels after the first job."""
    await running.first_document()
    await running.line(END, stderr=True)
    return await running.channels()


async def test_a_demo_that_is_killed_is_taken_up_as_it_was_saved(paperboy: CommandLine) -> None:
    keep, file = ["--keep", "--json", "--database", "here.db"], paperboy.folder / "here.db.playground.json"

    def saved(last: str) -> bool:
        return file.exists() and last in file.read_text("utf-8")

    async with demo(paperboy, *keep) as running:
        before = await started(running)
        newest = max((message["id"] for found in before.values() for message in found), key=int)
        async with asyncio.timeout(PATIENCE):
            while not saved(newest):  # noqa: ASYNC110 - another process writes the file
                await asyncio.sleep(0.05)
        assert (await running.stop(signal.SIGKILL)).code == -signal.SIGKILL
    async with demo(paperboy, *keep) as running:
        assert await started(running) == before
        assert "There are no new cards." in running.read
        assert await running.stop() == Result(0, "", "Stopped.\n")
