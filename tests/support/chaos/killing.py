"""A bot that is killed again and again, and what came of it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random

from playground.faults import Effect, Fault
from support.chaos.lane import OVER_THE_LEASE, Killed, Lane, open_lane
from support.chaos.moments import some_moment
from support.chaos.states import Doing

KILLS_BETWEEN_LOOKS = 50
_HOURS_LATER = 0.1
_HUB_FAILS = 0.3
_MOST_FAULTS = 3
_ANY = "*"
_POSTING = (
    "/channels/{channel_id}/messages",
    "/channels/{channel_id}/messages",
    "/channels/{channel_id}/threads",
    "/channels/{channel_id}/messages/{message_id}/threads",
)
_EFFECTS = (
    *(Effect.TOO_MANY, Effect.SERVER_ERROR, Effect.ANSWER_LOST, Effect.FAILED_AFTER) * 2,
    *(Effect.FIREWALL, Effect.RESET, Effect.ANSWER_CUT, Effect.PROXY, Effect.SLOW),
)


@dataclass
class Tally:
    """What came of the kills.

    Attributes:
        doing: how many hit each thing the outbox can be doing.
        writing: how many hit a transaction that was writing.
        fetching: how many hit a time when the hub was being asked.
        kinds: how many hit the sending of each kind of message or step.
        faults: how often each fault hit a request.
        cards: how many cards should stand in the places at the end.
        wrong: what the places hold wrongly.
    """

    doing: Counter[Doing] = field(default_factory=Counter)
    writing: int = 0
    fetching: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    faults: Counter[Effect] = field(default_factory=Counter)
    cards: int = 0
    wrong: list[str] = field(default_factory=list)

    def count(self, killed: Killed) -> None:
        """Takes a kill in."""
        self.doing[killed.doing] += 1
        self.writing += killed.writing
        self.fetching += killed.fetching
        self.kinds.update(killed.kinds)

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.doing + other.doing,
            self.writing + other.writing,
            self.fetching + other.fetching,
            self.kinds + other.kinds,
            self.faults + other.faults,
            self.cards + other.cards,
            self.wrong + other.wrong,
        )


async def kill_often(
    folder: Path, seed: int, kills: int, *, tell: Callable[[int], None] = lambda _: None
) -> Tally:
    """Kills a bot so many times, with faults meanwhile, and looks now and then what the places hold.

    Args:
        folder: an empty one, for the database and what the bot says.
        seed: of what is random.
        kills: how many; fewer, where the places hold something wrongly before.
        tell: hears now and then how many there were.
    """
    tally = Tally()
    async with open_lane(folder, seed) as lane:
        for kill in range(1, kills + 1):
            tally.count(await _kill(lane, tally))
            if kill % KILLS_BETWEEN_LOOKS == 0 or kill == kills:
                tally.wrong = await lane.settle()
                tell(kill)
            if tally.wrong:
                break
        tally.cards = lane.town.due(lane.hub.papers)
    return tally


async def _kill(lane: Lane, tally: Tally) -> Killed:
    """A life with new papers and faults, some time after the one before."""
    random = lane.random
    hours_later = timedelta(hours=random.uniform(1, 12))
    lane.clock.advance(hours_later if random.random() < _HOURS_LATER else OVER_THE_LEASE)
    lane.hub.go_on(random.randint(1, 3), random.randint(0, 2))
    lane.hub.trouble = 0.1 if random.random() < _HUB_FAILS else 0.0
    faults = [some_fault(random) for _ in range(random.randint(0, _MOST_FAULTS))]
    lane.town.playground.faults.switched_on.extend(faults)
    killed = await lane.kill_at(some_moment(random))
    lane.town.playground.faults.clear()
    tally.faults.update({fault.effect: fault.hits for fault in faults})
    return killed


def some_fault(random: Random) -> Fault:
    """A fault that hits a request sooner or later, more often one that posts."""
    return Fault(
        random.choice(_EFFECTS),
        route=random.choice((_ANY, *_POSTING)),
        after=random.randint(0, 6),
        status=random.choice((500, 502, 503, 504)),
        scope=random.choice(("user", "global", "shared")),
        seconds=random.uniform(0.05, 0.4),
    )
