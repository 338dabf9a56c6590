"""What a trained classifier counts in a paper: words, pieces of words, and what the rules find."""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from papers.reading.classifications import Phrase, judge, phrases
from papers.tokens import tokenise

BLOCKS: Mapping[str, float] = {"w": 0.5, "t": 0.3, "c": 1.0, "p": 1.0}
"""By the letter their terms begin with, the blocks of terms and how much each counts: words and pairs of words
of the text, the same of the title, pieces of words of both, phrases of the rules."""

RULES = 0.5
"""How much the scores of the rules count, as a block of their own."""

_SHORTEST, _LONGEST = 3, 5  # letters of a piece of a word, with the spaces around it
_READ = 40  # letters of a word; what is longer is none


class Terms(NamedTuple):
    """A paper in numbers.

    Attributes:
        counts: how often each term stands in it; without pieces of words, which `words` has.
        words: how often each word stands in title and text.
        rules: what the rules say of each name.
    """

    counts: Mapping[str, int]
    words: Mapping[str, int]
    rules: Mapping[str, float]

    def every(self) -> Mapping[str, int]:
        """How often each term stands in the paper, pieces of words too."""
        counts = Counter(self.counts)
        for word, times in self.words.items():
            for piece in pieces(word):
                counts[piece] += times
        return counts


def terms(title: str, text: str) -> Terms:
    """Counts a paper.

    Args:
        title: its title.
        text: its abstract, or whatever else is known of what it says; may be empty.

    Returns:
        Each term begins with the letter of its block and a colon.
    """
    in_title, in_text = tokenise(title), tokenise(text)
    spoken = phrases(title)
    anywhere = spoken | phrases(text)
    told = (
        *_words("w", in_text),
        *_words("t", in_title),
        *_spoken(anywhere, "p: "),
        *_spoken(spoken, "p:^"),
    )
    return Terms(Counter(told), Counter((*in_title, *in_text)), judge(spoken, anywhere))


def _words(block: str, words: list[str]) -> Iterator[str]:
    for word in words:
        yield f"{block}:{word}"
    for first, second in pairwise(words):
        yield f"{block}:{first} {second}"


def pieces(word: str) -> tuple[str, ...]:
    """The terms that are pieces of the word."""
    padded = f" {word[:_READ]} "
    return tuple(
        f"c:{padded[at : at + length]}"
        for length in range(_SHORTEST, _LONGEST + 1)
        for at in range(len(padded) - length + 1)
    )


def _spoken(found: frozenset[Phrase], prefix: str) -> Iterator[str]:
    return (prefix + " ".join(phrase) for phrase in found)
