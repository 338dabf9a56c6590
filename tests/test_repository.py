"""The repository keeps what it promises: sizes, documents, dependencies, links."""

import ast
import pkgutil
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.metadata import packages_distributions
from pathlib import Path
from urllib.parse import unquote

import click
import pytest
from discord.ext import commands
from markdown_it import MarkdownIt

import cogs
from bot.__main__ import cli

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("bot", "cogs", "papers", "playground", "storage", "tests", "benchmarks", "docs", ".github")
LONGEST = 400
DECISIONS = ROOT / "docs" / "decisions"
NEVER_IMPORTED = {"tzdata"}
"""Taken by the standard library, for time zones."""

INSTALLED = {"node_modules"}


@cache
def files(suffix: str) -> list[Path]:
    """The project's own files, those of its root included; what was installed below it is not."""
    below = (file for folder in FOLDERS for file in (ROOT / folder).rglob(f"*{suffix}"))
    return sorted({*ROOT.glob(f"*{suffix}"), *(file for file in below if not INSTALLED & set(file.parts))})


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def test_no_file_is_too_long() -> None:
    lengths = {str(file): len(file.read_text("utf-8").splitlines()) for file in files(".py")}
    assert len(lengths) > 100
    assert {file: length for file, length in lengths.items() if length > LONGEST} == {}


@cache
def cli_commands() -> dict[str, click.Command]:
    context = click.Context(cli)
    found = {name: cli.get_command(context, name) for name in cli.list_commands(context)}
    return {name: command for name, command in found.items() if command is not None}


def test_every_command_stands_in_the_readme() -> None:
    assert set(re.findall(r"^\| `paperboy (\w+)", text("README.md"), re.MULTILINE)) == set(cli_commands())


def test_every_option_of_a_command_stands_in_the_readme() -> None:
    readme = text("README.md")
    rows = dict(re.findall(r"^\| `paperboy (\w+)([^\n]*)$", readme, re.MULTILINE))
    for name, command in cli_commands().items():
        spelt = (option for parameter in command.params for option in parameter.opts)
        for option in filter(lambda option: option.startswith("--"), spelt):
            assert option in rows[name] or f"`{option}`" in readme, (name, option)


def slash_commands() -> Iterator[str]:
    for module in pkgutil.walk_packages(cogs.__path__, "cogs."):
        for found in vars(import_module(module.name)).values():
            if isinstance(found, type) and issubclass(found, commands.Cog):
                yield from (command.qualified_name for command in found.__cog_app_commands__)


def test_every_slash_command_stands_in_the_readme() -> None:
    names = set(slash_commands())
    assert {"papers", "subscribe"} <= names
    assert set(re.findall(r"^\| `/([\w ]+)`", text("README.md"), re.MULTILINE)) == names


@cache
def project() -> dict[str, list[str]]:
    """The names of the direct dependencies: those of the program, of its extras, and those for development."""
    read = tomllib.loads(text("pyproject.toml"))
    groups = read["dependency-groups"]
    developing = [wish for wish in (*groups["build"], *groups["dev"]) if isinstance(wish, str)]
    extras = [wish for wishes in read["project"]["optional-dependencies"].values() for wish in wishes]
    named = {"program": read["project"]["dependencies"], "extras": extras, "development": developing}
    return {kind: [re.split(r"[<>=!~\[; ]", wish)[0] for wish in wishes] for kind, wishes in named.items()}


def test_every_dependency_has_a_reason() -> None:
    decision = text("docs/decisions/0001-dependencies.md")
    names = {
        name.strip().lower()
        for row in re.findall(r"^\| ([^|]+) \| [^|]+ \|$", decision, re.MULTILINE)
        for name in row.split(",")
    }
    headings = {"what runs", "what a setting needs (`make extras`)", "for development", "---"}
    assert names - headings == {name.lower() for wishes in project().values() for name in wishes}


def imported_by(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_every_dependency_of_the_program_is_imported() -> None:
    imported = {
        name.partition(".")[0]
        for file in files(".py")
        if not file.is_relative_to(ROOT / "tests")
        for name in imported_by(file)
    }
    brought_by = packages_distributions()
    used = {distribution.lower() for name in imported for distribution in brought_by.get(name, ())}
    wished = {name.lower() for kind in ("program", "extras") for name in project()[kind]}
    assert wished - used == NEVER_IMPORTED


def test_every_module_of_the_playground_stands_in_its_readme() -> None:
    folder = ROOT / "playground"
    named = set(re.findall(r"`([\w/.]+)`", text("playground/README.md")))
    modules = {file.name for file in folder.glob("*.py")} - {"__init__.py"}
    packages = {f"{file.parent.relative_to(folder)}/" for file in folder.glob("*/**/__init__.py")}
    assert modules | packages <= named | {"page/drawing/marks/"}


@pytest.mark.parametrize("suffix", ["py", "js", "css", "html"])
def test_the_playgrounds_readme_counts_its_lines(suffix: str) -> None:
    told = re.search(rf"([\d,]+) lines of `\.{suffix}`", text("playground/README.md"))
    assert told is not None
    lines = sum(len(file.read_bytes().splitlines()) for file in (ROOT / "playground").rglob(f"*.{suffix}"))
    assert int(told[1].replace(",", "")) == pytest.approx(lines, rel=0.1)


def test_nothing_imports_a_mock() -> None:
    banned = {"unittest.mock", "mock"}
    assert [str(file) for file in files(".py") if banned & set(imported_by(file))] == []


@pytest.mark.parametrize(
    ("lock_file", "kinds"),
    [
        ("requirements.lock", ["program"]),
        ("requirements-extras.lock", ["program", "extras"]),
        ("requirements-dev.lock", ["program", "development"]),
    ],
)
def test_the_locks_have_hashes_and_name_no_index(lock_file: str, kinds: list[str]) -> None:
    lock = text(lock_file)
    requirements = re.split(r"^(?=[A-Za-z0-9])", lock, flags=re.MULTILINE)[1:]
    locked = {requirement.partition("==")[0].lower() for requirement in requirements}
    assert locked >= {name.lower().replace(".", "-") for kind in kinds for name in project()[kind]}
    for requirement in requirements:
        assert re.match(r"[\w.-]+==[\w.]+", requirement)
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", requirement)
    assert not re.search(r"--(extra-)?index-url|--find-links|https?://", lock)


def test_decisions_are_numbered_without_gaps() -> None:
    names = sorted(file.name for file in DECISIONS.glob("[0-9]*.md"))
    assert [name[:5] for name in names] == [f"{number:04}-" for number in range(1, len(names) + 1)]
    for name in names:
        assert (DECISIONS / name).read_text("utf-8").startswith(f"# {name[:4]}: ")


def targets(file: Path) -> Iterator[str]:
    for token in MarkdownIt("commonmark").enable("table").parse(file.read_text("utf-8")):
        for child in token.children or ():
            for name in ("href", "src"):
                if name in child.attrs:
                    yield str(child.attrs[name])


DOCUMENTS = [file for file in files(".md") if "samples" not in file.parts]


@pytest.mark.parametrize("file", DOCUMENTS, ids=[str(file.relative_to(ROOT)) for file in DOCUMENTS])
def test_every_relative_link_leads_to_a_file(file: Path) -> None:
    relative = [target for target in targets(file) if not re.match(r"\w+:|#", target)]
    broken = [target for target in relative if not (file.parent / unquote(target.partition("#")[0])).exists()]
    assert broken == []
