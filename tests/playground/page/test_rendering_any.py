"""Any message that the playground takes can be drawn."""

from hypothesis import given, settings
from hypothesis import strategies as st

from playground.errors import Json
from playground.messages import EPHEMERAL, LOADING
from playground.page.drawing.rendering import SPOKEN
from support.discord_messages import bodies
from support.drawn import world
from support.markup import Element

ELEMENTS = {
    *(
        "li",
        "div",
        "svg",
        "rect",
        "text",
        "h3",
        "span",
        "time",
        "b",
        "code",
        "p",
        "bdi",
        "article",
        "a",
        "button",
        "ul",
    ),
    *("strong", "em", "u", "s", "br", "blockquote", "pre", "ol", "h1", "h2", "h3", "small"),
}
"""What a message is made of; nothing here loads or runs anything."""


def harmless(item: Element) -> bool:
    """Whether nothing in it runs, loads, or has a style of its own."""
    return all(
        element.tag in ELEMENTS
        and not any(name.startswith("on") or name in {"style", "src"} for name in element.attrs)
        and str(element.attrs.get("href", "#/c/")).startswith(("https:", "http:", "discord:", "#/c/"))
        for element in item.walk()
    )


@settings(deadline=None)
@given(bodies, st.sampled_from([0, EPHEMERAL, LOADING]))
def test_every_message_can_be_drawn(body: Json, state: int) -> None:
    drawn = world()
    message = drawn.post(body)
    message["flags"] |= state
    item = drawn.show(message)
    assert harmless(item)
    assert 1 <= len(drawn.renderer().plain(message)) <= SPOKEN


@settings(deadline=None)
@given(bodies)
def test_what_can_be_used_is_there_to_be_used(body: Json) -> None:
    drawn = world()
    item = drawn.shown(body)
    shown = [each.attrs.get("data-press") or each.attrs.get("data-select") for each in item.walk()]
    assert sorted(filter(None, shown)) == sorted(_custom_ids(body["components"]))


def _custom_ids(components: list[Json]) -> list[str]:
    found = [item["custom_id"] for item in components if "custom_id" in item]
    for item in components:
        found += _custom_ids(
            [*item.get("components", []), *([item["accessory"]] if "accessory" in item else [])]
        )
    return found
