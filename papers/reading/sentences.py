"""An abstract's sentences: sentencex's, with what it gets wrong in abstracts put right.

Measured on recorded abstracts (docs/decisions/0013-bullets-from-the-abstract.md): brackets and quotation marks
that never close, as in "(i)" or "1)", glue sentences together; numbers of a list stand alone or cut a sentence
after its colon.
"""

import re
from collections.abc import Iterable, Iterator

from sentencex import segment  # type: ignore[import-untyped] # it ships no annotations

_BORDER = re.compile(r"(?:(?<=[a-z0-9)\]%”\"][.!?])|(?<=[A-Z]{2}[.!?]))\s(?=[\"“(\[]?[A-Z])")
_SHORTENED = re.compile(r"\b(?:e\.g|i\.e|a\.k\.a|al|cf|vs|[DM]r|MR|Fig|Eq|Sec|Tab|No|St)\.$")
_ENDED = re.compile(r"[.!?…。！？｡।؟][)\]”\"'’]*$")
_NUMBER_ONLY = re.compile(r"(?:^|[:;,.)] )\(?(?:\d|[ivx]{1,4}|[a-e])[.)]{1,2}$")
_END = 40  # characters that tell how a piece ends
_BEGUN = re.compile(r"[a-z]+ ")


def sentences(line: str) -> tuple[str, ...]:
    """Cuts running text into whole sentences.

    Args:
        line: text in single spaces.

    Returns:
        The sentences in order, with all the words of the text.
    """
    pieces = (piece for cut in segment("en", line) for piece in _cut(cut.strip()) if piece)
    return tuple(_joined(pieces))


def _cut(glued: str) -> Iterator[str]:
    begin = 0
    for border in _BORDER.finditer(glued):
        said = glued[begin : border.start()]
        if _is_closed(said) and not _SHORTENED.search(said):
            yield said
            begin = border.end()
    yield glued[begin:]


def _is_closed(said: str) -> bool:
    return said.count("(") <= said.count(")") and sum(map(said.count, '"“”')) % 2 == 0


def _joined(pieces: Iterable[str]) -> Iterator[str]:
    open_piece = ""
    for piece in pieces:
        if open_piece and not _goes_on(open_piece, piece):
            yield open_piece
            open_piece = ""
        open_piece = f"{open_piece} {piece}".strip()
    if open_piece:
        yield open_piece


def _goes_on(before: str, after: str) -> bool:
    """Whether what stands before is no whole sentence without what follows."""
    end = before[-_END:]
    if _NUMBER_ONLY.search(end) or not _ENDED.search(end):
        return True
    return bool(_BEGUN.match(after)) and len(before.split()) == 1
