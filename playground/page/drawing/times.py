"""Moments as the page shows them: a `<time>` whose text is in UTC until the browser writes it in the reader's zone."""

from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType

from markupsafe import Markup

STYLES: Mapping[str, str] = MappingProxyType(
    {
        "t": "%H:%M",
        "T": "%H:%M:%S",
        "d": "%d/%m/%Y",
        "D": "%d %B %Y",
        "f": "%d %B %Y %H:%M",
        "F": "%A, %d %B %Y %H:%M",
        "s": "%d/%m/%Y %H:%M",
        "S": "%d/%m/%Y %H:%M:%S",
        "R": "%d %B %Y %H:%M",
    }
)
"""How each of Discord's styles (developer docs, "Timestamp Styles") is written; the relative one is a browser's task."""

PLAIN = "f"
"""The style where none is said."""


def in_words(moment: datetime, style: str) -> str:
    """A moment in UTC, in one of the styles."""
    words = moment.strftime(STYLES[style]).removeprefix("0")
    return words if style in "dD" else f"{words} UTC"


def shown(moment: datetime, style: str = PLAIN) -> Markup:
    """A moment as an element."""
    return Markup('<time datetime="{}" data-style="{}">{}</time>').format(
        moment.isoformat(), style, in_words(moment, style)
    )


def read(text: str) -> datetime:
    """A moment as Discord's JSON has it, in UTC; at the ends of the calendar as near as it gets."""
    moment = datetime.fromisoformat(text)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    try:
        return aware.astimezone(UTC)
    except OverflowError:
        return aware.replace(tzinfo=UTC)
