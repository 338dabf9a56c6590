from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.errors import StorageError
from papers.models import DAY_SPAN, Answer, NewCorrection, Origin, Paper, first_key
from papers.ports import SearchRequest
from papers.query import Query, parse
from storage import Stores
from support.papers import (
    AT,
    DAY,
    EDITION,
    ROBOTS,
    SCRIPTS,
    TIDES,
    announced,
    answered,
    classified,
    code,
    histories,
    over_at,
)
from support.stores import Opening, dump, with_fresh

NEXT = DAY + timedelta(days=1)


async def keep(stores: Stores, *answers: Answer) -> None:
    for answer in answers:
        await stores.papers.keep(answer, over_at=over_at(answer.day), at=AT)


async def everything(stores: Stores) -> list[Paper]:
    found = await stores.papers.search(SearchRequest(query=Query(), limit=1_000))
    return list(found.papers)


async def ids_found(stores: Stores, query: str) -> list[str]:
    found = await stores.papers.search(SearchRequest(query=parse(query)))
    return [paper.arxiv_id for paper in found.papers]


async def test_gives_back_what_was_said(stores: Stores) -> None:
    kept = await stores.papers.keep(EDITION, over_at=over_at(DAY), at=AT)
    assert (kept.new, kept.edition.papers) == (3, 3)
    paper = await stores.papers.get("2606.01001")
    assert paper is not None
    said, read = TIDES.statements
    assert paper.key == first_key(DAY)
    assert (paper.title, paper.authors, paper.abstract) == (said.title, said.authors, said.abstract)
    assert (paper.bullets, paper.classifications) == (read.bullets, read.classifications)
    assert (paper.links, paper.upvotes) == (said.links, 12)
    assert paper.editions == (DAY,)


async def test_knows_no_other_paper(stores: Stores) -> None:
    assert await stores.papers.get("2606.01001") is None
    assert await stores.papers.newest_day() is None
    assert await stores.papers.newest_key() is None
    assert await stores.papers.edition(DAY) == []


async def test_keys_follow_the_day_and_the_order_of_the_answer(stores: Stores) -> None:
    await keep(stores, answered(TIDES, day=NEXT), answered(ROBOTS, SCRIPTS))
    keys = [paper.key for paper in await everything(stores)]
    assert keys == [first_key(NEXT), first_key(DAY) + 1, first_key(DAY)]
    assert await stores.papers.newest_day() == NEXT
    assert await stores.papers.newest_key() == first_key(NEXT)


async def test_a_late_paper_gets_the_next_key_of_its_day(stores: Stores) -> None:
    await keep(stores, answered(TIDES), answered(SCRIPTS, day=NEXT), answered(ROBOTS, TIDES))
    robots = await stores.papers.get(ROBOTS.arxiv_id)
    assert robots is not None
    assert robots.key == first_key(DAY) + 1


async def test_a_paper_announced_again_keeps_its_key(stores: Stores) -> None:
    await keep(stores, EDITION, answered(TIDES, day=NEXT))
    tides = await stores.papers.get(TIDES.arxiv_id)
    assert tides is not None
    assert (tides.key, tides.editions) == (first_key(DAY), (DAY, NEXT))


async def test_in_one_transaction_the_earliest_day_gives_the_key(stores: Stores) -> None:
    days = [(answered(TIDES, day=day), over_at(day)) for day in (NEXT, DAY)]
    kept = await stores.papers.keep_all(days, at=AT)
    assert [(one.edition.day, one.new) for one in kept] == [(NEXT, 0), (DAY, 1)]
    assert await stores.papers.newest_day() == DAY


async def test_a_day_holds_no_more_papers_than_it_has_keys(stores: Stores) -> None:
    last = first_key(DAY) + DAY_SPAN - 1
    await keep(stores, answered(TIDES))
    await stores.database.write(
        lambda db: db.execute("INSERT INTO papers (key, arxiv_id, title) VALUES (?, 'x', 'x')", [last])
    )
    with pytest.raises(StorageError, match="2026-06-24 has 100,000 papers already"):
        await keep(stores, answered(ROBOTS))
    assert await stores.papers.get(ROBOTS.arxiv_id) is None
    await keep(stores, answered(TIDES, SCRIPTS, day=NEXT))
    assert await stores.papers.newest_key() == first_key(NEXT)


async def test_one_paper_too_many_takes_its_whole_answer_with_it(stores: Stores) -> None:
    last = first_key(DAY) + DAY_SPAN - 2
    await keep(stores, answered(TIDES))
    await stores.database.write(
        lambda db: db.execute("INSERT INTO papers (key, arxiv_id, title) VALUES (?, 'x', 'x')", [last])
    )
    with pytest.raises(StorageError):
        await keep(stores, answered(ROBOTS, SCRIPTS))
    assert await stores.papers.get(ROBOTS.arxiv_id) is None


async def test_origins_stand_side_by_side(stores: Stores) -> None:
    digest = announced(
        TIDES.arxiv_id,
        "Tides",
        origin=Origin.DIGEST,
        day=NEXT,
        bullets=("A digest's words.",),
        classifications=classified("Other"),
        links=(code("https://github.com/marsh/more"),),
    )
    await keep(stores, EDITION, answered(digest, day=NEXT, source="digest"))
    paper = await stores.papers.get(TIDES.arxiv_id)
    assert paper is not None
    assert paper.title == TIDES.statements[0].title
    assert paper.bullets == ("A digest's words.",)
    assert [item.name for item in paper.classifications] == ["Other"]
    assert [link.url for link in paper.links] == [
        "https://github.com/marsh/tides",
        "https://github.com/marsh/more",
    ]


async def test_a_newer_word_replaces_the_parts_it_speaks_of(stores: Stores) -> None:
    await keep(stores, EDITION, answered(announced(TIDES.arxiv_id, "Ebb and flood", upvotes=40)))
    paper = await stores.papers.get(TIDES.arxiv_id)
    assert paper is not None
    assert (paper.title, paper.upvotes) == ("Ebb and flood", 40)
    assert paper.abstract == TIDES.statements[0].abstract
    assert await ids_found(stores, "halves author:marsh") == [TIDES.arxiv_id]
    assert await ids_found(stores, "tides coastal") == []
    assert await ids_found(stores, "ebb") == [TIDES.arxiv_id]


async def test_the_earliest_first_version_counts(stores: Stores) -> None:
    for published in (None, NEXT, DAY, None, NEXT):
        await keep(stores, answered(TIDES.model_copy(update={"published": published})))
    paper = await stores.papers.get(TIDES.arxiv_id)
    assert paper is not None
    assert paper.published == DAY


async def test_an_edition_shows_its_own_digest(stores: Stores) -> None:
    def told(day: date) -> Answer:
        title = f"As told on {day}"
        return answered(announced("2606.1", title, origin=Origin.DIGEST, day=day), day=day, source="digest")

    await keep(stores, told(NEXT), told(DAY))
    assert [paper.title for paper in await stores.papers.edition(DAY)] == ["As told on 2026-06-24"]
    assert [paper.title for paper in await everything(stores)] == ["As told on 2026-06-25"]


async def test_an_edition_keeps_the_source_s_order_and_shows_a_paper_once(stores: Stores) -> None:
    await keep(stores, EDITION, answered(SCRIPTS, ROBOTS, TIDES), answered(TIDES, source="other"))
    shown = [paper.arxiv_id for paper in await stores.papers.edition(DAY)]
    assert shown == [SCRIPTS.arxiv_id, ROBOTS.arxiv_id, TIDES.arxiv_id]


async def test_a_paper_twice_in_an_answer_is_one(stores: Stores) -> None:
    kept = await stores.papers.keep(answered(TIDES, ROBOTS, TIDES), over_at=over_at(DAY), at=AT)
    assert (kept.new, kept.edition.papers) == (2, 2)
    assert [paper.arxiv_id for paper in await stores.papers.edition(DAY)] == [TIDES.arxiv_id, ROBOTS.arxiv_id]


async def test_a_lone_surrogate_is_refused_in_a_sentence(stores: Stores) -> None:
    with pytest.raises(StorageError, match="lone surrogate"):
        await keep(stores, answered(announced("2606.1", "half \ud83e")))
    assert await everything(stores) == []


async def test_new_papers_are_unplanned(stores: Stores) -> None:
    await keep(stores, EDITION)
    assert [paper.arxiv_id for paper in await stores.outbox.unplanned()] == [
        TIDES.arxiv_id,
        ROBOTS.arxiv_id,
        SCRIPTS.arxiv_id,
    ]
    assert len(await stores.outbox.unplanned(limit=2)) == 2


@given(answers=histories())
@settings(max_examples=40, deadline=None)
def test_a_second_time_changes_nothing(opening: Opening, answers: Sequence[Answer]) -> None:
    async def twice(stores: Stores) -> None:
        await keep(stores, *answers)
        before = dump(stores.database.path)
        await keep(stores, *answers)
        days = [(answer, over_at(answer.day)) for answer in answers]
        kept = await stores.papers.keep_all(days, at=AT)
        assert dump(stores.database.path) == before
        assert not any(one.new for one in kept)

    with_fresh(opening, twice)


@given(data=st.data(), answers=histories())
@settings(max_examples=40, deadline=None)
def test_the_order_of_answers_decides_nothing_but_keys(
    opening: Opening, data: st.DataObject, answers: Sequence[Answer]
) -> None:
    shuffled = data.draw(st.permutations(answers))

    async def kept(stores: Stores, order: Sequence[Answer], *, at_once: bool) -> object:
        if at_once:
            await stores.papers.keep_all([(answer, over_at(answer.day)) for answer in order], at=AT)
        else:
            await keep(stores, *order)
        papers = [paper.model_copy(update={"key": 0}) for paper in await everything(stores)]
        editions = await stores.editions.since(DAY - timedelta(days=9))
        return sorted(papers, key=lambda paper: paper.arxiv_id), editions

    one_by_one = with_fresh(opening, lambda stores: kept(stores, answers, at_once=False))
    assert with_fresh(opening, lambda stores: kept(stores, shuffled, at_once=False)) == one_by_one
    assert with_fresh(opening, lambda stores: kept(stores, shuffled, at_once=True)) == one_by_one


async def test_a_new_reading_replaces_the_older_one_as_a_whole(stores: Stores) -> None:
    first = announced(TIDES.arxiv_id, bullets=("One.",), classifications=classified("Audio"))
    await keep(stores, answered(first), answered(announced(TIDES.arxiv_id, bullets=("Another.",))))
    paper = await stores.papers.get(TIDES.arxiv_id)
    assert paper is not None
    assert (paper.bullets, paper.classifications) == (("Another.",), ())


async def test_says_again_everything_that_was_said(stores: Stores) -> None:
    await keep(stores, EDITION)
    said = await stores.papers.said([TIDES.arxiv_id, ROBOTS.arxiv_id, "2606.99999"])
    assert {arxiv_id: set(spoken) for arxiv_id, spoken in said.items()} == {
        TIDES.arxiv_id: set(TIDES.statements),
        ROBOTS.arxiv_id: set(ROBOTS.statements),
    }


async def test_labelled_papers_are_those_a_digest_or_a_promoted_correction_speaks_for(stores: Stores) -> None:
    digest = announced("2606.1", origin=Origin.DIGEST, day=DAY, classifications=classified("Audio"))
    await keep(stores, EDITION, answered(digest, source="digest"))
    for paper in (TIDES, ROBOTS):
        await stores.corrections.add(
            NewCorrection(guild_id=1, arxiv_id=paper.arxiv_id, person=7, classifications=("Audio",), at=AT)
        )
    [robots, _] = await stores.corrections.all()
    await stores.corrections.promote(robots.id)
    labelled = await stores.papers.labelled()
    assert [paper.arxiv_id for paper in labelled] == [ROBOTS.arxiv_id, "2606.1"]
    assert [paper.classifications for paper in labelled] == [classified("Audio")] * 2
