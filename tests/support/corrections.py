"""Corrections of classifications for tests, and strategies that make more of them."""

from datetime import datetime, timedelta

from hypothesis import strategies as st

from papers.models import Answer, Correction, NewCorrection
from papers.query import Not, Query, tagged
from storage import Stores
from support.papers import AT, announced, answered, classified

GUILD, ELSEWHERE = 900, 901
OLGA, MIKA = 1, 2

Step = NewCorrection | tuple[str, int]
"""A correction, or what is done with one of those there are: its method, and which."""


async def correct(
    stores: Stores, arxiv_id: str, *names: str, guild: int = GUILD, person: int = OLGA, at: datetime = AT
) -> Correction:
    """Somebody, Olga if not said otherwise, says what a paper's classifications are."""
    new = NewCorrection(guild_id=guild, arxiv_id=arxiv_id, person=person, classifications=names, at=at)
    kept = await stores.corrections.add(new)
    assert kept is not None
    return kept


_IDS = [f"2606.{number:05}" for number in range(1, 5)]
_labels = st.lists(
    st.sampled_from(("Robotics", "Audio", "Reinforcement Learning", "Not Among Them")),
    min_size=1,
    max_size=3,
    unique=True,
)
archives: st.SearchStrategy[Answer] = st.lists(_labels, min_size=4, max_size=4).map(
    lambda chosen: answered(
        *(
            announced(arxiv_id, classifications=classified(*names))
            for arxiv_id, names in zip(_IDS, chosen, strict=True)
        )
    )
)
"""Four papers of one day, two of which `support.papers.histories` tells of as well, with few classifications."""

_corrections = st.builds(
    NewCorrection,
    guild_id=st.sampled_from((GUILD, ELSEWHERE)),
    arxiv_id=st.sampled_from(_IDS),
    person=st.sampled_from((OLGA, MIKA)),
    classifications=_labels.map(tuple),
    at=st.integers(-2, 2).map(lambda minutes: AT + timedelta(minutes=minutes)),
)
_done = st.tuples(st.sampled_from(("remove", "promote", "withdraw")), st.integers(0, 3))
steps: st.SearchStrategy[list[Step]] = st.lists(
    st.one_of(_corrections, _corrections, _done), min_size=2, max_size=8
)
"""What people and the operator do about papers of `archives`."""

_tags = st.sampled_from(("Robotics", "Audio", "RL", "=RL", "Other")).map(lambda text: tagged(text).terms[0])
tag_queries: st.SearchStrategy[Query] = st.lists(
    st.one_of(_tags, _tags.map(lambda term: Not.model_validate({"term": term}))), min_size=1, max_size=2
).map(lambda terms: Query(terms=tuple(terms)))
"""Queries for the classifications of `archives`, and for what lacks them."""


async def take(stores: Stores, step: Step) -> None:
    """Does it; what is to be done with a correction where there is none is passed over."""
    if isinstance(step, NewCorrection):
        await stores.corrections.add(step)
        return
    kept = await stores.corrections.all()
    name, which = step
    if kept:
        await getattr(stores.corrections, name)(kept[which % len(kept)].id)
