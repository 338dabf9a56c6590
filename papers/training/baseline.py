"""What the classifier is measured against: pieces of words, and one linear support vector machine a label."""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from papers.training.arrays import Matrix, Truth
from papers.training.examples import LabelledPaper

_FOLDS = 5
_FEWEST = 5  # papers with a label to choose its threshold by; of rarer ones it is the machine's own, nought
_NEVER = -2.0  # the score of a label that no paper had


def predict(
    known: Sequence[LabelledPaper], truth: Truth, asked: Sequence[LabelledPaper]
) -> tuple[Matrix, Truth]:
    """Learns from the known papers and labels the others.

    Character 3- to 5-grams inside words of title and text, TF-IDF; a threshold for each label where F1 is best on
    papers held back, in five stretches of time.

    Args:
        known: papers to learn from, oldest first.
        truth: whether each has each label (papers, labels).
        asked: papers to label.

    Returns:
        Scores of the asked papers for each label, and whether each label is given: one at least.
    """
    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), min_df=2, sublinear_tf=True)
    seen = vectors.fit_transform(map(_text, known))
    thresholds = _thresholds(_held_back(seen, truth), truth)
    scores = _scores(seen, truth, vectors.transform(map(_text, asked)))
    given = (scores > thresholds).astype(np.int64)
    nearest = (scores - thresholds).argmax(1)
    given[np.arange(len(given)), nearest] |= given.sum(1) == 0
    return scores, given


def _text(paper: LabelledPaper) -> str:
    return f"{paper.title}\n{paper.text}"


def _scores(seen: csr_matrix, truth: Truth, asked: csr_matrix) -> Matrix:
    return np.column_stack([_scores_of_label(seen, column, asked) for column in truth.T])


def _scores_of_label(seen: csr_matrix, truth: Truth, asked: csr_matrix) -> Matrix:
    if truth.min() == truth.max():
        return np.full(asked.shape[0], _NEVER if truth[0] == 0 else -_NEVER)
    return np.asarray(LinearSVC(random_state=0).fit(seen, truth).decision_function(asked))


def _held_back(seen: csr_matrix, truth: Truth) -> Matrix:
    scores = np.zeros(truth.shape)
    for held in np.array_split(np.arange(len(truth)), _FOLDS):
        rest = np.setdiff1d(np.arange(len(truth)), held)
        scores[held] = _scores(seen[rest], truth[rest], seen[held])
    return scores


def _thresholds(scores: Matrix, truth: Truth) -> Matrix:
    return np.array(
        [
            0.0 if true.sum() < _FEWEST else _best(told, true)
            for told, true in zip(scores.T, truth.T, strict=True)
        ]
    )


def _best(scores: Matrix, truth: Truth) -> float:
    """The threshold where F1 is best."""
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(truth[order])
    best = int((2 * hits / (np.arange(1, len(scores) + 1) + truth.sum())).argmax())
    below = order[min(best + 1, len(order) - 1)]
    return float((scores[order[best]] + scores[below]) / 2)
