"""The classifier, made from labelled papers."""

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from papers.errors import RequestError
from papers.reading.terms import BLOCKS
from papers.reading.trained_model import TrainedModel, calibrated
from papers.taxonomy import NAMES
from papers.training import linear, neighbours
from papers.training.confidence import common_line, lines, thresholds
from papers.training.corpus import RULED, Corpus
from papers.training.steps import in_steps, step

FEWEST_PAPERS = 100
"""Papers it takes to learn anything from."""

MOST_PAPERS = 6_000
"""Of the newest papers are learned from: time grows with the cube of their number, memory with the square."""

_FEWEST_WITH_LABEL = 4
_RECENT_ENOUGH = 400  # papers after the break, to set confidences by them alone
_NEWEST = 1_000  # papers that confidences are set by where there are fewer


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
    with threadpool_limits(limits=1):  # sums over several threads differ in their last digits
        return _fit(corpus.part(max(0, len(corpus.papers) - MOST_PAPERS), len(corpus.papers)), name)


def _fit(corpus: Corpus, name: str) -> TrainedModel:
    known = np.flatnonzero(corpus.truth.sum(0) >= _FEWEST_WITH_LABEL)
    truth = corpus.truth[:, known]
    spoken = linear.learn(corpus, truth)
    near = neighbours.learn(spoken.first, corpus.rules(), truth, corpus.recent)
    blocks = np.array([[*BLOCKS].index(term[0]) for term in spoken.terms] + [len(BLOCKS)] * len(RULED))
    steps = np.array([step(spoken.weights[blocks == block]) for block in range(len(BLOCKS) + 1)])
    judged = _like_those_to_come(corpus, len(near.second))
    scores, true = (
        ((spoken.first[-len(near.second) :] + near.second) / 2)[judged],
        truth[-len(near.second) :][judged],
    )
    drawn = lines(scores, true)
    sure = calibrated(scores.astype(np.float32), *drawn.T.astype(np.float32))
    return TrainedModel(
        name=name,
        labels=tuple(NAMES[place] for place in known),
        ruled=RULED,
        terms=tuple(spoken.terms),
        rarity=spoken.rarity.astype(np.float32),
        weights=in_steps(spoken.weights, steps[blocks]),
        steps=steps.astype(np.float32),
        rates=truth.mean(0).astype(np.float32),
        spread=near.spread,
        neighbours=in_steps(near.at, near.step),
        neighbour_step=near.step,
        reach=neighbours.REACH,
        pulls=near.pulls.astype(np.float16),
        slopes=drawn[:, 0].astype(np.float32),
        offsets=drawn[:, 1].astype(np.float32),
        thresholds=thresholds(sure.astype(float), true).astype(np.float32),
        rule_line=_rule_line(corpus, known),
    )


def _like_those_to_come(corpus: Corpus, newest: int) -> NDArray[np.int64]:
    """Places, among the newest, of the papers by which confidences are set."""
    recent = np.flatnonzero(corpus.recent[-newest:])
    return recent if len(recent) >= _RECENT_ENOUGH else np.arange(min(newest, len(corpus.papers)))[-_NEWEST:]


def _rule_line(corpus: Corpus, known: NDArray[np.int64]) -> NDArray[np.float32]:
    """How often rules were right: what they say of names that are to be learned, against the truth."""
    learned = [place for place, name in enumerate(RULED) if NAMES.index(name) in known]
    judged = _like_those_to_come(corpus, len(corpus.papers))
    truth = corpus.truth[:, [NAMES.index(RULED[place]) for place in learned]]
    return common_line(corpus.rules()[:, learned][judged], truth[judged]).astype(np.float32)
