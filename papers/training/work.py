"""The use case: measure what labelled papers teach, learn from all of them, and write one file."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from papers.errors import RequestError
from papers.models import Model
from papers.ports import tell_nobody
from papers.training.corpus import Corpus
from papers.training.examples import LabelledPaper
from papers.training.fitting import fit
from papers.training.report import Report, report


class Trained(Model):
    """A classifier that was written.

    Attributes:
        name: its version: the month of the newest paper it learned from.
        file: where it is.
        size: its bytes.
        papers: how many papers there were.
        first: the day of the oldest.
        last: the day of the newest.
        labels: what it learned to give.
        terms: how many terms it counts.
        report: how good classifiers made this way are.
    """

    name: str
    file: Path
    size: int
    papers: int
    first: date
    last: date
    labels: tuple[str, ...]
    terms: int
    report: Report


def train(
    examples: Sequence[LabelledPaper], output: Path, tell: Callable[[str], None] = tell_nobody
) -> Trained:
    """Makes a classifier.

    Args:
        examples: labelled papers, oldest first.
        output: the file to write.
        tell: hears in a few words what is being done.

    Raises:
        RequestError: there are too few papers, or the file cannot be written.
    """
    corpus = Corpus.of(examples)
    measured = report(corpus, lambda month: tell(f"learning from all before {month}, trying {month}"))
    tell("learning from all papers")
    model = fit(corpus, name=f"paperboy-{examples[-1].day:%Y-%m}" if examples else "paperboy")
    try:
        model.write(output)
    except OSError as error:
        raise RequestError(f"The classifier cannot be written to {output}: {error.strerror}.") from error
    return Trained(
        name=model.name,
        file=output,
        size=output.stat().st_size,
        papers=len(examples),
        first=examples[0].day,
        last=examples[-1].day,
        labels=model.labels,
        terms=len(model.terms),
        report=measured,
    )
