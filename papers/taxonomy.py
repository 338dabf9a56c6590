"""The classifications: one set of names in seven families, found the way people write them."""

import difflib
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from types import MappingProxyType

from papers.errors import UnknownClassificationError
from papers.models import Model
from papers.taxonomy_names import ALIASES, TASKS

FAMILIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {family: (family, *tasks) for family, tasks in TASKS.items()}
)
"""Each family and its members, the family's own label first."""

NAMES: tuple[str, ...] = tuple(chain.from_iterable(FAMILIES.values()))
"""All 63 names, family by family."""

_ONLY = "="
_SUGGESTIONS = 25
_SHOWN = 60  # characters of an unknown name that are repeated to the person who typed it


class Tag(Model):
    """What a typed classification stands for.

    `text` is its canonical spelling (which finds the same again), `names` the labels it takes in.
    """

    text: str
    names: tuple[str, ...]


def squash(text: str) -> str:
    """The text as names are compared: without case, dashes, spaces or any other mark."""
    return "".join(char for char in text.casefold() if char.isalnum())


def _taken_in(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(chain.from_iterable(FAMILIES.get(name, (name,)) for name in names))


_NAME_OF = {squash(name): name for name in NAMES}
_FAMILY_OF = {name: family for family, members in FAMILIES.items() for name in members}
_MEANT = {squash(text): (text, names) for text, names in ALIASES.items()} | {
    key: (name, (name,)) for key, name in _NAME_OF.items()
}
"""By squashed text: its canonical spelling and the names it stands for, families not yet opened."""


def canonical(text: str) -> str | None:
    """The name that a label stands for, however it is spelt; None where it is no name (aliases are none)."""
    return _NAME_OF.get(squash(text))


def family(name: str) -> str:
    """The family of a name or of the first name an alias stands for; of anything else, `Other`."""
    _, names = _MEANT.get(squash(name), ("", ("Other",)))
    return _FAMILY_OF[names[0]]


def find(text: str) -> Tag:
    """What a person means by a classification: a family takes in its tasks, `=Name` is that label alone.

    Raises:
        UnknownClassificationError: nothing goes by this name; the message names the nearest.
    """
    wanted = text.strip()
    meant = _MEANT.get(squash(wanted))
    if meant is None:
        raise _unknown(wanted)
    spelling, names = meant
    if not wanted.startswith(_ONLY):
        return Tag(text=spelling, names=_taken_in(names))
    if len(names) > 1:
        raise _several(spelling, names)
    return Tag(text=f"{_ONLY}{names[0]}", names=names)


def _unknown(wanted: str) -> UnknownClassificationError:
    short = wanted[:_SHOWN]
    nearest = [_MEANT[key][0] for key in difflib.get_close_matches(squash(short), _MEANT, n=3, cutoff=0.5)]
    hint = f"did you mean {_either(nearest)}?" if nearest else "try Multimodal, Text Generation or VQA."
    return UnknownClassificationError(f"There is no classification “{short}”: {hint}", nearest=nearest)


def _several(spelling: str, names: tuple[str, ...]) -> UnknownClassificationError:
    return UnknownClassificationError(
        f"“{spelling}” stands for several classifications: choose {_either(names)}, or leave the “=” out.",
        nearest=names,
    )


def _either(names: Iterable[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} or {last}" if others else last


def suggest(typed: str) -> list[str]:
    """Names and aliases for what was typed so far, at most 25.

    What an alias typed in full stands for comes first, then names that begin like it, then names that have it
    inside, families before tasks each time; last, aliases that begin like it.
    """
    part = squash(typed)
    ordered = (*FAMILIES, *(name for name in NAMES if name not in FAMILIES))
    beginning = [name for name in ordered if squash(name).startswith(part)]
    inside = [name for name in ordered if part in squash(name)]
    aliases = [text for text in ALIASES if part and squash(text).startswith(part)]
    return list(dict.fromkeys((*_stands_for(part), *beginning, *inside, *aliases)))[:_SUGGESTIONS]


def _stands_for(part: str) -> Iterator[str]:
    spelling, names = _MEANT.get(part, ("", ()))
    if len(names) > 1:
        yield spelling
    yield from names
