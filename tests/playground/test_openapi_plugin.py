"""The plugin that watches every playground: tried in a run of its own, so that it counts nothing here."""

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

TESTS = Path(__file__).resolve().parents[1]

GOOD = """
from datetime import UTC, datetime
import pytest
from playground.requests import RequestLog, RequestRecord
from playground.rest.api import ROUTES

def ask(method, path, route, body=None):
    at = datetime(2026, 7, 18, tzinfo=UTC)
    RequestLog().add(RequestRecord(at, method, "/api/v10" + path, route, {}, body, None, 200, "", None, 0.0))

def bad():
    ask("POST", "/channels/1/messages", "/channels/{channel_id}/messages", {"content": 5})

def test_good():
    ask("GET", "/users/@me", "/users/@me")

@pytest.mark.malformed
def test_meant():
    bad()
"""

BAD = """
def test_bad():
    bad()

@pytest.fixture
def afterwards():
    yield
    bad()

def test_bad_afterwards(afterwards):
    pass

def test_unknown():
    ask("GET", "/nowhere", None)
"""

EVERY_ROUTE = """
@pytest.mark.malformed
@pytest.mark.parametrize("route", ROUTES)
def test_route(route):
    ask(route.method, route.template, route.template)
"""

ELSEWHERE = """
def test_elsewhere():
    ask("PATCH", "/channels/5", None, {"name": "x"})
"""


@pytest.fixture
def run(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, shared_data: Path) -> pytest.Pytester:
    assert shared_data.is_dir()
    monkeypatch.setenv("PYTHONPATH", str(TESTS))
    pytester.makeini(
        "[pytest]\naddopts = -p support.discord_openapi\nasyncio_default_fixture_loop_scope = function"
    )
    return pytester


def test_a_bad_request_fails_its_test_and_operations_are_printed(run: pytest.Pytester) -> None:
    run.makepyfile(GOOD + BAD)
    result = run.runpytest_subprocess()
    result.assert_outcomes(passed=3, failed=2, errors=1)
    result.stdout.fnmatch_lines_random(
        [
            "*POST /channels/1/messages (create_message): body.content: 5 is not of type*",
            "*GET /nowhere: Discord has no such operation",
            "*Discord's operations*",
            " *3 create_message",
            " *1 get_my_user",
        ]
    )
    result.stdout.no_fnmatch_line("no test exercises*")


def test_gaps_fail_the_run_where_that_is_asked(run: pytest.Pytester) -> None:
    run.makepyfile(GOOD + ELSEWHERE)
    result = run.runpytest_subprocess("--every-route")
    result.assert_outcomes(passed=3)
    assert result.ret == 1
    result.stdout.fnmatch_lines_random(
        [
            "no test exercises DELETE /channels/{channel_id}/messages/{message_id}",
            "the playground does not serve PATCH /channels/5",
        ]
    )


def test_workers_add_up_what_they_saw(run: pytest.Pytester) -> None:
    run.makepyfile(GOOD + EVERY_ROUTE)
    result = run.runpytest_subprocess("--every-route", "-n", "2")
    assert result.ret == 0
    result.stdout.fnmatch_lines([" *2 get_my_user"])
    result.stdout.no_fnmatch_line("no test exercises*")
