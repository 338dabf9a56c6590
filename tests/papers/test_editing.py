"""Showing posted cards anew, with the real store and a board in Discord's place."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from papers.delivery import Courier, Planner
from papers.editing import CardEditor, Edited
from papers.errors import PublishLaterError, PublishRefusedError
from papers.models import LOOK_BACK, Announcement, NewCorrection, Origin, Paper, Payload, Statement
from storage import Stores, open_stores
from support.clock import SetClock
from support.deliveries import OTHER, TITLES, Board, Fault, PlainComposer, plan_edition, planner
from support.papers import AT, DAY, ROBOTS, TIDES, announced, answered, code, over_at
from support.subscriptions import CHANNEL, GUILD, wanted

DOWN = PublishLaterError("Come back later.", retry_after=timedelta(minutes=5))
GONE = PublishRefusedError("Somebody deleted it.")


@dataclass
class Office:
    """An editor with its store, clock and board; the edition is posted to two places."""

    stores: Stores
    clock: SetClock
    board: Board
    editor: CardEditor
    told: list[Edited]
    courier: Courier

    async def retitle(self, title: str, arxiv_id: str = TIDES.arxiv_id) -> None:
        """A paper is told anew, and the planner looked whether somebody else wants it now."""
        day = self.clock.now().date()
        said = announced(arxiv_id, title, origin=Origin.ARXIV)
        await self.stores.papers.keep(answered(said, day=day), over_at=over_at(day), at=self.clock.now())
        await planner(self.stores, self.clock).plan()


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_stores(tmp_path / "papers.db") as stores:
        clock, told = SetClock(AT), list[Edited]()
        board = Board(clock)
        courier = Courier(outbox=stores.outbox, publisher=board, clock=clock, owner="one")
        editor = CardEditor(
            outbox=stores.outbox, composer=PlainComposer(), publisher=board, clock=clock, tell=told.append
        )
        await plan_edition(stores, clock, CHANNEL, OTHER)
        yield Office(stores, clock, board, editor, told, courier)


async def test_a_changed_paper_is_shown_anew_wherever_it_stands_and_never_posted_again(
    office: Office,
) -> None:
    await office.courier.deliver()
    assert await office.editor.edit() == 0
    await office.retitle("Ebb")
    assert await office.editor.edit() == 2
    first = [post.id for post in office.board.posted if post.title == TITLES[0]]
    assert sorted(office.board.edits) == [(number, "Ebb") for number in first]
    assert len(office.told) == 2
    assert await office.editor.edit() == 0
    assert (await office.courier.deliver()).sent == 0
    assert len(office.board.posted) == 2 * len(TITLES)


async def test_a_change_that_does_not_show_edits_nothing(office: Office) -> None:
    await office.courier.deliver()
    votes = announced(TIDES.arxiv_id, TITLES[0], origin=Origin.HUB, upvotes=900)
    await office.stores.papers.keep(answered(votes), over_at=over_at(AT.date()), at=AT)
    assert await office.stores.outbox.changed() == []
    await office.retitle(f"{TITLES[0]}!")
    await office.retitle(TITLES[0])
    assert len(await office.stores.outbox.changed()) == 1
    assert await office.editor.edit() == 0
    assert await office.stores.outbox.changed() == []


async def test_a_card_that_is_still_on_its_way_is_edited_once_it_is_there(office: Office) -> None:
    await office.retitle("Ebb")
    assert await office.editor.edit() == 0
    await office.courier.deliver()
    assert office.board.titles() == TITLES
    assert await office.editor.edit() == 2


async def test_a_deleted_card_is_left_alone(office: Office) -> None:
    await office.courier.deliver()
    await office.retitle("Ebb")
    office.board.closed[CHANNEL] = GONE
    assert await office.editor.edit() == 1
    office.board.closed.clear()
    assert await office.editor.edit() == 0


async def test_what_cannot_be_edited_now_is_edited_later_and_holds_up_no_other(office: Office) -> None:
    await office.courier.deliver()
    await office.retitle("Ebb")
    await office.retitle("Looms", ROBOTS.arxiv_id)
    office.board.closed[CHANNEL] = DOWN
    assert await office.editor.edit() == 2
    office.board.closed.clear()
    assert await office.editor.edit() == 2
    assert [title for _, title in office.board.edits] == ["Ebb", "Looms", "Ebb", "Looms"]
    assert await office.editor.edit() == 0


async def test_an_edit_whose_answer_was_lost_is_made_again(office: Office) -> None:
    await office.courier.deliver()
    await office.retitle("Ebb")
    office.board.faults.extend([Fault(DOWN, stored=True), None])
    assert await office.editor.edit() == 1
    assert await office.editor.edit() == 1
    assert [title for _, title in office.board.edits] == ["Ebb"] * 3


async def test_a_change_that_comes_while_cards_are_edited_is_shown_too(office: Office) -> None:
    await office.courier.deliver()
    await office.retitle("Ebb")

    async def change() -> None:
        office.board.meanwhile = Board(office.clock).meanwhile
        await office.retitle("Flood")

    office.board.meanwhile = change
    await office.editor.edit()
    await office.editor.edit()
    assert dict(office.board.edits) == {
        post.id: "Flood" for post in office.board.posted if post.title == TITLES[0]
    }


async def test_after_a_week_a_card_stays_as_it_is(office: Office) -> None:
    await office.courier.deliver()
    office.clock.advance(LOOK_BACK + timedelta(days=1))
    await office.retitle("Ebb")
    assert await office.editor.edit() == 0
    assert await office.stores.outbox.changed() == []


async def test_what_a_person_puts_right_is_shown_however_old_the_card(office: Office) -> None:
    await office.courier.deliver()
    await office.retitle("Ebb")
    office.clock.advance(LOOK_BACK + timedelta(days=1))
    correction = NewCorrection(
        guild_id=GUILD, arxiv_id=TIDES.arxiv_id, person=7, classifications=("Audio",), at=office.clock.now()
    )
    await office.stores.corrections.add(correction)
    await office.retitle("Flood")
    assert await office.editor.edit() == 2
    assert {title for _, title in office.board.edits} == {"Flood"}


class BulletComposer:
    """Makes messages that say the bullets."""

    def compose(self, paper: Paper, outbox_id: str) -> Payload:
        """See `papers.ports.Composer`."""
        return {"content": " ".join(paper.bullets), "id": outbox_id}


async def test_a_card_is_shown_anew_in_the_language_in_which_it_was_wanted(tmp_path: Path) -> None:
    clock, composer = SetClock(AT), BulletComposer()
    async with open_stores(tmp_path / "papers.db") as stores:
        for place, language in ((CHANNEL, "de"), (OTHER, None)):
            wish = wanted("", place).model_copy(update={"language": language})
            await stores.subscriptions.add(wish)
        await stores.papers.keep(answered(TIDES), over_at=over_at(DAY), at=AT)
        board = Board(clock)
        await Planner(
            subscriptions=stores.subscriptions, outbox=stores.outbox, composer=composer, clock=clock
        ).plan()
        await Courier(outbox=stores.outbox, publisher=board, clock=clock, owner="one").deliver()
        said = Statement(origin=Origin.LANGUAGE_MODEL, maker="m", translations={"de": ("Gezeiten.",)})
        told = Announcement(arxiv_id=TIDES.arxiv_id, statements=(said,))
        await stores.enrichments.keep("model", [], [told], at=AT)
        editor = CardEditor(outbox=stores.outbox, composer=composer, publisher=board, clock=clock)
        assert await editor.edit() == 1
    [german] = [post.id for post in board.posted if post.destination == CHANNEL]
    assert board.edits == [(german, "Gezeiten.")]


class Late(PlainComposer):
    """A paper is read better while its message is composed."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def compose(self, paper: Paper, outbox_id: str) -> Payload:
        asyncio.run(self._read_better(paper.arxiv_id))
        return super().compose(paper, outbox_id)

    async def _read_better(self, arxiv_id: str) -> None:
        async with open_stores(self._path) as stores:
            said = announced(arxiv_id, "Ebb", origin=Origin.ARXIV)
            await stores.papers.keep(answered(said), over_at=over_at(AT.date()), at=AT)


async def test_a_card_that_was_composed_as_its_paper_changed_is_edited(tmp_path: Path) -> None:
    path, clock = tmp_path / "papers.db", SetClock(AT)
    async with open_stores(path) as stores:
        board = Board(clock)
        await stores.subscriptions.add(wanted(""))
        await stores.papers.keep(answered(TIDES), over_at=over_at(DAY), at=AT)
        await Planner(
            subscriptions=stores.subscriptions, outbox=stores.outbox, composer=Late(path), clock=clock
        ).plan()
        await Courier(outbox=stores.outbox, publisher=board, clock=clock, owner="one").deliver()
        editor = CardEditor(outbox=stores.outbox, composer=PlainComposer(), publisher=board, clock=clock)
        assert await editor.edit() == 1
        assert board.edits == [(1, "Ebb")]
        assert await stores.outbox.changed() == []


async def test_a_change_before_a_paper_is_planned_waits_for_its_cards(office: Office) -> None:
    for title in ("Kites", "Kites in the café"):
        told = answered(announced("2606.09999", title))
        await office.stores.papers.keep(told, over_at=over_at(DAY), at=AT)
    assert await office.editor.edit() == 0
    assert [changed.waiting for changed in await office.stores.outbox.changed()] == [True]
    await planner(office.stores, office.clock).plan()
    await office.courier.deliver()
    assert await office.editor.edit() == 0
    assert await office.stores.outbox.changed() == []


async def test_a_change_of_who_says_so_is_a_change_of_the_card(office: Office) -> None:
    await office.courier.deliver()
    links = (code("https://github.com/loom/socks"),)
    for origin, marks in ((Origin.EXTRACT, 1), (Origin.HUB, 1), (Origin.PAGES, 0)):
        said = Announcement(arxiv_id=ROBOTS.arxiv_id, statements=(Statement(origin=origin, links=links),))
        await office.stores.enrichments.keep("reader", [], [said], at=AT)
        assert len(await office.stores.outbox.changed()) == marks
        await planner(office.stores, office.clock).plan()
        await office.editor.edit()


async def test_a_card_that_cannot_be_edited_now_hides_no_other_that_changes_meanwhile(office: Office) -> None:
    await office.courier.deliver()
    await office.retitle("Ebb")
    await office.retitle("Looms", ROBOTS.arxiv_id)
    office.board.closed[CHANNEL] = DOWN

    async def changes_again() -> None:
        office.board.meanwhile = Board(office.clock).meanwhile
        await office.retitle("Flood")

    office.board.meanwhile = changes_again
    await office.editor.edit()
    assert "Looms" in {title for _, title in office.board.edits}
    assert "Flood" in {title for _, title in office.board.edits}
