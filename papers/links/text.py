"""Links in running text."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from papers.links import code, hub
from papers.links.forms import distinct, read
from papers.links.pages import BARE
from papers.models import Link

_NAMED = "|".join(re.escape(host) for host in (*code.HOSTS, hub.HOST, hub.ALIAS))
_CANDIDATE = re.compile(
    rf"""
    (?: (?<![/=])https?:\s?//(?=[a-z0-9])                     # with a scheme, glued to the word before or not
        (?:\w+\.\s(?=com/))?                                  # as some write it: `https://github. com/`
      | (?<![\w./:=@-])(?://)?(?:www\.)?(?=(?:{_NAMED})/)     # a known host without one
      | (?<![\w./:=@-])(?={BARE})                             # a page without one
    )
    [a-z0-9._/%~+@?=&\#:!-]+
    """,
    re.IGNORECASE | re.ASCII | re.VERBOSE,
)
_SPACE = re.compile(r"\s")
_CLOSING = ".:!?"
_ESCAPED = re.compile(r"\\([_%#&~])")


class Mention(NamedTuple):
    """A link in a text, and where it stands: from `start` up to `end`, in characters, without closing punctuation."""

    link: Link
    start: int
    end: int


def line(text: str) -> str:
    r"""A text in one line, without LaTeX's backslashes before characters that stand in addresses: `\_` is `_`."""
    return _ESCAPED.sub(r"\1", " ".join(text.split()))


def mentions(text: str) -> Iterator[Mention]:
    """Finds each place where a text names a link.

    Args:
        text: a text as `line` makes it.

    Yields:
        What `read` makes of each, in the order of the text, as often as it stands there.
    """
    for match in _CANDIDATE.finditer(text):
        link = read(_SPACE.sub("", match[0]))
        if link is not None:
            yield Mention(link, match.start(), match.start() + len(match[0].rstrip(_CLOSING)))


def find(text: str) -> tuple[Link, ...]:
    r"""Finds the links in running text, whatever stands around them: brackets, Markdown, LaTeX's `\url{}`.

    Args:
        text: any text.

    Returns:
        What `read` makes of each, in the order of the text, once each.
    """
    return distinct(mention.link for mention in mentions(line(text)))
