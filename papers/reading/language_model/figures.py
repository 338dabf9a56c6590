"""The numbers that a text tells, however it writes them: whether a sentence tells one that its source does not."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from papers.languages import ENGLISH
from papers.reading.language_model.number_words import MULTIPLIERS, ORDINALS, SCALES, TENS, UNITS
from papers.reading.latex import plain

Figure = Decimal | str
"""A number; what has several points, such as a version or a date, counts as it is written."""

_LONGEST_NUMBER = 30  # digits; what is longer is no number that arithmetic is needed for

_GROUPING_SPACE = re.compile("(?<=\\d)[\u00a0\u2009\u202f'’](?=\\d{3}(?!\\d))")
_PLAIN_SPACE = re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3})+(?!\d|[.,]\d{3}(?!\d))")
_DIGIT = re.compile(r"\d")
_OTHER_POINTS: Mapping[int, str] = MappingProxyType({0x066B: ".", 0x066C: ","})

_SCALE = "|".join(sorted(map(re.escape, SCALES), key=len, reverse=True))
_SUFFIX = f"(?:[ -]?(?P<scale>(?i:{_SCALE}))(?:s|en|es|i)?(?![a-z])|(?P<letter>[kKMBbTG])(?![a-zA-Z]))?"
_NUMBER = re.compile(rf"(?P<digits>\d+(?:[.,]\d+)*|(?<![\d.])\.\d+){_SUFFIX}", re.ASCII)
_LETTERS: Mapping[str, int] = MappingProxyType({"k": 3, "m": 6, "b": 9, "g": 9, "t": 12})

_ENGLISH_GROUPS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_OTHER_GROUPS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_OTHER_DECIMAL = re.compile(r"\d+,\d+")

_WORDS: Mapping[str, int] = MappingProxyType({**UNITS, **TENS, **MULTIPLIERS})
_WORD = re.compile(
    rf"\b(?P<word>(?:{'|'.join(TENS)})[ -](?:{'|'.join(UNITS)})|{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
    rf"(?P<scales>(?:[ -](?:hundred|thousand|million|billion|trillion))*)\b",
    re.IGNORECASE,
)
_ORDINAL = re.compile(rf"\b(?:{'|'.join(ORDINALS)})\b", re.IGNORECASE)
_PRONOUN = "one"


@dataclass(frozen=True)
class _Told:
    """What stands at one place: as it is written, and each way to read it, the numbers that are told then."""

    text: str
    readings: tuple[tuple[Figure, ...], ...]


def figures(source: str) -> frozenset[Figure]:
    """Every number that an English text can be said to tell, by digits or by words.

    Args:
        source: the text, with or without LaTeX.

    Returns:
        All ways to read it together: "7B" tells 7 and 7,000,000,000; "10 000" tells 10,000, and 10, and 0.
    """
    told: set[Figure] = set()
    for text in (source, plain(source)):
        line = _normalised(text.replace("{,}", ","))
        told.update(_all(_by_digits(line, ENGLISH, unscaled=True)), _all(_by_words(line, unscaled=True)))
        joined = _PLAIN_SPACE.sub(lambda number: number[0].replace(" ", ""), line)
        told.update(_all(_by_digits(joined, ENGLISH, unscaled=True)))
        told.update(Decimal(ORDINALS[word[0].casefold()]) for word in _ORDINAL.finditer(line))
    return frozenset(told)


def untold(sentence: str, source: frozenset[Figure], *, language: str = ENGLISH) -> tuple[str, ...]:
    """The numbers of a sentence that its source does not tell.

    Units are not compared: "10 %" is told where "10 percent" is, and where "10 layers" is. In other languages than
    English digits alone are read, a comma may stand for the point and the other way round, and words such as
    "millones" may be left out of account; a number in words is not looked at.

    Args:
        sentence: what somebody says of the source.
        source: what `figures` found in it.
        language: the sentence's (ISO 639-1).

    Returns:
        Each as it is written.
    """
    line = _normalised(plain(sentence))
    english = language == ENGLISH
    if not english:
        line = _PLAIN_SPACE.sub(lambda number: number[0].replace(" ", ""), line)
    told = [*_by_digits(line, language, unscaled=not english)]
    if english:
        told += (number for number in _by_words(line) if number.text.casefold() != _PRONOUN)
    return tuple(
        number.text for number in told if not any(source.issuperset(reading) for reading in number.readings)
    )


def _all(told: Iterator[_Told]) -> Iterator[Figure]:
    for number in told:
        for reading in number.readings:
            yield from reading


def _normalised(text: str) -> str:
    """Digits of any script as ASCII, powers and fractions set apart, no spaces inside numbers but plain ones."""
    joined = _GROUPING_SPACE.sub("", text.translate(_OTHER_POINTS))
    apart = "".join(f" {char} " if unicodedata.category(char) == "No" else char for char in joined)
    compatible = unicodedata.normalize("NFKC", apart)
    return _DIGIT.sub(lambda digit: str(unicodedata.digit(digit[0])), " ".join(compatible.split()))


def _by_digits(text: str, language: str, *, unscaled: bool) -> Iterator[_Told]:
    for number in _NUMBER.finditer(text):
        power = _LETTERS.get(
            (number["letter"] or "").lower(), SCALES.get((number["scale"] or "").casefold(), 0)
        )
        plainly = tuple(_readings(number["digits"], language))
        scaled = tuple((*reading[:-1], _scaled(reading[-1], power)) for reading in plainly)
        yield _Told(number[0], scaled + plainly if unscaled else scaled)


def _readings(digits: str, language: str) -> Iterator[tuple[Figure, ...]]:
    if _ENGLISH_GROUPS.fullmatch(digits):
        yield (_figure(digits.replace(",", "")),)
    else:
        yield tuple(_figure(part) for part in digits.split(","))
    if language == ENGLISH:
        return
    if _OTHER_GROUPS.fullmatch(digits) or _OTHER_DECIMAL.fullmatch(digits):
        yield (_figure(digits.replace(".", "").replace(",", ".")),)


def _by_words(text: str, *, unscaled: bool = False) -> Iterator[_Told]:
    for number in _WORD.finditer(_NUMBER.sub("#", text)):
        value = sum(_WORDS[word] for word in re.split("[ -]", number["word"].casefold()))
        power = sum(SCALES[word] for word in re.split("[ -]", number["scales"].casefold()) if word)
        scaled = (_scaled(Decimal(value), power),)
        yield _Told(number[0], (scaled, (Decimal(value),)) if unscaled else (scaled,))


def _figure(text: str) -> Figure:
    if text.count(".") > 1 or len(text) > _LONGEST_NUMBER:
        return text
    return Decimal(text)


def _scaled(figure: Figure, power: int) -> Figure:
    return figure * 10**power if isinstance(figure, Decimal) else figure
