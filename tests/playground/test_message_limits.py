"""Discord's limits of a message, each at its edge and one beyond."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.errors import ApiError
from playground.forms.base import read
from playground.forms.messages import MessageForm
from support.discord_rest import Rest
from support.discord_town import Town

V2 = 1 << 15


def row(*items: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(items)}


def button(custom_id: str = "b", **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    return {"type": 2, "style": 1, "label": "press", "custom_id": custom_id} | more


def menu(options: int = 1, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    offered = [{"label": f"{number}", "value": f"{number}"} for number in range(options)]
    return {"type": 3, "custom_id": "m", "options": offered} | more


def text(content: str = "t") -> dict[str, Any]:
    return {"type": 10, "content": content}


def section(texts: int = 1) -> dict[str, Any]:
    return {"type": 9, "components": [text()] * texts, "accessory": button()}


def embed(**more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    return {"embeds": [more]}


WITHIN: list[dict[str, Any]] = [
    {"content": "x" * 2000},
    {"content": "x", "nonce": "n" * 25},
    embed(title="x" * 256),
    embed(description="x" * 4096),
    embed(footer={"text": "x" * 2048}),
    embed(author={"name": "x" * 256}),
    embed(fields=[{"name": "x" * 256, "value": "y" * 1024}]),
    embed(fields=[{"name": "x", "value": "y"}] * 25),
    {"embeds": [{"title": "x"}] * 10},
    {"embeds": [{"description": "x" * 3000}, {"description": "x" * 3000}]},
    {"components": [row(button(label="x" * 80))]},
    {"components": [row(button("c" * 100))]},
    {"components": [row({"type": 2, "style": 5, "label": "to", "url": "https://e.org/" + "x" * 498})]},
    {"components": [row(*(button(f"{number}") for number in range(5)))]},
    {"components": [row(button(f"{number}")) for number in range(5)]},
    {"components": [row(menu(25, placeholder="x" * 150))]},
    {"components": [text("x" * 4000)], "flags": V2},
    {"components": [text()] * 40, "flags": V2},
    {"components": [section(3)], "flags": V2},
    {
        "components": [{"type": 17, "components": [row(button("other")), section(), {"type": 14}]}],
        "flags": V2,
    },
    {"components": [{"type": 12, "items": [{"media": {"url": "https://e.org/a.png"}}]}], "flags": V2},
]

BEYOND: list[tuple[dict[str, Any], tuple[str | int, ...], str]] = [
    ({"content": "x" * 2001}, ("content",), "BASE_TYPE_MAX_LENGTH"),
    ({"content": "x", "nonce": "n" * 26}, ("nonce",), "BASE_TYPE_MAX_LENGTH"),
    (embed(title="x" * 257), ("embeds", 0, "title"), "BASE_TYPE_MAX_LENGTH"),
    (embed(description="x" * 4097), ("embeds", 0, "description"), "BASE_TYPE_MAX_LENGTH"),
    (embed(footer={"text": "x" * 2049}), ("embeds", 0, "footer", "text"), "BASE_TYPE_MAX_LENGTH"),
    (embed(author={"name": "x" * 257}), ("embeds", 0, "author", "name"), "BASE_TYPE_MAX_LENGTH"),
    (
        embed(fields=[{"name": "x" * 257, "value": "y"}]),
        ("embeds", 0, "fields", 0, "name"),
        "BASE_TYPE_MAX_LENGTH",
    ),
    (
        embed(fields=[{"name": "x", "value": "y" * 1025}]),
        ("embeds", 0, "fields", 0, "value"),
        "BASE_TYPE_MAX_LENGTH",
    ),
    (embed(fields=[{"name": " ", "value": "y"}]), ("embeds", 0, "fields", 0, "name"), "BASE_TYPE_REQUIRED"),
    (embed(fields=[{"name": "x"}]), ("embeds", 0, "fields", 0, "value"), "BASE_TYPE_REQUIRED"),
    (embed(fields=[{"name": "x", "value": "y"}] * 26), ("embeds", 0, "fields"), "BASE_TYPE_MAX_LENGTH"),
    (embed(url="javascript:alert(1)"), ("embeds", 0, "url"), "URL_TYPE_INVALID_SCHEME"),
    (embed(title="x", timestamp="yesterday"), ("embeds", 0, "timestamp"), "DATE_TIME_TYPE_PARSE"),
    (embed(title="x", color=0x1000000), ("embeds", 0, "color"), "NUMBER_TYPE_MAX"),
    ({"embeds": [{"title": "x"}] * 11}, ("embeds",), "BASE_TYPE_MAX_LENGTH"),
    (
        {"embeds": [{"description": "x" * 3000}, {"description": "x" * 3001}]},
        ("embeds",),
        "MAX_EMBED_SIZE_EXCEEDED",
    ),
    ({"embeds": "many"}, ("embeds",), "LIST_TYPE_CONVERT"),
    (
        {"components": [row(button(label="x" * 81))]},
        ("components", 0, "components", 0, "label"),
        "BASE_TYPE_MAX_LENGTH",
    ),
    (
        {"components": [row(button("c" * 101))]},
        ("components", 0, "components", 0, "custom_id"),
        "BASE_TYPE_MAX_LENGTH",
    ),
    (
        {"components": [row({"type": 2, "style": 5, "label": "to", "url": "https://e.org/" + "x" * 499})]},
        ("components", 0, "components", 0, "url"),
        "BASE_TYPE_MAX_LENGTH",
    ),
    (
        {"components": [row({"type": 2, "style": 1, "label": "x"})]},
        ("components", 0, "components", 0, "custom_id"),
        "BASE_TYPE_REQUIRED",
    ),
    (
        {"components": [row({"type": 2, "style": 1, "custom_id": "b"})]},
        ("components", 0, "components", 0, "label"),
        "BASE_TYPE_REQUIRED",
    ),
    (
        {"components": [row(*(button(f"{number}") for number in range(6)))]},
        ("components", 0, "components"),
        "BASE_TYPE_MAX_LENGTH",
    ),
    (
        {"components": [row(button(), menu())]},
        ("components", 0, "components"),
        "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
    ),
    (
        {"components": [row(button(f"{number}")) for number in range(6)]},
        ("components",),
        "BASE_TYPE_BAD_LENGTH",
    ),
    (
        {"components": [row(button("same")), row(button("same"))]},
        ("components", 1, "components", 0, "custom_id"),
        "COMPONENT_CUSTOM_ID_DUPLICATED",
    ),
    (
        {"components": [row(menu(26))]},
        ("components", 0, "components", 0, "options"),
        "BASE_TYPE_MAX_LENGTH",
    ),
    (
        {
            "components": [
                row(
                    menu(options=1)
                    | {"options": [{"label": "a", "value": "v"}, {"label": "b", "value": "v"}]}
                )
            ]
        },
        ("components", 0, "components", 0, "options", 1, "value"),
        "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
    ),
    ({"components": [{"type": 99}]}, ("components", 0), "UNION_TYPE_CHOICES"),
    ({"components": [text()]}, ("components", 0), "UNION_TYPE_CHOICES"),
    (
        {"components": [text("x" * 2001)] * 2, "flags": V2},
        ("components",),
        "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
    ),
    ({"components": [text()] * 41, "flags": V2}, ("components",), "BASE_TYPE_MAX_LENGTH"),
    ({"components": [section(4)], "flags": V2}, ("components", 0, "components"), "BASE_TYPE_MAX_LENGTH"),
    (
        {"components": [{"type": 9, "components": [text()]}], "flags": V2},
        ("components", 0, "accessory"),
        "BASE_TYPE_REQUIRED",
    ),
    (
        {"components": [text()], "content": "x", "flags": V2},
        ("content",),
        "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
    ),
    (
        {"components": [text()], "embeds": [{"title": "x"}], "flags": V2},
        ("embeds",),
        "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
    ),
    (
        {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
        ("allowed_mentions",),
        "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
    ),
    ({"content": "x", "attachments": [{"id": 0}]}, ("attachments",), "PLAYGROUND_UNSUPPORTED"),
]


@pytest.mark.parametrize("body", WITHIN)
async def test_what_is_within_the_limits_is_posted(town: Town, rest: Rest, body: dict[str, Any]) -> None:
    answer = await rest.post(f"/channels/{town.channel.id}/messages", body)
    assert answer.status == 200
    assert [*town.channel.messages] == [int(answer.body["id"])]


@pytest.mark.malformed
@pytest.mark.parametrize(("body", "path", "code"), BEYOND)
async def test_what_is_beyond_is_refused_with_its_path(
    town: Town, rest: Rest, body: dict[str, Any], path: tuple[str | int, ...], code: str
) -> None:
    answer = await rest.post(f"/channels/{town.channel.id}/messages", body)
    assert (answer.status, answer.code, answer.body["message"]) == (400, 50035, "Invalid Form Body")
    assert answer.flaw(*path) == code
    assert not town.channel.messages


async def test_the_body_of_a_refusal_is_discords(town: Town, rest: Rest) -> None:
    body = {"embeds": [{"title": "ok"}, {"description": "x" * 4096}, {"description": "x" * 1903}]}
    answer = await rest.post(f"/channels/{town.channel.id}/messages", body)
    words = "Embed size exceeds maximum size of 6000"
    assert answer.body == {
        "message": "Invalid Form Body",
        "code": 50035,
        "errors": {"embeds": {"_errors": [{"code": "MAX_EMBED_SIZE_EXCEEDED", "message": words}]}},
    }


@pytest.mark.parametrize("body", [{}, {"content": "  "}, {"content": "", "embeds": [], "components": []}])
async def test_a_message_that_shows_nothing_is_refused(town: Town, rest: Rest, body: dict[str, Any]) -> None:
    answer = await rest.post(f"/channels/{town.channel.id}/messages", body)
    assert (answer.status, answer.code) == (400, 50006)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
names = st.sampled_from(
    ["content", "embeds", "components", "flags", "nonce", "allowed_mentions", "type", "id", "url"]
)
bodies = st.recursive(
    json_values | st.dictionaries(names, json_values),
    lambda inner: st.dictionaries(names, inner | st.lists(inner, max_size=3)),
    max_leaves=10,
)


def outcome(body: object) -> object:
    try:
        return read(MessageForm, body).shown()
    except ApiError as refusal:
        return refusal.code


@given(body=bodies)
@settings(max_examples=300, deadline=None)
def test_any_json_is_refused_or_shows_the_same_when_read_again(body: object) -> None:
    shown = outcome(body)
    if shown != 50035:
        assert isinstance(body, dict)
        assert isinstance(shown, dict)
        assert outcome(shown | {"flags": body.get("flags")}) == shown
