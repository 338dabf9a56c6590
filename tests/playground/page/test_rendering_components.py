"""Buttons, menus and the components that make up a message."""

import pytest

from playground.errors import Json
from playground.world import ChannelType
from support.drawn import Drawn, in_row, with_components, world
from support.markup import Element


@pytest.fixture
def drawn() -> Drawn:
    return world()


@pytest.mark.parametrize("style", [1, 2, 3, 4])
def test_a_button_says_what_to_press(drawn: Drawn, style: int) -> None:
    message = drawn.post(in_row({"type": 2, "style": style, "label": "Go <on>", "custom_id": 'a"b'}))
    item = drawn.show(message)
    assert item.one(css="row").attrs["aria-label"] == "Actions"
    button = item.one(css="button")
    assert (button.tag, button.text) == ("button", "Go <on>")
    assert (button.attrs["data-press"], button.attrs["data-message"]) == ('a"b', message["id"])
    assert (f"style-{style}" in button.classes, "disabled" in button.attrs) == (True, False)


def test_a_link_leads_out(drawn: Drawn) -> None:
    link = drawn.shown(in_row({"type": 2, "style": 5, "label": "Out", "url": "https://x.example"})).one(
        css="button"
    )
    assert (link.tag, link.attrs["href"], link.attrs["target"]) == ("a", "https://x.example", "_blank")
    assert link.attrs["rel"] == "noopener noreferrer nofollow"
    assert "data-press" not in link.attrs


def test_a_link_leads_nowhere_where_a_browser_would_run_it(drawn: Drawn) -> None:
    message = drawn.post(in_row({"type": 2, "style": 5, "label": "Out", "url": "discord://-/store"}))
    button = message["components"][0]["components"][0]
    assert drawn.show(message).one(css="button").attrs["href"] == "discord://-/store"
    button["url"] = "javascript:alert(1)"
    assert "href" not in drawn.show(message).one(css="button").attrs


@pytest.mark.parametrize(
    ("button", "tag", "attribute"),
    [
        ({"style": 1, "label": "x", "custom_id": "x"}, "button", "disabled"),
        ({"style": 5, "label": "x", "url": "https://x.example"}, "a", "aria-disabled"),
    ],
)
def test_a_disabled_button_does_nothing(drawn: Drawn, button: Json, tag: str, attribute: str) -> None:
    shown = drawn.shown(in_row({"type": 2, "disabled": True} | button)).one(css="button")
    assert (shown.tag, attribute in shown.attrs, "href" in shown.attrs) == (tag, True, False)


@pytest.mark.parametrize(
    ("button", "text"),
    [
        ({"style": 1, "custom_id": "x", "emoji": {"name": "▶"}}, "▶"),
        ({"style": 1, "custom_id": "x", "emoji": {"name": "go", "id": "5"}, "label": "Go"}, ":go: Go"),
        ({"style": 1, "custom_id": "x", "emoji": {}}, "Button"),
        ({"style": 6, "sku_id": "5"}, "Premium"),
    ],
)
def test_what_a_button_reads(drawn: Drawn, button: Json, text: str) -> None:
    assert drawn.shown(in_row({"type": 2} | button)).one(css="button").text == text


def chosen(menu: Element) -> list[str]:
    return [
        each.one(css="option-label").text for each in menu.all("li") if each.attrs["aria-selected"] == "true"
    ]


def test_a_menu_of_strings(drawn: Drawn) -> None:
    options = [
        {"label": "One", "value": "1", "description": "the first", "emoji": {"name": "🥇"}},
        {"label": "Two", "value": "2", "default": True},
        {"label": "Three", "value": "3", "default": True},
    ]
    body = {
        "type": 3,
        "custom_id": "pick",
        "options": options,
        "placeholder": "Pick",
        "min_values": 0,
        "max_values": 2,
    }
    message = drawn.post(in_row(body))
    menu = drawn.show(message).one(css="select")
    assert menu.attrs == {
        "class": "select",
        "data-select": "pick",
        "data-message": message["id"],
        "data-least": "0",
        "data-most": "2",
    }
    button, box = menu.one("button"), menu.one("ul")
    assert (button.text, button.attrs["aria-haspopup"], button.attrs["aria-expanded"]) == (
        "Two, Three",
        "listbox",
        "false",
    )
    assert (box.attrs["aria-label"], box.attrs["aria-multiselectable"], "hidden" in box.attrs) == (
        "Pick",
        "true",
        True,
    )
    assert [each.attrs["data-value"] for each in box.all("li")] == ["1", "2", "3"]
    assert (box.one(css="option-note").text, box.one(css="emoji").text) == ("the first", "🥇")
    assert chosen(menu) == ["Two", "Three"]


def test_a_menu_says_what_to_do_while_nothing_is_chosen(drawn: Drawn) -> None:
    options = [{"label": "One", "value": "1"}]
    menu = drawn.shown(in_row({"type": 3, "custom_id": "a", "options": options, "disabled": True})).one(
        css="select"
    )
    assert (menu.one("button").text, "disabled" in menu.one("button").attrs) == ("Make a selection", True)
    assert "aria-multiselectable" not in menu.one("ul").attrs


def offered(drawn: Drawn, menu: Json) -> list[str]:
    item = drawn.shown(in_row({"custom_id": "pick"} | menu))
    return [each.text for each in item.all(css="option-label")]


def test_menus_offer_who_and_what_there_is(drawn: Drawn) -> None:
    drawn.world.add_role(drawn.guild, "readers", 0)
    drawn.world.add_user("stranger")
    drawn.world.add_channel(drawn.guild, "hidden").overwrites[drawn.guild.id] = (0, 1 << 10)
    drawn.world.add_channel(drawn.guild, "forum", ChannelType.FORUM)
    people, roles = ["@olga", "@mika", "@Paperboy"], ["@everyone", "@readers"]
    assert offered(drawn, {"type": 5}) == people
    assert offered(drawn, {"type": 6}) == roles
    assert offered(drawn, {"type": 7}) == people + roles
    assert offered(drawn, {"type": 8}) == ["#papers", "#forum"]
    assert offered(drawn, {"type": 8, "channel_types": [15]}) == ["#forum"]


def test_what_a_menu_of_people_begins_with(drawn: Drawn) -> None:
    defaults = [{"id": str(drawn.member.id), "type": "user"}, {"id": "5", "type": "user"}]
    body = {"type": 5, "custom_id": "pick", "default_values": defaults, "max_values": 3}
    menu = drawn.shown(in_row(body)).one(css="select")
    assert chosen(menu) == ["@mika"]
    assert menu.one(css="select-button").text == "@mika"


def test_a_section_stands_beside_its_button(drawn: Drawn) -> None:
    button = {"type": 2, "style": 1, "label": "Go", "custom_id": "go"}
    texts = [{"type": 10, "content": f"**{number}**"} for number in (1, 2)]
    section = drawn.shown(with_components({"type": 9, "components": texts, "accessory": button})).one(
        css="section"
    )
    assert [each.one("strong").text for each in section.one(css="texts").all(css="text-display")] == [
        "1",
        "2",
    ]
    assert section.one(css="accessory").one("button").attrs["data-press"] == "go"


def test_a_container_has_its_colour_and_may_be_a_spoiler(drawn: Drawn) -> None:
    text = {"type": 10, "content": "x"}
    coloured = {"type": 17, "accent_color": 255, "spoiler": True, "components": [text]}
    item = drawn.shown(with_components(coloured, {"type": 17, "components": [text]}))
    first, second = item.all(css="container")
    assert (first.one(css="bar").one("rect").attrs["fill"], second.all(css="bar")) == ("#0000ff", [])
    assert (first.attrs["aria-label"], first.attrs["tabindex"]) == ("Spoiler, hidden", "0")
    assert ("spoiler" in first.classes, "spoiler" in second.classes) == (True, False)


def test_pictures_of_a_gallery_and_beside_a_section(drawn: Drawn) -> None:
    media = {"url": "https://pictures.example/a.png"}
    gallery = {
        "type": 12,
        "items": [{"media": media, "description": "A plot"}, {"media": media, "spoiler": True}],
    }
    thumbnail = {"type": 11, "media": {"url": "attachment://a.png"}, "description": "A cover"}
    section = {"type": 9, "components": [{"type": 10, "content": "x"}], "accessory": thumbnail}
    item = drawn.shown(with_components(gallery, section))
    plot, hidden = item.one(css="gallery").all("a")
    assert (plot.text, hidden.text) == (
        "A plot (Picture from pictures.example)",
        "Picture from pictures.example",
    )
    assert item.one(css="gallery").one(css="spoiler").all("a") == [hidden]
    assert item.one(css="accessory").text == "A cover"


@pytest.mark.parametrize(
    ("separator", "classes"),
    [
        ({}, {"separator", "line"}),
        ({"divider": False}, {"separator"}),
        ({"spacing": 2}, {"separator", "large", "line"}),
    ],
)
def test_separators(drawn: Drawn, separator: Json, classes: set[str]) -> None:
    item = drawn.shown(with_components({"type": 14} | separator))
    assert item.one(css="separator").classes == classes
