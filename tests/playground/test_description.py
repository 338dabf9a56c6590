"""Requests held to Discord's own description of its API."""

from pathlib import Path
from typing import Any

import pytest

from playground.rest.api import ROUTES
from support.discord_description import Description

MESSAGES = "/channels/1/messages"


@pytest.fixture(scope="module")
def description(shared_data: Path) -> Description:
    return Description(shared_data / "discord" / "openapi.json")


def problems(description: Description, asked: str, body: object, query: dict[str, str]) -> list[str]:
    operation = description.operation(*asked.split())
    assert operation is not None
    return [*description.problems(operation, query, body)]


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.template}")
def test_discord_has_every_route_of_the_playground_under_the_same_template(
    description: Description,
    route: Any,  # noqa: ANN401 - a Route
) -> None:
    operation = description.operation(route.method, route.template.replace("{", "").replace("}", ""))
    assert operation is not None
    assert operation.template == route.template


@pytest.mark.parametrize(
    ("asked", "body", "query"),
    [
        ("GET /users/@me", None, {}),
        (f"GET {MESSAGES}", None, {"limit": "100", "before": "5"}),
        (f"POST {MESSAGES}", {"content": "x", "nonce": "n", "enforce_nonce": True}, {}),
        ("POST /users/@me/channels", {"recipient_id": 5}, {}),
        ("POST /webhooks/1/t", {"content": "x"}, {"wait": "1"}),
        ("POST /channels/1/threads", {"name": "x", "message": {}}, {"use_nested_fields": "1"}),
    ],
)
def test_what_discord_takes(
    description: Description, asked: str, body: object, query: dict[str, str]
) -> None:
    assert problems(description, asked, body, query) == []


@pytest.mark.parametrize(
    ("asked", "body", "query", "said"),
    [
        ("GET /users/@me", {"x": 1}, {}, "it has a body, and takes none"),
        (f"POST {MESSAGES}", None, {}, "it needs a body"),
        (f"POST {MESSAGES}", {"content": 5}, {}, "body.content: 5 is not of type"),
        (f"POST {MESSAGES}", {"embeds": [{"title": "x" * 257}]}, {}, "body.embeds[0].title"),
        (f"GET {MESSAGES}", None, {"limit": "101"}, "limit: 101 is greater than the maximum"),
        (f"GET {MESSAGES}", None, {"limit": "many"}, "limit: 'many' is not of type"),
        (f"GET {MESSAGES}", None, {"page": "1"}, "the query parameter page is unknown"),
        ("POST /webhooks/1/t", {"content": "x"}, {"wait": "perhaps"}, "wait: 'perhaps' is not of type"),
    ],
)
def test_what_discord_does_not_take(
    description: Description, asked: str, body: object, query: dict[str, str], said: str
) -> None:
    found = problems(description, asked, body, query)
    assert len(found) == 1
    assert found[0].startswith(said)


def test_operations_there_are_not(description: Description) -> None:
    assert description.operation("GET", "/nowhere") is None
    assert description.operation("DELETE", "/users/@me") is None


REFUSAL = {"code": 50013, "message": "Missing Permissions"}
FLAWS = {"code": "BASE_TYPE_REQUIRED", "message": "This field is required"}
GATEWAY = {
    "url": "ws://localhost",
    "shards": 1,
    "session_start_limit": {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1},
}


def answer_problems(description: Description, asked: str, status: int, answer: object) -> list[str]:
    operation = description.operation(*asked.split())
    assert operation is not None
    return [*description.answer_problems(operation, status, answer)]


@pytest.mark.parametrize(
    ("asked", "status", "answer"),
    [
        ("GET /gateway/bot", 200, GATEWAY),
        (f"DELETE {MESSAGES}/2", 204, None),
        (f"GET {MESSAGES}", 200, []),
        ("GET /gateway/bot", 403, REFUSAL),
        (f"POST {MESSAGES}", 400, REFUSAL | {"errors": {"embeds": {"0": {"title": {"_errors": [FLAWS]}}}}}),
        ("GET /gateway/bot", 429, REFUSAL | {"retry_after": 0.5, "global": False}),
    ],
)
def test_what_discord_answers(description: Description, asked: str, status: int, answer: object) -> None:
    assert answer_problems(description, asked, status, answer) == []


@pytest.mark.parametrize(
    ("asked", "status", "answer", "said"),
    [
        ("GET /gateway/bot", 200, None, "answer 200: None is not of type 'object'"),
        (
            "GET /gateway/bot",
            200,
            GATEWAY | {"shard": 1},
            "answer 200: Additional properties are not allowed",
        ),
        ("GET /gateway/bot", 200, GATEWAY | {"shards": "1"}, "answer 200.shards: '1' is not of type"),
        ("GET /gateway/bot", 201, GATEWAY, "the status 201 is not described"),
        ("GET /gateway/bot", 503, None, "the status 503 is not described"),
        ("GET /gateway/bot", 403, None, "answer 403: None is not of type 'object'"),
        ("GET /gateway/bot", 403, {"code": 0}, "answer 403: 'message' is a required property"),
        ("GET /gateway/bot", 429, REFUSAL | {"global": False}, "answer 429: 'retry_after' is a required"),
        (f"POST {MESSAGES}", 400, REFUSAL | {"errors": {"_errors": [REFUSAL]}}, "answer 400.errors"),
        (f"DELETE {MESSAGES}/2", 204, {}, "answer 204: a body, where none is described"),
        ("POST /users/@me/channels", 200, {"id": "1", "type": 1, "flags": 0}, "answer 200: 'recipients' is"),
        (
            "GET /channels/1/threads/archived/public",
            200,
            {"threads": [], "has_more": False, "members": [{"id": 1, "flags": 0}]},
            "answer 200.members[0]",
        ),
    ],
)
def test_what_discord_does_not_answer(
    description: Description, asked: str, status: int, answer: object, said: str
) -> None:
    found = answer_problems(description, asked, status, answer)
    assert found
    assert found[0].startswith(said)


def test_an_id_is_text_in_answers_and_a_moment_has_a_zone(description: Description) -> None:
    member = {"id": 1, "user_id": "2", "join_timestamp": "2026-07-18T12:00:00", "flags": 0}
    answer = {"threads": [], "has_more": False, "members": [member]}
    asked = "GET /channels/1/threads/archived/public"
    found = answer_problems(description, asked, 200, answer)
    assert found == [
        "answer 200.members[0].id: 1 is not of type 'string'",
        "answer 200.members[0].join_timestamp: '2026-07-18T12:00:00' is not a 'date-time'",
    ]
