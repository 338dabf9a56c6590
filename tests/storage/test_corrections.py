"""What people say a paper's classifications are: in their server, and once promoted, everywhere."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers import taxonomy
from papers.matching import matches
from papers.models import (
    Announcement,
    Answer,
    NewCorrection,
    Origin,
    Paper,
    Part,
    Statement,
)
from papers.ports import SearchRequest, Sort, Turn
from papers.query import MAX_TERMS, Query, negated, parse, tagged
from papers.taxonomy import NAMES
from storage import Stores
from support.corrections import (
    ELSEWHERE,
    GUILD,
    MIKA,
    OLGA,
    Step,
    archives,
    correct,
    steps,
    tag_queries,
    take,
)
from support.papers import (
    AT,
    EDITION,
    announced,
    answered,
    classified,
    histories,
    over_at,
)
from support.queries import queries
from support.stores import Opening, with_fresh
from support.subscriptions import CHANNEL, as_seen, delivery, plan, wanted

TIDES, ROBOTS = "2606.01001", "2606.01002"
FORECASTS = ("Time Series Forecasting", "Computer Vision")


async def keep(stores: Stores, *answers: Answer) -> None:
    await stores.papers.keep_all([(answer, over_at(answer.day)) for answer in answers], at=AT)


async def seen(stores: Stores, guild: int | None = None, paper: str = TIDES) -> tuple[str, ...]:
    found = await stores.papers.get(paper)
    assert found is not None
    return tuple(item.name for item in found.seen_in(guild).classifications)


async def ids(stores: Stores, query: str, guild: int | None = None) -> set[str]:
    found = await stores.papers.search(SearchRequest(query=parse(query), guild_id=guild))
    return {paper.arxiv_id for paper in found.papers}


async def test_a_correction_counts_in_its_server_alone(stores: Stores) -> None:
    await keep(stores, EDITION)
    kept = await correct(stores, TIDES, "Robotics", "Other")
    assert kept.replaced == FORECASTS
    assert (kept.counts, kept.promoted) == (True, False)
    assert await seen(stores, GUILD) == ("Robotics", "Other")
    assert await seen(stores, ELSEWHERE) == await seen(stores) == FORECASTS


async def test_searching_in_the_server_finds_the_paper_as_it_was_corrected(stores: Stores) -> None:
    await keep(stores, EDITION)
    await correct(stores, TIDES, "Robotics")
    assert await ids(stores, "tag:Robotics", GUILD) == {TIDES, ROBOTS}
    assert await ids(stores, "tag:Vision", GUILD) == set()
    assert await ids(stores, "-tag:Robotics tides", GUILD) == set()
    assert await ids(stores, "-tag:Vision tides", GUILD) == {TIDES}
    for other in (None, ELSEWHERE, 90, 9000):
        assert await ids(stores, "tag:Robotics", other) == {ROBOTS}
        assert await ids(stores, "tag:Vision", other) == {TIDES}


async def test_results_show_what_counts_in_the_server(stores: Stores) -> None:
    await keep(stores, EDITION)
    await correct(stores, TIDES, "Robotics")
    for sort in Sort:
        request = SearchRequest(query=parse("tides"), sort=sort, guild_id=GUILD)
        [paper] = (await stores.papers.search(request)).papers
        assert paper.classifications == classified("Robotics")
        assert paper.origins[Part.CLASSIFICATIONS] is Origin.PERSON


async def test_a_paper_that_is_not_kept_cannot_be_corrected(stores: Stores) -> None:
    new = NewCorrection(guild_id=1, arxiv_id="1", person=1, classifications=("Other",), at=AT)
    assert await stores.corrections.add(new) is None
    assert await stores.corrections.all() == []


async def test_a_person_corrects_again_and_takes_it_back(stores: Stores) -> None:
    await keep(stores, EDITION)
    first = await correct(stores, TIDES, "Robotics")
    second = await correct(stores, TIDES, "Audio")
    assert await stores.corrections.find(GUILD, TIDES, OLGA) == second
    assert await stores.corrections.get(first.id) is None
    assert await stores.corrections.all() == [second]
    assert not await stores.corrections.remove(first.id)
    assert await stores.corrections.remove(second.id)
    assert not await stores.corrections.remove(second.id)
    assert await seen(stores, GUILD) == FORECASTS
    assert await stores.corrections.find(GUILD, TIDES, OLGA) is None


@pytest.mark.parametrize("minutes", [-1, 0, 1], ids=["an older clock", "the same moment", "later"])
async def test_of_two_people_the_newest_counts_and_each_takes_back_their_own(
    stores: Stores, minutes: int
) -> None:
    await keep(stores, EDITION)
    olga = await correct(stores, TIDES, "Robotics", person=OLGA)
    mika = await correct(stores, TIDES, "Audio", person=MIKA, at=AT + timedelta(minutes=minutes))
    newest, other = (olga, mika) if minutes < 0 else (mika, olga)
    assert await stores.corrections.all() == [newest, other]
    assert await seen(stores, GUILD) == newest.classifications
    await stores.corrections.remove(newest.id)
    assert await seen(stores, GUILD) == other.classifications
    await stores.corrections.remove(other.id)
    assert await seen(stores, GUILD) == FORECASTS


async def test_the_operator_makes_one_everybodys_and_withdraws_it(stores: Stores) -> None:
    await keep(stores, EDITION)
    kept = await correct(stores, TIDES, "Robotics")
    promoted = await stores.corrections.promote(kept.id)
    assert promoted == kept.model_copy(update={"promoted": True})
    assert await stores.corrections.promote(kept.id) == promoted
    assert await seen(stores) == await seen(stores, ELSEWHERE) == ("Robotics",)
    assert await ids(stores, "tag:Robotics") == {TIDES, ROBOTS}
    assert [paper.arxiv_id for paper in await stores.papers.labelled()] == [TIDES]
    assert await stores.corrections.withdraw(kept.id) == kept
    assert await stores.corrections.withdraw(kept.id) is None
    assert await seen(stores) == FORECASTS
    assert await seen(stores, GUILD) == ("Robotics",)
    assert await stores.papers.labelled() == []


async def test_of_a_paper_one_correction_is_promoted(stores: Stores) -> None:
    await keep(stores, EDITION)
    first = await correct(stores, TIDES, "Robotics")
    second = await correct(stores, TIDES, "Audio", guild=ELSEWHERE)
    other = await correct(stores, ROBOTS, "Tabular")
    for one in (first, second, other):
        await stores.corrections.promote(one.id)
    assert {one.id for one in await stores.corrections.all() if one.promoted} == {second.id, other.id}
    assert await seen(stores) == ("Audio",)
    assert await seen(stores, GUILD) == ("Robotics",)
    assert await stores.corrections.withdraw(first.id) is None


async def test_nobody_promotes_or_withdraws_what_is_not_there(stores: Stores) -> None:
    assert await stores.corrections.promote(7) is None
    assert await stores.corrections.withdraw(7) is None
    assert await stores.corrections.get(7) is None


@pytest.mark.parametrize("again", [True, False], ids=["said anew", "taken back"])
async def test_what_is_promoted_outlives_its_person_s_change_of_mind(stores: Stores, again: bool) -> None:  # noqa: FBT001
    await keep(stores, EDITION)
    kept = await correct(stores, TIDES, "Robotics")
    await stores.corrections.promote(kept.id)
    if again:
        await correct(stores, TIDES, "Audio")
    else:
        assert await stores.corrections.remove(kept.id)
    assert await seen(stores, ELSEWHERE) == ("Robotics",)
    left = await stores.corrections.get(kept.id)
    assert left == kept.model_copy(update={"promoted": True, "counts": False})
    assert await stores.corrections.withdraw(kept.id) is not None
    assert await stores.corrections.get(kept.id) is None
    assert await seen(stores, ELSEWHERE) == FORECASTS
    assert await seen(stores, GUILD) == (("Audio",) if again else FORECASTS)


async def test_what_was_promoted_gives_way_to_another_and_is_forgotten(stores: Stores) -> None:
    await keep(stores, EDITION)
    first = await correct(stores, TIDES, "Robotics")
    await stores.corrections.promote(first.id)
    second = await correct(stores, TIDES, "Audio")
    await stores.corrections.promote(second.id)
    assert [one.id for one in await stores.corrections.all()] == [second.id]
    assert await seen(stores) == ("Audio",)


async def test_an_answer_with_an_old_word_of_a_person_does_not_bring_it_back(stores: Stores) -> None:
    await keep(stores, EDITION)
    kept = await correct(stores, TIDES, "Robotics")
    await stores.corrections.promote(kept.id)
    known = (await stores.papers.said([TIDES]))[TIDES]
    assert Statement(origin=Origin.PERSON, classifications=classified("Robotics")) in known
    await stores.corrections.withdraw(kept.id)
    await keep(stores, answered(Announcement(arxiv_id=TIDES, statements=known)))
    assert await seen(stores) == FORECASTS


async def planned_and_posted(stores: Stores) -> None:
    """Every paper planned for a channel, and no mark left."""
    await keep(stores, EDITION)
    kept, _ = await stores.subscriptions.add(wanted("", CHANNEL))
    keys = [paper.key for paper in await stores.outbox.unplanned()]
    deliveries = [delivery(kept, key) for key in keys]
    await plan(stores, deliveries, planned=keys, seen=await as_seen(stores))
    assert await marks(stores) == ([], [])


async def marks(stores: Stores) -> tuple[list[str], list[str]]:
    """The papers whose cards are to be edited, and those to be planned; both marks are taken off."""
    changed = await stores.outbox.changed()
    for one in changed:
        await stores.outbox.settle(one)
    unplanned = await stores.outbox.unplanned()
    await stores.outbox.plan(
        [], planned=[paper.key for paper in unplanned], seen=await as_seen(stores), at=AT
    )
    return [one.paper.arxiv_id for one in changed], [paper.arxiv_id for paper in unplanned]


async def test_every_change_has_cards_edited_and_the_paper_planned_again(stores: Stores) -> None:
    await planned_and_posted(stores)
    kept = await correct(stores, TIDES, "Robotics")
    assert await marks(stores) == ([TIDES], [TIDES])
    await stores.corrections.promote(kept.id)
    assert await marks(stores) == ([TIDES], [TIDES])
    await stores.corrections.withdraw(kept.id)
    assert await marks(stores) == ([TIDES], [TIDES])
    await stores.corrections.remove(kept.id)
    assert await marks(stores) == ([TIDES], [TIDES])
    assert not await stores.corrections.remove(kept.id)
    assert await marks(stores) == ([], [])


async def test_a_corrected_paper_that_reads_differently_later_is_still_found(stores: Stores) -> None:
    await keep(stores, EDITION)
    await correct(stores, TIDES, "Robotics")
    await keep(
        stores, answered(announced(TIDES, "Ebbs", classifications=classified("Audio")), source="digest")
    )
    assert await ids(stores, "coastal", GUILD) == await ids(stores, "tag:Vision", GUILD) == set()
    assert await ids(stores, "ebbs tag:Robotics", GUILD) == {TIDES}
    assert await ids(stores, "ebbs tag:Audio", ELSEWHERE) == {TIDES}


@given(
    archive=archives,
    done=steps,
    late=histories(answers=2),
    asked=st.lists(st.one_of(tag_queries, tag_queries, queries), min_size=1, max_size=8),
)
@settings(max_examples=30, deadline=None)
def test_searching_in_a_server_and_matching_what_it_sees_agree(
    opening: Opening,
    archive: Answer,
    done: Sequence[Step],
    late: Sequence[Answer],
    asked: Sequence[Query],
) -> None:
    async def check(stores: Stores) -> None:
        await keep(stores, archive)
        for step in done:
            await take(stores, step)
        await keep(stores, *late)
        everything = await stores.papers.search(SearchRequest(query=Query(), limit=100))
        for query in asked:
            for guild in (GUILD, ELSEWHERE, None):
                await agree(stores, query, guild, everything.papers)

    with_fresh(opening, check)


async def agree(stores: Stores, query: Query, guild: int | None, papers: Sequence[Paper]) -> None:
    expected = [paper for paper in (one.seen_in(guild) for one in papers) if matches(query, paper)]
    newest = await stores.papers.search(SearchRequest(query=query, guild_id=guild))
    best = await stores.papers.search(SearchRequest(query=query, guild_id=guild, sort=Sort.RELEVANCE))
    assert list(newest.papers) == expected, (str(query), guild)
    assert sorted(best.papers, key=lambda paper: -paper.key) == expected, (str(query), guild)
    assert (newest.total, best.total) == (len(expected), len(expected))
    last = await stores.papers.search(SearchRequest(query=query, guild_id=guild, limit=1, turn=Turn.LAST))
    assert list(last.papers) == expected[-1:]


async def test_as_many_terms_as_a_query_may_have_are_answered_in_a_server(stores: Stores) -> None:
    await keep(stores, EDITION)
    await correct(stores, TIDES, "Robotics")
    others = [name for name in NAMES if taxonomy.family(name) != "Reinforcement Learning"]
    unwanted = [negated(term) for name in others[: MAX_TERMS - 1] for term in tagged(name).terms]
    terms = (*tagged("RL").terms, *unwanted)
    assert len(terms) == MAX_TERMS
    found = await stores.papers.search(SearchRequest(query=Query(terms=terms), guild_id=GUILD))
    assert [paper.arxiv_id for paper in found.papers] == [TIDES]
