"""The classifier's honest figures: learned from all papers before a month, tried on that month."""

from collections.abc import Callable, Sequence
from itertools import groupby

import numpy as np

from papers.models import Model
from papers.ports import tell_nobody
from papers.reading.classifier import Classifier
from papers.taxonomy import NAMES
from papers.training import baseline
from papers.training.arrays import Matrix, Truth
from papers.training.corpus import Corpus
from papers.training.figures import Bin, Figures, calibration_error, mean, measure, reliability
from papers.training.fitting import FEWEST_PAPERS, fit

MONTHS = 5
"""The last months that are held back, each in turn."""

_FEWEST_OF_MONTH = 20


class Month(Model):
    """A month held back: `classifier` and `baseline` learned from the `learned` papers before it."""

    month: str
    learned: int
    classifier: Figures
    baseline: Figures


class Report(Model):
    """How well papers of months to come are labelled.

    Attributes:
        months: each of the last months, oldest first; none where there are too few papers before the last.
        classifier: the mean of the months.
        baseline: the mean of the months.
        reliability: of the labels that were given in the months, by confidence.
        reliability_of_all: of every label's confidence for every paper.
        calibration_error: the expected error of the given labels' confidences.
    """

    months: tuple[Month, ...] = ()
    classifier: Figures | None = None
    baseline: Figures | None = None
    reliability: tuple[Bin, ...] = ()
    reliability_of_all: tuple[Bin, ...] = ()
    calibration_error: float | None = None


def report(corpus: Corpus, tell: Callable[[str], None] = tell_nobody) -> Report:
    """Measures the last months.

    Args:
        corpus: labelled papers, oldest first.
        tell: hears which month is being held back.
    """
    trials = []
    for month, start, stop in _last_months(corpus):
        tell(month)
        trials.append(Trial(month, corpus.part(0, start), corpus.part(start, stop)))
    if not trials:
        return Report()
    truth = np.concatenate([trial.truth for trial in trials])
    sure = np.concatenate([trial.scores for trial in trials])
    given = np.concatenate([trial.given for trial in trials]) > 0
    table = reliability(truth[given], sure[given])
    return Report(
        months=tuple(trial.figures for trial in trials),
        classifier=mean([trial.figures.classifier for trial in trials]),
        baseline=mean([trial.figures.baseline for trial in trials]),
        reliability=tuple(table),
        reliability_of_all=tuple(reliability(truth.ravel(), sure.ravel())),
        calibration_error=calibration_error(table),
    )


class Trial:
    """A classifier and the baseline, learned from known papers and tried on others.

    Attributes:
        truth: whether each asked paper has each of the 63 names.
        scores: how sure the classifier is of each.
        given: whether it gives them.
        figures: how good it and the baseline are.
    """

    def __init__(self, month: str, known: Corpus, asked: Corpus) -> None:
        self.truth = asked.truth
        self.scores, self.given = _label(Classifier(fit(known, name="trial")), asked)
        scores, given = baseline.predict(known.papers, known.truth, asked.papers)
        self.figures = Month(
            month=month,
            learned=len(known.papers),
            classifier=measure(self.truth, self.given, self.scores),
            baseline=measure(self.truth, given, scores),
        )


def _label(classifier: Classifier, asked: Corpus) -> tuple[Matrix, Truth]:
    scores = classifier.scores_of_counted(asked.counted)
    given = [{item.name for item in classifier.given(told)} for told in scores]
    return (
        np.array([[*told.values()] for told in scores]),
        np.array([[name in names for name in NAMES] for names in given], dtype=np.int64),
    )


def _last_months(corpus: Corpus) -> Sequence[tuple[str, int, int]]:
    """The last months with enough papers in them and before them: month, first paper, end."""
    months = []
    start = 0
    for month, papers in groupby(corpus.papers, key=lambda paper: f"{paper.day:%Y-%m}"):
        stop = start + len([*papers])
        if stop - start >= _FEWEST_OF_MONTH and start >= FEWEST_PAPERS:
            months.append((month, start, stop))
        start = stop
    return months[-MONTHS:]
