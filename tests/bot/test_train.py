import asyncio
import sys
from pathlib import Path

import pytest

from papers.reading.classifier import Classifier
from support.command_line import CommandLine
from support.labelled_papers import labelled_papers, write_digests

NO_TRAINING = "the extra `train` is not installed"


@pytest.fixture
def paperboy(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path)


def test_it_learns_from_folders_and_says_how_good_it_is(paperboy: CommandLine, tmp_path: Path) -> None:
    pytest.importorskip("sklearn", reason=NO_TRAINING)
    digests, abstracts = write_digests(tmp_path, labelled_papers())
    arguments = ("train", "--digests", digests, "--abstracts", abstracts)
    told = paperboy.in_process(*arguments, "--output", "mine.npz", "--json")
    assert told.code == 0
    assert told.document["name"] == Classifier.load(tmp_path / "mine.npz").name
    report = told.document["report"]
    assert {*report["months"][0]} == {"month", "learned", "classifier", "baseline"}
    assert report["classifier"]["micro_f1"] > 0.9
    assert "learning from all papers" in told.stderr

    shown = paperboy.in_process(*arguments)
    assert (tmp_path / "classifier.npz").read_bytes() == (tmp_path / "mine.npz").read_bytes()
    assert "mean      classifier" in shown.stdout


def test_its_file_is_used_where_the_settings_name_it(paperboy: CommandLine, tmp_path: Path) -> None:
    pytest.importorskip("sklearn", reason=NO_TRAINING)
    digests, abstracts = write_digests(tmp_path, labelled_papers())
    paperboy.in_process("train", "--digests", digests, "--abstracts", abstracts)
    mine = paperboy.with_environment(PAPERBOY_READING__MODEL=str(tmp_path / "classifier.npz"))
    line = '{"title": "vocoder phoneme prosody", "abstract": "tide intonation harbour"}'
    [answer] = mine("classify", "--jsonl", stdin=line).lines
    assert [item["name"] for item in answer["classifications"]] == ["Text-to-Speech"]


def test_it_learns_from_the_archive(paperboy: CommandLine, tmp_path: Path) -> None:
    pytest.importorskip("sklearn", reason=NO_TRAINING)
    for paper in labelled_papers(120):
        head = f"## Papers for {paper.day}\n| Title | Authors | Summary | Classification | GitHub URLs | HuggingFace URLs |\n"
        row = f"| [{paper.title}](https://arxiv.org/abs/{paper.arxiv_id}) | A | - {paper.text} | {[*paper.labels]} | N/A | N/A |"
        text = f"{head}|---|---|---|---|---|---|\n{row}\n"
        (tmp_path / f"{paper.arxiv_id}.md").write_text(text, encoding="utf-8")
    database = ("--database", tmp_path / "archive.db")
    assert paperboy.in_process("import", tmp_path, *database).code == 0
    told = paperboy.in_process("train", *database, "--json")
    assert (told.code, told.document["papers"]) == (0, 120)


def test_too_few_papers_are_one_sentence(paperboy: CommandLine, tmp_path: Path) -> None:
    pytest.importorskip("sklearn", reason=NO_TRAINING)
    empty = paperboy.in_process("train", "--database", tmp_path / "archive.db")
    assert (empty.code, empty.stdout) == (1, "")
    assert empty.stderr.splitlines()[-1].startswith("paperboy: 0 labelled papers are too few to learn from")


def test_wrong_usage_is_one_sentence(paperboy: CommandLine, tmp_path: Path) -> None:
    alone = paperboy.in_process("train", "--abstracts", tmp_path / "a.jsonl")
    assert (alone.code, alone.stderr.count("\n")) == (2, 1)
    assert "--abstracts goes with --digests" in alone.stderr


def test_without_scikit_learn_it_says_how_to_get_it(
    paperboy: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sklearn", None)
    told = paperboy.in_process("train")
    assert (told.code, told.stdout) == (2, "")
    assert told.stderr == (
        "paperboy: Training needs scikit-learn, which is not installed: add it with `make extras`.\n"
    )


async def test_an_answer_comes_before_the_next_line(paperboy: CommandLine, tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "classify", "--jsonl"),
        cwd=tmp_path,
        env=paperboy.variables(),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    for line in (b'{"title": "Robots"}\n', b'{"title"', b': "Robots"}\n{"title": "Speech"}\n'):
        process.stdin.write(line)
        await process.stdin.drain()
        for _ in range(line.count(b"\n")):
            assert (await process.stdout.readline()).startswith(b'{"classifications": ')
    process.stdin.close()
    assert await process.wait() == 0
