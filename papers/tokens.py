"""The one tokeniser: what a word is, for the search index and for the matcher alike.

Text is brought to compatibility form (Unicode NFKD), case is folded and marks are dropped, so that "Résumé"
and "resume" are one word. Runs of letters and digits are words; every character of a script written without
spaces is a word of its own, so that a phrase finds it. No token holds ASCII other than a-z and 0-9, so an
index that splits at everything else splits exactly here.
"""

import re
import unicodedata

_SCRIPT_WITHOUT_SPACES = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f"  # Myanmar
    "\u1780-\u17ff"  # Khmer
    "\u3040-\u30ff"  # Hiragana, Katakana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
)
_TOKEN = re.compile(rf"[{_SCRIPT_WITHOUT_SPACES}]|[^\W_{_SCRIPT_WITHOUT_SPACES}]+")
_ASCII_TOKEN = re.compile(r"[a-z0-9]+")  # the same for ASCII, in two thirds of the time


def tokenise(text: str) -> list[str]:
    """Cuts text into the words that searching and matching compare.

    Args:
        text: any text, in any script.

    Returns:
        The words in order; empty where the text has neither letters nor digits.
    """
    return _ASCII_TOKEN.findall(text.lower()) if text.isascii() else _TOKEN.findall(_folded(text))


def _folded(text: str) -> str:
    folded = text
    for _ in range(2):  # compatibility forms may bring capitals back (Unicode 3.13, D146)
        folded = unicodedata.normalize("NFKD", folded.casefold())
    return "".join(filter(_is_no_mark, folded))


def _is_no_mark(char: str) -> bool:
    return unicodedata.category(char)[0] != "M"


def contains(tokens: list[str], phrase: list[str]) -> bool:
    """Whether the phrase's words stand side by side, in order, in the tokens. An empty phrase stands nowhere."""
    width = len(phrase)
    return width > 0 and any(tokens[at : at + width] == phrase for at in range(len(tokens) - width + 1))
