"""Bullets that somebody else wrote: cleaned, and held against the paper they speak of."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from linkify_it import LinkifyIt  # type: ignore[import-untyped] # it ships no annotations

from papers.languages import ENGLISH
from papers.models import Model
from papers.reading.language_model.figures import Figure, untold
from papers.reading.latex import plain
from papers.text import normalise

MOST = 5
FEWEST = 2
"""With fewer good bullets than that there are none: those drawn from the abstract say more."""

LONGEST = 400  # characters; 98 % of the bullets that a model wrote for the recorded digests are shorter
_READ = 4 * LONGEST  # characters; what is longer is dropped whatever else it says
_LOOKED_AT = 20  # bullets
_SHORTEST = 8  # characters; sentences without spaces between words are short

_MARK = re.compile(r"\A(?:(?:[-*+•–—‣▪●#>|]+|\(?\d{1,2}[.)])\s+)+")
_EMPHASIS = re.compile(r"\*\*|`|(?<!\w)__(?=\w)|(?<=\w)__(?!\w)|\|\|")
_INVISIBLE = {"Cf", "Cc", "Co", "Cs", "Cn"}
_JOINERS = "\u200c\u200d"
"""What some scripts need inside of words; between Latin letters they only hide something."""

_MENTION = re.compile(
    r"(?<![^\W_])@\s?[^\W\d_]|<\s?(?:[@#]|a?:\w*:|t:|/|id:)|\b(?:everyone|here)@|@(?:everyone|here)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r":\s?//|\]\s?\(|\bwww\.|\b[\w-]+\.[^\W\d]{2,24}/\w|\b(?:javascript|vbscript|data|file|mailto|h[tx]{2}ps?):\S",
    re.IGNORECASE,
)
_BARE = LinkifyIt()


class Dropped(Model):
    """A bullet that is not used, and why."""

    text: str
    reason: str


class Bullets(Model):
    """The bullets that may be shown, and those that may not."""

    kept: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = ()


def checked(written: Sequence[str], source: frozenset[Figure], *, language: str = ENGLISH) -> Bullets:
    """Keeps the bullets that say nothing the source does not say, as far as a program can tell.

    Args:
        written: bullets by somebody who may have been misled.
        source: the numbers of title and abstract, as `figures` found them.
        language: the one they are written in (ISO 639-1).

    Returns:
        Two to five, each one line of plain text without addresses, mentions, control characters and Markdown; or
        none, where fewer than two are good.
    """
    cleaned = dict.fromkeys(filter(None, (clean(text[:_READ]) for text in written[:_LOOKED_AT])))
    judged = [(text, _fault(text, source, language)) for text in cleaned]
    kept = tuple(text for text, fault in judged if fault is None)
    dropped = tuple(Dropped(text=text[:LONGEST], reason=fault) for text, fault in judged if fault is not None)
    return Bullets(kept=kept[:MOST] if len(kept) >= FEWEST else (), dropped=dropped)


def clean(text: str) -> str:
    """One line of plain text: without list mark, control and other invisible characters, Markdown and LaTeX."""
    visible = normalise("".join(_visible(text)))
    return normalise(plain(_MARK.sub("", _EMPHASIS.sub("", visible))))


def _visible(text: str) -> Iterator[str]:
    before = ""
    for char in text:
        joins = char in _JOINERS and not before.isascii()
        if char.isspace() or joins or unicodedata.category(char) not in _INVISIBLE:
            yield char
            before = char


def _fault(text: str, source: frozenset[Figure], language: str) -> str | None:
    if not _SHORTEST <= len(text) <= LONGEST:
        return f"has {len(text)} characters"
    compatible = unicodedata.normalize("NFKC", text)
    if _MENTION.search(compatible):
        return "mentions somebody"
    if _ADDRESS.search(compatible) or _BARE.test(compatible):
        return "holds an address"
    unknown = untold(text, source, language=language)
    return f"tells numbers that the paper does not: {', '.join(unknown)}" if unknown else None
