"""Words that tell numbers."""

from collections.abc import Mapping
from types import MappingProxyType

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
UNITS: Mapping[str, int] = MappingProxyType({word: at for at, word in enumerate(_UNITS.split())})

TENS: Mapping[str, int] = MappingProxyType(
    {
        word: 10 * at
        for at, word in enumerate(
            ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2
        )
    }
)

MULTIPLIERS: Mapping[str, int] = MappingProxyType(
    {
        **dict.fromkeys(["twice", "double", "doubles", "doubled", "doubling", "twofold"], 2),
        **dict.fromkeys(["thrice", "triple", "triples", "tripled", "tripling", "threefold"], 3),
        **dict.fromkeys(["quadruple", "quadruples", "quadrupled", "fourfold"], 4),
        "fivefold": 5,
        "tenfold": 10,
        "dozen": 12,
        "hundred": 100,
        "thousand": 1_000,
        "million": 1_000_000,
    }
)

ORDINALS: Mapping[str, int] = MappingProxyType(
    {
        word: at
        for at, word in enumerate(
            ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"], 1
        )
    }
)

SCALES: Mapping[str, int] = MappingProxyType(
    {
        "hundred": 2,
        "thousand": 3,
        "million": 6,
        "billion": 9,
        "trillion": 12,
        # what goes with digits in other languages: 1,500,000 are 1,5 Millionen, 7 million are 700 万
        "tausend": 3,
        "mio": 6,
        "miljoen": 6,
        "миллион": 6,
        "milliard": 9,
        "miljard": 9,
        "mrd": 9,
        "миллиард": 9,
        "千": 3,
        "천": 3,
        "万": 4,
        "萬": 4,
        "만": 4,
        "亿": 8,
        "億": 8,
        "억": 8,
        "兆": 12,
        "조": 12,
        "हज़ार": 3,
        "हजार": 3,
        "लाख": 5,
        "करोड़": 7,
    }
)
"""The power of ten that a word stands for."""
