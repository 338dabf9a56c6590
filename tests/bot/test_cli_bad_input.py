"""Whatever is wrong is said in one sentence, with the contract's exit code, and nothing is lost."""

import asyncio
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from bot.demo_town import TOKEN
from playground.server import Playground
from storage import hold, open_stores
from support.command_line import CommandLine, Result

HEADER = "| Title | Authors | Summary |\n|---|---|---|"
DIGEST = f"""## Papers for 2026-03-02

{HEADER}
| [Tides](https://arxiv.org/abs/2603.00001) | Ada Sea | - Tides are read. |
"""
HALF_A_MEGABYTE = 1 << 19
NOBODY = 65_534
LIMITED = """
import resource, sys
largest = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
from bot.__main__ import main
main()
"""


@pytest.fixture
def paperboy(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path).with_environment(PAPERBOY_STORAGE__PATH="papers.db")


@pytest.fixture
def archive(paperboy: CommandLine) -> Iterator[CommandLine]:
    """The command line with a paper in its archive, which is still there at the end."""
    (paperboy.folder / "one.md").write_text(DIGEST, "utf-8")
    assert paperboy.in_process("import", "one.md").code == 0
    yield paperboy
    assert paperboy.in_process("search", "--json", "tides").document["total"] == 1


def refused(result: Result, code: int, *words: str, stdout: str = "") -> None:
    assert (result.code, result.stdout) == (code, stdout)
    assert re.fullmatch(r"paperboy: [^\n]+\n", result.stderr), result.stderr
    assert "Traceback" not in result.stderr
    for word in words:
        assert word in result.stderr


def many_papers(folder: Path, *, count: int = 3000) -> Path:
    rows = (
        f"| [Paper {number}](https://arxiv.org/abs/2603.{number:05}) | Ada Sea | - {'tide ' * 60} {number} |"
        for number in range(100, 100 + count)
    )
    file = folder / "2026-03-03.md"
    file.write_text("\n".join([HEADER, *rows, ""]), "utf-8")
    return file


@pytest.mark.parametrize("command", [["run"], ["search"], ["fetch"], ["status", "--json"]])
def test_a_wrong_setting_is_said(paperboy: CommandLine, command: list[str]) -> None:
    (paperboy.folder / "config.toml").write_text('[schedule]\ntimezone = "Atlantis"', "utf-8")
    refused(paperboy(*command), 2, "schedule.timezone", "config.toml", "no time zone")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[discord]\ntokn = 'x'", ["There is no setting “discord.tokn”"]),
        ("[discord", ["no valid TOML"]),
        ("[delivery]\nuncertain = 'perhaps'", ["delivery.uncertain", "repeat"]),
        ("schedule = 'daily'", ["schedule"]),
    ],
)
def test_a_wrong_file_of_settings_is_said(paperboy: CommandLine, text: str, words: list[str]) -> None:
    (paperboy.folder / "c.toml").write_text(text, "utf-8")
    refused(paperboy.in_process("status", "--config", "c.toml", "--database", "x.db"), 2, *words)


@pytest.mark.parametrize("command", [["run"], ["demo", "--once"]])
def test_a_wrong_variable_is_said(paperboy: CommandLine, command: list[str]) -> None:
    wrong = paperboy.with_environment(PAPERBOY_SOURCES__HUGGINGFACE__BASE_URL="nowhere")
    refused(wrong(*command), 2, "sources.huggingface.base_url", "PAPERBOY_SOURCES__HUGGINGFACE__BASE_URL")


@pytest.mark.parametrize("token", [None, "", "  "])
def test_a_missing_token_is_said(paperboy: CommandLine, token: str | None) -> None:
    told = paperboy if token is None else paperboy.with_environment(PAPERBOY_DISCORD__TOKEN=token)
    refused(told("run"), 2, "There is no Discord token", "PAPERBOY_DISCORD__TOKEN")


async def test_a_token_that_discord_does_not_know_is_said(paperboy: CommandLine) -> None:
    async with Playground.running() as discord:
        there = paperboy.with_environment(
            PAPERBOY_DISCORD__TOKEN="secret.unknown.token",
            PAPERBOY_DISCORD__API_BASE=discord.api_base,
            PAPERBOY_DISCORD__GATEWAY_URL=discord.gateway_url,
        )
        result = await asyncio.to_thread(there, "run")
    refused(result, 2, "Discord does not know this token")
    assert "secret" not in result.stderr


@pytest.fixture
def nobody_listens() -> Iterator[str]:
    """An address whose port is taken by us, and refuses connections."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


def test_an_unreachable_source_is_said_and_remembered(archive: CommandLine, nobody_listens: str) -> None:
    offline = archive.with_environment(PAPERBOY_SOURCES__HUGGINGFACE__BASE_URL=nobody_listens)
    result = offline("fetch", "--date", "2026-03-02", "--json")
    [edition] = result.document["editions"]
    assert (edition["state"], edition["papers"], len(edition["problems"])) == ("failed", 0, 1)
    refused(result, 1, "No day could be fetched", "cannot be reached", stdout=result.stdout)


def test_a_database_of_another_program_is_left_alone(paperboy: CommandLine) -> None:
    file = paperboy.folder / "papers.db"
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
        other.commit()
    before = file.read_bytes()
    refused(paperboy("search", "tides"), 1, "belongs to another program", "papers.db")
    assert file.read_bytes() == before


def test_a_file_that_is_no_database_is_left_alone(paperboy: CommandLine) -> None:
    file = paperboy.folder / "papers.db"
    file.write_text("Dear diary, today I read a paper about tides.\n" * 100, "utf-8")
    before = file.read_bytes()
    refused(paperboy("status"), 1, "not in the format of SQLite")
    assert file.read_bytes() == before


@pytest.mark.parametrize("command", [["search"], ["demo", "--once"]])
def test_a_database_of_a_newer_version_is_left_alone(archive: CommandLine, command: list[str]) -> None:
    with closing(sqlite3.connect(archive.folder / "papers.db", isolation_level=None)) as db:
        db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('paperboy', 'm9', '')"
        )
        refused(archive(*command, "--database", "papers.db"), 1, "written by a newer Paperboy")
        db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm9'")


async def remember_another_application(database: Path) -> None:
    async with open_stores(database) as stores:
        await stores.check_identity(application_id=7, api_base="https://discord.com/api/v10")


def test_a_database_of_another_application_is_left_alone(archive: CommandLine) -> None:
    asyncio.run(remember_another_application(archive.folder / "papers.db"))
    refused(
        archive("demo", "--once", "--json", "--database", "papers.db"),
        1,
        "belongs to application 7 at https://discord.com/api/v10",
    )
    assert archive.in_process("status", "--json").document["deliveries"]["sent"] == 0


def test_a_second_bot_is_refused(archive: CommandLine) -> None:
    token = archive.with_environment(PAPERBOY_DISCORD__TOKEN=TOKEN)
    with hold(archive.folder / "papers.db"):
        for command in (["run"], ["demo", "--once", "--database", "papers.db"]):
            refused(token(*command), 1, "Another bot is running on the database papers.db")


def test_a_locked_database_is_read_and_said(archive: CommandLine) -> None:
    with closing(sqlite3.connect(archive.folder / "papers.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert archive("search", "--json").document["total"] == 1
        refused(archive("import", many_papers(archive.folder, count=2)), 1, "locked by another program")
        other.execute("ROLLBACK")


@pytest.mark.parametrize(
    ("path", "code"),
    [("/proc/nowhere/papers.db", 1), ("one.md/papers.db", 1), ("/proc/version", 1), (".", 2)],
)
def test_a_place_for_no_database_is_said(archive: CommandLine, path: str, code: int) -> None:
    for command in (["search"], ["import", "one.md"], ["demo", "--once"]):
        refused(archive.in_process(*command, "--database", path), code, path)


@pytest.fixture
def read_only(archive: CommandLine) -> Iterator[CommandLine]:
    """The archive in a folder that the tests' user may read and not write, whoever that is."""
    user = os.geteuid()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for name in ("papers.db", "one.md"):
            shutil.copy(archive.folder / name, folder)
        folder.chmod(0o555)
        (folder / "papers.db").chmod(0o444)
        if user == 0:
            os.seteuid(NOBODY)
        yield CommandLine(folder, archive.environment)
        os.seteuid(user)
        folder.chmod(0o755)


@pytest.mark.skipif(os.name != "posix", reason="needs the permissions of POSIX")
def test_a_read_only_database_is_said(read_only: CommandLine) -> None:
    advice = "let this user write the file and its folder"
    refused(read_only.in_process("import", "one.md"), 1, advice)
    refused(read_only.in_process("demo", "--once", "--database", "papers.db"), 1, "cannot be written")
    refused(read_only.in_process("search", "--database", "new.db"), 1, advice)


def test_a_full_disk_loses_nothing(archive: CommandLine, small_disk: Path) -> None:
    there = ["--database", small_disk / "papers.db"]
    assert archive("import", "one.md", *there).code == 0
    refused(archive("import", many_papers(archive.folder), *there), 1, "no room left", "free some space")
    (small_disk / "filling").write_bytes(bytes(free_space(small_disk)))
    refused(archive("import", many_papers(archive.folder), *there), 1, "no room left", "free some space")
    (small_disk / "filling").unlink()
    assert archive("search", "--json", *there).document["total"] == 1
    assert archive("import", many_papers(archive.folder, count=20), *there).code == 0
    assert archive("search", "--json", *there).document["total"] == 21


def free_space(folder: Path) -> int:
    return shutil.disk_usage(folder).free


def test_a_file_that_may_not_grow_loses_nothing(archive: CommandLine) -> None:
    many = many_papers(archive.folder)
    largest = (archive.folder / "papers.db").stat().st_size + HALF_A_MEGABYTE
    result = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", LIMITED, str(largest), "import", str(many)],
        cwd=archive.folder,
        env=archive.variables(),
        capture_output=True,
        text=True,
        check=False,
    )
    refused(Result(result.returncode, result.stdout, result.stderr), 1, "papers.db")
    assert archive.in_process("search", "--json").document["total"] == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs Linux's /dev/full")
@pytest.mark.parametrize("command", [["search", "--json"], ["export", "--format", "digest"], ["--help"]])
def test_an_output_that_takes_nothing_is_said(archive: CommandLine, command: list[str]) -> None:
    refused(archive(*command, stdout=Path("/dev/full")), 1, "output cannot be written: No space left")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"# Notes\n\nBuy bread.\n", ["holds no digest", "Title, Authors, Summary"]),
        (b"", ["holds no digest"]),
        (b"\xff\xfe\x00", ["is not UTF-8"]),
        (f"{HEADER}\n".encode(), ["nothing says which day"]),
    ],
)
def test_a_digest_that_is_no_digest_is_said(archive: CommandLine, content: bytes, words: list[str]) -> None:
    (archive.folder / "notes.md").write_bytes(content)
    result = archive("import", "notes.md", "--json")
    assert (result.document["files"], len(result.document["problems"])) == (0, 1)
    refused(result, 1, "notes.md", *words, stdout=result.stdout)


def test_a_folder_without_digests_is_said(archive: CommandLine) -> None:
    (archive.folder / "empty").mkdir()
    result = archive("import", "empty", "--json")
    assert result.document == {"files": 0, "rows": 0, "papers": 0, "problems": []}
    refused(result, 1, "No file held a digest", stdout=result.stdout)


def test_one_bad_file_costs_nothing_but_itself(archive: CommandLine) -> None:
    many_papers(archive.folder, count=2)
    (archive.folder / "notes.md").write_text("Buy bread.", "utf-8")
    result = archive("import", archive.folder, "--json")
    assert (result.code, result.document["files"], result.document["papers"]) == (0, 2, 3)
    [problem] = result.document["problems"]
    assert result.stderr == f"paperboy: {problem['reason']}\n"
    assert date.fromisoformat(archive("search", "--json").document["papers"][0]["day"]) == date(2026, 3, 3)
