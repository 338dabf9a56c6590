"""`paperboy demo` in a terminal: one line that is rewritten, and the page in a browser that needs no terminal."""

import os
import re
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from support.command_line import CommandLine
from support.demo import CARDS

PATIENCE = 60
SHOWN, HIDDEN = "\x1b[?25h", "\x1b[?25l"
SCREEN = {"DISPLAY": ":99"}
NO_SCREEN = {"DISPLAY": "", "WAYLAND_DISPLAY": ""}


@dataclass(frozen=True)
class Terminal:
    """A folder with a browser that writes down what it is to open."""

    folder: Path

    def command(self, *, background: bool = True) -> str:
        script = self.folder / "browser"
        script.write_text(f'#!/bin/sh\necho "$1" > "{self.opened}"\n', "utf-8")
        script.chmod(0o755)
        return f"{script} %s {'&' if background else ''}".strip()

    @property
    def opened(self) -> Path:
        return self.folder / "opened"

    def demo(self, *arguments: str, **variables: str) -> str:
        """Runs a demo until its first job is over and it was told to stop; what the terminal got."""
        ours, theirs = os.openpty()
        environment = {**CommandLine(self.folder).variables(), **variables}
        command = [sys.executable, "-m", "bot", "demo", *arguments]
        process = subprocess.Popen(command, cwd=self.folder, env=environment, stdout=theirs, stderr=theirs)  # noqa: S603 - our own program
        os.close(theirs)
        shown = b""
        try:
            while b"In the page, type" not in shown:
                shown += os.read(ours, 1 << 16)
            process.send_signal(signal.SIGINT)
            assert process.wait(PATIENCE) == 0
            shown += os.read(ours, 1 << 16)
        finally:
            process.kill()
            process.wait()
            os.close(ours)
        return shown.decode()


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path)


def test_progress_stands_on_one_line_that_is_rewritten(terminal: Terminal) -> None:
    shown = terminal.demo("--no-browser")
    first, progress, *summary = shown.replace("\r\n", "\n").split("\n")
    assert first.startswith("The page is at http://127.0.0.1:")
    said = [re.sub(r"\x1b\[\S+?[hl]", "", part).strip() for part in progress.split("\r")]
    assert "Fetching the edition of 2026-06-24 …" in said
    assert said[-1] == f"Posted {CARDS} of {CARDS}"
    assert shown.rindex(SHOWN) > shown.rindex(HIDDEN)
    assert [line.partition(" ")[0] for line in summary] == ["New", "In", "", "Stopped.", ""]


def test_the_page_is_opened_in_a_browser(terminal: Terminal) -> None:
    shown = terminal.demo(BROWSER=terminal.command(), **SCREEN)
    page = re.search(r"http://127\.0\.0\.1:\d+/", shown)
    assert page is not None
    assert terminal.opened.read_text("utf-8") == f"{page[0]}\n"


def test_it_is_not_opened_where_that_is_not_wanted(terminal: Terminal) -> None:
    terminal.demo("--no-browser", BROWSER=terminal.command(), **SCREEN)
    assert not terminal.opened.exists()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a screen")
def test_it_is_not_opened_without_a_screen(terminal: Terminal) -> None:
    terminal.demo(BROWSER=terminal.command(), **NO_SCREEN)
    assert not terminal.opened.exists()


def test_no_browser_takes_the_terminal(terminal: Terminal) -> None:
    terminal.demo(BROWSER=terminal.command(background=False), **SCREEN)
    assert not terminal.opened.exists()


def test_it_is_not_opened_where_nobody_sits_at_a_terminal(terminal: Terminal) -> None:
    environment = {**CommandLine(terminal.folder).variables(), "BROWSER": terminal.command(), **SCREEN}
    command = [sys.executable, "-c", "from bot.cli.browser import show; show('http://127.0.0.1:1/')"]
    subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True, timeout=PATIENCE)  # noqa: S603 - our own program
    assert not terminal.opened.exists()
