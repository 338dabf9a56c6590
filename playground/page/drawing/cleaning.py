"""The second wall: whatever the Markdown became, only these elements, attributes and addresses leave."""

import re

import nh3

ATTRIBUTES = {
    "a": {"href", "rel", "target", "class", "dir"},
    "code": {"class"},
    "ol": {"start"},
    "small": {"class"},
    "span": {"class", "dir", "role", "tabindex", "aria-expanded", "aria-label"},
    "time": {"datetime", "data-style"},
}
"""The attributes that each element may have."""

TAGS = {*ATTRIBUTES, "blockquote", "br", "em", "h1", "h2", "h3", "li", "pre", "s", "strong", "u", "ul"}
"""The elements there may be."""

_VALUES = {
    "href": re.compile(r"https?://.+|#/c/\d+", re.DOTALL),
    "rel": re.compile("noopener noreferrer nofollow"),
    "target": re.compile("_blank"),
    "class": re.compile(r"mention|emoji|spoiler|subtext|language-[\w+\-.#]+", re.ASCII),
    "dir": re.compile("auto"),
    "role": re.compile("button"),
    "tabindex": re.compile("0"),
}
"""What the values of attributes must be."""


def _allowed(_tag: str, name: str, value: str) -> str | None:
    pattern = _VALUES.get(name)
    return value if pattern is None or pattern.fullmatch(value) else None


_CLEANER = nh3.Cleaner(
    tags=TAGS,
    clean_content_tags=set(),
    attributes=ATTRIBUTES,
    attribute_filter=_allowed,
    link_rel=None,
    url_schemes={"http", "https"},
)


def clean(html: str) -> str:
    """The HTML without anything that is not allowed; elements that were not closed are."""
    return _CLEANER.clean(html)
