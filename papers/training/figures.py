"""How good labels are."""

import numpy as np
from sklearn.metrics import label_ranking_average_precision_score

from papers.models import Model
from papers.taxonomy import FAMILIES, NAMES
from papers.training.arrays import Matrix, Truth

FEWEST = 10
"""Papers a label must have to count for macro-F1."""

_BINS = 10
_MEMBERS = np.array([[name in members for members in FAMILIES.values()] for name in NAMES], dtype=np.int64)


class Figures(Model):
    """How labels compare with the digests' own.

    Attributes:
        papers: how many were labelled.
        micro_f1: over all labels of all papers.
        macro_f1: the mean over labels that at least `FEWEST` of the papers have.
        lrap: label ranking average precision over all 63 names.
        families_f1: micro-F1 of the families that the labels belong to.
        labels_a_paper: how many are given.
        other: the share of papers that are `Other` alone.
    """

    papers: float
    micro_f1: float
    macro_f1: float
    lrap: float
    families_f1: float
    labels_a_paper: float
    other: float


class Bin(Model):
    """Labels with confidences from `low` up to `high`: how many, their mean confidence, and the share that was right."""

    low: float
    high: float
    labels: int
    confidence: float
    right: float


def measure(truth: Truth, given: Truth, scores: Matrix) -> Figures:
    """Compares labels with the truth, each for each of the 63 names (papers, names)."""
    frequent = truth.sum(0) >= FEWEST
    by_label = 2 * (truth * given).sum(0) / np.maximum(truth.sum(0) + given.sum(0), 1)
    alone = given[:, NAMES.index("Other")] * (given.sum(1) == 1)
    return Figures(
        papers=len(truth),
        micro_f1=_micro(truth, given),
        macro_f1=float(by_label[frequent].mean()) if frequent.any() else 0.0,
        lrap=float(label_ranking_average_precision_score(truth, scores)),
        families_f1=_micro(_families(truth), _families(given)),
        labels_a_paper=float(given.sum(1).mean()),
        other=float(alone.mean()),
    )


def mean(several: list[Figures]) -> Figures:
    """The mean of each figure."""
    table = np.array([[*figures.model_dump().values()] for figures in several])
    return Figures(**dict(zip(Figures.model_fields, table.mean(0).tolist(), strict=True)))


def reliability(truth: Truth, confidences: Matrix) -> list[Bin]:
    """How often labels were right, by how sure they were: ten bins, without those that are empty.

    Args:
        truth: whether each label of each paper is right.
        confidences: how sure each was.
    """
    bins = np.minimum((confidences * _BINS).astype(int), _BINS - 1)
    return [
        Bin(
            low=number / _BINS,
            high=(number + 1) / _BINS,
            labels=int((bins == number).sum()),
            confidence=float(confidences[bins == number].mean()),
            right=float(truth[bins == number].mean()),
        )
        for number in range(_BINS)
        if (bins == number).any()
    ]


def calibration_error(table: list[Bin]) -> float:
    """The mean distance of confidence from the share that was right, each bin by its labels."""
    labels = sum(one.labels for one in table)
    return sum(one.labels * abs(one.confidence - one.right) for one in table) / max(labels, 1)


def _micro(truth: Truth, given: Truth) -> float:
    return float(2 * (truth * given).sum() / max(truth.sum() + given.sum(), 1))


def _families(labels: Truth) -> Truth:
    return np.asarray(labels @ _MEMBERS > 0, dtype=np.int64)
