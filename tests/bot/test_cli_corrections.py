"""`paperboy corrections`: what the operator sees and decides."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest

from storage import Stores, open_stores
from support.command_line import CommandLine, Result
from support.corrections import ELSEWHERE, MIKA, correct
from support.papers import AT, EDITION, over_at

TIDES, ROBOTS = "2606.01001", "2606.01002"


ResultT = TypeVar("ResultT")


def on_archive(folder: Path, work: Callable[[Stores], Coroutine[Any, Any, ResultT]]) -> ResultT:
    async def run() -> ResultT:
        async with open_stores(folder / "papers.db") as stores:
            return await work(stores)

    return asyncio.run(run())


async def two_corrections(stores: Stores) -> None:
    await stores.papers.keep(EDITION, over_at=over_at(EDITION.day), at=AT)
    await correct(stores, TIDES, "Robotics", "Audio", guild=2**60 + 1)
    await correct(stores, ROBOTS, "Other", guild=ELSEWHERE, person=MIKA, at=AT + timedelta(days=1))


@pytest.fixture
def paperboy(tmp_path: Path) -> CommandLine:
    """The command line on an archive with two corrections: of TIDES, and later of ROBOTS."""
    on_archive(tmp_path, two_corrections)
    return CommandLine(tmp_path, {"PAPERBOY_STORAGE__PATH": str(tmp_path / "papers.db")})


def classifications(paperboy: CommandLine, arxiv_id: str) -> list[str]:
    paper = on_archive(paperboy.folder, lambda stores: stores.papers.get(arxiv_id))
    assert paper is not None
    return [item.name for item in paper.classifications]


def refused(result: Result, code: int) -> str:
    assert (result.code, result.stdout) == (code, "")
    assert result.stderr.count("\n") == 1
    return result.stderr


def test_corrections_are_listed_newest_first(paperboy: CommandLine) -> None:
    result = paperboy.in_process("corrections")
    assert result.code == 0
    assert result.stdout.splitlines() == [
        "    2  2026-06-26  server 901  person 2  2606.01002",
        "       Robotics, Multimodal -> Other",
        "    1  2026-06-25  server 1152921504606846977  person 1  2606.01001",
        "       Time Series Forecasting, Computer Vision -> Robotics, Audio",
    ]
    assert result.stderr == "Corrections: 2, everybody's: 0.\n"


def test_json_has_every_key_and_ids_as_text(paperboy: CommandLine) -> None:
    result = paperboy.in_process("corrections", "--json")
    assert (result.code, result.stderr) == (0, "")
    newest, oldest = result.document["corrections"]
    assert newest["id"] == 2
    assert oldest == {
        "id": 1,
        "server": "1152921504606846977",
        "arxiv_id": TIDES,
        "person": "1",
        "before": ["Time Series Forecasting", "Computer Vision"],
        "after": ["Robotics", "Audio"],
        "at": "2026-06-25T03:00:00+00:00",
        "counts": True,
        "promoted": False,
    }


def test_one_is_promoted_and_withdrawn(paperboy: CommandLine) -> None:
    promoted = paperboy.in_process("corrections", "--promote", 1)
    assert promoted.code == 0
    assert promoted.stdout.endswith("-> Robotics, Audio  (everybody's)\n")
    assert promoted.stderr == (
        "Correction 1 is everybody's now; posted cards follow with the bot's next run.\n"
    )
    assert classifications(paperboy, TIDES) == ["Robotics", "Audio"]
    found = paperboy.in_process("search", "tag:Audio", "--json").document["papers"]
    assert [paper["arxiv_id"] for paper in found] == [TIDES]
    withdrawn = paperboy.in_process("corrections", "--withdraw", 1, "--json")
    assert [one["promoted"] for one in withdrawn.document["corrections"]] == [False]
    assert classifications(paperboy, TIDES) == ["Time Series Forecasting", "Computer Vision"]


def test_a_promoted_one_that_was_taken_back_says_so(paperboy: CommandLine) -> None:
    on_archive(paperboy.folder, lambda stores: stores.corrections.promote(1))
    on_archive(paperboy.folder, lambda stores: stores.corrections.remove(1))
    assert "-> Robotics, Audio  (everybody's, taken back)\n" in paperboy.in_process("corrections").stdout


@pytest.mark.parametrize("option", ["--promote", "--withdraw"])
def test_an_unknown_id_is_one_sentence(paperboy: CommandLine, option: str) -> None:
    sentence = refused(paperboy.in_process("corrections", option, 7), 1)
    assert sentence == "paperboy: There is no correction 7: `paperboy corrections` lists them.\n"


def test_what_was_not_promoted_cannot_be_withdrawn(paperboy: CommandLine) -> None:
    sentence = refused(paperboy.in_process("corrections", "--withdraw", 2), 1)
    assert sentence == ("paperboy: Correction 2 is its server's alone: nothing of it is to be withdrawn.\n")


@pytest.mark.parametrize(
    "options",
    [("--promote", "x"), ("--promote", 0), ("--withdraw", 2**63), ("--promote", 1, "--withdraw", 1)],
    ids=["no number", "none", "too large", "both"],
)
def test_wrong_usage_changes_nothing(paperboy: CommandLine, options: tuple[object, ...]) -> None:
    refused(paperboy.in_process("corrections", *options), 2)
    listed = paperboy.in_process("corrections", "--json").document["corrections"]
    assert not any(one["promoted"] for one in listed)


def test_an_archive_without_any_has_an_empty_list(tmp_path: Path) -> None:
    result = CommandLine(tmp_path).in_process("corrections", "--json", "--database", tmp_path / "new.db")
    assert (result.code, result.document) == (0, {"corrections": []})
