"""A summary in the abstract's own sentences."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from papers.reading import openings
from papers.reading.latex import plain
from papers.reading.sentences import sentences
from papers.reading.summary_roles import Role, has_figure, is_finding, roles
from papers.tokens import tokenise

MOST = 5
"""How many bullets a summary has at most."""

_ENOUGH = 4  # bullets; up to here a sentence is taken that leans on one left out, then one on what was before the paper
_READ = 20_000  # characters; no abstract is that long, and cutting sentences takes time with the square of it
_FEWEST_WORDS = 4  # what has fewer is a heading or a stray mark
_MOST_WORDS = 60  # what has more is a list in disguise
_ALIKE = 0.7  # share of a sentence's words that another one has already

_WANTED = (
    Role.CONTRIBUTION,
    Role.EVIDENCE,
    Role.METHOD,
    Role.CONSEQUENCE,
    Role.EVIDENCE,
    Role.METHOD,
    Role.CONTRIBUTION,
    Role.CONTRIBUTION,
    Role.METHOD,
    Role.EVIDENCE,
    Role.CONSEQUENCE,
)
"""What a reader wants to know, most wanted first; what an abstract has not is passed over."""

_LAST_FIRST = frozenset({Role.CONSEQUENCE, Role.BACKGROUND})

_LEANING = re.compile(
    r"(?:[a-z]+s |(?:(?:using|with|within|through|via|leveraging|beyond|despite|given|in|on|under|by|from) ))?"
    r"(?:this|these|those|such)\b(?! (?:paper|work|study|report|survey|article|results|findings|experiments)\b)|"
    r"(?:it|its|they|their|both|(?:the )?(?:former|latter|resulting|same|second|third|other))\b|"
    r"for (?:example|instance)\b|similarly\b|surprisingly, (?:this|it)\b|doing so\b",
    re.IGNORECASE,
)
"""How a sentence begins that is not understood without the one before it."""

_ITEM = re.compile(r"\(?(?:\d|[ivx]+|[a-e])[.)]")
_FRAGMENT = re.compile(r"\(?(?:\d|[ivx]+|[a-e])[.)]{1,2} (?:An? |\w+ing |(?:[\w-]+ ){1,4}\w+[:.])")
_LIST_CUT_SHORT = re.compile(r"(?:^|\s)\(?(?:1|i|a)\) (?!.*\s\(?(?:2|ii|b)\) )")
_ANNOUNCING = re.compile(
    r"(?:\?|:|\bfollows\.|\bfollowing(?: \w+){0,2}\.|\b(?:two|three|four|five|several) (?:\w+ ){0,3}(?:advancements|aspects|challenges|"
    r"components|conclusions|contributions|designs|findings|goals|innovations|insights|modules|observations|parts|"
    r"perspectives|questions|stages|steps|units|ways)\.)$"
)
"""How a sentence ends that only says that something will be said."""

_HOPE = re.compile(r"we (?:hope|believe|anticipate|envision)\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Candidate:
    at: int
    text: str
    words: frozenset[str]
    role: Role
    leans: bool
    worth: int

    def stands(self, chosen: Sequence["_Candidate"]) -> bool:
        """Whether it is understood where only the chosen ones stand before it."""
        return not self.leans or any(other.at == self.at - 1 for other in chosen)


def bullets(abstract: str, *, lead: str | None = None) -> tuple[str, ...]:
    """Draws the sentences that say most of a paper: what it is, how, what was measured, what follows.

    Args:
        abstract: any text; white space and LaTeX are cleaned up.
        lead: a sentence that will stand above the bullets; what says nearly the same is left out.

    Returns:
        At most five whole sentences in the abstract's order, without openings that only tie them to the text
        around them; fewer where there is less to say, none where there is no sentence. What was so before the
        paper is told only where there would be fewer than four without it.
    """
    found = _fresh(_candidates(sentences(_line(abstract))), frozenset(tokenise(lead or "")))
    own = [each for each in found if each.role is not Role.BACKGROUND]
    before = [each for each in found if each.role is Role.BACKGROUND]
    chosen = _filled(_filled(_wanted(own), own), before)
    return tuple(candidate.text for candidate in sorted(chosen, key=lambda each: each.at))


def _wanted(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """At most five: for each wish the best one that stands by itself and has no flaw."""
    chosen: list[_Candidate] = []
    for role in _WANTED:
        sound = [each for each in candidates if each.role is role and each.worth >= 0 and each.stands(chosen)]
        if len(chosen) < MOST and (best := _best(sound, chosen)):
            chosen.append(best)
            candidates = _fresh(candidates, best.words)
    return chosen


def _filled(chosen: list[_Candidate], candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """The chosen ones and the best of the others, up to four."""
    for one in chosen:
        candidates = _fresh(candidates, one.words)
    if len(chosen) >= _ENOUGH or (best := _best(candidates, chosen)) is None:
        return chosen
    return _filled([*chosen, best], candidates)


def _best(candidates: Sequence[_Candidate], chosen: Sequence[_Candidate]) -> _Candidate | None:
    """The best one; of equals the first, but for consequences, which abstracts end with, and what was before the paper."""
    return max(
        candidates,
        key=lambda each: (each.stands(chosen), each.worth, each.at if each.role in _LAST_FIRST else -each.at),
        default=None,
    )


def _fresh(candidates: Iterable[_Candidate], told: frozenset[str]) -> list[_Candidate]:
    """Those that say something else than what is told already."""
    return [each for each in candidates if len(each.words & told) < _ALIKE * len(each.words)]


def _line(text: str) -> str:
    sayable = text.encode(errors="replace").decode()
    return " ".join(plain(_beginning(" ".join(sayable.split()))).split())


def _beginning(line: str) -> str:
    """As much as is read, to the last whole word."""
    if len(line) <= _READ:
        return line
    return line[:_READ].rpartition(" ")[0] or line[:_READ]


def _candidates(whole: Sequence[str]) -> list[_Candidate]:
    return [
        _candidate(at, sentence, role)
        for at, (sentence, role) in enumerate(zip(whole, roles(whole), strict=True))
        if role is not Role.POINTER
        and len(tokenise(sentence)) >= _FEWEST_WORDS
        and not _FRAGMENT.match(sentence)
    ]


def _candidate(at: int, sentence: str, role: Role) -> _Candidate:
    text = openings.trimmed(sentence)
    words = tokenise(text)
    leans = bool(_LEANING.match(text) or _ITEM.match(sentence))
    told = 2 * has_figure(text) + is_finding(text) if role is Role.EVIDENCE else 0
    return _Candidate(at, text, frozenset(words), role, leans, told - _flaws(text, len(words)))


def _flaws(text: str, words: int) -> int:
    says_nothing = bool(_ANNOUNCING.search(text) or _HOPE.match(text))
    return (words > _MOST_WORDS) + bool(_LIST_CUT_SHORT.search(text)) + 2 * says_nothing
