"""Classifications by what labelled papers teach, and by rules for names that none of them had."""

import os
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from papers.errors import ConfigurationError
from papers.models import Classification
from papers.reading.classifications import MOST, OTHER, OTHER_CONFIDENCE
from papers.reading.terms import Terms, terms
from papers.taxonomy import NAMES

if TYPE_CHECKING:
    from papers.reading.trained_model import TrainedModel

SHIPPED = "classifier.npz"
"""The file that ships with Paperboy, in `papers/reading/shipped/`."""

SETTLED = 0.5
"""The confidence from which on a name is given that no labelled paper had."""

UNLIKELY = 0.25
"""Where no label is surer than this, nothing is likely."""


class Classifier:
    """Labels papers; `name` says which model does."""

    def __init__(self, model: "TrainedModel") -> None:
        self._model = model
        self._thresholds = dict(zip(model.labels, map(float, model.thresholds), strict=True))
        self._ruled = [name for name in NAMES if name not in self._thresholds and name != OTHER]
        self.name = model.name

    def classify(self, title: str, text: str) -> tuple[Classification, ...]:
        """Labels a paper.

        Args:
            title: its title.
            text: its abstract, or its bullets where there is none; may be empty.

        Returns:
            One to five labels of the taxonomy, the surest first; `Other` alone where nothing is likely.
        """
        return self.given(self.scores(title, text))

    def scores(self, title: str, text: str) -> Mapping[str, float]:
        """How sure each of the 63 names is, from 0 to 1, in the taxonomy's order."""
        return self.scores_of_many([(title, text)])[0]

    def scores_of_many(self, papers: Sequence[tuple[str, str]]) -> list[Mapping[str, float]]:
        """The same as `scores` for several papers, each a title and a text, in their order."""
        return self.scores_of_counted([terms(*paper) for paper in papers])

    def scores_of_counted(self, papers: Sequence[Terms]) -> list[Mapping[str, float]]:
        """The same for papers whose terms are counted already."""
        if not papers:
            return []
        ruled, learned = self._model.rule_confidences(papers), self._model.confidences(papers)
        return [self._all(*rows) for rows in zip(ruled.tolist(), learned.tolist(), strict=True)]

    def _all(self, ruled: Sequence[float], learned: Sequence[float]) -> Mapping[str, float]:
        told = dict(zip(self._model.ruled, ruled, strict=True))
        told |= zip(self._model.labels, learned, strict=True)
        if OTHER not in told or not any(learned):
            told[OTHER] = OTHER_CONFIDENCE
        return {name: round(told.get(name, 0), 4) for name in NAMES}

    def given(self, scores: Mapping[str, float]) -> tuple[Classification, ...]:
        """The labels that a paper with these scores gets."""
        sure = [name for name, threshold in self._thresholds.items() if scores[name] >= threshold]
        sure += (name for name in self._ruled if scores[name] >= SETTLED)
        best = sorted(sure or [self._likeliest(scores)], key=lambda name: -scores[name])[:MOST]
        labels = [name for name in best if name != OTHER] or [OTHER]
        return tuple(Classification(name=name, confidence=scores[name]) for name in labels)

    def _likeliest(self, scores: Mapping[str, float]) -> str:
        nearest = max(self._thresholds, key=lambda name: scores[name] / self._thresholds[name])
        return nearest if scores[nearest] >= UNLIKELY else OTHER

    @classmethod
    def load(cls, path: Path | None = None) -> "Classifier":
        """Reads a classifier.

        Args:
            path: a file that `paperboy train` wrote; None for the one that ships with Paperboy, which is read once.

        Raises:
            ConfigurationError: the file cannot be read, is damaged, or is something else.
        """
        return cls.shipped() if path is None else cls(_understood(_read(path), str(path)))

    @staticmethod
    @cache
    def shipped() -> "Classifier":
        """The classifier that ships with Paperboy."""
        content = (files("papers.reading") / "shipped" / SHIPPED).read_bytes()
        return Classifier(_understood(content, SHIPPED))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"The classifier {path} cannot be read: {error.strerror}.") from error


def _understood(content: bytes, where: str) -> "TrainedModel":
    for library in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(
            library, "1"
        )  # so little is reckoned at a time that threads only wait for each other
    from papers.reading.trained_model import (  # noqa: PLC0415 - only those who classify wait for numpy to load
        TrainedModel,
    )

    return TrainedModel.read(content, where=where)
