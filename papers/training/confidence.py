"""From scores to confidences, and the confidence from which on a label is given."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from papers.reading.trained_model import log_odds
from papers.training.arrays import Matrix, Truth

_EVEN, _WEAK = np.array([1.0, 0.0]), 1e-3  # the line that all labels' own is hardly drawn to
_PRIOR = 30.0  # how strongly a label's line is drawn to that of all labels
_STEPS, _LONGEST_STEP, _STILL = 30, 3.0, 1e-6
_GRID = np.linspace(0.08, 0.7, 63)
_SMOOTH = 7  # neighbouring thresholds whose F1 is averaged
_OWN = 0.7  # how much a label's own threshold counts, beside that of all
_LOWEST = 0.1  # of a label's own threshold


def lines(scores: Matrix, truth: Truth) -> Matrix:
    """Platt's line for each label, drawn to the one of all labels together.

    Args:
        scores: of papers the scorer had not seen (papers, labels).
        truth: whether each has each label.

    Returns:
        Slope and offset by label (labels, 2), from log-odds of scores to log-odds of confidences.
    """
    at = log_odds(scores.astype(np.float32)).astype(float)
    common = common_line(scores, truth)
    return np.array([_line(at[:, label], truth[:, label], common, _PRIOR) for label in range(truth.shape[1])])


def common_line(scores: Matrix, truth: Truth) -> Matrix:
    """Platt's line of all labels together (2), from log-odds of scores to log-odds of confidences."""
    return _line(log_odds(scores.astype(np.float32)).astype(float).ravel(), truth.ravel(), _EVEN, _WEAK)


def _line(at: Matrix, truth: Truth, prior: Matrix, strength: float) -> Matrix:
    """Logistic regression by Newton's method, with a normal prior around `prior`."""
    known = np.column_stack([at, np.ones_like(at)])
    line = prior.copy()
    for _ in range(_STEPS):
        sure = expit(known @ line)
        slope = known.T @ (sure - truth) + strength * (line - prior)
        curve = (known.T * (sure * (1 - sure))) @ known + strength * np.eye(2)
        step = np.clip(np.linalg.solve(curve, slope), -_LONGEST_STEP, _LONGEST_STEP)
        line -= step
        if np.abs(step).max() < _STILL:
            break
    return line


def thresholds(confidences: Matrix, truth: Truth) -> Matrix:
    """By label, from which confidence on it is given: its own threshold, drawn to the one that is best for all.

    Few papers have most of the labels, so that the best threshold on them would be one of chance. Each label's own is
    where F1 would be best if its confidences were right.

    Args:
        confidences: of papers the scorer had not seen (papers, labels).
        truth: whether each has each label.
    """
    common = _best(confidences.ravel(), truth.ravel())
    own = np.array([_expected(label) for label in confidences.T])
    return np.asarray((1 - _OWN) * common + _OWN * np.maximum(own, _LOWEST))


def _expected(confidences: Matrix) -> float:
    """Half the best F1 that is to be expected, which is the threshold it is reached with.

    Lipton, Elkan and Naryanaswamy, 2014: "Optimal Thresholding of Classifiers to Maximize F1 Measure".
    """
    surest = np.sort(confidences)[::-1]
    return float((np.cumsum(surest) / (np.arange(1, len(surest) + 1) + surest.sum())).max())


def _best(confidences: Matrix, truth: Truth) -> float:
    scores = np.array([_f1(confidences > threshold, truth) for threshold in _GRID])
    smooth = np.convolve(np.pad(scores, _SMOOTH // 2, "edge"), np.ones(_SMOOTH) / _SMOOTH, "valid")
    return float(_GRID[smooth.argmax()])


def _f1(given: NDArray[np.bool_], truth: Truth) -> float:
    return float(2 * (given * truth).sum() / max(given.sum() + truth.sum(), 1))
