"""Labelled papers as matrices."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags, hstack

from papers.reading.classifications import OTHER
from papers.reading.terms import BLOCKS, RULES, Terms, terms
from papers.taxonomy import NAMES
from papers.training.arrays import Matrix
from papers.training.examples import LabelledPaper

BREAK = date(2025, 5, 6)
"""From this day on the digests were labelled another way: papers have 1.9 labels instead of 2.4, and 4 % instead of
20 % are Computer Vision. What comes after is what the classifier is to give."""

RULED = tuple(name for name in NAMES if name != OTHER)


@dataclass(frozen=True)
class Corpus:
    """Papers with their terms counted, oldest first.

    Attributes:
        recent: which of them come after the break.
        truth: whether each has each of the 63 names, 0 or 1 (papers, names).
    """

    papers: Sequence[LabelledPaper]
    counted: Sequence[Terms]
    recent: NDArray[np.bool_]
    truth: NDArray[np.int64]

    @classmethod
    def of(cls, papers: Sequence[LabelledPaper]) -> "Corpus":
        """Counts papers, which are to be in order of their days."""
        truth = [[name in paper.labels for name in NAMES] for paper in papers]
        return cls(
            papers=papers,
            counted=[terms(paper.title, paper.text) for paper in papers],
            recent=np.array([paper.day >= BREAK for paper in papers], dtype=bool),
            truth=np.array(truth, dtype=np.int64).reshape(len(papers), len(NAMES)),
        )

    def part(self, start: int, stop: int) -> "Corpus":
        """The papers from `start` up to `stop`."""
        return Corpus(
            self.papers[start:stop], self.counted[start:stop], self.recent[start:stop], self.truth[start:stop]
        )

    def first_of(self, day: date) -> int:
        """How many papers are older than the day."""
        return sum(paper.day < day for paper in self.papers)

    def rules(self) -> Matrix:
        """Rule scores (papers, `RULED`)."""
        return np.array([[paper.rules[name] for name in RULED] for paper in self.counted])


def vocabulary(corpus: Corpus, *, fewest: int) -> list[str]:
    """The terms that stand in at least `fewest` papers, block by block, each block in alphabetical order."""
    papers_with = Counter(term for paper in corpus.counted for term in paper.every())
    order = {block: place for place, block in enumerate(BLOCKS)}
    common = (term for term, papers in papers_with.items() if papers >= fewest)
    return sorted(common, key=lambda term: (order[term[0]], term))


def rarity(corpus: Corpus, words: Sequence[str]) -> Matrix:
    """How rare each term is: the smoothed inverse document frequency, a logarithm and one."""
    papers_with = Counter(term for paper in corpus.counted for term in paper.every())
    return np.array([1 + np.log((1 + len(corpus.papers)) / (1 + papers_with[term])) for term in words])


def matrix(corpus: Corpus, words: Sequence[str], rare: Matrix) -> csr_matrix:
    """The papers' terms and rule scores, each block of its own length (papers, terms + ruled names)."""
    column = {term: place for place, term in enumerate(words)}
    cells = [
        (row, column[term], 1 + np.log(times))
        for row, paper in enumerate(corpus.counted)
        for term, times in sorted(paper.every().items())
        if term in column
    ]
    rows, columns, values = np.array(cells).reshape(-1, 3).T
    shape = (len(corpus.papers), len(words))
    counted = csr_matrix((values, (rows.astype(int), columns.astype(int))), shape=shape) @ diags(rare)
    letters = np.array([term[0] for term in words])
    parts = [_even(counted[:, letters == block], weight) for block, weight in BLOCKS.items()]
    return hstack([*parts, _even(csr_matrix(corpus.rules()), RULES)]).tocsr()


def _even(block: csr_matrix, weight: float) -> csr_matrix:
    sizes = np.sqrt(block.multiply(block).sum(axis=1)).A1
    return diags(np.sqrt(weight) / np.where(sizes > 0, sizes, 1)) @ block
