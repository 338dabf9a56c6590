"""When one more request may go out without Discord ever counting too many in a second."""

from dataclasses import dataclass
from math import inf

MOST = 50
"""Requests a second over all that Discord answers (Discord docs, "Global Rate Limit")."""

WINDOW = 1.005
"""Seconds in which that many are sent: Discord's second, and a little for clocks that differ."""

SLOWEST_WAY = 0.25
"""Seconds after which a request has reached Discord, answered or not: a lost packet is sent again after 0.2."""

_BURST = 3
"""How many requests may catch up after a stall, or begin together after a rest."""

_SPACING = 0.95
"""How far requests are apart, as a part of even: what a stall cost is caught up with."""


@dataclass(eq=False)
class Spent:
    """One of the second's requests, from when it may go until Discord has certainly forgotten it.

    Attributes:
        free_at: when another may take its place.
        sent_at: when it was written to its connection, if it was.
    """

    free_at: float = inf
    sent_at: float | None = None


class Rate:
    """Counts the requests that Discord may still count.

    A request counts where it arrives, at some moment between its sending and its answer. The next one arrives no sooner
    than the quickest way after its sending, so one place is free again a `WINDOW` after an answer, less the quickest
    there and back; not so for the first answers, as many as there are places, which may all have been slow. At most
    `MOST` places are taken, whatever the others' ways were like: no window that Discord could have begun holds more.
    Between them requests are spaced evenly, so that an urgent one soon finds a place.

    All moments are seconds of one clock that never goes back.
    """

    def __init__(self, most: int = MOST, window: float = WINDOW) -> None:
        self._most = most
        self._window = window
        self._gap = _SPACING * window / most
        self._spaced = -inf
        self._held_until = -inf
        self._quickest = inf
        self._answers = 0
        self._spent: list[Spent] = []

    def opens_at(self, now: float) -> float:
        """When the next request may go, as far as is known; `inf` if only an answer can tell."""
        self._spent = [spent for spent in self._spent if spent.free_at > now]
        free = now if len(self._spent) < self._most else min(spent.free_at for spent in self._spent)
        return max(free, self._spaced, self._held_until)

    def begin(self, now: float) -> Spent:
        """Lets a request go."""
        spent = Spent()
        self._spent.append(spent)
        self._spaced = max(self._spaced, now - _BURST * self._gap) + self._gap
        return spent

    def sent(self, spent: Spent, now: float) -> None:
        """It was written to its connection: it arrives soon, whether or not an answer comes."""
        spent.sent_at = now
        spent.free_at = now + SLOWEST_WAY + self._window

    def answered(self, spent: Spent, now: float) -> None:
        """Its answer has begun to come, so it has been counted."""
        if spent.sent_at is not None:
            self._quickest = min(self._quickest, now - spent.sent_at)
            self._answers += 1
            if self._answers > self._most:
                now -= self._quickest
        self.ended(spent, now)

    def ended(self, spent: Spent, now: float) -> None:
        """It will not be counted any more, if it ever was."""
        spent.free_at = min(spent.free_at, now + self._window)

    def hold(self, until: float) -> None:
        """Lets nothing go before that moment."""
        self._held_until = max(self._held_until, until)

    def held_for(self, now: float) -> float:
        """For how many seconds nothing may go; 0 where nothing is held."""
        return max(self._held_until - now, 0.0)
