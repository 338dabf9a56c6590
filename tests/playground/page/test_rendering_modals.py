"""Forms as the page shows them."""

import pytest

from playground import contents
from playground.errors import Json
from playground.forms.base import read
from playground.forms.modals import ModalForm
from support.drawn import Drawn, world
from support.markup import Element, parse


@pytest.fixture
def drawn() -> Drawn:
    return world()


def shown(drawn: Drawn, *components: Json) -> Element:
    form = read(ModalForm, {"custom_id": "form", "title": "Form", "components": components})
    written = form.model_dump(mode="json", exclude_none=True)
    contents.components(written["components"], drawn.world.ids)
    return parse(str(drawn.renderer().modal(written, drawn.channel)))


def labelled(component: Json, **label: str) -> Json:
    return {"type": 18, "label": "Question", "component": component} | label


def test_a_line_to_write(drawn: Drawn) -> None:
    text = {
        "type": 4,
        "style": 1,
        "custom_id": "q",
        "min_length": 2,
        "max_length": 9,
        "value": '"<b>',
        "placeholder": "like so",
    }
    field = shown(drawn, labelled(text, description="Say <it>")).one("label", css="field")
    assert (field.one(css="field-label").text, field.one(css="field-note").text) == ("Question", "Say <it>")
    assert field.one("input").attrs == {
        "type": "text",
        "name": "q",
        "dir": "auto",
        "minlength": "2",
        "maxlength": "9",
        "placeholder": "like so",
        "required": None,
        "value": '"<b>',
    }


def test_a_paragraph_to_write_keeps_its_line_breaks(drawn: Drawn) -> None:
    text = {"type": 4, "style": 2, "custom_id": "q", "required": False, "value": "\n</textarea>\n"}
    area = shown(drawn, labelled(text)).one("textarea")
    assert area.text == "\n\n</textarea>\n", "a browser drops the first line break"
    assert "required" not in area.attrs


def test_a_row_with_a_text_input_that_has_its_own_label(drawn: Drawn) -> None:
    text = {"type": 4, "style": 1, "custom_id": "q", "label": "Old"}
    assert shown(drawn, {"type": 1, "components": [text]}).one("label").text == "Old"


def test_text_between_fields(drawn: Drawn) -> None:
    field = labelled({"type": 4, "style": 1, "custom_id": "q"})
    assert (
        shown(drawn, {"type": 10, "content": "**bold**"}, field).one(css="text-display").one("strong").text
        == "bold"
    )


def test_a_menu_belongs_to_the_form(drawn: Drawn) -> None:
    menu = labelled({"type": 5, "custom_id": "who", "required": False})
    other = labelled({"type": 3, "custom_id": "what", "options": [{"label": "One", "value": "1"}]})
    root = shown(drawn, menu, other)
    first, second = root.all(css="select")
    assert (first.attrs["data-field"], first.attrs["data-least"], second.attrs["data-least"]) == (
        "who",
        "0",
        "1",
    )
    assert not {"data-select", "data-message"} & first.attrs.keys()
    assert [each.text for each in first.all(css="option-label")] == ["@olga", "@mika", "@Paperboy"]
    assert [each.attrs["aria-label"] for each in root.all(css="field")] == ["Question", "Question"]


def test_one_of_several(drawn: Drawn) -> None:
    options = [
        {"label": "One", "value": "1", "description": "first"},
        {"label": "Two", "value": "2", "default": True},
    ]
    group = shown(drawn, labelled({"type": 21, "custom_id": "r", "options": options})).one(css="field")
    inputs = group.all("input")
    assert group.attrs["role"] == "radiogroup"
    assert [(each.attrs["type"], each.attrs["name"], each.attrs["value"]) for each in inputs] == [
        ("radio", "r", "1"),
        ("radio", "r", "2"),
    ]
    assert ["checked" in each.attrs for each in inputs] == [False, True]
    assert ["required" in each.attrs for each in inputs] == [True, True]
    assert group.one(css="option-note").text == "first"


def test_some_of_several(drawn: Drawn) -> None:
    options = [{"label": "One", "value": "1"}, {"label": "Two", "value": "2"}]
    inputs = shown(drawn, labelled({"type": 22, "custom_id": "c", "options": options})).all("input")
    assert [(each.attrs["type"], "required" in each.attrs) for each in inputs] == [("checkbox", False)] * 2


@pytest.mark.parametrize("ticked", [True, False])
def test_one_thing_to_tick(drawn: Drawn, *, ticked: bool) -> None:
    box = shown(drawn, labelled({"type": 23, "custom_id": "t", "default": ticked})).one("label").one("input")
    assert (box.attrs["type"], box.attrs["value"], "checked" in box.attrs) == ("checkbox", "true", ticked)
