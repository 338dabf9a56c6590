"""Kernel ridge regression, in which papers after the break count for each other twice."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve

from papers.training.arrays import Flags, Matrix

FOLDS = 8
"""Stretches of time that papers are held back by."""


def alike(kernel: Matrix, recent: Flags) -> Matrix:
    """The kernel with a second copy of every feature for papers after the break.

    Daumé III, 2007: "Frustratingly Easy Domain Adaptation".
    """
    return np.asarray(kernel * (1 + np.outer(recent, recent)))


def folded(said: Matrix, recent: Flags) -> Matrix:
    """What papers say of labels (papers, labels) to a paper after the break; to any, where there is none after it."""
    return np.asarray(said * (1 + recent[:, None]))


def solve(kernel: Matrix, truth: Matrix, *, penalty: float) -> Matrix:
    """What each paper says of each label, so that `kernel` times it comes near `truth`, which has a mean of nought."""
    return np.asarray(cho_solve(cho_factor(kernel + penalty * np.eye(len(kernel))), truth))


def held_back(kernel: Matrix, truth: NDArray[np.int64], *, penalty: float) -> Matrix:
    """The score of each paper for each label, given by what the papers of the other stretches of time teach."""
    scores = np.zeros(truth.shape)
    for held in _stretches(len(truth)):
        rest = np.setdiff1d(np.arange(len(truth)), held)
        rates = truth[rest].mean(0)
        said = solve(kernel[np.ix_(rest, rest)], truth[rest] - rates, penalty=penalty)
        scores[held] = kernel[np.ix_(held, rest)] @ said + rates
    return scores


def _stretches(papers: int) -> Sequence[NDArray[np.int64]]:
    return np.array_split(np.arange(papers), min(FOLDS, papers))
