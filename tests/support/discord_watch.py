"""What playgrounds of this process were asked and answered, held to Discord's description and counted."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from http import HTTPStatus

from playground.faults import Effect
from playground.requests import RequestRecord
from playground.rest.api import PREFIX, ROUTES
from support.discord_description import Description, Operation

_REQUESTS, _ANSWERS = "requests validated", "answers validated"
_MALFORMED, _NO_OPERATION = "malformed on purpose", "no such operation"
_CUT = 0
_FAILING = {Effect.SERVER_ERROR, Effect.FAILED_AFTER}
_STANDING_BEFORE = {
    Effect.FIREWALL: "bans by the firewall on purpose",
    Effect.PROXY: "refusals by a proxy on purpose",
}


@dataclass
class Counts:
    """How often what was seen.

    Attributes:
        operations: requests by Discord's name for what they ask.
        routes: requests by the playground's route.
        unserved: requests that no route of the playground serves.
        totals: what was validated, and what requests were not.
        uncovered: answers that the description does not cover, by why.
    """

    operations: Counter[str] = field(default_factory=Counter)
    routes: Counter[str] = field(default_factory=Counter)
    unserved: Counter[str] = field(default_factory=Counter)
    totals: Counter[str] = field(default_factory=Counter)
    uncovered: Counter[str] = field(default_factory=Counter)

    def plain(self) -> dict[str, dict[str, int]]:
        """The counts in plain types, to cross from one process to another."""
        return {each.name: dict(getattr(self, each.name)) for each in fields(self)}

    def add(self, counts: dict[str, dict[str, int]]) -> None:
        """Adds what another process counted."""
        for name, more in counts.items():
            getattr(self, name).update(more)

    def summary(self) -> str:
        """The totals in one line."""
        reasons = ", ".join(f"{times:,} {reason}" for reason, times in sorted(self.uncovered.items()))
        return (
            f"{self.totals[_REQUESTS]:,} requests and {self.totals[_ANSWERS]:,} answers validated; "
            f"{self.totals[_NO_OPERATION]:,} requests to operations the description does not cover; "
            f"{self.uncovered.total():,} answers not covered ({reasons or 'none'}); "
            f"{self.totals[_MALFORMED]:,} requests malformed on purpose"
        )


@dataclass
class Watch:
    """What was asked and answered since the present test began, and the counts of all before.

    Attributes:
        description: what to hold it to; None where it is not there, and then it is only counted.
    """

    description: Description | None
    counts: Counts = field(default_factory=Counts)
    pending: list[RequestRecord] = field(default_factory=list)

    def see(self, record: RequestRecord) -> None:
        """Keeps a request until the test is through with this phase."""
        self.pending.append(record)

    def take(self, *, malformed: bool) -> list[str]:
        """Counts what was asked and answered, and says what is wrong with it.

        Args:
            malformed: whether the requests may be wrong; the answers may not.
        """
        records, self.pending = self.pending, []
        for record in records:
            if record.route is not None:
                self.counts.routes[f"{record.method} {record.route}"] += 1
            elif not malformed:
                self.counts.unserved[_asked(record)] += 1
        if self.description is None:
            return []
        return [
            problem
            for record in records
            for problem in self._judge(self.description, record, malformed=malformed)
        ]

    def _judge(self, description: Description, record: RequestRecord, *, malformed: bool) -> list[str]:
        operation = description.operation(record.method, record.path.removeprefix(PREFIX))
        if operation is None:
            self.counts.totals[_NO_OPERATION] += 1
            self.counts.uncovered["to such requests"] += 1
            return [] if malformed else [f"{_asked(record)}: Discord has no such operation"]
        self.counts.operations[operation.id] += 1
        wrong = [*description.problems(operation, record.query, record.body)]
        self.counts.totals[_MALFORMED if wrong and malformed else _REQUESTS] += 1
        problems = [*([] if malformed else wrong), *self._answered(description, operation, record)]
        return [f"{_asked(record)} ({operation.id}): {problem}" for problem in problems]

    def _answered(
        self, description: Description, operation: Operation, record: RequestRecord
    ) -> Iterator[str]:
        reason = _why_uncovered(record)
        if reason is None:
            self.counts.totals[_ANSWERS] += 1
            yield from description.answer_problems(operation, record.status, record.answer)
        else:
            self.counts.uncovered[reason] += 1

    def gaps(self) -> Iterator[str]:
        """Routes that nothing exercised, and what was asked for in vain; a sentence each."""
        served = (f"{route.method} {route.template}" for route in ROUTES)
        yield from (f"no test exercises {route}" for route in served if route not in self.counts.routes)
        yield from (f"the playground does not serve {asked}" for asked in self.counts.unserved)


def _asked(record: RequestRecord) -> str:
    return f"{record.method} {record.path.removeprefix(PREFIX)}"


def _why_uncovered(record: RequestRecord) -> str | None:
    """What stands before the API on purpose; the description is silent about it. A failure by itself is none."""
    if record.status == _CUT:
        return "lost with their connection"
    if record.fault in _FAILING and record.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return "server errors on purpose"
    return _STANDING_BEFORE.get(record.fault) if record.fault is not None else None
