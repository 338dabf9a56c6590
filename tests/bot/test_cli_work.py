"""What the command line promises about its work: fetch, status, classify and the demo."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bot.demo_town import sample_source
from bot.sample import SAMPLE_DAY
from papers.taxonomy import NAMES
from support.command_line import CommandLine, Result

EMBED_LIMITS = {"title": 256, "description": 4096, "name": 256, "value": 1024, "text": 2048}
TOGETHER = 6000
EMBEDS = 10


@pytest.fixture
def paperboy(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path)


@pytest.fixture
async def fetching(paperboy: CommandLine) -> AsyncIterator[CommandLine]:
    """The command line with a hub on loopback."""
    async with sample_source() as hub:
        yield paperboy.with_environment(PAPERBOY_SOURCES__HUGGINGFACE__BASE_URL=hub)


def done(result: Result) -> Any:  # noqa: ANN401 - JSON
    assert (result.code, result.stderr) == (0, "")
    return result.document


async def test_fetch_says_what_became_of_the_days(fetching: CommandLine) -> None:
    day = ["fetch", "--date", SAMPLE_DAY, "--source", "huggingface", "--json"]
    fetched = done(await asyncio.to_thread(fetching, *day))
    assert fetched.keys() == {"editions"}
    [edition] = fetched["editions"]
    assert edition["new"] == edition["papers"] > 0
    assert edition == {
        "source": "huggingface",
        "date": SAMPLE_DAY.isoformat(),
        "state": "closed",
        "papers": edition["papers"],
        "new": edition["papers"],
        "problems": [],
    }
    [again] = done(await asyncio.to_thread(fetching, *day))["editions"]
    assert again == {**edition, "new": 0}
    found = done(await asyncio.to_thread(fetching, "search", "--json"))
    assert found["total"] == edition["papers"]


async def test_fetch_looks_back_a_week_and_status_tells_of_it(fetching: CommandLine) -> None:
    empty = done(await asyncio.to_thread(fetching, "fetch", "--json"))["editions"]
    assert len(empty) == 8
    days = [datetime.fromisoformat(edition["date"]) for edition in empty]
    assert {later - earlier for earlier, later in pairwise(days)} == {timedelta(days=1)}
    status = done(await asyncio.to_thread(fetching, "status", "--json"))
    assert status["deliveries"] == {"due": 0, "sending": 0, "sent": 0, "failed": 0}
    told = {(edition["date"], edition["state"]) for edition in status["editions"]}
    assert told == {(edition["date"], edition["state"]) for edition in empty}
    assert {state for _, state in told} == {"empty", "open"}


async def test_fetch_since_asks_for_every_day_to_today(fetching: CommandLine) -> None:
    since = datetime.now(UTC).date() - timedelta(days=2)
    editions = done(await asyncio.to_thread(fetching, "fetch", "--since", since, "--json"))["editions"]
    assert [edition["date"] for edition in editions[:3]] == [
        (since + timedelta(days=number)).isoformat() for number in range(3)
    ]


def test_status_of_a_new_database_is_empty(paperboy: CommandLine) -> None:
    status = done(paperboy("--json", "status"))
    assert status["editions"] == status["days"] == []
    assert status["deliveries"] == {"due": 0, "sending": 0, "sent": 0, "failed": 0}
    assert status["summary"] == "No source was asked for papers of the last two weeks."


LINES = (
    {"title": "Robots that learn to grasp from video", "abstract": "A robot arm learns manipulation."},
    {"title": "Machine translation of rare languages", "abstract": "We translate.", "more": 1},
    {"title": "A text-to-image diffusion model", "abstract": "Images are generated from text."},
)


def test_classify_answers_line_by_line_in_order(paperboy: CommandLine) -> None:
    result = paperboy("classify", "--jsonl", stdin="".join(json.dumps(line) + "\n" for line in LINES))
    assert (result.code, result.stderr) == (0, "")
    best = []
    for answer in result.lines:
        assert answer.keys() == {"classifications"}
        confidences = [item["confidence"] for item in answer["classifications"]]
        assert confidences == sorted(confidences, reverse=True)
        assert all(0 <= confidence <= 1 for confidence in confidences)
        best.append({item["name"] for item in answer["classifications"]})
    robots, translation, images = best
    assert ("Robotics" in robots, "Translation" in translation, "Text-to-Image" in images) == (True,) * 3


def test_classify_with_scores_has_every_label(paperboy: CommandLine) -> None:
    result = paperboy("classify", "--jsonl", "--scores", stdin=json.dumps(LINES[0]))
    assert (result.code, result.stderr) == (0, "")
    [answer] = result.lines
    assert answer.keys() == {"classifications", "scores"}
    assert answer["scores"].keys() == set(NAMES)
    for item in answer["classifications"]:
        assert answer["scores"][item["name"]] == item["confidence"]


def test_classify_answers_a_bad_line_in_its_place(paperboy: CommandLine) -> None:
    bad = [
        "no json",
        "",
        "[]",
        '{"abstract": "a"}',
        '{"title": 5}',
        '{"title": "\\ud800"}',
        "[" * 5000,
        "\udcff",
    ]
    good = json.dumps(LINES[0])
    result = paperboy("classify", "--jsonl", stdin="\n".join([good, *bad, good]))
    assert result.code == 1
    assert result.stderr == (
        f"paperboy: Lines that could not be classified: {len(bad)}; the answers in their places say why.\n"
    )
    first, *answers, last = result.lines
    assert first == last
    assert first.keys() == {"classifications"}
    assert [set(answer) for answer in answers] == [{"error"}] * len(bad)


def test_classify_of_nothing_is_nothing(paperboy: CommandLine) -> None:
    assert paperboy("classify", "--jsonl") == Result(0, "", "")


def test_the_demo_posts_once_and_never_again(paperboy: CommandLine) -> None:
    (paperboy.folder / "config.toml").write_text("no TOML at all", "utf-8")
    once = ["demo", "--once", "--json", "--database", "demo.db"]
    first = done(paperboy(*once))
    assert first.keys() == {"edition", "messages"}
    assert first["edition"] == SAMPLE_DAY.isoformat()
    assert len({message["id"] for message in first["messages"]}) == len(first["messages"]) > 0
    for message in first["messages"]:
        assert message.keys() >= {"id", "channel", "content", "embeds", "components"}
        check_embeds(message["embeds"])
    assert done(paperboy(*once)) == {"edition": first["edition"], "messages": []}
    counts = done(paperboy("status", "--database", "demo.db", "--json", "--config", "/dev/null"))[
        "deliveries"
    ]
    assert (counts["due"], counts["sent"]) == (0, len(first["messages"]))


def check_embeds(embeds: list[dict[str, Any]]) -> None:
    assert 0 < len(embeds) <= EMBEDS
    written = [pair for embed in embeds for pair in texts(embed)]
    assert any(name == "title" for name, _ in written)
    for name, text in written:
        assert 0 < len(text) <= EMBED_LIMITS[name]
    assert sum(len(text) for _, text in written) <= TOGETHER


def texts(embed: dict[str, Any]) -> list[tuple[str, str]]:
    """Every text of an embed that Discord counts, with the name of its limit."""
    parts = [embed, embed.get("footer", {}), embed.get("author", {}), *embed.get("fields", [])]
    return [(name, part[name]) for part in parts for name in EMBED_LIMITS if name in part]


def test_the_demo_without_a_database_starts_anew(paperboy: CommandLine) -> None:
    result = paperboy("demo", "--once")
    assert (result.code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"Edition of {SAMPLE_DAY}: ")
    assert not [*paperboy.folder.rglob("*.db")]


async def test_the_demo_fetches_from_the_hub_when_told_to(fetching: CommandLine) -> None:
    posted = done(await asyncio.to_thread(fetching, "demo", "--once", "--source", "huggingface", "--json"))
    assert posted == {"edition": None, "messages": []}
