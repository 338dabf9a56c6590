"""The kinds of arrays that training works with."""

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
"""Scores, weights, distances."""

Truth = NDArray[np.int64]
"""Whether each paper has each label, 0 or 1 (papers, labels)."""

Flags = NDArray[np.bool_]
"""Of each paper, whether something holds."""
