"""What a form may hold, and what may be filled in, whatever comes."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from playground import permissions
from playground.errors import ApiError, PlaygroundError
from playground.forms.base import read
from playground.forms.callbacks import ModalAnswer
from playground.interactions.resolved import Resolved
from playground.interactions.submission import Submission
from playground.world import World
from support.discord_description import Description
from support.discord_modals import MENU, OLD_TEXT, RADIO, TEXT, TICK, TICKS, entities, label, options
from support.discord_town import DAY

CALLBACK = "/interactions/1/t/callback"


OLD_LINE = {"type": 4, "custom_id": "old", "style": 2, "label": "Old"}


def refusals(*components: object, **more: object) -> dict[str, Any]:
    """The flaws of a form, by path; none where it is taken."""
    try:
        read(ModalAnswer, {"data": {"custom_id": "f", "title": "x", "components": [*components], **more}})
    except ApiError as error:
        return dict(flat(error.errors or {}))
    return {}


def flat(errors: Any, path: str = "") -> list[tuple[str, str]]:  # noqa: ANN401 - JSON
    if "_errors" in errors:
        return [(path.removeprefix(".data."), errors["_errors"][0]["code"])]
    return [found for step, inner in errors.items() for found in flat(inner, f"{path}.{step}")]


def text(**more: object) -> dict[str, Any]:
    return label("x", {"type": 4, "custom_id": "t", "style": 1, **more})


@pytest.mark.parametrize(
    ("component", "flaw"),
    [
        (label("x" * 46, TEXT["component"]), {"components.0.label": "BASE_TYPE_MAX_LENGTH"}),
        (label("", TEXT["component"]), {"components.0.label": "BASE_TYPE_REQUIRED"}),
        (
            label("x", TEXT["component"], description="x" * 101),
            {"components.0.description": "BASE_TYPE_MAX_LENGTH"},
        ),
        (text(placeholder="x" * 101), {"components.0.component.placeholder": "BASE_TYPE_MAX_LENGTH"}),
        (text(value="x" * 4001), {"components.0.component.value": "BASE_TYPE_MAX_LENGTH"}),
        (text(max_length=0), {"components.0.component.max_length": "NUMBER_TYPE_MIN"}),
        (text(max_length=4001), {"components.0.component.max_length": "NUMBER_TYPE_MAX"}),
        (text(min_length=-1), {"components.0.component.min_length": "NUMBER_TYPE_MIN"}),
        (
            text(min_length=5, max_length=4),
            {"components.0.component.min_length": "TEXT_INPUT_COMPONENT_INVALID_LENGTH"},
        ),
        (text(style=3), {"components.0.component.style": "BASE_TYPE_CHOICES"}),
        (text(custom_id="x" * 101), {"components.0.component.custom_id": "BASE_TYPE_MAX_LENGTH"}),
        (
            {"type": 1, "components": [{"type": 4, "custom_id": "t", "style": 1}]},
            {"components.0.components.0.label": "BASE_TYPE_REQUIRED"},
        ),
        (
            {"type": 1, "components": [OLD_LINE] * 2},
            {"components.0.components": "BASE_TYPE_MAX_LENGTH"},
        ),
        (
            {"type": 1, "components": [MENU["component"]]},
            {"components.0.components.0": "UNION_TYPE_CHOICES"},
        ),
        (label("x", {"type": 2, "custom_id": "b"}), {"components.0.component": "UNION_TYPE_CHOICES"}),
        ({"type": 9}, {"components.0": "UNION_TYPE_CHOICES"}),
        (
            label("x", MENU["component"] | {"disabled": True}),
            {"components.0.component.disabled": "MODAL_COMPONENT_CANNOT_BE_DISABLED"},
        ),
        (
            label("x", {"type": 5, "custom_id": "p", "default_values": [{"type": "user"}]}),
            {"components.0.component.default_values.0.id": "BASE_TYPE_REQUIRED"},
        ),
        (
            label("x", {"type": 5, "custom_id": "p", "default_values": [{"type": "bot", "id": "1"}]}),
            {"components.0.component.default_values.0.type": "BASE_TYPE_CHOICES"},
        ),
        (
            label("x", TICKS["component"] | {"min_values": 0}),
            {"components.0.component.min_values": "COMPONENT_MIN_VALUES_REQUIRED"},
        ),
        (
            label("x", {"type": 21, "custom_id": "r", "options": options("one")}),
            {"components.0.component.options": "BASE_TYPE_MIN_LENGTH"},
        ),
        (
            label("x", {"type": 22, "custom_id": "c", "options": options(*"abcdefghijk")}),
            {"components.0.component.options": "BASE_TYPE_MAX_LENGTH"},
        ),
    ],
)
def test_a_limit_is_named_with_its_path(component: dict[str, Any], flaw: dict[str, str]) -> None:
    assert refusals(component) == flaw


def test_what_is_within_the_limits_is_taken() -> None:
    wide = text(value="x" * 4000, placeholder="x" * 100, min_length=4000, max_length=4000)
    optional = label("x" * 45, MENU["component"] | {"min_values": 0, "required": False, "disabled": False})
    assert refusals(OLD_TEXT, wide, optional, TICKS, TICK) == {}
    assert (
        refusals(
            *(entities(kind) | {"component": {"type": kind, "custom_id": f"{kind}"}} for kind in (5, 6, 7, 8))
        )
        == {}
    )


def test_a_form_has_one_to_five_parts_a_title_and_a_name() -> None:
    assert refusals() == {"components": "BASE_TYPE_MIN_LENGTH"}
    texts = [{"type": 10, "content": "x"}] * 6
    assert refusals(*texts[:5]) == {}
    assert refusals(*texts) == {"components": "BASE_TYPE_MAX_LENGTH"}
    assert refusals(TEXT, title="x" * 46) == {"title": "BASE_TYPE_MAX_LENGTH"}
    assert refusals(TEXT, custom_id="") == {"custom_id": "BASE_TYPE_REQUIRED"}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 5000) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
FIELDS = [part["component"] for part in (TEXT, MENU, RADIO, TICKS, TICK, entities(5), entities(8))]


@st.composite
def parts(draw: st.DrawFn) -> dict[str, Any]:
    """A part of a form in which one thing may be another."""
    field = dict(draw(st.sampled_from(FIELDS)))
    keys = [
        *field,
        *("placeholder", "value", "required", "min_length", "max_values", "default", "default_values"),
    ]
    if draw(st.booleans()):
        field[draw(st.sampled_from(keys))] = draw(JSON | st.text(min_size=95, max_size=105))
    part = draw(st.sampled_from([OLD_TEXT, {"type": 10, "content": "x"}, label("Label", field)]))
    return {
        **part,
        **draw(st.dictionaries(st.sampled_from(["label", "description", "id", "type"]), JSON, max_size=1)),
    }


@pytest.fixture(scope="module")
def description(shared_data: Path) -> Description:
    return Description(shared_data / "discord" / "openapi.json")


@given(st.lists(parts() | JSON, max_size=6))
def test_a_form_is_taken_or_refused_and_nothing_else(components: list[Any]) -> None:
    assert all(path.startswith("components") for path in refusals(*components))


@given(st.lists(parts(), min_size=1, max_size=5))
@example([text(min_length="0" * 100, id="0" * 100)])
@example([label("x", {"type": 5, "custom_id": "p", "default_values": [{"type": "user", "id": "0" * 100}]})])
def test_what_is_taken_discord_takes_too(description: Description, components: list[dict[str, Any]]) -> None:
    operation = description.operation("POST", CALLBACK)
    assert operation is not None
    try:
        form = read(ModalAnswer, {"data": {"custom_id": "f", "title": "x", "components": components}})
    except ApiError:
        return
    body = {"type": 9} | form.model_dump(mode="json", exclude_none=True)
    assert [*description.problems(operation, {}, body)] == []


VALUES = st.text(max_size=7) | st.lists(
    st.sampled_from(["mon", "tue", "new", "text", "true", "false", "5", ""]), max_size=3
)


FILLED_IN = {"name": "mika", "days": "mon", "sort": "new", "tags": ["text"], "daily": "true"}


@given(st.dictionaries(st.sampled_from([*FILLED_IN, "unknown"]), VALUES, max_size=2))
def test_what_is_filled_in_is_within_the_limits_or_refused(values: dict[str, str | list[str]]) -> None:
    world = World(lambda: DAY)
    owner = world.add_user("olga")
    channel = world.add_channel(world.add_guild("Reading group", owner, permissions.MEMBER), "papers")
    components = [TEXT, MENU, RADIO, TICKS, TICK]
    numbered = [part | {"id": 1, "component": part["component"] | {"id": 2}} for part in components]
    form = {"custom_id": "f", "title": "x", "components": numbered}
    try:
        data = Submission(form, FILLED_IN | values, Resolved(world, channel, owner)).data()
    except PlaygroundError:
        return
    name, days, sort, tags, daily = (part["component"] for part in data["components"])
    assert 2 <= len(name["value"]) <= 5
    assert 1 <= len(days["values"]) <= 2
    assert {*days["values"]} <= {"mon", "tue", "sun"}
    assert sort["value"] in {None, "new", "best"}
    assert {*tags["values"]} <= {"text", "vision", "audio"}
    assert isinstance(daily["value"], bool)
