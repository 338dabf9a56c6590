"""Cells of a table: cut apart, and text made safe to stand in one.

Whatever could mean something in Markdown is written as a decimal character reference (`&#124;` for a pipe).
CommonMark and GitHub's tables read such a reference as the plain character and never as structure, and the
published digests hold none, so that theirs and ours are read alike, backslashes and all.
"""

import re
import sys

from papers.text import SURROGATE, normalise

_PIPE = re.compile(r"(?<!\\)\|")
_REFERENCE = re.compile(r"&#([0-9]{1,7});")
_SPECIAL = re.compile(
    r"[&|\\`*_~^$<>\[\]{}@]"
    r"|:(?=\S)"  # https://…, :emoji:
    r"|(?<=www)\.",
    re.IGNORECASE,
)
_COMMA = re.compile(",")


def split_row(row: str) -> list[str]:
    r"""Cuts a row at its pipes; `\|` is no border.

    Args:
        row: all lines of the row, with its leading pipe; the closing one may be missing.

    Returns:
        The cells as they are written, without the white space around them.
    """
    inner = row.strip().removeprefix("|")
    cells = [cell.strip() for cell in _PIPE.split(inner)]
    if cells[-1] == "":
        cells.pop()
    return cells


def escape(text: str) -> str:
    """Text in one line, in which nothing is Markdown.

    White space is normalised, control characters are dropped and lone surrogates become U+FFFD, for no file
    can hold them.
    """
    return _SPECIAL.sub(_as_reference, normalise(text))


def escape_item(text: str) -> str:
    """The same for an item of a list that commas separate."""
    return _COMMA.sub(_as_reference, escape(text))


def hide(pattern: re.Pattern[str], text: str) -> str:
    """Writes what the pattern matches, one character each, as references."""
    return pattern.sub(_as_reference, text)


def plain(written: str) -> str:
    r"""The text that a cell, or a part of one, shows: decimal references and `\|` undone, all else as it is."""
    return _REFERENCE.sub(_as_character, written.replace("\\|", "|"))


def _as_reference(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"


def _as_character(match: re.Match[str]) -> str:
    code = int(match[1])
    known = 0 < code <= sys.maxunicode and not SURROGATE.match(chr(code))
    return chr(code) if known else match[0]
