"""What went wrong, in one sentence on stderr, and the exit code it has."""

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import click

from papers.errors import ConfigurationError, PaperboyError, QueryError, UnknownClassificationError
from playground.errors import PlaygroundError

_WRONG_USAGE = (ConfigurationError, QueryError, UnknownClassificationError)


class Failed(click.ClickException):
    """Ends the program with a sentence: the work failed."""

    exit_code = 1

    def show(self, file: IO[Any] | None = None) -> None:
        """Says the sentence on stderr, whatever click would rather write to."""
        _ = file
        complain(self.message)


class WronglyUsed(Failed):
    """Ends the program with a sentence: wrong usage or configuration."""

    exit_code = 2


class Stopped(click.ClickException):
    """Ends the program as Ctrl-C does before its work is done."""

    exit_code = 130

    def __init__(self, sentence: str = "Stopped.") -> None:
        super().__init__(sentence)

    def show(self, file: IO[Any] | None = None) -> None:
        """Says so on stderr; in a terminal below the `^C`."""
        _ = file
        click.echo(f"\n{self.message}" if sys.stderr.isatty() else self.message, err=True)


class Commands(click.Group):
    """A group of commands that fail with one sentence; exit codes: 1 the work failed, 2 wrong usage, 130 Ctrl-C."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,  # noqa: ANN401 - click's own
    ) -> click.Context:
        """As click does, its complaints in one sentence."""
        with _in_one_sentence():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own
        """As click does, every complaint in one sentence."""
        with _in_one_sentence():
            return super().invoke(ctx)


def complain(sentence: str) -> None:
    """Writes a sentence to stderr, on one line."""
    click.echo(f"paperboy: {' '.join(sentence.split())}", err=True)


@contextmanager
def _in_one_sentence() -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        raise Stopped from None
    except PaperboyError as error:
        failure = WronglyUsed if isinstance(error, _WRONG_USAGE) else Failed
        raise failure(str(error)) from error
    except PlaygroundError as error:
        raise Failed(str(error)) from error
    except click.exceptions.NoArgsIsHelpError:
        raise
    except click.UsageError as error:
        raise WronglyUsed(_usage(error)) from error
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise
        raise Failed(f"The output cannot be written: {error.strerror or error}.") from error


def _usage(error: click.UsageError) -> str:
    said = error.format_message().rstrip(".")
    return said if error.ctx is None else f"{said}; see `{error.ctx.command_path} --help`."
