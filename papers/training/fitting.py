"""The classifier, made from labelled papers."""

import numpy as np
from numpy.typing import NDArray

from papers.errors import RequestError
from papers.reading.terms import BLOCKS
from papers.reading.trained_model import TrainedModel, calibrated, place
from papers.taxonomy import NAMES
from papers.training.confidence import lines, thresholds
from papers.training.corpus import RULED, Corpus, matrix, rarity, vocabulary
from papers.training.ridge import alike, held_back, solve

FEWEST_PAPERS = 100
"""Papers it takes to learn anything from."""

MOST_PAPERS = 6_000
"""Of the newest papers are learned from: time grows with the cube of their number, memory with the square."""

FEATURES = 12_000
"""Terms that are kept: those with most weight."""

NEIGHBOURS = 3_500
"""Of the newest papers are kept as neighbours."""

_FEWEST_WITH_LABEL = 4
_FEWEST_WITH_TERM = 3
_PENALTY = 1.5
_PENALTY_OF_NEIGHBOURS = 0.7
_REACH = 0.4
_RECENT_ENOUGH = 150  # papers after the break, to set confidences by them alone
_NEWEST = 1_000  # papers that confidences are set by where there are fewer

Matrix = NDArray[np.float64]


def fit(corpus: Corpus, *, name: str) -> TrainedModel:
    """Learns from papers; the same papers give the same numbers.

    Args:
        corpus: labelled papers, oldest first.
        name: what the model is to be called.

    Raises:
        RequestError: there are too few papers.
    """
    if len(corpus.papers) < FEWEST_PAPERS:
        raise RequestError(
            f"{len(corpus.papers)} labelled papers are too few to learn from: it takes {FEWEST_PAPERS}; "
            "import more digests."
        )
    return _Fit(corpus.part(max(0, len(corpus.papers) - MOST_PAPERS), len(corpus.papers))).model(name)


class _Fit:
    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.known = np.flatnonzero(corpus.truth.sum(0) >= _FEWEST_WITH_LABEL)
        self.truth = corpus.truth[:, self.known]
        self.rates = self.truth.mean(0)

    def model(self, name: str) -> TrainedModel:
        corpus, truth, rates = self.corpus, self.truth, self.rates
        words = self._chosen()
        rare = rarity(corpus, words)
        papers = matrix(corpus, words, rare)
        kernel = alike((papers @ papers.T).toarray(), corpus.recent)
        first = held_back(kernel, truth, penalty=_PENALTY)
        weights = self._weights(papers, kernel)

        rules = corpus.rules()
        spread = float(np.sqrt(first.var(0).mean()))
        at = place(first, rules, rates, spread)[-NEIGHBOURS:].astype(float)
        near = alike(_nearness(at), corpus.recent[-NEIGHBOURS:])
        said = solve(near, truth[-NEIGHBOURS:] - rates, penalty=_PENALTY_OF_NEIGHBOURS)
        second = held_back(near, truth[-NEIGHBOURS:], penalty=_PENALTY_OF_NEIGHBOURS)
        pulls = said * (1 + corpus.recent[-NEIGHBOURS:, None] * self._is_recent)

        told = (first[-NEIGHBOURS:] + second) / 2
        measured = self._measured(len(told))
        drawn = lines(told[measured], truth[-NEIGHBOURS:][measured])
        sure = calibrated(told[measured].astype(np.float32), *drawn.T.astype(np.float32))
        by_block = np.array([[*BLOCKS].index(term[0]) for term in words] + [len(BLOCKS)] * len(RULED))
        steps = np.array([np.abs(weights[by_block == block]).max(0, initial=0) for block in range(len(BLOCKS) + 1)])
        steps = _step(steps)
        neighbour_step = float(np.abs(at).max() / 127)
        pull_steps = _step(np.abs(pulls).max(0))
        return TrainedModel(
            name=name,
            labels=tuple(NAMES[place] for place in self.known),
            ruled=RULED,
            terms=tuple(words),
            rarity=rare.astype(np.float32),
            weights=np.rint(weights / steps[by_block]).astype(np.int8),
            steps=steps.astype(np.float32),
            rates=rates.astype(np.float32),
            spread=spread,
            neighbours=np.rint(at / neighbour_step).astype(np.int8),
            neighbour_step=neighbour_step,
            reach=_REACH,
            pulls=np.rint(pulls / pull_steps).astype(np.int8),
            pull_steps=pull_steps.astype(np.float32),
            slopes=drawn[:, 0].astype(np.float32),
            offsets=drawn[:, 1].astype(np.float32),
            thresholds=thresholds(sure.astype(float), truth[-NEIGHBOURS:][measured]).astype(np.float32),
        )

    @property
    def _is_recent(self) -> bool:
        """Whether the papers to come are like those after the break: they are, where there is one."""
        return bool(self.corpus.recent.any())

    def _chosen(self) -> list[str]:
        words = vocabulary(self.corpus, fewest=_FEWEST_WITH_TERM)
        papers = matrix(self.corpus, words, rarity(self.corpus, words))
        kernel = alike((papers @ papers.T).toarray(), self.corpus.recent)
        weights = self._weights(papers, kernel)[: len(words)]
        heavy = np.argsort(-(weights**2).sum(1), kind="stable")[:FEATURES]
        return [words[place] for place in sorted(heavy)]

    def _weights(self, papers: Matrix, kernel: Matrix) -> Matrix:
        said = solve(kernel, self.truth - self.rates, penalty=_PENALTY)
        folded = said * (1 + self.corpus.recent[:, None] * self._is_recent)
        return np.asarray(papers.T @ folded)

    def _measured(self, papers: int) -> NDArray[np.int64]:
        recent = np.flatnonzero(self.corpus.recent[-papers:])
        return recent if len(recent) >= _RECENT_ENOUGH else np.arange(max(0, papers - _NEWEST), papers)


def _nearness(at: Matrix) -> Matrix:
    lengths = (at**2).sum(1)
    return np.asarray(np.exp(-_REACH * np.maximum(lengths[:, None] + lengths - 2 * at @ at.T, 0)))


def _step(largest: Matrix) -> Matrix:
    return np.where(largest > 0, largest, 1) / 127
