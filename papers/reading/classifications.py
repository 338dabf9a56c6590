"""Classifications by rules: phrases that stand in a paper's title and abstract, each with its weight."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet

from papers.models import Classification
from papers.reading.rules import RULES, Rule
from papers.taxonomy import NAMES
from papers.tokens import tokenise

OTHER = "Other"
OTHER_CONFIDENCE = 0.1
"""How sure it is that a paper which no rule speaks for is `Other`: the rules may just not know its words."""

MOST = 5
THRESHOLD = 0.36
"""The confidence from which on a label is given: where micro-F1 was best on the papers the rules come from."""

_MOST_SURE = 0.8  # brings confidences nearest (least squares) to how often labels were right on those papers
_SETTLES, _SUGGESTS, _HINTS, _AGAINST = 0.75, 0.4, 0.2, 0.5

_SHORT = 2  # letters of a word whose last s is no plural

Phrase = tuple[str, ...]
"""Words that stand side by side, singular."""

_Condition = frozenset[Phrase]


def classify(title: str, text: str) -> tuple[Classification, ...]:
    """Labels a paper.

    Args:
        title: its title.
        text: its abstract, or whatever else is known of what it says; may be empty.

    Returns:
        One to five labels of the taxonomy, the surest first; `Other` alone, with low confidence, where no rule
        is sure enough.
    """
    told = scores(title, text)
    sure = [name for name in NAMES if told[name] >= THRESHOLD]
    best = sorted(sure, key=lambda name: -told[name])[:MOST] or [OTHER]
    return tuple(Classification(name=name, confidence=told[name]) for name in best)


def scores(title: str, text: str) -> Mapping[str, float]:
    """How much speaks for each of the 63 names, from 0 to 0.8, in the taxonomy's order.

    Phrases that speak for a name leave less and less doubt of it; one that stands in the title counts twice, and
    each that speaks against the name halves what was found.
    """
    in_title = phrases(title)
    return judge(in_title, in_title | phrases(text))


def judge(in_title: AbstractSet[Phrase], anywhere: AbstractSet[Phrase]) -> Mapping[str, float]:
    """The same for a paper of which the phrases are known already, as `phrases` finds them."""
    told = {name: _score(_COMPILED[name], in_title, anywhere) for name in _COMPILED}
    told[OTHER] = OTHER_CONFIDENCE if max(told.values()) < THRESHOLD else 0.0
    return {name: told[name] for name in NAMES}


class _Compiled:
    def __init__(self, rule: Rule) -> None:
        strengths = ((rule.settles, _SETTLES), (rule.suggests, _SUGGESTS), (rule.hints, _HINTS))
        self.weights = {
            condition: weight for phrases, weight in reversed(strengths) for condition in _conditions(phrases)
        }
        self.against = frozenset(_conditions(rule.against))


def _score(rule: _Compiled, in_title: AbstractSet[Phrase], anywhere: AbstractSet[Phrase]) -> float:
    doubt = 1.0
    for condition, weight in rule.weights.items():
        if condition <= anywhere:
            doubt *= (1 - weight) ** (2 if condition <= in_title else 1)
    objections = sum(condition <= anywhere for condition in rule.against)
    return round(_MOST_SURE * (1 - doubt) * _AGAINST**objections, 4)


def _conditions(phrases: str) -> Iterator[_Condition]:
    for phrase in filter(None, map(str.strip, phrases.split(","))):
        yield frozenset(tuple(_words(part)) for part in phrase.split("+"))


def _words(text: str) -> list[str]:
    return [_singular(word) for word in tokenise(text)]


def _singular(word: str) -> str:
    return word[:-1] if len(word) > _SHORT and word.endswith("s") and not word.endswith("ss") else word


_COMPILED = {name: _Compiled(rule) for name, rule in RULES.items()}


def _known() -> Iterable[Phrase]:
    for rule in _COMPILED.values():
        for condition in (*rule.weights, *rule.against):
            yield from condition


def _widths() -> Mapping[str, tuple[int, ...]]:
    """By a word, how many words have the phrases that begin with it."""
    widths = defaultdict[str, set[int]](set)
    for phrase in _KNOWN:
        widths[phrase[0]].add(len(phrase))
    return {word: tuple(sorted(several)) for word, several in widths.items()}


_KNOWN = frozenset(_known())
_WIDTHS = _widths()


def phrases(text: str) -> frozenset[Phrase]:
    """The phrases of any rule that stand in the text."""
    words = _words(text)
    runs = (tuple(words[at : at + width]) for at, word in enumerate(words) for width in _WIDTHS.get(word, ()))
    return frozenset(run for run in runs if run in _KNOWN)
