"""How far the bot's first daily job is, for whoever watches the terminal."""

import logging
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from types import TracebackType
from typing import Any, Self, TextIO

import click

from bot.daily import Finished, Happening
from papers.delivery import Gathered, Sent
from papers.editions import EditionReport, Fetching

log = logging.getLogger(__name__)

_Done = Callable[[Sequence[EditionReport]], None]


class Progress:
    """Shows what a daily job tells: on one line that a terminal rewrites, on plain lines elsewhere.

    As a context it leaves the terminal as it was, however the job ends.
    """

    def __init__(self, file: TextIO, done: _Done) -> None:
        """Shows nothing yet.

        Args:
            file: where to.
            done: called once, when the first job is over, with what became of the days it asked for.
        """
        self._file = file
        self._done: _Done | None = done
        self._line = ExitStack()
        self._bar: Any = None
        self._reports: list[EditionReport] = []
        self._posted = self._planned = 0

    def __call__(self, happening: Happening) -> None:
        """Takes what the job tells; nothing more after its end, or when nobody reads any more."""
        if self._done is None:
            return
        try:
            self._take(happening, self._done)
        except OSError as error:
            log.info("the progress cannot be shown any more: %s", error)
            self._done = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._line.close()

    def _take(self, happening: Happening, done: _Done) -> None:
        match happening:
            case Fetching():
                self._show(f"Fetching the edition of {happening.day} …")
            case EditionReport():
                self._reports.append(happening)
                self._show_report(happening)
            case Gathered():
                self._planned += happening.messages
            case Sent():
                self._posted += 1
                self._show(f"Posted {self._posted} of {self._planned}")
            case Finished():
                self._done = None
                self._line.close()
                done(self._reports)

    def _show_report(self, report: EditionReport) -> None:
        if report.edition.papers:
            self._show(f"{report.edition.papers} papers of {report.edition.day} read")

    def _show(self, text: str) -> None:
        if self._bar is None:
            bar = click.progressbar(length=1, label=text, bar_template="%(label)s", file=self._file)
            self._bar = self._line.enter_context(bar)
        self._bar.label = text
        self._bar.render_progress()
