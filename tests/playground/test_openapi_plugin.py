"""The plugin that watches every playground: tried in a run of its own, so that it counts nothing here."""

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

TESTS = Path(__file__).resolve().parents[1]

GOOD = """
import json
from datetime import UTC, datetime
import pytest
from playground.requests import RequestLog, RequestRecord
from playground.rest.api import ROUTES

REFUSAL = {"code": 50013, "message": "Missing Permissions"}

def ask(method, path, route, body=None, status=403, answer=REFUSAL, fault=None):
    at = datetime(2026, 7, 18, tzinfo=UTC)
    path = "/api/v10" + path
    text = None if answer is None else json.dumps(answer)
    RequestLog().add(RequestRecord(at, method, path, route, {}, body, None, status, "", text, 0.1, fault))

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


BAD_ANSWERS = """
def test_missing_field():
    ask("GET", "/gateway/bot", "/gateway/bot", status=200, answer={"url": "ws://localhost", "shards": 1})

@pytest.mark.malformed
def test_missing_field_in_an_answer_to_what_was_malformed():
    ask("GET", "/gateway/bot", "/gateway/bot", {}, status=200, answer={"url": "ws://localhost", "shards": 1})

def test_status():
    ask("GET", "/gateway/bot", "/gateway/bot", status=202, answer={})

def test_refusal():
    ask("GET", "/gateway/bot", "/gateway/bot", answer={"error": "no"})

def test_body_of_no_content():
    path, route = "/channels/1/messages/2", "/channels/{channel_id}/messages/{message_id}"
    ask("DELETE", path, route, status=204, answer={})

def test_failure():
    ask("GET", "/gateway/bot", "/gateway/bot", status=500, answer=None)
"""

UNCOVERED = """
from playground.faults import Effect

@pytest.mark.parametrize(
    ("status", "answer", "fault"),
    [
        (0, None, Effect.RESET),
        (0, None, Effect.ANSWER_LOST),
        (503, {}, Effect.SERVER_ERROR),
        (429, {}, Effect.FIREWALL),
    ],
)
def test_faults(status, answer, fault):
    ask("GET", "/gateway/bot", "/gateway/bot", status=status, answer=answer, fault=fault)

@pytest.mark.malformed
def test_nowhere():
    ask("GET", "/nowhere", None, status=404)

def test_refused_by_a_fault():
    ask("GET", "/gateway/bot", "/gateway/bot", fault=Effect.MISSING_ACCESS)
"""

WITHOUT_DESCRIPTION = """
from pathlib import Path
import support.discord_openapi
support.discord_openapi.DESCRIPTION = Path("absent.json")
"""


@pytest.fixture
def unguided(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    monkeypatch.setenv("PYTHONPATH", str(TESTS))
    pytester.makeini(
        "[pytest]\naddopts = -p support.discord_openapi\nasyncio_default_fixture_loop_scope = function"
    )
    return pytester


@pytest.fixture
def run(unguided: pytest.Pytester, shared_data: Path) -> pytest.Pytester:
    assert shared_data.is_dir()
    return unguided


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
            (
                "3 requests and 4 answers validated; 1 requests to operations the description does not cover; "
                "1 answers not covered (1 to such requests); 1 requests malformed on purpose"
            ),
        ]
    )
    result.stdout.no_fnmatch_line("no test exercises*")


def test_a_bad_answer_fails_its_test_also_where_the_request_was_malformed(run: pytest.Pytester) -> None:
    run.makepyfile(GOOD + BAD_ANSWERS)
    result = run.runpytest_subprocess("-rN")
    result.assert_outcomes(passed=2, failed=6)
    missing = "GET /gateway/bot (get_bot_gateway): answer 200: 'session_start_limit' is a required property"
    assert result.outlines.count(missing) == 2
    result.stdout.fnmatch_lines_random(
        [
            "GET /gateway/bot (get_bot_gateway): the status 202 is not described",
            "GET /gateway/bot (get_bot_gateway): the status 500 is not described",
            "GET /gateway/bot (get_bot_gateway): answer 403: 'code' is a required property",
            "GET /gateway/bot (get_bot_gateway): answer 403: 'message' is a required property",
            "DELETE /channels/1/messages/2 (delete_message): answer 204: a body, where none is described",
        ]
    )


def test_answers_that_are_not_covered_are_counted_with_the_reason(run: pytest.Pytester) -> None:
    run.makepyfile(GOOD + UNCOVERED)
    result = run.runpytest_subprocess("-n", "2")
    result.assert_outcomes(passed=8)
    result.stdout.fnmatch_lines(
        [
            (
                "6 requests and 3 answers validated; 1 requests to operations the description does not cover; "
                "5 answers not covered (1 bans by the firewall on purpose, 2 lost with their connection, "
                "1 server errors on purpose, 1 to such requests); 1 requests malformed on purpose"
            )
        ]
    )


def test_without_a_description_it_says_that_nothing_was_validated(unguided: pytest.Pytester) -> None:
    unguided.makeconftest(WITHOUT_DESCRIPTION)
    unguided.makepyfile(GOOD)
    result = unguided.runpytest_subprocess()
    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(["nothing was validated:*", " *1 GET /users/@me"])


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
