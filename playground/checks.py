"""Checking fields of a body: each check yields the flaws it finds, worded as Discord words them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from playground.errors import Flaw, invalid_form

Path = tuple[str | int, ...]


def text(path: Path, value: object, most: int, *, least: int = 0) -> Iterator[Flaw]:
    """A text of `least` to `most` characters; None is a missing text."""
    if value is None:
        if least:
            yield required(path)
    elif not isinstance(value, str):
        yield Flaw(path, "STRING_TYPE_CONVERT", "Could not interpret as string.")
    elif not least <= len(value) <= most:
        yield wrong_length(path, least, most)


def size(path: Path, values: Sequence[object], most: int, *, least: int = 0) -> Iterator[Flaw]:
    """A list of `least` to `most` entries."""
    if not least <= len(values) <= most:
        yield wrong_length(path, least, most)


def choice(path: Path, value: object, allowed: Iterable[object]) -> Iterator[Flaw]:
    """One of some values."""
    known = list(allowed)
    if value not in known:
        shown = ", ".join(map(str, known))
        yield Flaw(path, "BASE_TYPE_CHOICES", f"Value must be one of ({shown}).")


def required(path: Path) -> Flaw:
    """A field that must be there."""
    return Flaw(path, "BASE_TYPE_REQUIRED", "This field is required")


def wrong_length(path: Path, least: int, most: int) -> Flaw:
    """A text or list of a wrong length."""
    if least:
        return Flaw(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")
    return Flaw(path, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")


def whole(path: Path, value: object) -> int:
    """A whole number, also one that is written as text.

    Raises:
        ApiError: it is something else.
    """
    try:
        return int(str(value))
    except ValueError:
        message = f'Value "{value}" is not int.'
        raise invalid_form([Flaw(path, "NUMBER_TYPE_COERCE", message)]) from None


def entries(value: object) -> list[dict[str, Any]]:
    """The objects of a list; anything else has none."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
