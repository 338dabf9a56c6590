"""A query's text cut into what its grammar knows, each piece with its place."""

import re
from collections.abc import Iterator
from enum import Enum, auto

from papers.errors import QueryError
from papers.models import Model


class Kind(Enum):
    """What a piece is to the grammar."""

    OPEN = auto()
    CLOSE = auto()
    OR = auto()
    AND = auto()
    NOT = auto()
    TERM = auto()


class Piece(Model):
    """A piece of a query.

    Attributes:
        position: where it begins, in characters from the start of the query.
        text: as it was typed.
        field: of a term, what stands before its colon, in small letters; empty for words.
        value: of a term, what is looked for.
    """

    kind: Kind
    position: int
    text: str
    field: str = ""
    value: str = ""


_CURLY_QUOTES = str.maketrans("“”„", '"""')
_SPACE = re.compile(r"\s*")
_PIECE = re.compile(
    r"""(?P<OPEN>\() | (?P<CLOSE>\))
      | (?P<OR>OR(?![^\s()])) | (?P<AND>AND(?![^\s()])) | (?P<NOT>(?<!-)-)
      | (?P<TERM>(?:(?P<field>[A-Za-z]+):)? (?:(?P<only>=?)"(?P<quoted>[^"]*)" | (?P<unclosed>=?") | (?P<bare>[^\s"()]*)))""",
    re.VERBOSE,
)


def pieces(text: str) -> Iterator[Piece]:
    """Cuts a query's text.

    Raises:
        QueryError: a quotation mark is never closed.
    """
    plain = straight(text)
    position = _after_space(plain, 0)
    while position < len(plain):
        match = _PIECE.match(plain, position)
        assert match is not None  # noqa: S101 - a term may be anything that is not one of the others
        yield _piece(match)
        is_sign = match.lastgroup == Kind.NOT.name
        position = match.end() if is_sign else _after_space(plain, match.end())


def straight(text: str) -> str:
    """The text with straight quotation marks, as long as it was."""
    return text.translate(_CURLY_QUOTES)


def _piece(match: re.Match[str]) -> Piece:
    at = match.start()
    if match["unclosed"] is not None:
        mark = match.end() - 1
        raise QueryError(f"The quotation mark at character {mark + 1} is never closed.", position=mark)
    kind = Kind[next(name for name in Kind.__members__ if match[name] is not None)]
    value = match["bare"] if match["quoted"] is None else match["only"] + match["quoted"]
    return Piece(
        kind=kind, position=at, text=match[0], field=(match["field"] or "").lower(), value=value or ""
    )


def _after_space(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return position if match is None else match.end()
