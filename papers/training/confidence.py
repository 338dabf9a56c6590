"""From scores to confidences, and the confidence from which on a label is given."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from papers.reading.trained_model import log_odds

Matrix = NDArray[np.float64]
Truth = NDArray[np.int64]

_EVEN, _WEAK = np.array([1.0, 0.0]), 1e-3  # the line that all labels' own is hardly drawn to
_PRIOR = 10.0  # how strongly a label's line is drawn to that of all labels
_STEPS, _LONGEST_STEP, _STILL = 30, 3.0, 1e-6
_GRID = np.linspace(0.08, 0.7, 63)
_SMOOTH = 7  # neighbouring thresholds whose F1 is averaged
_DRAWN = 100  # so many papers of its own weigh as much as the threshold of all labels
_FEWEST = 3


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
    """By label, the threshold where F1 is best on papers held back, drawn to the one that is best for all.

    Args:
        confidences: of papers the scorer had not seen (papers, labels).
        truth: whether each has each label.
    """
    common = _best(confidences.ravel(), truth.ravel())
    return np.array(
        [
            common if papers < _FEWEST else (_DRAWN * common + papers * _best(sure, true)) / (_DRAWN + papers)
            for sure, true, papers in zip(confidences.T, truth.T, truth.sum(0), strict=True)
        ]
    )


def _best(confidences: Matrix, truth: Truth) -> float:
    scores = np.array([_f1(confidences > threshold, truth) for threshold in _GRID])
    smooth = np.convolve(np.pad(scores, _SMOOTH // 2, "edge"), np.ones(_SMOOTH) / _SMOOTH, "valid")
    return float(_GRID[smooth.argmax()])


def _f1(given: NDArray[np.bool_], truth: Truth) -> float:
    return float(2 * (given * truth).sum() / max(given.sum() + truth.sum(), 1))
