"""Text from papers, made safe and short enough for Discord.

Discord's own escape helper leaves `<@id>`, `<#id>` and `<t:0>` alone, which would show as mentions and times.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date

ELLIPSIS = "…"
_URL = r"https?://[^\s<>()\[\]*|`\\]+"
_SPECIAL = re.compile(rf"(?P<url>{_URL})|(?P<mark>[\\*_~`|<>\[\]])|(?P<start>^\s*(?:[#+-]|\d+(?=[.)])))")
_KEPT_FORMATS = "\u200c\u200d"  # joiners that scripts and emoji need


def size(text: str) -> int:
    """The length of a text in UTF-16 units, the strictest way Discord could count it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def clean(text: str) -> str:
    """One line without control characters and without marks that turn the direction of writing."""
    visible = (char for char in text if char in _KEPT_FORMATS or char.isspace() or not _is_control(char))
    return " ".join("".join(visible).split())


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co"}


def escape(text: str) -> str:
    """The text so that Discord's Markdown shows it letter by letter; addresses stay links."""
    return _SPECIAL.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    if match["url"]:
        return match["url"]
    if match["mark"]:
        return "\\" + match["mark"]
    start = match["start"]
    return start + "\\" if start[-1].isdigit() else f"{start[:-1]}\\{start[-1]}"


def fit(text: str, limit: int, *, shown: Callable[[str], str] = escape) -> str:
    """As much of a clean text as fits, shown by `shown`, cut between words and marked with an ellipsis.

    Args:
        text: the text, not yet escaped.
        limit: how many UTF-16 units the result may have; at least 1.
        shown: what makes text ready to be shown; it never makes text shorter.
    """
    whole = clean(text)
    if len(whole) <= limit and size(shown(whole)) <= limit:
        return shown(whole)
    part = whole[:limit]
    while part and size(shown(part)) + 1 > limit:
        part = part[: min(len(part) - 1, len(part) * 9 // 10)]
    head, _, _ = part.rpartition(" ")
    return shown(head or part).rstrip() + ELLIPSIS


def plain(text: str) -> str:
    """Text for places where Discord reads no Markdown."""
    return text


def joined(pieces: Sequence[str], separator: str, limit: int) -> str:
    """As many whole pieces as fit, in order, and how many were left out.

    Args:
        pieces: already escaped; the first must fit.
        separator: what stands between two.
        limit: how many UTF-16 units the result may have.
    """
    whole = separator.join(pieces)
    if size(whole) <= limit:
        return whole
    for kept in range(len(pieces) - 1, 0, -1):
        short = f"{separator.join(pieces[:kept])}{separator}+{len(pieces) - kept} more"
        if size(short) <= limit:
            return short
    return pieces[0]


def link(label: str, url: str, *, quiet: bool = False) -> str:
    """A Markdown link; the label is already escaped. In brackets, where `quiet`, Discord shows no preview of it."""
    address = url.replace("(", "%28").replace(")", "%29").replace(" ", "%20")
    return f"[{label}](<{address}>)" if quiet else f"[{label}]({address})"


def long_date(day: date) -> str:
    """The day in words: 3 June 2026."""
    return f"{day.day} {day:%B %Y}"


def count_of(number: int, name: str) -> str:
    """So many of a thing: 1 paper, 1,200 papers."""
    return f"{number:,} {name}{'s' * (number != 1)}"
