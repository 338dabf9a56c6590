"""The second step: the papers that the first step finds most alike speak for their own labels."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from papers.reading.trained_model import place
from papers.training.arrays import Flags, Matrix
from papers.training.ridge import alike, folded, held_back, solve
from papers.training.steps import in_steps, step

NEIGHBOURS = 3_500
"""Of the newest papers are kept."""

REACH = 0.4
"""How fast the influence of a neighbour falls with the squared distance."""

_PENALTY = 0.7


@dataclass(frozen=True)
class Neighbours:
    """What papers say of papers near them.

    Attributes:
        spread: how far first scores lie from the rates.
        at: where the papers stand, in whole steps.
        step: the size of the step.
        pulls: what each says of each label.
        second: scores of the papers for each label, each given by the papers of other times.
    """

    spread: float
    at: Matrix
    step: float
    pulls: Matrix
    second: Matrix


def learn(first: Matrix, rules: Matrix, truth: NDArray[np.int64], recent: Flags) -> Neighbours:
    """Learns from the newest papers.

    Args:
        first: scores of the papers for each label, each given by a model that had not seen the paper.
        rules: their rule scores.
        truth: whether each has each label (papers, labels).
        recent: which of them come after the break.
    """
    rates, spread = truth.mean(0), float(np.sqrt(first.var(0).mean()))
    newest = slice(-NEIGHBOURS, None)
    exact = place(first, rules, rates, spread)[newest].astype(float)
    size = float(step(exact).max())
    at = in_steps(exact, size).astype(float) * size
    near = alike(_nearness(at), recent[newest])
    said = solve(near, truth[newest] - rates, penalty=_PENALTY)
    return Neighbours(
        spread=spread,
        at=at,
        step=size,
        pulls=folded(said, recent[newest]),
        second=held_back(near, truth[newest], penalty=_PENALTY),
    )


def _nearness(at: Matrix) -> Matrix:
    lengths = (at**2).sum(1)
    return np.asarray(np.exp(-REACH * np.maximum(lengths[:, None] + lengths - 2 * at @ at.T, 0)))
