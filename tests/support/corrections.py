"""Corrections of classifications for tests, and strategies that make more of them."""

from datetime import datetime, timedelta

from hypothesis import strategies as st

from papers.models import Correction, NewCorrection
from storage import Stores
from support.papers import AT, labels

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


_corrections = st.builds(
    NewCorrection,
    guild_id=st.sampled_from((GUILD, ELSEWHERE)),
    arxiv_id=st.integers(1, 5).map(lambda number: f"2606.{number:05}"),
    person=st.sampled_from((OLGA, MIKA)),
    classifications=st.lists(labels, min_size=1, max_size=3, unique=True).map(tuple),
    at=st.integers(-2, 2).map(lambda minutes: AT + timedelta(minutes=minutes)),
)
steps: st.SearchStrategy[Step] = st.one_of(
    _corrections, st.tuples(st.sampled_from(("remove", "promote", "withdraw")), st.integers(0, 3))
)
"""What people and the operator do, about the papers of `support.papers.histories`."""


async def take(stores: Stores, step: Step) -> None:
    """Does it; what is to be done with a correction where there is none is passed over."""
    if isinstance(step, NewCorrection):
        await stores.corrections.add(step)
        return
    kept = await stores.corrections.all()
    name, which = step
    if kept:
        await getattr(stores.corrections, name)(kept[which % len(kept)].id)
