"""Text from outside, brought to one form."""

import re
import unicodedata

SURROGATE = re.compile(r"[\ud800-\udfff]")
"""Half a character, which UTF-8 cannot say."""


def first_clause(sentence: str) -> str:
    """A sentence up to its first semicolon, without its full stop: in errors, what follows says what to do."""
    return sentence.partition(";")[0].rstrip(".")


def normalise(text: str) -> str:
    """Single spaces, no control characters, nothing that UTF-8 cannot say."""
    sayable = SURROGATE.sub("\ufffd", text)
    kept = (char for char in sayable if char.isspace() or unicodedata.category(char) != "Cc")
    return " ".join("".join(kept).split())
