"""`paperboy run`: the whole bot as a process of its own, against a playground and a hub on loopback."""

import asyncio
import signal
from datetime import UTC, datetime
from pathlib import Path

from storage import open_stores
from support.bot_process import PATIENCE, connected, process, subscribe, until
from support.discord_town import TOKEN, inhabited
from support.hub_items import items
from support.replay import replaying


async def test_it_fetches_posts_answers_and_stops_when_told_to(tmp_path: Path) -> None:
    database = tmp_path / "papers.db"
    async with inhabited(real_time=True, now=lambda: datetime.now(UTC)) as town, replaying() as hub:
        hub.days[datetime.now(UTC).date()] = items(3)
        await subscribe(town, database)
        async with process(town, hub.url, database) as bot:
            await until(lambda: len(town.channel.messages) == 3)
            await until(lambda: connected(town))
            reply = await town.playground.slash(town.member, town.channel, "papers", {"query": "paper"})
            assert reply.message["embeds"][0]["footer"]["text"].startswith("1–3 of 3")
            bot.send_signal(signal.SIGTERM)
            _, log = await asyncio.wait_for(bot.communicate(), PATIENCE)
        assert bot.returncode == 0, log.decode()
        assert TOKEN not in log.decode()
        assert "Traceback" not in log.decode()
        async with process(town, hub.url, database):
            await until(lambda: connected(town))
            await until(lambda: len(hub.asked) > 8)
        assert len(town.channel.messages) == 3


async def test_it_lives_through_a_broken_gateway_and_a_source_that_is_down(tmp_path: Path) -> None:
    database = tmp_path / "papers.db"
    async with inhabited(real_time=True) as town, process(town, "http://127.0.0.1:9", database) as bot:
        await until(lambda: connected(town))
        await town.playground.gateway.close_all(4000)
        await until(lambda: connected(town))
        reply = await town.playground.slash(town.member, town.channel, "papers", patience=PATIENCE)
        assert reply.message["embeds"][0]["description"] == "Nothing found."
        assert bot.returncode is None


async def test_a_second_bot_on_the_database_is_refused(tmp_path: Path) -> None:
    database = tmp_path / "papers.db"
    async with inhabited(real_time=True) as town, replaying() as hub, process(town, hub.url, database):
        await until(lambda: connected(town))
        async with process(town, hub.url, database) as second:
            _, log = await asyncio.wait_for(second.communicate(), PATIENCE)
        assert second.returncode == 1
        assert b"Another bot is running on the database" in log


async def test_a_wrong_token_is_said_in_one_sentence(tmp_path: Path) -> None:
    async with (
        inhabited(real_time=True) as town,
        replaying() as hub,
        process(town, hub.url, tmp_path / "papers.db", token="wrong.token") as bot,
    ):
        _, log = await asyncio.wait_for(bot.communicate(), PATIENCE)
    assert bot.returncode == 2
    assert b"Discord does not know this token" in log
    assert b"wrong.token" not in log
    assert b"Traceback" not in log


async def test_a_database_of_another_application_is_refused(tmp_path: Path) -> None:
    database = tmp_path / "papers.db"
    async with open_stores(database) as stores:
        await stores.check_identity(application_id=1, api_base="https://elsewhere.example")
    async with inhabited(real_time=True) as town, replaying() as hub, process(town, hub.url, database) as bot:
        _, log = await asyncio.wait_for(bot.communicate(), PATIENCE)
    assert bot.returncode == 1
    assert b"belongs to application 1 at https://elsewhere.example" in log
