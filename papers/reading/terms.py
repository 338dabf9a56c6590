"""What a trained classifier counts in a paper: words, pieces of words, and what the rules find."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from papers.reading.classifications import Phrase, judge, phrases
from papers.tokens import tokenise

BLOCKS: Mapping[str, float] = {"w": 0.5, "t": 0.3, "c": 1.0, "p": 1.0}
"""By the letter their terms begin with, the blocks of terms and how much each counts: words and pairs of words
of the text, the same of the title, pieces of words of both, phrases of the rules."""

RULES = 0.5
"""How much the scores of the rules count, as a block of their own."""

_SHORTEST, _LONGEST = 3, 5  # letters of a piece of a word
_READ = 40  # letters of a word; what is longer is none


class Terms(NamedTuple):
    """A paper in numbers: how often each term stands in it, and what the rules say of each name."""

    counts: Mapping[str, int]
    rules: Mapping[str, float]


def terms(title: str, text: str) -> Terms:
    """Counts a paper.

    Args:
        title: its title.
        text: its abstract, or whatever else is known of what it says; may be empty.

    Returns:
        Each term begins with the letter of its block and a colon.
    """
    in_title, in_text = tokenise(title), tokenise(text)
    counts = Counter(_words("w", in_text))
    counts.update(_words("t", in_title))
    for word, times in Counter((*in_title, *in_text)).items():
        for piece in _pieces(word):
            counts[piece] += times
    spoken = phrases(title)
    anywhere = spoken | phrases(text)
    counts.update(_spoken(anywhere, "p: "))
    counts.update(_spoken(spoken, "p:^"))
    return Terms(counts, judge(spoken, anywhere))


def _words(block: str, words: list[str]) -> Iterator[str]:
    for word in words:
        yield f"{block}:{word}"
    for first, second in pairwise(words):
        yield f"{block}:{first} {second}"


@lru_cache(maxsize=50_000)
def _pieces(word: str) -> tuple[str, ...]:
    padded = f" {word[:_READ]} "
    return tuple(
        f"c:{padded[at : at + length]}"
        for length in range(_SHORTEST, _LONGEST + 1)
        for at in range(len(padded) - length + 1)
    )


def _spoken(found: frozenset[Phrase], prefix: str) -> Iterator[str]:
    return (prefix + " ".join(phrase) for phrase in found)
