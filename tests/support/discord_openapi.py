"""A pytest plugin: every request to a playground and every answer is held to Discord's own description of its API.

A request that the description does not allow fails the test during which it was made, unless the test is marked
`malformed`; an answer that it does not allow fails any test. The end of the run prints how many were validated, what
was not and why, and which operations were covered; with `--every-route` a route that no test exercised, or that was
asked for and is not there, fails the run.
"""

from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from playground.requests import RequestLog
from support.discord_description import Description
from support.discord_watch import Watch

DESCRIPTION = Path(__file__).resolve().parents[3] / "shared" / "data" / "discord" / "openapi.json"
UNDESCRIBED = "nothing was validated: ../shared/data/discord/openapi.json is not there"


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
        node.config.stash[_WATCH].counts.add(counts)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hands a worker's counts on, and fails the run for gaps where that was asked."""
    watch = session.config.stash[_WATCH]
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["discord_counts"] = watch.counts.plain()
    elif session.config.getoption("--every-route") and any(watch.gaps()) and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Prints what was validated and which operations were covered, and the gaps where that was asked."""
    watch = config.stash[_WATCH]
    counts = watch.counts
    if counts.routes:
        terminalreporter.section("Discord's operations")
        described = watch.description is not None
        terminalreporter.write_line(counts.summary() if described else UNDESCRIBED)
        for name, times in sorted((counts.operations if described else counts.routes).items()):
            terminalreporter.write_line(f"{times:6} {name}")
    if config.getoption("--every-route"):
        for gap in watch.gaps():
            terminalreporter.write_line(gap, red=True)
