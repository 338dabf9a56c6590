"""Which origin's word counts, part by part: the one place where that is written."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain
from types import MappingProxyType

from papers.links import distinct
from papers.models import Link, LinkedOnHub, Origin, Paper, PaperKey, Part, Statement

_PERSON_THEN_SOURCES = (Origin.PERSON, Origin.ARXIV, Origin.HUB, Origin.DIGEST)
_PERSON_THEN_READERS = (Origin.PERSON, Origin.LANGUAGE_MODEL, Origin.DIGEST)

PRECEDENCE: Mapping[Part, Sequence[Origin]] = MappingProxyType(
    {
        Part.TITLE: _PERSON_THEN_SOURCES,
        Part.AUTHORS: _PERSON_THEN_SOURCES,
        Part.ABSTRACT: _PERSON_THEN_SOURCES,
        Part.LEAD: (Origin.HUB,),
        Part.BULLETS: (*_PERSON_THEN_READERS, Origin.EXTRACT),
        Part.CLASSIFICATIONS: (*_PERSON_THEN_READERS, Origin.SHIPPED_MODEL, Origin.EXTRACT),
        Part.LINKS: (
            Origin.PERSON,
            Origin.HUB,
            Origin.LANGUAGE_MODEL,
            Origin.DIGEST,
            Origin.EXTRACT,
            Origin.PAGES,
        ),
        Part.UPVOTES: (Origin.HUB,),
        Part.STARS: (Origin.HUB,),
        Part.ARXIV: (Origin.ARXIV,),
        Part.LINKED: (Origin.HUB,),
        Part.TRANSLATIONS: (Origin.LANGUAGE_MODEL,),
    }
)
"""The best origin first. A part an origin is not listed for is kept, and never shown.

Links add up, in this order, unless a person set them; what the hub links stands last. The lead stands before bullets
drawn from the abstract only.
"""

READINGS = frozenset({Origin.EXTRACT, Origin.SHIPPED_MODEL, Origin.LANGUAGE_MODEL, Origin.PAGES})
"""Origins that read what others say: their newest word replaces the older as a whole."""


def merged(old: Statement | None, new: Statement) -> Statement:
    """What an origin says once it has spoken again: what it says now, and of other parts what it said before.

    arXiv's feed has its own words and no comment: it says nothing where arXiv's API, which dates its record, did.
    """
    if old is None or old == new or new.origin in READINGS:
        return new
    if _is_dated(old) and new.arxiv is not None and not _is_dated(new):
        return old
    told = {name: getattr(new, name) for name in ("maker", *(part.value for part in Part))}
    return old.model_copy(update={name: value for name, value in told.items() if value is not None})


def _is_dated(statement: Statement) -> bool:
    return statement.arxiv is not None and statement.arxiv.updated is not None


def together(known: Iterable[Statement], new: Iterable[Statement]) -> tuple[Statement, ...]:
    """Everything said of a paper once something new is said, each origin's words of a day as `merged` has them."""
    spoken = {(statement.origin, statement.day): statement for statement in known}
    for statement in new:
        voice = statement.origin, statement.day
        spoken[voice] = merged(spoken.get(voice), statement)
    return tuple(spoken.values())


def news(known: Iterable[Statement], now: Iterable[Statement]) -> tuple[Statement, ...]:
    """What is said now and was not before: to be kept without bringing back what was said meanwhile."""
    before = {(statement.origin, statement.day): statement for statement in known}
    return tuple(
        _unsaid(before.get((said.origin, said.day)), said)
        for said in now
        if before.get((said.origin, said.day)) != said
    )


def _unsaid(old: Statement | None, new: Statement) -> Statement:
    """The parts that an origin tells otherwise than before; of a reading, all."""
    if old is None or new.origin in READINGS:
        return new
    same = {part.value for part in Part if getattr(old, part.value) == getattr(new, part.value)}
    return new.model_copy(update=dict.fromkeys(same))


def resolve(
    key: PaperKey,
    arxiv_id: str,
    statements: Iterable[Statement],
    *,
    published: date | None = None,
    editions: Sequence[date] = (),
    sources: Iterable[str] = (),
    digest_day: date | None = None,
    corrections: Mapping[int, tuple[str, ...]] | None = None,
) -> Paper:
    """Makes the paper that people see from all that is said of it.

    Args:
        key: the paper's key.
        arxiv_id: its arXiv id without version.
        statements: in any order; at least one has a title.
        published: the day of its first version.
        editions: the days it was announced on.
        sources: where it was announced.
        digest_day: prefer the digest of that day; without it, the newest digest speaks for the digests.
        corrections: what people say its classifications are, by their server's id.

    Returns:
        The paper, with the origin of each part that has a value.
    """
    spoken = _one_per_origin(statements, digest_day)
    chosen = {part: _first(spoken, part) for part in PRECEDENCE}
    origins = {part: statement.origin for part, statement in chosen.items() if statement is not None}
    makers = {part: statement.maker for part, statement in chosen.items() if statement and statement.maker}
    values = {part: getattr(statement, part.value) for part, statement in chosen.items() if statement}
    return Paper(
        key=key,
        arxiv_id=arxiv_id,
        title=values.get(Part.TITLE, arxiv_id),
        authors=values.get(Part.AUTHORS, ()),
        abstract=values.get(Part.ABSTRACT),
        bullets=_bullets(values, origins),
        classifications=values.get(Part.CLASSIFICATIONS, ()),
        links=_links(spoken, values.get(Part.LINKED)),
        upvotes=values.get(Part.UPVOTES),
        stars=values.get(Part.STARS),
        arxiv=values.get(Part.ARXIV),
        linked=values.get(Part.LINKED),
        translations=values.get(Part.TRANSLATIONS, {}),
        published=published,
        editions=tuple(sorted(set(editions))),
        sources=tuple(sorted(set(sources))),
        origins=origins,
        makers=makers,
        corrections=corrections or {},
    )


def _one_per_origin(statements: Iterable[Statement], digest_day: date | None) -> dict[Origin, Statement]:
    def newest_last(statement: Statement) -> tuple[bool, date]:
        day = statement.day or date.min
        return day == digest_day, day

    return {statement.origin: statement for statement in sorted(statements, key=newest_last)}


def _first(spoken: Mapping[Origin, Statement], part: Part) -> Statement | None:
    for origin in PRECEDENCE[part]:
        statement = spoken.get(origin)
        if statement is not None and getattr(statement, part.value) not in (None, (), {}):
            return statement
    return None


def _bullets(values: Mapping[Part, object], origins: Mapping[Part, Origin]) -> tuple[str, ...]:
    bullets = values.get(Part.BULLETS, ())
    lead = values.get(Part.LEAD)
    assert isinstance(bullets, tuple)  # noqa: S101 - the model's own type, lost in the mapping
    drawn = origins.get(Part.BULLETS, Origin.EXTRACT) is Origin.EXTRACT
    return (lead, *bullets) if isinstance(lead, str) and drawn else bullets


def _links(spoken: Mapping[Origin, Statement], linked: LinkedOnHub | None) -> tuple[Link, ...]:
    person = spoken.get(Origin.PERSON)
    if person is not None and person.links is not None:
        return person.links
    said = [spoken[origin].links or () for origin in PRECEDENCE[Part.LINKS] if origin in spoken]
    return distinct(chain(*said, linked.links if linked else ()))
