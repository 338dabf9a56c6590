"""How far a back-fill is, for whoever watches the terminal."""

import sys
from types import TracebackType
from typing import Self

import click

from papers.editions import EditionReport, Fetching


class DayBar:
    """A bar on stderr that fills day by day, where stderr is a terminal; nothing elsewhere. A context.

    Attributes:
        reports: what became of the days so far, in the order they were asked for.
    """

    def __init__(self, days: int) -> None:
        """Shows nothing yet.

        Args:
            days: how many reports will come; 0 where that is not known, for which there is no bar.
        """
        self.reports: list[EditionReport] = []
        hidden = not days or not sys.stderr.isatty()
        self._bar = click.progressbar(length=days, label="Fetching", file=sys.stderr, hidden=hidden)

    def __call__(self, happening: object) -> None:
        """Takes what the service tells."""
        match happening:
            case Fetching():
                self._bar.label = f"Fetching {happening.day}"
                self._bar.render_progress()
            case EditionReport():
                self.reports.append(happening)
                self._bar.update(1)

    def __enter__(self) -> Self:
        self._bar.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.__exit__(kind, error, trace)
