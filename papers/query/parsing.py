"""From a query's text to its tree: alternatives of what stands side by side, of terms, negations and brackets.

alternatives = together {"OR" together}
together     = single {["AND"] single}
single       = ["-"] (term | "(" alternatives ")")
"""

from papers.errors import QueryError, UnknownClassificationError
from papers.query.building import all_of, any_of, negated, query_of
from papers.query.lexing import Kind, Piece, pieces
from papers.query.limits import MAX_DEPTH, MAX_LENGTH, MAX_TERMS, too_deep, too_long, too_many_terms
from papers.query.terms import Leaf, Query, Term
from papers.query.values import FIELDS, shown


def parse(text: str) -> Query:
    """Reads a query as a person typed it; empty text finds everything.

    Raises:
        QueryError: the text cannot be understood, or is too long; the error knows the place.
        UnknownClassificationError: a `tag:` nobody knows; so does this.
    """
    if len(text) > MAX_LENGTH:
        raise too_long(MAX_LENGTH)
    reader = _Reader(list(pieces(text)))
    return query_of(reader.everything())


class _Reader:
    """Goes through the pieces once, from left to right."""

    def __init__(self, found: list[Piece]) -> None:
        self._pieces = found
        self._next = 0
        self._open: list[Piece] = []
        self._terms = 0

    def everything(self) -> list[Term]:
        if not self._pieces:
            return []
        term = self._alternatives()
        if (rest := self._peek()) is not None:
            raise QueryError(
                f"The bracket at character {rest.position + 1} closes none: put it in quotes, or leave it out.",
                position=rest.position,
            )
        return [term]

    def _peek(self) -> Piece | None:
        return self._pieces[self._next] if self._next < len(self._pieces) else None

    def _is_next(self, *kinds: Kind) -> bool:
        piece = self._peek()
        return piece is not None and piece.kind in kinds

    def _take(self) -> Piece:
        self._next += 1
        return self._pieces[self._next - 1]

    def _alternatives(self) -> Term:
        found = [self._together()]
        while self._is_next(Kind.OR):
            self._take()
            found.append(self._together())
        return any_of(found)

    def _together(self) -> Term:
        found = [self._single()]
        while self._peek() is not None and not self._is_next(Kind.OR, Kind.CLOSE):
            if self._is_next(Kind.AND):
                self._take()
            found.append(self._single())
        return all_of(found)

    def _single(self) -> Term:
        sign = self._take() if self._is_next(Kind.NOT) else None
        if not self._is_next(Kind.TERM, Kind.OPEN):
            raise self._nothing_there()
        piece = self._take()
        if sign is not None and piece.kind is Kind.TERM and not piece.text:
            raise _nothing_after(sign, "a term that must not hold, such as -survey")
        term = self._bracketed(piece) if piece.kind is Kind.OPEN else self._term(piece)
        return negated(term) if sign is not None else term

    def _bracketed(self, opening: Piece) -> Term:
        self._open.append(opening)
        if len(self._open) > MAX_DEPTH:
            raise too_deep(opening.position)
        term = self._alternatives()
        if not self._is_next(Kind.CLOSE):
            raise QueryError(
                f"The bracket at character {opening.position + 1} is never closed.", position=opening.position
            )
        self._take()
        self._open.pop()
        return term

    def _nothing_there(self) -> QueryError:
        """A term should stand where none does: at the end, before `OR` or `AND`, before a closing bracket."""
        piece, before = self._peek(), self._pieces[self._next - 1] if self._next else None
        if before is not None:
            return _nothing_after(before, "a term")
        assert piece is not None  # noqa: S101 - there is a first piece
        return QueryError(
            f"Nothing stands before “{piece.text}” at character {piece.position + 1}: expected a term.",
            position=piece.position,
        )

    def _term(self, piece: Piece) -> Leaf:
        self._terms += 1
        if self._terms > MAX_TERMS:
            raise too_many_terms(piece.position)
        if piece.field not in FIELDS:
            raise _unknown_field(piece)
        read, expected = FIELDS[piece.field]
        if not piece.value.strip():
            raise _nothing_after(piece, expected)
        try:
            return read(piece.value)
        except (QueryError, UnknownClassificationError) as error:
            raise _placed(error, piece.position) from error


def _nothing_after(piece: Piece, expected: str) -> QueryError:
    at = piece.position
    return QueryError(
        f"Nothing stands after “{shown(piece.text)}” at character {at + 1}: expected {expected}.", position=at
    )


def _unknown_field(piece: Piece) -> QueryError:
    *others, last = (f"{name}:" for name in FIELDS if name)
    return QueryError(
        f"There is no “{shown(piece.field)}:” to search by (character {piece.position + 1}):"
        f" use {', '.join(others)} or {last}, or put the words in quotes.",
        position=piece.position,
    )


def _placed(
    error: QueryError | UnknownClassificationError, position: int
) -> QueryError | UnknownClassificationError:
    """The same error, with the place of the term that it is about."""
    message = f"{' '.join(str(error).split())} (character {position + 1})"
    if isinstance(error, UnknownClassificationError):
        return UnknownClassificationError(message, nearest=error.nearest, position=position)
    return QueryError(message, position=position)
