"""`paperboy demo` as a process: what it shows, and that Ctrl-C ends it cleanly whatever it is doing."""

import asyncio
import re
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from bot.sample import SAMPLE_DAY
from support.command_line import CommandLine, Result
from support.demo import END, demo, scratch
from support.replay import Fault, replaying, silent

STOPPED = Result(0, "Stopped.\n", "")


@pytest.fixture
def paperboy(tmp_path: Path) -> Iterator[CommandLine]:
    """The command line, of which nothing stays behind."""
    made = CommandLine(tmp_path)
    yield made
    assert list(scratch(made).iterdir()) == []


def silence(asked: asyncio.Event) -> Fault:
    """Tells that it was asked, and never answers."""

    async def answer(request: web.Request) -> web.StreamResponse:
        asked.set()
        return await silent(request)

    return answer


async def test_it_says_what_really_happens_and_what_to_try(paperboy: CommandLine) -> None:
    async with demo(paperboy) as running:
        page = re.fullmatch(
            r"The page is at (http://127\.0\.0\.1:\d+/) \(Ctrl-C ends the demo\)\.",
            await running.line(b"The page"),
        )
        await running.line(END)
        assert page is not None
        async with aiohttp.ClientSession() as session, session.get(page[1]) as answer:
            assert (answer.status, answer.content_type) == (200, "text/html")
        assert await running.stop() == STOPPED
    said = running.read[1:]
    assert said[:8] == [f"Fetching the edition of 2026-06-{day} …" for day in range(17, 25)]
    assert said[8] == f"12 papers of {SAMPLE_DAY} read"
    *posted, summary, _ = said[9:]
    assert posted == [f"Posted {number} of {len(posted)}" for number in range(1, len(posted) + 1)]
    counts = re.findall(r"(\d+) in #(\w+)", summary)
    assert [name for _, name in counts] == ["papers", "multimodal", "language"]
    assert sum(int(number) for number, _ in counts) == len(posted) > 12


async def test_with_json_stdout_holds_the_addresses_alone(paperboy: CommandLine) -> None:
    async with demo(paperboy, "--json") as running:
        await running.first_document()
        assert running.addresses.keys() == {
            "page",
            "PAPERBOY_DISCORD__API_BASE",
            "PAPERBOY_DISCORD__GATEWAY_URL",
            "PAPERBOY_DISCORD__TOKEN",
        }
        summary = await running.line(b"New cards: ", stderr=True)
        channels = await running.channels()
        await running.line(END, stderr=True)
        assert await running.stop() == Result(0, "", "Stopped.\n")
    shown = [f"{len(messages)} in #{name}" for name, messages in channels.items() if messages]
    assert summary == f"New cards: {', '.join(shown)}."
    assert channels.keys() == {"papers", "multimodal", "language", "announcements", "lounge"}


async def test_ctrl_c_ends_it_while_its_page_is_open(paperboy: CommandLine) -> None:
    async with demo(paperboy, "--json") as running:
        await running.first_document()
        await running.line(END, stderr=True)
        page = running.addresses["page"]
        origin = {"Origin": page.rstrip("/")}
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(f"{page}page/live", headers=origin) as live,
        ):
            assert await running.stop() == Result(0, "", "Stopped.\n")
            async with asyncio.timeout(60):
                while not live.closed:
                    await live.receive()


async def test_ctrl_c_ends_it_while_an_edition_is_fetched(paperboy: CommandLine) -> None:
    async with replaying() as hub:
        asked = asyncio.Event()
        hub.next(silence(asked))
        live = paperboy.with_environment(PAPERBOY_SOURCES__HUGGINGFACE__BASE_URL=hub.url)
        async with demo(live, "--source", "huggingface") as running, asyncio.timeout(60):
            await running.line(b"Fetching the edition of ")
            await asked.wait()
            assert await running.stop() == STOPPED


async def test_ctrl_c_ends_one_job_before_it_is_done(paperboy: CommandLine) -> None:
    async with replaying() as hub:
        asked = asyncio.Event()
        hub.next(silence(asked))
        live = paperboy.with_environment(PAPERBOY_SOURCES__HUGGINGFACE__BASE_URL=hub.url)
        async with demo(live, "--once", "--source", "huggingface") as running, asyncio.timeout(60):
            await asked.wait()
            assert await running.stop() == Result(130, "", "Stopped.\n")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_it_ends_while_cards_are_posted_and_loses_none(
    paperboy: CommandLine, number: signal.Signals
) -> None:
    keeping = ["--json", "--keep"]
    async with demo(paperboy, *keeping) as first:
        await first.first_document()
        await first.line(b"Posted 1 of ", stderr=True)
        result = await first.stop(number)
        assert (result.code, result.stdout) == (0, "")
        *progress, last = result.stderr.splitlines()
        assert last == "Stopped."
        assert all(re.match(r"Posted \d+ of \d+$|New cards: |In the page, ", line) for line in progress)
    async with demo(paperboy, *keeping) as second:
        await second.first_document()
        await second.line(END, stderr=True)
        channels = await second.channels()
        assert await second.stop() == Result(0, "", "Stopped.\n")
    titles = {name: [each["embeds"][0]["title"] for each in found] for name, found in channels.items()}
    assert all(len(set(found)) == len(found) for found in titles.values())
    assert len(titles["papers"]) == 12
    assert set(titles["papers"]) > {*titles["multimodal"], *titles["language"]}


async def test_a_hub_that_gives_no_papers_is_said(paperboy: CommandLine) -> None:
    async def refusal(_: web.Request) -> web.Response:
        raise web.HTTPForbidden

    async with replaying() as hub:
        hub.next(*[refusal] * 8)
        live = paperboy.with_environment(PAPERBOY_SOURCES__HUGGINGFACE__BASE_URL=hub.url)
        async with demo(live, "--source", "huggingface") as running:
            await running.line(b"There are no new cards.")
            await running.line(END)
            result = await running.stop()
    assert (result.code, result.stdout) == (0, "Stopped.\n")
    complaints = result.stderr.splitlines()
    assert len(complaints) == 8
    assert all(re.fullmatch(r"paperboy: Hugging Face [^\n]+HTTP 403[^\n]+", each) for each in complaints)


def test_it_takes_the_port_it_is_given_or_says_that_it_cannot(paperboy: CommandLine) -> None:
    scratch(paperboy).mkdir()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        for command in (["demo"], ["demo", "--once"], ["playground"]):
            result = paperboy.in_process(*command, "--port", port)
            assert (result.code, result.stdout) == (1, "")
            assert re.fullmatch(
                rf"paperboy: Port {port} of [^\n]+ name another with --port\.\n", result.stderr
            )


async def test_it_is_found_at_the_port_it_is_given(paperboy: CommandLine) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    async with demo(paperboy, "--port", port) as running:
        assert f"http://127.0.0.1:{port}/" in await running.line(b"The page is at ")
        await running.line(END)
        assert await running.stop() == STOPPED
