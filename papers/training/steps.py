"""Numbers in bytes."""

import numpy as np
from numpy.typing import NDArray

from papers.training.arrays import Matrix

_MOST = 127


def step(values: Matrix) -> Matrix:
    """By column, the step in which its values fit into a byte."""
    largest = np.abs(values).max(0, initial=0)
    return np.asarray(np.where(largest > 0, largest, 1) / _MOST)


def in_steps(values: Matrix, steps: Matrix | float) -> NDArray[np.int8]:
    """The values in steps, each to the nearest."""
    return np.asarray(np.rint(values / steps), dtype=np.int8)
