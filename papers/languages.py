"""The languages that bullets can be had in."""

import difflib
import unicodedata

from papers.errors import RequestError
from papers.models import Model

ENGLISH = "en"
"""What papers are written in, and bullets where nobody says otherwise."""

_SUGGESTIONS = 25
_SHOWN = 40  # characters of an unknown name that are repeated to the person who typed it


class Language(Model):
    """A language: its code (ISO 639-1), its English name, and what it calls itself."""

    code: str
    english: str
    own: str

    def __str__(self) -> str:
        return self.english if self.english == self.own else f"{self.english} ({self.own})"


_OFFERED = """
ar Arabic العربية
bn Bengali বাংলা
bg Bulgarian Български
ca Catalan Català
zh Chinese 中文
cs Czech Čeština
da Danish Dansk
nl Dutch Nederlands
en English English
fi Finnish Suomi
fr French Français
de German Deutsch
el Greek Ελληνικά
he Hebrew עברית
hi Hindi हिन्दी
hu Hungarian Magyar
id Indonesian Indonesia
it Italian Italiano
ja Japanese 日本語
ko Korean 한국어
no Norwegian Norsk
fa Persian فارسی
pl Polish Polski
pt Portuguese Português
ro Romanian Română
ru Russian Русский
es Spanish Español
sv Swedish Svenska
th Thai ไทย
tr Turkish Türkçe
uk Ukrainian Українська
vi Vietnamese Tiếng_Việt
"""

LANGUAGES: tuple[Language, ...] = tuple(
    Language(code=code, english=english, own=own.replace("_", " "))
    for code, english, own in map(str.split, _OFFERED.strip().splitlines())
)
"""Those that are offered, by their English names."""


_BY_CODE = {language.code: language for language in LANGUAGES}


def name(code: str) -> str:
    """The English name of a language; the code itself where it is not offered any more."""
    return _BY_CODE[code].english if code in _BY_CODE else code


def _squash(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in apart if char.isalnum())


_FOUND = {
    _squash(spelling): language
    for language in reversed(LANGUAGES)
    for spelling in (language.own, language.english, language.code, str(language))
}


def find(text: str) -> Language:
    """The language that a person means by its code (also with a country, pt-BR), its English or its own name.

    Raises:
        RequestError: it is none of those offered; the message names the nearest.
    """
    wanted = text.strip()
    found = _FOUND.get(_squash(wanted)) or _FOUND.get(_squash(wanted.replace("_", "-").partition("-")[0]))
    if found is None:
        raise _unknown(wanted[:_SHOWN])
    return found


def suggest(typed: str) -> list[Language]:
    """Languages for what was typed so far, at most 25: those named like it first, then those that have it inside."""
    part = _squash(typed)
    named = {
        language: (language.code, _squash(language.english), _squash(language.own)) for language in LANGUAGES
    }
    beginning = [one for one, spelt in named.items() if any(spelling.startswith(part) for spelling in spelt)]
    inside = [one for one, spelt in named.items() if any(part in spelling for spelling in spelt[1:])]
    return list(dict.fromkeys((*beginning, *inside)))[:_SUGGESTIONS]


def _unknown(wanted: str) -> RequestError:
    near = difflib.get_close_matches(_squash(wanted), _FOUND, n=1, cutoff=0.6)
    hint = f"did you mean {_FOUND[near[0]]}?" if near else "try German, Spanish or Japanese."
    return RequestError(f"There is no language “{wanted}” to choose: {hint}")
