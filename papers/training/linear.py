"""The first step: a linear model of a paper's terms."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from papers.training.arrays import Matrix
from papers.training.corpus import Corpus, matrix, rarity, vocabulary
from papers.training.ridge import alike, folded, held_back, solve

FEATURES = 16_000
"""Terms that are kept: those with most weight."""

_FEWEST_WITH_TERM = 3
_PENALTY = 1.5


@dataclass(frozen=True)
class Linear:
    """What terms say of labels.

    Attributes:
        terms: what is counted, block by block.
        rarity: of each term.
        weights: of each term and ruled name for each label.
        first: scores of the papers for each label, each given by a model that had not seen the paper.
    """

    terms: list[str]
    rarity: Matrix
    weights: Matrix
    first: Matrix


def learn(corpus: Corpus, truth: NDArray[np.int64]) -> Linear:
    """Learns from all terms, keeps those with most weight and learns from them again.

    The papers' own scores come from all terms: terms chosen with a paper in view would flatter it.

    Args:
        corpus: the papers.
        truth: whether each has each label (papers, labels).
    """
    every = vocabulary(corpus, fewest=_FEWEST_WITH_TERM)
    papers = matrix(corpus, every, rarity(corpus, every))
    kernel = _kernel(papers, corpus)
    heavy = (_weights(papers, kernel, corpus, truth)[: len(every)] ** 2).sum(1)
    chosen = [every[place] for place in sorted(np.argsort(-heavy, kind="stable")[:FEATURES])]
    rare = rarity(corpus, chosen)
    kept = matrix(corpus, chosen, rare)
    return Linear(
        terms=chosen,
        rarity=rare,
        weights=_weights(kept, _kernel(kept, corpus), corpus, truth),
        first=held_back(kernel, truth, penalty=_PENALTY),
    )


def _kernel(papers: csr_matrix, corpus: Corpus) -> Matrix:
    return alike((papers @ papers.T).toarray(), corpus.recent)


def _weights(papers: csr_matrix, kernel: Matrix, corpus: Corpus, truth: NDArray[np.int64]) -> Matrix:
    said = solve(kernel, truth - truth.mean(0), penalty=_PENALTY)
    return np.asarray(papers.T @ folded(said, corpus.recent))
