"""A trained classifier's numbers: how they are applied, and the one file they are kept in.

Two steps: a linear model of a paper's terms gives each label a first score; then the training papers whose first
scores were most alike speak for their own labels. The mean of both, brought to how often it was right on papers the
model had not seen, is the confidence.
"""

import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from papers.errors import ConfigurationError
from papers.reading.terms import BLOCKS, RULES, Terms, pieces
from papers.taxonomy import NAMES

FORMAT = 1
"""Goes up when the file or what is counted in a paper changes, so that a file is never read as what it is not."""

LEAST, MOST = 0.003, 0.98
"""What scores are cut to before they become confidences: outside lies what training has hardly seen."""

Numbers = NDArray[np.float32] | NDArray[np.float64]
Floats = NDArray[np.float32]
Halves = NDArray[np.float16]
Bytes = NDArray[np.int8]


@dataclass(frozen=True)
class TrainedModel:
    """Numbers for T terms, R names with rules, L labels and N training papers.

    Attributes:
        name: the model's version, as people see it.
        labels: what it learned to give.
        ruled: the names whose rule scores it reads.
        terms: what it counts, block by block.
        rarity: of each term (T).
        weights: of each term and ruled name for each label (T + R, L), in steps.
        steps: the size of a step by block, rules last, and label (blocks + 1, L).
        rates: how frequent each label is (L).
        spread: how far first scores lie from the rates, a standard deviation.
        neighbours: first scores and rule scores of training papers, as `place` gives them (N, L + R), in steps.
        neighbour_step: the size of their step.
        reach: how fast the influence of a neighbour falls with the squared distance.
        pulls: what each neighbour says of each label (N, L); large and of either sign, so a byte is too coarse.
        slopes: by label, of the line from log-odds of scores to log-odds of confidences (L).
        offsets: the same line's value at even odds (L).
        thresholds: the confidence from which on a label is given (L).
        rule_line: slope and offset of the line from log-odds of rule scores to log-odds of confidences (2).
    """

    name: str
    labels: tuple[str, ...]
    ruled: tuple[str, ...]
    terms: tuple[str, ...]
    rarity: Floats
    weights: Bytes
    steps: Floats
    rates: Floats
    spread: float
    neighbours: Bytes
    neighbour_step: float
    reach: float
    pulls: Halves
    slopes: Floats
    offsets: Floats
    thresholds: Floats
    rule_line: Floats

    def confidences(self, papers: Sequence[Terms]) -> Floats:
        """How sure each label is of each paper (papers, L), 0 to 1; nought for papers without a known term."""
        rules = self._rules(papers)
        counted = np.array([self._counted(paper) for paper in papers], dtype=np.float32)
        first = self.rates + self._ruled(rules) + counted
        both = (first + self._second(first, rules)) * np.float32(0.5)
        speaks = counted.any(1, keepdims=True) | rules.any(1, keepdims=True)
        return calibrated(both, self.slopes, self.offsets) * speaks

    def rule_confidences(self, papers: Sequence[Terms]) -> Floats:
        """How sure each ruled name is of each paper (papers, R), as far as rules of learned labels were right."""
        slope, offset = self.rule_line
        return calibrated(self._rules(papers), slope, offset)

    def _rules(self, papers: Sequence[Terms]) -> Floats:
        return np.array([[paper.rules[name] for name in self.ruled] for paper in papers], dtype=np.float32)

    def _ruled(self, rules: Floats) -> Floats:
        size = np.linalg.norm(rules, axis=1, keepdims=True)
        scaled = rules * np.float32(np.sqrt(RULES)) / np.where(size > 0, size, 1)
        return np.asarray(scaled @ self._weights[len(self.terms) :], dtype=np.float32)

    def _counted(self, paper: Terms) -> Floats:
        alone = [
            (self._columns[term], times) for term, times in paper.counts.items() if term in self._columns
        ]
        of_words = [self._pieces(word) for word in paper.words]
        places = np.concatenate([np.array([place for place, _ in alone], dtype=np.int64), *of_words])
        repeated = np.repeat([*paper.words.values()], [len(of_word) for of_word in of_words])
        counts = np.bincount(
            places, np.concatenate([[times for _, times in alone], repeated]), len(self.terms)
        )
        columns = np.flatnonzero(counts)
        values = (1 + np.log(counts[columns])) * self.rarity[columns]
        blocks = self._blocks[columns]
        sizes = np.sqrt(np.bincount(blocks, values**2, minlength=len(BLOCKS)))
        shares = np.sqrt([*BLOCKS.values()]) / np.where(sizes > 0, sizes, 1)
        return np.asarray(
            (values * shares[blocks]).astype(np.float32) @ self._weights[columns], dtype=np.float32
        )

    def _second(self, first: Floats, rules: Floats) -> Floats:
        at = place(first, rules, self.rates, self.spread)
        known = self._neighbours
        distances = (at**2).sum(1)[:, None] + (known**2).sum(1) - 2 * at @ known.T
        influence = np.exp(-self.reach * distances)
        return np.asarray(self.rates + influence @ self._pulls, dtype=np.float32)

    @cached_property
    def _pieces(self) -> Callable[[str], NDArray[np.int64]]:
        """The columns of a word's pieces; most words of a paper stand in another one too."""

        def find(word: str) -> NDArray[np.int64]:
            known = [self._columns[piece] for piece in pieces(word) if piece in self._columns]
            return np.array(known, dtype=np.int64)

        return lru_cache(maxsize=50_000)(find)

    @cached_property
    def _columns(self) -> dict[str, int]:
        return {term: column for column, term in enumerate(self.terms)}

    @cached_property
    def _blocks(self) -> NDArray[np.int64]:
        order = [*BLOCKS]
        return np.array([order.index(term[0]) for term in self.terms], dtype=np.int64)

    @cached_property
    def _weights(self) -> Floats:
        blocks = np.append(self._blocks, np.full(len(self.ruled), len(BLOCKS)))
        return np.asarray(self.weights * self.steps[blocks], dtype=np.float32)

    @cached_property
    def _neighbours(self) -> Floats:
        return np.asarray(self.neighbours * np.float32(self.neighbour_step), dtype=np.float32)

    @cached_property
    def _pulls(self) -> Floats:
        return self.pulls.astype(np.float32)

    def write(self, path: Path) -> None:
        """Writes the one file; the same model gives the same bytes.

        Raises:
            OSError: it cannot be written.
        """
        told = {field.name: getattr(self, field.name) for field in fields(self)}
        arrays = {name: value for name, value in told.items() if isinstance(value, np.ndarray)}
        rest = {name: value for name, value in told.items() if name not in arrays}
        about = json.dumps({"format": FORMAT, **rest}, ensure_ascii=False).encode()
        with path.open("wb") as file:
            np.savez_compressed(
                file, allow_pickle=False, about=np.frombuffer(about, dtype=np.uint8), **arrays
            )

    @classmethod
    def read(cls, content: bytes, *, where: str) -> Self:
        """Reads what `write` wrote.

        Args:
            content: the file's bytes.
            where: the file's name, for people.

        Raises:
            ConfigurationError: the content is damaged, or something else.
        """
        try:
            with np.load(io.BytesIO(content), allow_pickle=False) as kept:
                arrays = dict(kept)
            about = json.loads(arrays.pop("about").tobytes())
            model = cls._made_of(about, arrays)
        except Exception as error:
            raise ConfigurationError(
                f"{where} is no classifier that this version can use: train it again with `paperboy train`."
            ) from error
        return model

    @classmethod
    def _made_of(cls, about: dict[str, Any], arrays: dict[str, NDArray[Any]]) -> Self:
        if about.pop("format") != FORMAT:
            raise ValueError("another format")
        lists = {name: tuple(value) for name, value in about.items() if isinstance(value, list)}
        model = cls(**{**about, **lists, **arrays})
        terms, ruled, labels = len(model.terms), len(model.ruled), len(model.labels)
        known = len(model.neighbours)
        shapes = {
            "rarity": (terms,),
            "weights": (terms + ruled, labels),
            "steps": (len(BLOCKS) + 1, labels),
            "neighbours": (known, labels + ruled),
            "pulls": (known, labels),
            "rule_line": (2,),
            **dict.fromkeys(("rates", "slopes", "offsets", "thresholds"), (labels,)),
        }
        for name, shape in shapes.items():
            if arrays[name].shape != shape or not np.isfinite(arrays[name]).all():
                raise ValueError(f"{name} does not fit")
        if not (model.thresholds > 0).all() or not {*model.labels, *model.ruled} <= {*NAMES}:
            raise ValueError("thresholds or names that are none")
        return model


def place(first: Numbers, rules: Numbers, rates: Numbers, spread: float) -> Floats:
    """Where papers stand among each other: first scores and rule scores on one scale (papers, L + R)."""
    return np.hstack([(first - rates) / (8 * spread), rules / 2]).astype(np.float32)


def calibrated(scores: Floats, slopes: Floats | np.float32, offsets: Floats | np.float32) -> Floats:
    """Confidences (papers, L) for scores (papers, L)."""
    return np.asarray(1 / (1 + np.exp(-(slopes * log_odds(scores) + offsets))), dtype=np.float32)


def log_odds(scores: Floats) -> Floats:
    """The logarithm of score : rest, of scores cut to what training has seen."""
    within = np.clip(scores, LEAST, MOST)
    return np.asarray(np.log(within / (1 - within)), dtype=np.float32)
