"""Several papers in one message: what each keeps, and what it is given of the room that is left."""

from collections.abc import Sequence
from dataclasses import dataclass

from cogs.cards import buttons
from cogs.cards.packing import pack, shares
from cogs.cards.paper import (
    CLASSIFICATIONS_LIMIT,
    EMBEDS_LIMIT,
    KEPT_BULLETS,
    LINKS_LIMIT,
    SHORT_CARD,
    TITLE_LIMIT,
    authors_line,
    bullet_lines,
    bullets_text,
    classifications_line,
    colour,
    links_line,
    votes,
)
from cogs.cards.text import fit, long_date, size
from papers.models import Paper

MOST_PAPERS = 10
"""How many embeds a message may have; papers never share an address, so that Discord merges none of them."""

DESCRIPTION_LIMIT = 4096

_AUTHORS_LIMIT = 200
_LEAST_BULLETS = 200
_TITLE_SHARE, _CLASSIFICATIONS_SHARE, _LINKS_SHARE = 4, 5, 3
"""Which parts of its room a paper's title, classifications and links may take where it is short of it."""


@dataclass(frozen=True)
class Entry:
    """A paper's texts in a message of several.

    Attributes:
        paper: the one they are of.
        title: what it is called, with the link to arXiv.
        kept: the two bullets that stay whatever happens.
        tail: its classifications, and the other links.
        byline: its authors, if there is room.
        footer: its day and its upvotes, if there is room.
        bullets: the others, as far as a short card has them.
    """

    paper: Paper
    title: str
    kept: str
    tail: str
    byline: str
    footer: str
    bullets: tuple[str, ...]

    @property
    def least(self) -> int:
        """How many UTF-16 units it takes at least."""
        return size(self.title) + size(_lines(self.kept, self.tail))

    @property
    def steps(self) -> tuple[int, ...]:
        """How many more units it takes with byline and footer, and then with each other bullet."""
        return (_size_of_line(self.byline) + size(self.footer), *map(_size_of_line, self.bullets))

    def embed(self, steps: int = 0) -> buttons.Embed:
        """The embed with so many of the steps taken."""
        bullets = self.bullets[: max(0, steps - 1)]
        embed: dict[str, object] = {
            "title": self.title,
            "url": self.paper.url,
            "color": colour(self.paper),
            "description": _lines(self.byline if steps else "", self.kept, *bullets, self.tail),
        }
        return embed | {"footer": {"text": self.footer}} if steps else embed

    def within(self, room: int) -> buttons.Embed:
        """The embed in a room that may be too small for it, though it has 600 units at least: texts are shortened."""
        if self.least <= room:
            return self.embed()
        title, tail = self.title, self.tail
        if room - size(title) - size(tail) < _LEAST_BULLETS:
            title = _title(self.paper, room // _TITLE_SHARE)
            tail = _tail(self.paper, room // _CLASSIFICATIONS_SHARE, room // _LINKS_SHARE)
        left = room - size(title) - size(tail) - 1
        kept = bullets_text(self.paper, 0, left)
        return Entry(self.paper, title, kept, tail, "", "", ()).embed()


def entry_of(paper: Paper) -> Entry:
    """A paper's texts; two bullets that would not fit into an embed of their own are shortened."""
    tail = _tail(paper, CLASSIFICATIONS_LIMIT, LINKS_LIMIT)
    kept = bullets_text(paper, 0, DESCRIPTION_LIMIT - size(tail) - 1)
    authors = authors_line(paper.authors, _AUTHORS_LIMIT)
    byline = f"*{authors}*" if authors else ""
    shown, bullets = size(_lines(byline, kept, tail)), []
    for line in bullet_lines(paper)[KEPT_BULLETS:]:
        shown += _size_of_line(line)
        if shown > SHORT_CARD:
            break
        bullets.append(line)
    footer = " · ".join(filter(None, (long_date(paper.day), votes(paper))))
    roomy = size(_lines(byline, kept, tail)) <= DESCRIPTION_LIMIT
    return Entry(
        paper, _title(paper, TITLE_LIMIT), kept, tail, byline if roomy else "", footer, tuple(bullets)
    )


def parcels(entries: Sequence[Entry]) -> list[Sequence[Entry]]:
    """The fewest messages for papers in their order: at most ten in one, and 6000 units of text."""
    cut, start = [], 0
    for count in pack([entry.least for entry in entries], room=EMBEDS_LIMIT, most=MOST_PAPERS):
        cut.append(entries[start : start + count])
        start += count
    return cut


def embeds(entries: Sequence[Entry]) -> list[buttons.Embed]:
    """The embeds of one message of at most ten papers, each given what it needs, and in turn more while there is room."""
    spare = EMBEDS_LIMIT - sum(entry.least for entry in entries)
    if spare < 0:
        rooms = shares([entry.least for entry in entries], EMBEDS_LIMIT)
        return [entry.within(room) for entry, room in zip(entries, rooms, strict=True)]
    steps = _in_turn([entry.steps for entry in entries], spare)
    return [entry.embed(taken) for entry, taken in zip(entries, steps, strict=True)]


def _in_turn(costs: Sequence[Sequence[int]], spare: int) -> list[int]:
    """How many steps each takes: one after the other a step, until none can afford its next."""
    taken, going = [0] * len(costs), [*range(len(costs))]
    while going:
        affording = []
        for place in going:
            if taken[place] < len(costs[place]) and (cost := costs[place][taken[place]]) <= spare:
                spare -= cost
                taken[place] += 1
                affording.append(place)
        going = affording
    return taken


def _title(paper: Paper, limit: int) -> str:
    return fit(paper.title, limit) or paper.arxiv_id


def _tail(paper: Paper, classifications: int, links: int) -> str:
    lines = (classifications_line(paper, classifications), links_line(paper, links, arxiv=False))
    return "\n".join(f"-# {line}" for line in lines if line)


def _lines(*parts: str) -> str:
    return "\n".join(filter(None, parts))


def _size_of_line(line: str) -> int:
    return size(line) + 1 if line else 0
