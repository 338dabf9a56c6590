"""What a sentence does in an abstract: it tells of the world before the paper, of the paper, or of what follows."""

import re
from collections.abc import Sequence
from enum import Enum, auto

_THINGS = (
    r"(?:codes?|codebase|data|datasets?|models?|demos?|weights?|checkpoints?|sources?|resources?|benchmarks?|"
    r"implementations?|toolkit|scripts?|materials?|visuali[sz]ations|videos?|results|examples|samples|list|page)"
)
_POINTER = re.compile(
    rf"\b{_THINGS}\b[^.;]{{0,80}}\b(?:is|are|be|been|at) (?:\w+ ){{0,2}}"
    rf"(?:available|released|open[- ]?sourced?|accessible|accessed|found|here|public)\b|"
    rf"\b{_THINGS}\b[^.;]{{0,40}}\bavailable (?:at|here|from|via)\b|"
    rf"\b(?:releas|publish|shar|open[- ]?sourc)(?:e|es|ing) (?:all |our |the |both )+(?:\w+[ ,-]+){{0,4}}{_THINGS}\b|"
    rf"\bmak(?:e|ing) (?:all |our |the |both )+(?:[\w-]+[ ,]+){{0,8}}(?:available|public|accessible)\b|"
    rf"^(?:project|code|website|web|github|see|please|check|{_THINGS})\b.{{0,60}}(?:https?:|\.github\.io|\.com/)|"
    rf"\b(?:is|are|be|been) (?:\w+ )?open[- ]?sourced\b|^https?:",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?<!\()(?:https?://|\b[\w-]+\.github\.io\b)")
_LONGEST_POINTER = 30  # words; what is longer has something to say beside the address
_SELF = (
    r"\b(?:we|this (?:paper|work|report|study|survey|review|article|chapter|position paper|technical report))"
)
_BRINGS = (
    r"(?:introduc|propos|present|develop|releas|describ|design|provid|review|survey|explor|examin|analy[sz]|argu|"
    r"defin|formulat|build|construct|unveil|stud(?:y|ies)\b|investigat|revisit|address|tackl|creat|curat|establish|"
    r"offer|open-sourc|contribut|focus|aims?\b|ask\b|conduct|advocat|extend|formali[sz])"
)
_CONTRIBUTION = re.compile(
    rf"{_SELF},? (?:\w+ ){{0,2}}?{_BRINGS}|\bin this (?:paper|work|report|study|survey|review|article)\b|"
    r"\b(?:is|are) (?:introduced|proposed|presented)\b",
    re.IGNORECASE,
)
_OWN = re.compile(r"\b(?:we|our|ours|this (?:paper|work|study|report|survey|article))\b", re.IGNORECASE)
_VOICE = re.compile(
    r"(?:^|, |: )[Ww]e (?!(?:all|are|can|could|have|humans|live|must|need|often|should|usually)\b)|(?:^|, )[Oo]ur\b|"
    r"\b[Tt]his (?:forward-facing |position )?(?:paper|work|study|report|survey|article|review|chapter)\b"
)
_CONSEQUENCE = re.compile(
    r"\b(?:these|our|this|the) (?:\w+ )?(?:results?|findings?|work|study|analysis|insights?|research|paper|survey|"
    r"framework|approach|observations?|advancements?|contributions?|\w*bench)"
    r" (?:also |thus |further |not only |can |will |collectively |together )?"
    r"(?:suggest|highlight|underscor|indicat|open|pav|offer|establish|contribut|provid|advanc|represent|lay|pos|"
    r"emphasi|point|call|shed|mark|serve|help|enable|set|bridg|challeng|inform|confirm|show|demonstrat|reveal)|"
    r"\bpav(?:e|es|ing) the way\b|\bimplications\b|\bwe (?:hope|believe|anticipate|conclude|envision)\b|"
    r"\bfuture (?:research|work|studies|directions?)\b|^(?:overall|in summary|in conclusion|together)\b",
    re.IGNORECASE,
)
_EVIDENCE = re.compile(
    r"\b(?:experiment|we (?:\w+ )?evaluate|(?:is|are) (?:\w+ )?evaluated|"
    r"(?:extensive|comprehensive|empirical|human|systematic) evaluation|evaluations? (?:on|of|across|show)|empirical|results?\b|findings?\b|analys[ie]s (?:of|show|reveal)|ablation|validat|"
    r"demonstrat|reveal)",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    r"(?:(?:However|Yet|Traditionally|Typically|Conventionally), )?(?:\w+ )?"
    r"(?:existing|current|previous|prior|recent|traditional|conventional) \w+|Traditionally\b",
    re.IGNORECASE,
)
_PROBLEM = re.compile(
    r"\b(?:remains?|poses?|presents?) (?:\w+ ){0,3}(?:challeng|difficult|limited|unclear|underexplored|open\b)|"
    r"\bchallenges\b.{0,40}\bremain",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d+(?:\.\d+)? ?(?:%|×|x\b|points?\b|pp\b|times\b)|\b\d+\.\d+\b(?![BMK]\b)|\b\d+/\d+\b")
_FINDING = re.compile(
    r"\b(?:outperform|achiev|surpass|exceed|state-of-the-art|reveals?\b|we (?:\w+ )?(?:show|find|found|observe|discover)|"
    r"(?:results|experiments|evaluations?|analys[ie]s|findings|studies)\b.{0,80}\b(?:show|demonstrate|indicate|confirm)|"
    r"improv\w+ (?:\S+ ){0,6}by\b)",
    re.IGNORECASE,
)

_CLOSING = 3  # consequences stand among the last sentences


class Role(Enum):
    """What a sentence is for."""

    BACKGROUND = auto()
    """What was so before the paper."""
    CONTRIBUTION = auto()
    """What the paper is or brings."""
    METHOD = auto()
    """How it is done."""
    EVIDENCE = auto()
    """What was measured or found."""
    CONSEQUENCE = auto()
    """What follows from it."""
    POINTER = auto()
    """Where code, data or a page lie."""


def roles(sentences: Sequence[str]) -> tuple[Role, ...]:
    """Says what each sentence of an abstract is for.

    Args:
        sentences: whole sentences in the abstract's order.

    Returns:
        As many roles. Everything before the paper first speaks of itself is background; where it never does, the
        first sentence says what it brings.
    """
    opening = _opening(sentences)
    return tuple(_role(sentence, at - opening, len(sentences) - at) for at, sentence in enumerate(sentences))


def has_figure(sentence: str) -> bool:
    """Whether a measured number stands in a sentence: a percentage, a factor, a score."""
    return bool(_FIGURE.search(sentence))


def is_finding(sentence: str) -> bool:
    """Whether a sentence says what came out, not only what was tried."""
    return bool(_FINDING.search(sentence))


def _opening(sentences: Sequence[str]) -> int:
    """Where the paper first speaks of itself: in the first person, or of what it brings."""
    for at, sentence in enumerate(sentences):
        speaks = _CONTRIBUTION.search(sentence) or _VOICE.search(sentence)
        if speaks and not sentence.endswith("?") and not _points_elsewhere(sentence):
            return at
    return 0


def _points_elsewhere(sentence: str) -> bool:
    short = len(sentence.split()) <= _LONGEST_POINTER
    return bool(_POINTER.search(sentence)) or (short and bool(_ADDRESS.search(sentence)))


def _role(sentence: str, after_opening: int, to_end: int) -> Role:
    of_others = (_OF_OTHERS.match(sentence) or _PROBLEM.search(sentence)) and not _OWN.search(sentence)
    found = has_figure(sentence) or is_finding(sentence)
    brings = _CONTRIBUTION.search(sentence)
    signs = (
        (Role.POINTER, _points_elsewhere(sentence)),
        (Role.BACKGROUND, after_opening < 0 or (after_opening > 0 and of_others and not found)),
        (Role.CONTRIBUTION, after_opening == 0 and (brings or not found)),
        (Role.CONSEQUENCE, to_end <= _CLOSING and not has_figure(sentence) and _CONSEQUENCE.search(sentence)),
        (Role.EVIDENCE, found),
        (Role.CONTRIBUTION, brings),
        (Role.EVIDENCE, _EVIDENCE.search(sentence)),
    )
    return next((role for role, shown in signs if shown), Role.METHOD)
