"""Whatever happens over some days: edits keep to their budget and their pauses, and in the end everything is shown."""

import asyncio
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from papers.editing import MINOR_PAUSE, CardEditor
from papers.errors import PublishLaterError
from papers.models import Announcement, Origin, Statement
from storage import Stores, open_stores
from storage.posted import messages_of
from support.clock import SetClock
from support.deliveries import OTHER
from support.papers import AT, DAY, EDITION, ROBOTS, SCRIPTS, TIDES, announced, answered, over_at
from support.posted import EditBoard, Post, Showing, post

IDS = TIDES.arxiv_id, ROBOTS.arxiv_id, SCRIPTS.arxiv_id
POSTS = (
    Post("card0", IDS[:1]),
    Post("card1", IDS[1:2]),
    Post("digest", IDS, OTHER),
)
DOWN = PublishLaterError("Come back later.", retry_after=timedelta(minutes=5))

papers = st.sampled_from(IDS)
steps = st.one_of(
    st.tuples(st.just("vote"), papers),
    st.tuples(st.just("retitle"), papers),
    st.just(("fail", "")),
    st.just(("restart", "")),
    st.just(("edit", "")),
)


@dataclass
class Days:
    """Some days of an editor, and when each message was touched last."""

    stores: Stores
    clock: SetClock
    budget: int
    told: int = 100
    touched: dict[str, datetime] = field(default_factory=lambda: dict.fromkeys((one.id for one in POSTS), AT))

    def __post_init__(self) -> None:
        self.board = EditBoard(self.clock.now)
        self.restart()

    def restart(self) -> None:
        """Another editor goes on."""
        self.editor = CardEditor(
            outbox=self.stores.outbox,
            composer=Showing(),
            publisher=self.board,
            clock=self.clock,
            edits_a_day=self.budget,
        )

    async def take(self, step: str, arxiv_id: str) -> None:
        """Something happens, and then the editor is woken."""
        self.told += 1
        if step == "fail":
            self.board.faults.append(DOWN)
        elif step == "restart":
            self.restart()
        elif step == "vote":
            said = Statement(origin=Origin.HUB, upvotes=self.told)
            await self.keep(Announcement(arxiv_id=arxiv_id, statements=(said,)))
        elif step == "retitle":
            await self.keep(announced(arxiv_id, f"Title {self.told}", origin=Origin.ARXIV))
        await self.edit()

    async def keep(self, said: Announcement) -> None:
        """Something is told of a paper; the planner has seen it."""
        await self.stores.papers.keep(answered(said), over_at=over_at(DAY), at=self.clock.now())
        await self.stores.database.write(lambda db: db.execute("DELETE FROM unplanned"))

    async def edit(self) -> None:
        """Wakes the editor, and holds what it did to the pauses."""
        changed = await self.stores.outbox.changed(minor=False)
        at_once = {message.outbox_id for paper in changed for message in paper.messages}
        before = len(self.board.edits)
        await self.editor.edit()
        for at, name in self.board.edits[before:]:
            assert name in at_once or at - self.touched[name] >= MINOR_PAUSE
            self.touched[name] = at

    async def check(self) -> None:
        """Every message shows what is known of its papers, and no day had more edits than it may."""
        keys = [paper.key for paper in await self.stores.papers.edition(DAY)]
        found = await self.stores.database.read(lambda db: messages_of(db, keys))
        for message in (message for messages in found.values() for message in messages):
            if message.outbox_id in self.board.shows:
                now = Showing().again(message)
                assert self.board.shows[message.outbox_id] == now["content"]
        assert await self.stores.outbox.changed() == []
        assert all(
            edits <= self.budget for edits in Counter(at.date() for at, _ in self.board.edits).values()
        )


async def _live(steps: list[tuple[tuple[str, str], int]], budget: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with open_stores(Path(folder, "papers.db")) as stores:
            await stores.papers.keep(EDITION, over_at=over_at(DAY), at=AT)
            await post(stores, *POSTS)
            days = Days(stores, SetClock(AT), budget)
            for (step, arxiv_id), hours in steps:
                await days.take(step, arxiv_id)
                days.clock.advance(timedelta(hours=hours))
            days.board.faults.clear()
            for _ in POSTS:
                days.clock.advance(timedelta(days=1))
                await days.edit()
            await days.check()


@settings(max_examples=60, deadline=None)
@given(steps=st.lists(st.tuples(steps, st.integers(0, 7)), max_size=10), budget=st.integers(1, 4))
def test_over_some_days_edits_keep_to_budget_and_pauses_and_nothing_is_lost(
    steps: list[tuple[tuple[str, str], int]], budget: int
) -> None:
    asyncio.run(_live(steps, budget))
