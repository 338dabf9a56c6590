"""Runs `paperboy` as people do, with settings and data of its own."""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from bot.__main__ import cli
from bot.cli.options import Shared
from papers.ports import Clock

ROOT = Path(__file__).resolve().parents[2]
_LONGEST = 100

ASKING_NOBODY = {
    "PAPERBOY_SOURCES__HUGGINGFACE__ENRICH": "false",
    "PAPERBOY_SOURCES__ARXIV__ENRICH": "false",
}
"""Keeps a bot in a test from the real hub and the real arXiv."""


@dataclass(frozen=True)
class Result:
    """What a command left behind."""

    code: int
    stdout: str
    stderr: str

    @property
    def document(self) -> Any:  # noqa: ANN401 - JSON
        """The one JSON document on stdout."""
        return json.loads(self.stdout)

    @property
    def lines(self) -> list[Any]:
        """The JSON documents on stdout, one a line."""
        return [json.loads(line) for line in self.stdout.splitlines()]


@dataclass(frozen=True)
class CommandLine:
    """`python -m bot` in a folder, with nothing of this machine's settings; `clock` is what `in_process` sees."""

    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    clock: Clock | None = None

    def __call__(self, *arguments: object, stdin: str = "", stdout: Path | None = None) -> Result:
        """Runs a command to its end.

        Args:
            arguments: what stands after `paperboy`.
            stdin: what it reads.
            stdout: a file that takes its output, which is then not in the result.
        """
        command = [sys.executable, "-m", "bot", *map(str, arguments)]
        with (stdout or Path(os.devnull)).open("wb") as file:
            done = subprocess.run(  # noqa: S603 - our own program
                command,
                cwd=self.folder,
                env=self.variables(),
                input=stdin.encode("utf-8", "surrogateescape"),
                stdout=file if stdout else subprocess.PIPE,
                stderr=subprocess.PIPE,
                timeout=_LONGEST,
                check=False,
            )
        return Result(done.returncode, (done.stdout or b"").decode(), done.stderr.decode())

    def variables(self) -> dict[str, str]:
        """The environment of the process."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("PAPERBOY_")}
        own = {
            "PYTHONPATH": str(ROOT),
            "XDG_CONFIG_HOME": str(self.folder / "config"),
            "XDG_DATA_HOME": str(self.folder / "data"),
        }
        return {**inherited, **ASKING_NOBODY, **own, **self.environment}

    def in_process(self, *arguments: object) -> Result:
        """Runs a command without a process of its own, which takes a hundredth of the time."""
        nothing_set: dict[str, str | None] = {
            name: None for name in os.environ if name.startswith("PAPERBOY_")
        }
        with contextlib.chdir(self.folder):
            done = CliRunner(env={**nothing_set, **self.variables()}).invoke(
                cli,
                list(map(str, arguments)),
                prog_name="paperboy",
                obj=None if self.clock is None else Shared(clock=self.clock),
            )
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return Result(done.exit_code, done.stdout, done.stderr)

    def with_environment(self, **variables: str) -> "CommandLine":
        """The same with variables set."""
        return CommandLine(self.folder, {**self.environment, **variables}, self.clock)
