"""What the command line promises about the archive: keys, exit codes, what goes to stdout and what to stderr."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from support.command_line import CommandLine, Result

PAPER_KEYS = {
    *("arxiv_id", "title", "authors", "abstract", "summary", "classifications", "github_urls"),
    *("huggingface_urls", "project_url", "day", "published", "editions", "upvotes", "url"),
}
HEADER = "| Title | Authors | Summary | Classification | GitHub URLs | HuggingFace URLs |\n|---|---|---|---|---|---|"
FIRST_DAY = f"""## Papers for 2026-03-02

{HEADER}
| [Tides: Reading the
  Sea](https://arxiv.org/abs/2603.00001) | Ada Sea, Cy Dee | - Tides are read. - Boats stay afloat. | ['Robotics', 'Image Classification'] | [Link](https://github.com/o/tides) | [Link](https://huggingface.co/o/tides-7b) |
| [Kites & Strings_1](https://arxiv.org/abs/2603.00002) | Eve | - Kites glide. | ['Multimodal'] | N/A | N/A |
"""
SECOND_DAY = f"""## Papers for 2026-03-03

{HEADER}
| [Bells of Glass](https://arxiv.org/abs/2603.00003) |  | - Glass bells ring. | [] | N/A | N/A |
| [Row that leads nowhere](https://papers.example/7) | Eve | - Text. | [] | N/A | N/A |
"""


@pytest.fixture
def paperboy(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path)


@pytest.fixture
def digests(tmp_path: Path) -> Path:
    folder = tmp_path / "digests"
    (folder / "deeper").mkdir(parents=True)
    (folder / "2026-03-02.md").write_text(FIRST_DAY, "utf-8")
    (folder / "2026-03-02.json").write_text("never read", "utf-8")
    (folder / "deeper" / "2026-03-03.md").write_text(SECOND_DAY, "utf-8")
    return folder


@pytest.fixture
def archive(paperboy: CommandLine, digests: Path) -> CommandLine:
    assert paperboy.in_process("import", digests).code == 0
    return paperboy


def done(result: Result) -> Any:  # noqa: ANN401 - JSON
    assert (result.code, result.stderr) == (0, "")
    return result.document


def refused(result: Result, sentence: str, *, code: int) -> None:
    assert (result.code, result.stdout) == (code, "")
    assert re.fullmatch(r"paperboy: [^\n]+\n", result.stderr)
    assert sentence in result.stderr


def test_a_command_of_the_archive_does_not_wait_for_discords_library(tmp_path: Path) -> None:
    program = "import sys; from bot.__main__ import main; sys.argv[1:] = ['search', '--help']; main()"
    watched = f"import atexit, sys; atexit.register(lambda: print('discord' in sys.modules)); {program}"
    done = subprocess.run([sys.executable, "-c", watched], cwd=tmp_path, capture_output=True, check=True)  # noqa: S603
    assert done.stdout.decode().rstrip().endswith("False")


def test_help_stands_for_every_command(paperboy: CommandLine) -> None:
    result = paperboy("--help")
    assert (result.code, result.stderr) == (0, "")
    names = result.stdout.partition("Commands:")[2].split("\n")
    assert {line.split()[0] for line in names if line} >= {
        *("run", "demo", "playground", "fetch", "import", "export", "search", "classify", "status")
    }
    short = paperboy("search", "-h")
    assert short.code == 0
    assert "--offset" in short.stdout
    assert re.fullmatch(r"paperboy, version \d+\.\d+\.\d+\n", paperboy("--version").stdout)


def test_import_says_what_it_read(paperboy: CommandLine, digests: Path) -> None:
    result = paperboy("import", digests, "--json")
    assert result.code == 0
    document = result.document
    [problem] = document.pop("problems")
    assert document == {"files": 2, "rows": 3, "papers": 3}
    assert problem.keys() == {"file", "line", "reason"}
    assert (problem["file"], problem["line"]) == (str(digests / "deeper" / "2026-03-03.md"), 6)
    assert result.stderr == f"paperboy: {problem['file']}:6: {problem['reason']}\n"


def test_import_twice_changes_nothing(archive: CommandLine, digests: Path) -> None:
    before = archive("export", "--format", "json").stdout
    states = done(archive("status", "--json"))
    assert archive("import", digests, "--json").document["papers"] == 3
    assert archive("export", "--format", "json").stdout == before
    assert done(archive("status", "--json")) == states


def test_a_paper_has_every_key(archive: CommandLine) -> None:
    found = done(archive("search", "tides", "--json"))
    assert found.keys() == {"total", "total_capped", "papers"}
    assert (found["total"], found["total_capped"]) == (1, False)
    [tides] = found["papers"]
    assert tides.keys() >= PAPER_KEYS
    assert {key: tides[key] for key in PAPER_KEYS} == {
        "arxiv_id": "2603.00001",
        "title": "Tides: Reading the Sea",
        "authors": ["Ada Sea", "Cy Dee"],
        "abstract": None,
        "summary": ["Tides are read.", "Boats stay afloat."],
        "classifications": ["Robotics", "Image Classification"],
        "github_urls": ["https://github.com/o/tides"],
        "huggingface_urls": ["https://huggingface.co/o/tides-7b"],
        "project_url": None,
        "day": "2026-03-02",
        "published": None,
        "editions": ["2026-03-02"],
        "upvotes": None,
        "url": "https://arxiv.org/abs/2603.00001",
    }


@pytest.mark.parametrize("before", [True, False])
def test_global_options_stand_before_and_after_the_command(paperboy: CommandLine, *, before: bool) -> None:
    (paperboy.folder / "c.toml").write_text('[storage]\npath = "unused.db"', "utf-8")
    options = ["--config", "c.toml", "--database", "here.db", "--json", "--verbose"]
    result = paperboy(*options, "search") if before else paperboy("search", *options)
    assert (result.code, result.document["total"]) == (0, 0)
    assert (paperboy.folder / "here.db").is_file()
    assert not (paperboy.folder / "unused.db").exists()


def test_what_stands_after_the_command_wins(paperboy: CommandLine) -> None:
    done(paperboy("--database", "one.db", "search", "--database", "two.db", "--json"))
    assert [file.name for file in paperboy.folder.glob("*.db")] == ["two.db"]


def test_the_settings_name_the_database(paperboy: CommandLine) -> None:
    (paperboy.folder / "config.toml").write_text('[storage]\npath = "set.db"', "utf-8")
    done(paperboy("search", "--json"))
    done(paperboy.with_environment(PAPERBOY_STORAGE__PATH="variable.db")("search", "--json"))
    assert {file.name for file in paperboy.folder.glob("*.db")} == {"set.db", "variable.db"}


def test_search_finds_in_pages_and_orders(archive: CommandLine) -> None:
    everything = done(archive("search", "--json"))
    ids = [paper["arxiv_id"] for paper in everything["papers"]]
    assert ids == ["2603.00003", "2603.00002", "2603.00001"]
    page = done(archive("search", "", "--limit", 1, "--offset", 1, "--json"))
    assert (page["total"], [paper["arxiv_id"] for paper in page["papers"]]) == (3, ids[1:2])
    assert done(archive("search", "--offset", 10_000, "--limit", 100, "--json"))["papers"] == []
    assert done(archive("search", "kites", "--sort", "relevance", "--json"))["total"] == 1


def test_no_hits_are_no_failure(archive: CommandLine) -> None:
    assert done(archive("search", "--json", "xylophone")) == {
        "total": 0,
        "total_capped": False,
        "papers": [],
    }
    assert done(archive("export", "--format", "json", "xylophone")) == []
    assert done(archive("export", "--format", "json", "--date", "2020-02-02")) == []


def test_a_leading_minus_needs_two_before(archive: CommandLine) -> None:
    found = done(archive("search", "--json", "--", "-tag:Multimodal"))
    assert [paper["arxiv_id"] for paper in found["papers"]] == ["2603.00003", "2603.00001"]
    refused(archive("search", "--json", "-tag:Multimodal"), "search --help", code=2)
    exported = done(archive("export", "--format", "json", "--", "-glass -tides"))
    assert [paper["arxiv_id"] for paper in exported] == ["2603.00002"]


@pytest.mark.parametrize("command", [["search", "--json"], ["export", "--format", "json"]])
@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ('"tides', "never closed"),
        ("tag:Basketry", "no classification “Basketry”"),
        ("since:2026-02-30", "2026-02-30"),
        ("\udcff", "holds no word"),
    ],
)
def test_a_bad_query_is_wrong_usage(
    paperboy: CommandLine, command: list[str], query: str, sentence: str
) -> None:
    refused(paperboy.in_process(*command, query), sentence, code=2)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["search", "--limit", "0"], "1<=x<=100"),
        (["search", "--limit", "101"], "1<=x<=100"),
        (["search", "--offset", "-1"], "0<=x<=10000"),
        (["search", "--offset", "10001"], "0<=x<=10000"),
        (["search", "--sort", "oldest"], "'newest', 'relevance'"),
        (["search", "two", "words"], "unexpected extra argument"),
        (["export"], "Missing option '--format'"),
        (["export", "--format", "pdf"], "'digest', 'json', 'bibtex'"),
        (["export", "--format", "json", "--date", "2026-02-30"], "2026-02-30"),
        (["fetch", "--date", "2026-06-24", "--since", "2026-06-24"], "not both"),
        (["fetch", "--date", "2026-06-24", "--source", "carrier-pigeon"], "choose one of huggingface"),
        (["fetch", "--since", "9999-01-01"], "in the future"),
        (["classify"], "Missing option '--jsonl'"),
        (["import"], "Missing argument"),
        (["import", "nowhere.md"], "nowhere.md"),
        (["demo", "--source", "radio"], "'sample', 'huggingface'"),
        (["dance"], "No such command 'dance'"),
        (["--config", "nowhere.toml", "search"], "nowhere.toml"),
    ],
)
def test_wrong_usage_is_one_sentence(paperboy: CommandLine, arguments: list[str], sentence: str) -> None:
    refused(paperboy.in_process(*arguments), sentence, code=2)


def test_a_process_refuses_in_the_same_way(paperboy: CommandLine) -> None:
    usage, query = ["search", "--limit", "0"], ["search", '"tides']
    assert paperboy(*usage) == paperboy.in_process(*usage)
    assert paperboy(*query) == paperboy.in_process(*query)


def test_an_exported_digest_is_read_back_as_equal_papers(archive: CommandLine) -> None:
    days = [archive("export", "--format", "digest", "--date", f"2026-03-0{day}").stdout for day in (2, 3)]
    archived = done(archive("export", "--format", "json"))
    for name, text in {
        "days": "\n".join(days),
        "all": archive("export", "--format", "digest").stdout,
    }.items():
        file = archive.folder / f"{name}.md"
        file.write_text(text, "utf-8")
        again = ["--database", f"{name}.db"]
        assert done(archive("import", file, "--json", *again))["problems"] == []
        assert done(archive("export", "--format", "json", *again)) == archived


def test_an_export_of_a_day_keeps_its_order(archive: CommandLine) -> None:
    day = ["--format", "json", "--date", "2026-03-02"]
    ids = [paper["arxiv_id"] for paper in done(archive("export", *day))]
    assert ids == ["2603.00001", "2603.00002"]
    assert [paper["arxiv_id"] for paper in done(archive("export", *day, "author:eve"))] == ["2603.00002"]


def test_an_export_as_bibtex_is_one_entry_a_paper(archive: CommandLine) -> None:
    result = archive("export", "--format", "bibtex", "--date", "2026-03-02")
    assert (result.code, result.stderr) == (0, "")
    assert re.findall(r"^@misc\{(.+),$", result.stdout, re.MULTILINE) == [
        "arxiv:2603.00001",
        "arxiv:2603.00002",
    ]
    assert r"title = {{Kites \& Strings\_1}}," in result.stdout
    assert "author = {{Ada Sea} and {Cy Dee}}," in result.stdout


@pytest.mark.parametrize("form", ["digest", "bibtex"])
def test_with_json_an_export_of_text_is_one_document_too(archive: CommandLine, form: str) -> None:
    written = archive("export", "--format", form, "--date", "2026-03-02").stdout
    assert done(archive("--json", "export", "--format", form, "--date", "2026-03-02")) == {
        "format": form,
        "text": written,
    }
