"""Moments and ids, as the API writes them."""

from datetime import datetime


def timestamp(at: datetime) -> str:
    """A moment as the API writes it."""
    return at.isoformat(timespec="milliseconds")


def optional_id(number: int | None) -> str | None:
    """An id that may be missing."""
    return None if number is None else str(number)
