"""What a sentence says of a link in it: that it is the paper's own release, or somebody else's work."""

import re
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import NamedTuple

from sentencex import segment  # type: ignore[import-untyped] # it ships no annotations

from papers.links.text import Mention, line, mentions
from papers.models import Link

_BEFORE, _AFTER = 400, 200  # characters around a link in which its sentence is looked for
_REACH = 80  # characters between what speaks against a link and the link
_MARK = "\ufffc"  # Unicode's own sign for something that stands in a text and is none
_UNKNOWN = "\ufffd"
_HERE = "\ufffc@\ufffc"
_WORD = re.compile(r"\w\w")

_THINGS = (
    r"(?:codes?|codebase|source|data|datasets?|dataset|corpus|benchmark|models?|weights|checkpoints?|demos?|samples|"
    r"implementations?|repo|repository|resources?|materials?|toolkit|library|package|scripts?|results|details|videos?|"
    r"information|examples?|page|webpage|website|homepage|site|link|project|github|leaderboard|visuali[sz]ations?|"
    r"collection|list|generations|system)"
)
_FOR = re.compile(
    rf"""
    \b(?:
      (?:avail|avali|acces)\w*ble\ (?:\w+\ ){{0,3}}?(?:at|on|in|from|via|under|through|here|online|as)\b
      | (?:is|are|be|made)\ (?:\w+\ ){{0,2}}(?:available|released|open[-\ ]?sourced)\b.{{0,120}}\b(?:at|here|via)\W*$
      | ava\w*ble\W*$ | (?:is|are)\ (?:at|on|here)\W*$
      | (?:released?|published|open[-\ ]?sourced?|hosted|held|shared|disclosed|provided|presented|maintained|given
         |found|seen|viewed|accessed|downloaded|explored|tried|obtained|listed|public|open|publicly)
        \ (?:\w+\ ){{0,4}}?(?:at|on|in|from|via|under|through|here|as)\b
      | we\ (?:\w+\ ){{0,3}}?(?:released?|open[-\ ]?sourced?|publish|share|publici[sz]e|present|introduce|propose)\b
      | (?:is|are|be|been)\ (?:\w+\ )?(?:re(?:al)?eased|released|open[-\ ]?sourced)\b(?!\ by)
      | (?:we|to)\ (?:\w+\ )?(?:make|provide|maintain)\b
      | (?:our|this)\ (?:\w+\ ){{0,3}}?{_THINGS}\b
      | (?:project|home|web|demo)[-\ ]?(?:page|site|homepage|website|webpage)s?\b
      | {_THINGS}(?:\ (?:and|&)\ {_THINGS})?\ ?(?:(?:is|are)\ )?(?:at|on|:|-|here)
      | (?:see|visit|check\ out|refer\ to|explore)\b
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_AGAINST = re.compile(
    r"""
    \b(?:
      (?:based|buil[dt]s?|building|rel(?:y|ies|ying)|trained|evaluated?|tested|initiali[sz]ed|top|extends?)\ (?:up)?on\b
      | we\ (?:\w+ly\ |also\ )?(?:evaluate|train|test|experiment|compare|benchmark|measure|start)\b
      | fine-?tun(?:e[sd]?|ing)\b | initiali[sz]ed\b | extend(?:s|ed|ing)?\b | fork(?:ed)?\b | extension\ of\b
      | (?:derived|adapted|borrowed|taken|collected|sourced|crawled|distilled|modified|obtained|curated|sampled)\ from\b
      | (?:released|provided|proposed|introduced|developed|published|created|maintained|offered|made)\ by\b
      | (?:proposed|introduced|described)\ in\b
      | (?:we|and|which|that)\ (?:\w+ly\ |also\ )?(?:use|adopt|employ|leverage|utili[sz]e|follow)\b
      | (?:used(?!\ (?:in|for)\ (?:this|our))|using|adopting|employing|leveraging|utili[sz]ing|adopts|employs|leverages|utili[sz]es)\b
      | (?:existing|prior|previous|third-party|powered\ by|thanks?\ to|implemented\ (?:in|with|on))\b
      | (?:such\ as|e\.g\.?|i\.e\.?|like|including|compared\ (?:to|with)|than|outperform\w*|surpass\w*|baselines?)(?!\w)
      | from\b(?=(?:\s+\S+){0,5}\s*\S?$)
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ANNOUNCED = re.compile(
    r"\b(?:codes?|data(?:sets?)?|models?|weights|benchmark|implementation)\b.{0,80}"
    r"\b(?:public|available|released|open[- ]?sourced?)\b",
    re.IGNORECASE,
)
"""A sentence that leaves the address to the next one, which is nothing else."""

_AFTERWARDS = re.compile(
    rf"\A\W*(?:\w+\W+){{0,4}}?(?:(?:publicly|freely|openly)\ available|(?:open-?)?sourced|(?:contains?|has|with)\ (?:our|the)\b"
    rf"|(?:is|are)\ (?:our|the)\ (?:\w+\ )?{_THINGS}\b|for\ (?:our\ |the\ |all\ |more\ |further\ )?(?:\w+\ )?{_THINGS}\b)",
    re.IGNORECASE,
)


class Stance(Enum):
    """What a sentence says of a link in it."""

    OWN = "own"
    OTHERS = "others"
    NEUTRAL = "neutral"


class Sighting(NamedTuple):
    """A link, and what the sentence it stands in says of it."""

    link: Link
    stance: Stance


def sightings(text: str) -> Iterator[Sighting]:
    """Goes through the links of a text.

    Args:
        text: any text.

    Yields:
        What `papers.links.mentions` finds, in the order of the text, as often as it stands there.
    """
    whole = line(text.replace(_MARK, _UNKNOWN))
    found = [*mentions(whole)]
    masked = _masked(whole, found)
    for mention in found:
        before = masked[max(0, mention.start - _BEFORE) : mention.start]
        after = masked[mention.end : mention.end + _AFTER]
        yield Sighting(mention.link, stance(*_sentence(before, after)))


def stance(before: str, after: str, previous: str = "") -> Stance:
    """What a sentence says of a link.

    Of what it says before the link, the last word counts, if it is against the link only near it; what it says
    afterwards counts where there was nothing, and the sentence before where the link stands for a whole one.

    Args:
        before: the sentence up to the link.
        after: the rest of it.
        previous: the sentence before it.
    """
    own = _last(_FOR, before)
    others = _last(_AGAINST, before)
    if others > own and len(before) - others <= _REACH:
        return Stance.OTHERS
    announced = not _WORD.search(before) and _ANNOUNCED.search(previous)
    if own >= 0 or announced or _AFTERWARDS.match(after):
        return Stance.OWN
    return Stance.NEUTRAL


def _last(cue: re.Pattern[str], text: str) -> int:
    """Where the last match ends; -1 where there is none."""
    return max((match.end() for match in cue.finditer(text)), default=-1)


def _masked(whole: str, found: Iterable[Mention]) -> str:
    """The text in which each link is as many marks, so that no cue is read in an address, and no sentence ends in it."""
    pieces: list[str] = []
    end = 0
    for mention in found:
        pieces += whole[end : mention.start], _MARK * (mention.end - mention.start)
        end = mention.end
    return "".join((*pieces, whole[end:]))


def _sentence(before: str, after: str) -> tuple[str, str, str]:
    """What of the text around a link is in its sentence, before and after it; and the sentence before."""
    previous = ""
    for sentence in segment("en", f"{before}{_HERE}{after}"):
        start, mark, end = sentence.partition(_HERE)
        if mark:
            return start, end, previous
        previous = sentence
    return before, after, ""
