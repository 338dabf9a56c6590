"""Whatever happens in whatever order, in the end every paper stands once in every place that wants it."""

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from papers.delivery import Courier, Gatherer
from papers.delivery.courier import PROBE
from papers.errors import PublishClosedError, PublishError, PublishLaterError, PublishUncertainError
from papers.models import Destination
from storage import Stores, open_stores
from support.clock import SetClock
from support.deliveries import OTHER, Board, Fault, PlainComposer, planner
from support.papers import AT, DAY, announced, answered, over_at
from support.stores import with_fresh
from support.subscriptions import CHANNEL, wanted

PLACES = (CHANNEL, OTHER)
FAULTS = (
    Fault(PublishUncertainError("lost answer"), stored=True),
    Fault(PublishUncertainError("lost request")),
    Fault(PublishLaterError("slow down", retry_after=timedelta(minutes=2))),
)
STEPS = st.lists(
    st.one_of(
        st.sampled_from(["arrive", "plan", "gather", "round", "round", "wait", "wait long"]).map(
            lambda name: (name, 0)
        ),
        st.tuples(st.sampled_from(["fault"]), st.integers(0, len(FAULTS) - 1)),
        st.tuples(st.sampled_from(["close", "open", "limit", "again", "crash"]), st.integers(0, 1)),
    ),
    max_size=30,
)


@dataclass
class World:
    """Stores, a board, and couriers that come and go."""

    stores: Stores
    clock: SetClock = field(default_factory=lambda: SetClock(AT))
    couriers: int = 0
    papers: int = 0

    def __post_init__(self) -> None:
        self.board = Board(self.clock)

    async def do(self, step: str, which: int) -> None:
        """One step; see `STEPS`."""
        match step:
            case "arrive":
                self.papers += 1
                paper = answered(announced(f"2606.{self.papers:05}", f"Paper {self.papers}"))
                await self.stores.papers.keep(paper, over_at=over_at(DAY), at=self.clock.now())
            case "plan":
                await planner(self.stores, self.clock).plan()
            case "gather":
                await self.gather()
            case "round":
                await planner(self.stores, self.clock).plan()
                await self.gather()
                await self.courier().deliver()
            case "crash":
                await self.crash(after_sending=bool(which))
            case "wait" | "wait long":
                self.clock.advance(timedelta(minutes=3) if step == "wait" else PROBE)
            case _:
                await self.meddle(step, which, PLACES[which % 2])

    async def meddle(self, step: str, which: int, place: Destination) -> None:
        """Something happens at a place."""
        match step:
            case "fault":
                self.board.faults.append(FAULTS[which])
            case "close":
                self.board.closed[place] = PublishClosedError("no permission")
            case "open":
                self.board.closed.pop(place, None)
            case "limit" | "again":
                await self.change(place, 2 if step == "limit" else None)

    async def crash(self, *, after_sending: bool) -> None:
        """A process dies with messages it had claimed, before or after the first was sent."""
        self.couriers += 1
        now = self.clock.now()
        until = now + timedelta(minutes=3)
        claimed = await self.stores.outbox.claim("dead", now=now, until=until, limit=2)
        with suppress(PublishError):
            for message in claimed[:after_sending]:
                await self.board.find(message, since=AT) or await self.board.publish(message)

    def courier(self) -> Courier:
        """The courier of the process that runs now."""
        return Courier(
            outbox=self.stores.outbox,
            composer=PlainComposer(),
            publisher=self.board,
            clock=self.clock,
            owner=f"courier {self.couriers}",
        )

    async def gather(self) -> None:
        composer = PlainComposer()
        await Gatherer(outbox=self.stores.outbox, composer=composer, clock=self.clock).gather()

    async def change(self, place: Destination, most: int | None) -> None:
        """The place's first subscription gets another limit, which plans what waits for it anew."""
        first, *_ = await self.stores.subscriptions.of_destination(place)
        wishes = first.model_copy(update={"most": most})
        await self.stores.subscriptions.change(first.id, wishes, destination=place, next_at=None)

    async def come_to_rest(self) -> None:
        """Nothing is broken any more, and time passes."""
        self.board.closed.clear()
        self.board.faults.clear()
        for _ in range(self.papers // 2 + 5):
            await self.do("round", 0)
            await self.do("wait long", 0)


@given(steps=STEPS)
@settings(max_examples=150, deadline=None)
def test_every_paper_stands_once_in_every_place(steps: Sequence[tuple[str, int]]) -> None:
    async def check(stores: Stores) -> None:
        world = World(stores)
        for place in PLACES:
            await stores.subscriptions.add(wanted("", place))
            await stores.subscriptions.add(wanted("paper", place))
        for step in ("arrive", "arrive", "plan", "gather"):
            await world.do(step, 0)
        for step, which in steps:
            await world.do(step, which)
        await world.come_to_rest()
        wanted_titles = Counter(f"Paper {number}" for number in range(1, world.papers + 1))
        for place in PLACES:
            assert Counter(world.board.titles(place)) == wanted_titles
        assert (await stores.outbox.counts()).failed == 0

    with_fresh(open_stores, check)
