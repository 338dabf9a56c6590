"""A pytest plugin: every request that reaches a playground is held to Discord's own description of its API.

A request that the description does not allow fails the test during which it was made, unless the test is marked
`malformed`. The end of the run prints which operations were covered; with `--every-route` a route that no test
exercised, or that was asked for and is not there, fails the run.
"""

from collections import Counter
from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from playground.requests import RequestLog, RequestRecord
from playground.rest.api import PREFIX, ROUTES
from support.discord_description import Description

DESCRIPTION = Path(__file__).resolve().parents[3] / "shared" / "data" / "discord" / "openapi.json"


@dataclass
class Watch:
    """What was asked in this process, and what is wrong with what the present test asked."""

    description: Description | None
    operations: Counter[str] = field(default_factory=Counter)
    routes: Counter[str] = field(default_factory=Counter)
    unserved: Counter[str] = field(default_factory=Counter)
    pending: list[RequestRecord] = field(default_factory=list)

    def see(self, record: RequestRecord) -> None:
        """Keeps a request until the test is through with this phase."""
        self.pending.append(record)

    def take(self, *, malformed: bool) -> list[str]:
        """Counts what was asked, and says what is wrong with it."""
        records, self.pending = self.pending, []
        problems = [problem for record in records for problem in self._judge(record, malformed=malformed)]
        return [] if malformed else problems

    def _judge(self, record: RequestRecord, *, malformed: bool) -> list[str]:
        path = record.path.removeprefix(PREFIX)
        if record.route is not None:
            self.routes[f"{record.method} {record.route}"] += 1
        elif not malformed:
            self.unserved[f"{record.method} {path}"] += 1
        if self.description is None:
            return []
        operation = self.description.operation(record.method, path)
        if operation is None:
            return [f"{record.method} {path}: Discord has no such operation"]
        self.operations[operation.id] += 1
        return [
            f"{record.method} {path} ({operation.id}): {problem}"
            for problem in self.description.problems(operation, record.query, record.body)
        ]

    def counts(self) -> dict[str, dict[str, int]]:
        """What was counted, in plain types."""
        return {
            "operations": dict(self.operations),
            "routes": dict(self.routes),
            "unserved": dict(self.unserved),
        }

    def add(self, counts: dict[str, dict[str, int]]) -> None:
        """Adds what another process counted."""
        self.operations.update(counts["operations"])
        self.routes.update(counts["routes"])
        self.unserved.update(counts["unserved"])

    def gaps(self) -> list[str]:
        """Routes that nothing exercised, and what was asked for in vain; a sentence each."""
        served = [f"{route.method} {route.template}" for route in ROUTES]
        unused = [f"no test exercises {route}" for route in served if route not in self.routes]
        return unused + [f"the playground does not serve {asked}" for asked in self.unserved]


_WATCH = pytest.StashKey[Watch]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds `--every-route`."""
    parser.addoption(
        "--every-route",
        action="store_true",
        help="fail the run when a route of the playground was exercised by no test",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Starts watching every playground of this process."""
    config.addinivalue_line(
        "markers", "malformed: sends on purpose what Discord's description does not allow"
    )
    # discord.py imports audioop, which Python 3.11 and 3.12 have and complain about.
    config.addinivalue_line("filterwarnings", "ignore:'audioop' is deprecated:DeprecationWarning")
    watch = Watch(Description(DESCRIPTION) if DESCRIPTION.is_file() else None)
    config.stash[_WATCH] = watch
    RequestLog.everywhere.append(watch.see)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stops watching."""
    if config.stash[_WATCH].see in RequestLog.everywhere:
        RequestLog.everywhere.remove(config.stash[_WATCH].see)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, Any, Any]:
    """Fails the test for what it and its fixtures asked."""
    result = yield
    _fail_for_problems(item)
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, Any, Any]:
    """Fails the teardown for what it asked."""
    try:
        return (yield)
    finally:
        _fail_for_problems(item)


def _fail_for_problems(item: pytest.Item) -> None:
    malformed = item.get_closest_marker("malformed") is not None
    problems = item.config.stash[_WATCH].take(malformed=malformed)
    if problems:
        pytest.fail("Discord's description does not allow:\n" + "\n".join(problems), pytrace=False)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:  # noqa: ANN401 - a type of pytest-xdist, which may be absent
    """Adds what a worker counted."""
    counts = getattr(node, "workeroutput", {}).get("discord_counts")
    if counts is not None:
        node.config.stash[_WATCH].add(counts)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hands a worker's counts on, and fails the run for gaps where that was asked."""
    watch = session.config.stash[_WATCH]
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["discord_counts"] = watch.counts()
    elif session.config.getoption("--every-route") and watch.gaps() and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Prints the operations that were covered, and the gaps where that was asked."""
    watch = config.stash[_WATCH]
    if watch.routes:
        terminalreporter.section("Discord's operations")
        covered = watch.operations if watch.description is not None else watch.routes
        for name, times in sorted(covered.items()):
            terminalreporter.write_line(f"{times:6} {name}")
    if config.getoption("--every-route"):
        for gap in watch.gaps():
            terminalreporter.write_line(gap, red=True)
