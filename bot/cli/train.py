"""`paperboy train`: a classifier from labelled papers, with its honest figures."""

import asyncio
import importlib.util
from collections.abc import Sequence
from pathlib import Path

import click

from bot.cli.options import Shared, pass_shared, print_json, shared_options
from papers.errors import ConfigurationError
from papers.models import Paper
from papers.training.examples import LabelledPaper, from_archive, from_folder
from storage import open_stores

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.option(
    "--digests", type=click.Path(path_type=Path), help="A folder of digests, instead of the archive."
)
@click.option(
    "--abstracts", type=_FILE, help='With --digests: a file of lines {"arxiv_id", "title", "abstract"}.'
)
@click.option(
    "--output", type=_FILE, default=Path("classifier.npz"), show_default=True, help="The file to write."
)
@shared_options
@pass_shared
def train(shared: Shared, digests: Path | None, abstracts: Path | None, output: Path) -> None:
    """Learn classifications from labelled papers, and say how good they are."""
    if abstracts is not None and digests is None:
        raise click.UsageError("--abstracts goes with --digests.")
    _need_scikit_learn()
    from papers.training import wording, work  # noqa: PLC0415 - scikit-learn is an extra

    trained = work.train(
        _examples(shared, digests, abstracts), output, lambda doing: click.echo(doing, err=True)
    )
    if shared.json:
        print_json(trained.model_dump(mode="json"))
    else:
        click.echo(wording.as_text(trained))


def _examples(shared: Shared, digests: Path | None, abstracts: Path | None) -> list[LabelledPaper]:
    if digests is not None:
        return from_folder(digests, abstracts)
    return from_archive(asyncio.run(_labelled(shared.database_path())))


async def _labelled(database: Path) -> Sequence[Paper]:
    async with open_stores(database) as stores:
        return await stores.papers.labelled()


def _need_scikit_learn() -> None:
    if importlib.util.find_spec("sklearn") is None:
        raise ConfigurationError(
            "Training needs scikit-learn, which is not installed: add it with `make extras`."
        )
