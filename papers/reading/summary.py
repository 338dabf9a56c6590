"""A summary in the abstract's own sentences."""

import re
from collections.abc import Iterable, Iterator

from sentencex import segment  # type: ignore[import-untyped] # it ships no annotations

from papers.reading.latex import plain
from papers.tokens import tokenise

MOST = 5
"""How many bullets a summary has at most."""

_READ = 20_000  # characters; no abstract is that long, and cutting sentences takes time with the square of it
_FEWEST_WORDS = 4  # what has fewer is a heading or a stray mark
_LONGEST = 500  # characters; what is longer was mostly glued together by an odd bracket or quotation mark
_PLAIN_BORDER = re.compile(r"(?<=[a-z)\]][.!?])\s(?=[A-Z])")
_ALIKE = 0.7  # share of a sentence's words that the lead has already
_POINTER = re.compile(
    r"(?:code|data|models?|demos?|project page|weights?|website)\b.{0,80}(?:available|released|found|https?:)|"
    r"^see https?:|^project page",
    re.IGNORECASE,
)
_CONTRIBUTION = re.compile(
    r"\b(?:we|this (?:paper|work|report|study|survey|review)) (?:\w+ )?"
    r"(?:introduces?|proposes?|presents?|develops?|release|describes?|study|studies|investigates?|design|"
    r"provides?|reviews?|surveys?|explores?|examines?|analy[sz]es?|argues?|define|formulate|build|construct|unveil)\b|"
    r"\bin this (?:paper|work|report|study|survey|review)\b",
    re.IGNORECASE,
)
_RESULT = re.compile(
    r"\b(?:outperform|achiev|improv|surpass|results?|experiments|evaluat|show|demonstrat|find|reveal|reduc)|\d ?%",
    re.IGNORECASE,
)


def bullets(abstract: str, *, lead: str | None = None) -> tuple[str, ...]:
    """Draws the sentences that say most of a paper: what it brings first, then what was found.

    Args:
        abstract: any text; white space and LaTeX are cleaned up.
        lead: a sentence that will stand above the bullets; what says nearly the same is left out.

    Returns:
        At most five whole sentences in the abstract's order; none where there is no sentence.
    """
    known = frozenset(tokenise(lead or ""))
    sentences = [sentence for sentence in _sentences(abstract) if not _is_told(tokenise(sentence), known)]
    opening = next((at for at, sentence in enumerate(sentences) if _CONTRIBUTION.search(sentence)), 0)
    weights = [0] * opening + [_weight(sentence) for sentence in sentences[opening:]]
    ranked = sorted(range(len(sentences)), key=lambda at: (-weights[at], at))
    return tuple(sentences[at] for at in sorted(ranked[:MOST]))


def _sentences(text: str) -> Iterable[str]:
    sayable = text.encode(errors="replace").decode()
    line = " ".join(plain(_beginning(" ".join(sayable.split()))).split())
    return dict.fromkeys(sentence for sentence in _cut(line) if len(tokenise(sentence)) >= _FEWEST_WORDS)


def _beginning(line: str) -> str:
    """As much as is read, to the last whole word."""
    if len(line) <= _READ:
        return line
    return line[:_READ].rpartition(" ")[0] or line[:_READ]


def _cut(line: str) -> Iterator[str]:
    for sentence in map(str.strip, segment("en", line)):
        yield from _PLAIN_BORDER.split(sentence) if len(sentence) > _LONGEST else (sentence,)


def _is_told(words: list[str], known: frozenset[str]) -> bool:
    return sum(word in known for word in words) >= _ALIKE * len(words)


def _weight(sentence: str) -> int:
    """What a sentence is worth from where the paper begins to speak of itself; what stands before is worth 0."""
    if _POINTER.search(sentence):
        return -1
    return 1 + 2 * bool(_CONTRIBUTION.search(sentence)) + bool(_RESULT.search(sentence))
