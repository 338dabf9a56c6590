"""Showing posted messages anew, with the real store and a board in Discord's place."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from papers.editing import ALL_AGAIN, MINOR_PAUSE, CardEditor, Edited
from papers.errors import PublishLaterError, PublishRefusedError
from papers.models import LOOK_BACK, Announcement, Kind, NewCorrection, NewDelivery, Origin, Statement
from storage import Stores, open_stores
from support.clock import SetClock
from support.deliveries import OTHER
from support.papers import AT, DAY, EDITION, ROBOTS, SCRIPTS, TIDES, announced, answered, over_at
from support.posted import EditBoard, Post, Showing, post
from support.subscriptions import CHANNEL, GUILD, wanted

DOWN = PublishLaterError("Come back later.", retry_after=timedelta(minutes=5))
GONE = PublishRefusedError("Somebody deleted it.")
IDS = TIDES.arxiv_id, ROBOTS.arxiv_id, SCRIPTS.arxiv_id
SECOND = timedelta(seconds=1)


@dataclass
class Office:
    """An editor with its store, clock and board, and an archive with an edition."""

    stores: Stores
    clock: SetClock
    board: EditBoard
    editor: CardEditor
    told: list[Edited]

    async def keep(self, said: Announcement) -> None:
        """Something is told of a paper; the planner has seen it."""
        day = self.clock.now().date()
        await self.stores.papers.keep(answered(said, day=day), over_at=over_at(day), at=self.clock.now())
        await self.stores.database.write(lambda db: db.execute("DELETE FROM unplanned"))

    async def retitle(self, title: str, arxiv_id: str = IDS[0]) -> None:
        """A paper has another title."""
        await self.keep(announced(arxiv_id, title, origin=Origin.ARXIV))

    async def vote(self, upvotes: int, *arxiv_ids: str, stars: int | None = None) -> None:
        """Papers have other upvotes and stars."""
        for arxiv_id in arxiv_ids or IDS[:1]:
            said = Statement(origin=Origin.HUB, upvotes=upvotes, stars=stars)
            await self.keep(Announcement(arxiv_id=arxiv_id, statements=(said,)))

    async def edit(self, *, after: timedelta = timedelta()) -> list[str]:
        """Edits, some time later; the ids of what was edited, in order."""
        self.clock.advance(after)
        before = len(self.board.edits)
        assert await self.editor.edit() == len(self.board.edits) - before
        return self.board.edited[before:]

    async def marked(self) -> int:
        """How many papers are still to be shown anew."""
        return len(await self.stores.outbox.changed())

    async def due(self, outbox_id: str, state: str = "due") -> None:
        """A message is due to be posted, or not any more."""
        await self.stores.database.write(
            lambda db: db.execute("UPDATE outbox SET state = ? WHERE id = ?", [state, outbox_id])
        )


def editor(stores: Stores, board: EditBoard, clock: SetClock, *, budget: int = 100) -> CardEditor:
    return CardEditor(
        outbox=stores.outbox, composer=Showing(), publisher=board, clock=clock, edits_a_day=budget
    )


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_stores(tmp_path / "papers.db") as stores:
        clock, told = SetClock(AT), list[Edited]()
        board = EditBoard(clock.now)
        made = CardEditor(
            outbox=stores.outbox, composer=Showing(), publisher=board, clock=clock, tell=told.append
        )
        await stores.papers.keep(EDITION, over_at=over_at(DAY), at=AT)
        yield Office(stores, clock, board, made, told)


async def test_a_changed_paper_is_shown_anew_wherever_it_stands(office: Office) -> None:
    await post(office.stores, Post("here", IDS[:1]), Post("there", IDS[:1], OTHER), Post("robots", IDS[1:2]))
    assert await office.edit() == []
    await office.retitle("Ebb")
    assert await office.edit() == ["here", "there"]
    assert all('"Ebb"' in shown for shown in office.board.shows.values())
    assert [one.outbox_id for one in office.told] == ["here", "there"]
    assert (await office.edit(), await office.marked()) == ([], 0)


async def test_a_message_of_several_papers_is_edited_once_however_many_changed(office: Office) -> None:
    await post(office.stores, Post("digest", IDS))
    await office.retitle("Ebb")
    await office.retitle("Looms", IDS[1])
    assert (await office.edit(), await office.marked()) == (["digest"], 0)
    shown = office.board.shows["digest"]
    assert shown.index("Ebb") < shown.index("Looms") < shown.index("Résumé")


async def test_what_one_line_tells_of_edits_nothing(office: Office) -> None:
    await post(office.stores, Post("digest", IDS[1:], summarised=IDS[:1]))
    await office.retitle("Ebb")
    assert (await office.edit(), await office.marked()) == ([], 0)


async def test_a_change_that_was_taken_back_edits_nothing(office: Office) -> None:
    await post(office.stores, Post("card", IDS[:1]))
    title = TIDES.statements[0].title or ""
    await office.retitle(f"{title}!")
    await office.retitle(title)
    assert (await office.marked(), await office.edit(), await office.marked()) == (1, [], 0)


async def test_upvotes_and_stars_are_shown_anew_once_in_twenty_hours(office: Office) -> None:
    await post(office.stores, Post("card", IDS[:1]))
    await office.vote(40, stars=7)
    assert await office.edit(after=MINOR_PAUSE - SECOND) == []
    await office.vote(41)
    assert await office.edit(after=ALL_AGAIN) == ["card"]
    assert all(text in office.board.shows["card"] for text in ("41▲", "7★"))
    await office.vote(42)
    assert await office.edit(after=MINOR_PAUSE - ALL_AGAIN) == []
    assert await office.edit(after=ALL_AGAIN) == ["card"]
    assert await office.marked() == 0


async def test_what_else_changed_waits_for_nobody_and_brings_new_upvotes_along(office: Office) -> None:
    await post(office.stores, Post("card", IDS[:1]))
    await office.vote(40)
    assert await office.edit() == []
    await office.retitle("Ebb")
    await office.vote(41)
    assert (await office.edit(), await office.marked()) == (["card"], 0)
    assert "41▲" in office.board.shows["card"]


async def test_upvotes_come_after_all_else(office: Office) -> None:
    await post(office.stores, *(Post(f"card{number}", (arxiv_id,)) for number, arxiv_id in enumerate(IDS)))
    await office.vote(40, *IDS[:2])
    office.clock.advance(MINOR_PAUSE)
    await office.retitle("Scripts", IDS[2])
    await office.retitle("Looms", IDS[1])
    assert await office.edit() == ["card2", "card1", "card0"]


async def test_what_the_day_has_no_edits_left_for_comes_the_next_day(office: Office) -> None:
    places = [CHANNEL.model_copy(update={"target_id": number}) for number in range(20, 25)]
    await post(office.stores, *(Post(str(place.target_id), IDS[:1], place) for place in places))
    office.editor = editor(office.stores, office.board, office.clock, budget=2)
    await office.retitle("Ebb")
    assert await office.edit() == ["20", "21"]
    assert await office.edit(after=ALL_AGAIN) == []
    assert await office.edit(after=timedelta(days=1)) == ["22", "23"]
    assert await office.edit(after=timedelta(days=1)) == ["24"]
    assert await office.marked() == 0


async def test_a_restart_does_not_make_the_day_longer(office: Office) -> None:
    await post(office.stores, Post("here", IDS[:1]), Post("there", IDS[:1], OTHER))
    await office.retitle("Ebb")
    for edited in (["here"], []):
        office.editor = editor(office.stores, office.board, office.clock, budget=1)
        assert await office.edit() == edited


async def test_who_waited_longest_is_next_when_votes_change_every_day(office: Office) -> None:
    await post(office.stores, *(Post(f"card{number}", (arxiv_id,)) for number, arxiv_id in enumerate(IDS)))
    office.editor = editor(office.stores, office.board, office.clock, budget=1)
    for day in range(1, 7):
        office.clock.advance(timedelta(days=1))
        await office.vote(40 + day, *IDS)
        await office.edit()
    assert office.board.edited == ["card0", "card1", "card2"] * 2


async def test_nothing_is_edited_while_something_is_due(office: Office) -> None:
    await post(office.stores, Post("card", IDS[:1]), Post("next", IDS[1:2], state="due"))
    await office.retitle("Ebb")
    assert await office.edit() == []
    await office.due("next", "sent")
    assert await office.edit() == ["card"]


async def test_what_is_due_later_holds_up_nothing(office: Office) -> None:
    later = AT + timedelta(hours=1)
    await post(office.stores, Post("card", IDS[:1]), Post("next", IDS[1:2], OTHER, state="due", at=later))
    await office.retitle("Ebb")
    assert await office.edit() == ["card"]


async def test_what_waits_for_its_hour_to_be_published_holds_up_nothing(office: Office) -> None:
    posts = [Post(f"card{number}", message_id=number) for number in range(11)]
    shown = [Post(f"show{number}", kind=Kind.PUBLISH, after=f"card{number}") for number in range(10)]
    eleventh = Post("show10", kind=Kind.PUBLISH, after="card10", state="due")
    await post(office.stores, Post("card", IDS[:1]), *posts, *shown, eleventh)
    await office.retitle("Ebb")
    assert await office.edit() == ["card"]
    await office.retitle("Flood")
    assert await office.edit(after=timedelta(hours=1)) == []


async def test_editing_gives_way_to_papers_whose_time_has_come(office: Office) -> None:
    kept, _ = await office.stores.subscriptions.add(wanted("", OTHER))
    [tides] = [paper.key for paper in await office.stores.papers.edition(DAY) if paper.arxiv_id == IDS[0]]
    waiting = NewDelivery(subscription_id=kept.id, destination=OTHER, paper=tides)
    await post(office.stores, Post("card", IDS[:1]))
    await office.stores.outbox.plan([waiting], planned=[tides], seen={kept.id: kept.start_key}, at=AT)
    await office.retitle("Ebb")
    assert await office.edit() == []
    await office.stores.subscriptions.remove(kept.id)
    assert await office.edit() == ["card"]


async def test_editing_stops_when_something_is_due_and_goes_on_later(office: Office) -> None:
    await post(office.stores, Post("here", IDS[:1]), Post("there", IDS[:1], OTHER), Post("next", IDS[1:2]))
    await office.retitle("Ebb")
    office.board.meanwhile = lambda: office.due("next")
    assert await office.edit() == ["here"]
    await office.due("next", "sent")
    assert (await office.edit(), await office.marked()) == (["there"], 0)


async def test_a_deleted_message_is_left_alone_and_costs_an_edit(office: Office) -> None:
    await post(office.stores, Post("here", IDS[:1]), Post("there", IDS[:1], OTHER))
    office.board.faults.append(GONE)
    await office.retitle("Ebb")
    assert (await office.edit(), await office.marked()) == (["there"], 0)
    assert await office.stores.outbox.edits_on(AT.date()) == 2
    await office.vote(40)
    office.board.faults.append(GONE)
    assert await office.edit(after=ALL_AGAIN) == []
    assert len(office.board.faults) == 1


async def test_what_cannot_be_edited_now_is_edited_later_and_holds_up_no_other(office: Office) -> None:
    await post(office.stores, Post("here", IDS[:1]), Post("there", IDS[:1], OTHER), Post("robots", IDS[1:2]))
    await office.retitle("Ebb")
    await office.retitle("Looms", IDS[1])
    office.board.faults.append(DOWN)
    assert await office.edit() == ["there", "robots"]
    assert (await office.edit(), await office.marked()) == (["here"], 0)


async def test_a_digest_that_cannot_be_edited_now_keeps_both_its_papers_marked(office: Office) -> None:
    await post(office.stores, Post("digest", IDS))
    await office.retitle("Ebb")
    await office.retitle("Looms", IDS[1])
    office.board.faults.append(DOWN)
    assert (await office.edit(), await office.marked()) == ([], 2)
    assert (await office.edit(), await office.marked()) == (["digest"], 0)


@pytest.mark.parametrize("minor", [False, True])
async def test_a_change_that_comes_while_messages_are_edited_is_shown_too(
    office: Office, *, minor: bool
) -> None:
    await post(office.stores, Post("card", IDS[:1]))
    office.clock.advance(MINOR_PAUSE)
    await (office.vote(40) if minor else office.retitle("Ebb"))
    office.board.meanwhile = lambda: office.vote(77) if minor else office.retitle("Flood")
    await office.edit()
    await office.edit(after=MINOR_PAUSE)
    assert ("77▲" if minor else "Flood") in office.board.shows["card"]
    assert await office.marked() == 0


async def test_after_a_week_a_message_stays_as_it_is(office: Office) -> None:
    await post(office.stores, Post("card", IDS[:1]))
    office.clock.advance(LOOK_BACK + timedelta(days=1))
    await office.retitle("Ebb")
    await office.vote(40, IDS[1])
    assert (await office.edit(), await office.marked()) == ([], 0)


async def test_what_a_person_puts_right_is_shown_in_their_server_however_old(office: Office) -> None:
    elsewhere = OTHER.model_copy(update={"guild_id": GUILD + 1})
    await post(office.stores, Post("card", IDS[:1]), Post("elsewhere", IDS[:1], elsewhere))
    office.clock.advance(LOOK_BACK + timedelta(days=1))
    correction = NewCorrection(
        guild_id=GUILD, arxiv_id=IDS[0], person=7, classifications=("Audio",), at=office.clock.now()
    )
    await office.stores.corrections.add(correction)
    await office.vote(40)
    assert "card" in await office.edit()
    assert "Audio" in office.board.shows["card"]
    assert "Audio" not in office.board.shows.get("elsewhere", "")


async def test_a_message_is_shown_anew_in_the_language_in_which_it_was_wanted(office: Office) -> None:
    await post(
        office.stores, Post("german", IDS[:1], language="de"), Post("english", IDS[:1], OTHER, language=None)
    )
    said = Statement(origin=Origin.LANGUAGE_MODEL, maker="m", translations={"de": ("Gezeiten.",)})
    told = Announcement(arxiv_id=IDS[0], statements=(said,))
    await office.stores.enrichments.keep("model", [], [told], at=AT)
    await office.stores.database.write(lambda db: db.execute("DELETE FROM unplanned"))
    assert await office.edit() == ["german"]
    assert "Gezeiten." in office.board.shows["german"]


async def test_a_paper_that_still_waits_somewhere_is_looked_at_again_once_an_hour(office: Office) -> None:
    await post(office.stores, Post("card", IDS[:1]), Post("late", IDS[:1], OTHER))
    await office.stores.database.write(
        lambda db: db.execute("UPDATE deliveries SET outbox = NULL WHERE destination = 2")
    )
    await office.retitle("Ebb")
    assert await office.edit() == ["card"]
    await office.stores.database.write(
        lambda db: db.execute(
            "UPDATE deliveries SET outbox = (SELECT number FROM outbox WHERE id = 'late') WHERE outbox IS NULL"
        )
    )
    assert await office.edit(after=ALL_AGAIN) == ["late"]
    assert await office.marked() == 0


async def test_a_paper_that_may_be_with_the_planner_stays_marked(office: Office) -> None:
    await post(office.stores, Post("card", IDS[:1]))
    await office.stores.database.write(lambda db: db.execute("INSERT INTO unplanned SELECT key FROM papers"))
    said = announced(IDS[0], "Ebb", origin=Origin.ARXIV)
    await office.stores.papers.keep(answered(said), over_at=over_at(DAY), at=AT)
    assert (await office.edit(), await office.marked()) == (["card"], 1)
