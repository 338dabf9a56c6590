"""Papers as hostile as they come, and the limits that whatever is made of them keeps to."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from hypothesis import strategies as st

from cogs.cards.paper import EMBEDS_LIMIT, embed_size
from cogs.cards.text import clean, size
from papers import taxonomy
from papers.models import (
    ArxivRecord,
    Classification,
    Link,
    LinkedOnHub,
    LinkKind,
    Origin,
    Paper,
    Part,
    first_key,
)

HOSTILE = [
    "@everyone <@1>",
    "**b**",
    "[x](https://evil.example)",
    "`" * 9,
    "\u202e",
    "\n# big\n",
    "漢字",
    "🙂",
    "|",
    "a" * 300,
]
TEXT = st.one_of(
    st.text(max_size=80), st.sampled_from(HOSTILE), st.text("ab cd", min_size=300, max_size=5_000)
)
TITLE = TEXT.filter(lambda text: bool(clean(text)))
COUNT = st.integers(0, 10**6)
URL = st.text("abc/()_-", max_size=600).map(lambda path: f"https://github.com/o/{path}")
PAPERS = st.builds(
    Paper,
    key=st.dates(min_value=date(2000, 1, 1)).map(first_key),
    arxiv_id=st.just("2606.00001"),
    title=TITLE,
    authors=st.lists(TEXT, max_size=30).map(tuple),
    abstract=st.none() | TEXT,
    bullets=st.lists(TEXT, max_size=12).map(tuple),
    classifications=st.lists(
        st.builds(Classification, name=st.sampled_from(taxonomy.NAMES) | TEXT), max_size=30
    ).map(tuple),
    links=st.lists(st.builds(Link, kind=st.sampled_from(LinkKind), url=URL), max_size=30).map(tuple),
    upvotes=st.none() | st.integers(0, 10**9),
    stars=st.none() | st.integers(0, 10**9),
    published=st.none(),
    arxiv=st.none()
    | st.builds(
        ArxivRecord,
        categories=st.lists(TEXT, max_size=9).map(tuple),
        comment=st.none() | TEXT,
        journal_ref=st.none() | TEXT,
        version=st.none() | st.integers(1, 10**9),
    ),
    linked=st.none() | st.builds(LinkedOnHub, models=COUNT, datasets=COUNT, spaces=COUNT),
    origins=st.dictionaries(st.sampled_from(Part), st.sampled_from(Origin)),
    makers=st.dictionaries(st.sampled_from(Part), TEXT),
)


def several(papers: Sequence[Paper]) -> tuple[Paper, ...]:
    """The papers with ids and keys of their own, as they are in an archive."""
    return tuple(
        paper.model_copy(update={"arxiv_id": f"2606.{number:05}", "key": paper.key + number})
        for number, paper in enumerate(papers, start=1)
    )


def assert_within_limits(embeds: Sequence[Mapping[str, Any]]) -> None:
    """Discord's limits of the embeds of one message, counted in UTF-16 units."""
    assert len(embeds) <= 10
    for embed in embeds:
        assert 1 <= size(embed["title"]) <= 256
        assert size(embed.get("description", "x")) <= 4096
        assert embed.get("description", "x").strip()
        for field in embed.get("fields", ()):
            assert 1 <= size(field["name"]) <= 256
            assert 1 <= size(field["value"]) <= 1024
        assert size(embed.get("footer", {}).get("text", "")) <= 2048
    assert sum(embed_size(dict(embed)) for embed in embeds) <= EMBEDS_LIMIT
