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
