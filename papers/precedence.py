"""Which origin's word counts, part by part: the one place where that is written."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain
from types import MappingProxyType

from papers.models import Link, Origin, Paper, PaperKey, Part, Statement

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
        Part.LINKS: (Origin.PERSON, Origin.HUB, Origin.LANGUAGE_MODEL, Origin.DIGEST, Origin.EXTRACT),
        Part.UPVOTES: (Origin.HUB,),
    }
)
"""The best origin first. A part an origin is not listed for is kept, and never shown.

Links add up, in this order, unless a person set them. The lead stands before bullets drawn from the abstract only.
"""


def resolve(
    key: PaperKey,
    arxiv_id: str,
    statements: Iterable[Statement],
    *,
    published: date | None = None,
    editions: Sequence[date] = (),
    digest_day: date | None = None,
) -> Paper:
    """Makes the paper that people see from all that is said of it.

    Args:
        key: the paper's key.
        arxiv_id: its arXiv id without version.
        statements: in any order; at least one has a title.
        published: the day of its first version.
        editions: the days it was announced on.
        digest_day: prefer the digest of that day; without it, the newest digest speaks for the digests.

    Returns:
        The paper, with the origin of each part that has a value.
    """
    spoken = _one_per_origin(statements, digest_day)
    chosen = {part: _first(spoken, part) for part in PRECEDENCE}
    origins = {part: statement.origin for part, statement in chosen.items() if statement is not None}
    values = {part: getattr(statement, part.value) for part, statement in chosen.items() if statement}
    return Paper(
        key=key,
        arxiv_id=arxiv_id,
        title=values.get(Part.TITLE, arxiv_id),
        authors=values.get(Part.AUTHORS, ()),
        abstract=values.get(Part.ABSTRACT),
        bullets=_bullets(values, origins),
        classifications=values.get(Part.CLASSIFICATIONS, ()),
        links=_links(spoken),
        upvotes=values.get(Part.UPVOTES),
        published=published,
        editions=tuple(sorted(set(editions))),
        origins=origins,
    )


def _one_per_origin(statements: Iterable[Statement], digest_day: date | None) -> dict[Origin, Statement]:
    def newest_last(statement: Statement) -> tuple[bool, date]:
        day = statement.day or date.min
        return day == digest_day, day

    return {statement.origin: statement for statement in sorted(statements, key=newest_last)}


def _first(spoken: Mapping[Origin, Statement], part: Part) -> Statement | None:
    for origin in PRECEDENCE[part]:
        statement = spoken.get(origin)
        if statement is not None and getattr(statement, part.value) not in (None, ()):
            return statement
    return None


def _bullets(values: Mapping[Part, object], origins: Mapping[Part, Origin]) -> tuple[str, ...]:
    bullets = values.get(Part.BULLETS, ())
    lead = values.get(Part.LEAD)
    assert isinstance(bullets, tuple)  # noqa: S101 - the model's own type, lost in the mapping
    drawn = origins.get(Part.BULLETS, Origin.EXTRACT) is Origin.EXTRACT
    return (lead, *bullets) if isinstance(lead, str) and drawn else bullets


def _links(spoken: Mapping[Origin, Statement]) -> tuple[Link, ...]:
    person = spoken.get(Origin.PERSON)
    if person is not None and person.links is not None:
        return person.links
    said = (spoken[origin].links or () for origin in PRECEDENCE[Part.LINKS] if origin in spoken)
    unique: dict[str, Link] = {}
    for link in chain.from_iterable(said):
        unique.setdefault(link.url, link)
    return tuple(unique.values())
