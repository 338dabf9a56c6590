"""Messages in a line of plain text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.messages import LOADING, SUPPRESS_EMBEDS
from playground.page.drawing.plain_text import cut, plain
from support.drawn import Drawn, in_row, with_components, world
from support.names import FewNames


@pytest.fixture
def drawn() -> Drawn:
    return world()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("**bold** _it_ ~~st~~ `code` ```py\nblock\n```", "bold it st code block"),
        ("# Title\n- one\n- two\n> three", "Title one two three"),
        ("[text](https://x.example) <@1> <#4> <:wave:1>", "text @mika #papers :wave:"),
        ("a ||secret **x** ```y``` <@1>|| b", "a (spoiler) b"),
        ("**||a ||b", "**(spoiler)b"),
        ("<t:0>", "1 January 1970 00:00 UTC"),
    ],
)
def test_marks_are_left_out_and_spoilers_stay_hidden(text: str, said: str) -> None:
    assert cut(plain(text, FewNames()), 200) == said


def test_what_a_message_says(drawn: Drawn) -> None:
    plain_of = drawn.renderer().plain
    embeds = {"content": "Look:", "embeds": [{"title": "**T**", "description": "d\nd"}, {"title": "U"}]}
    assert plain_of(drawn.post(embeds)) == "Look: T d d U"
    assert plain_of(drawn.post(embeds | {"flags": SUPPRESS_EMBEDS})) == "Look:"
    text = {"type": 10, "content": "# In a box"}
    assert plain_of(drawn.post(with_components({"type": 17, "components": [text]}))) == "In a box"
    assert plain_of(drawn.private({}, LOADING)) == "Paperboy is thinking…"


def test_where_there_is_no_text_what_can_be_pressed_is_said(drawn: Drawn) -> None:
    options = [{"label": "One", "value": "1"}]
    menu = {"type": 3, "custom_id": "m", "placeholder": "Pick", "options": options}
    rows = [
        {"type": 1, "components": [{"type": 2, "style": 1, "label": "Go", "custom_id": "g"}]},
        {"type": 1, "components": [menu]},
    ]
    assert drawn.renderer().plain(drawn.post({"components": rows})) == "Go, Pick"
    nothing = drawn.post(
        in_row({"type": 2, "style": 1, "emoji": {"name": "x"}, "custom_id": "g"}) | {"content": ""}
    )
    assert drawn.renderer().plain(nothing) == "A message without text."


@settings(deadline=None)
@given(st.text(max_size=60), st.integers(min_value=1, max_value=40))
def test_a_cut_text_is_one_short_line_that_begins_the_same(text: str, limit: int) -> None:
    line = " ".join(text.split())
    shown = cut(text, limit)
    assert len(shown) <= limit
    assert shown == line or line.startswith(shown.removesuffix("…"))


def test_a_text_is_cut_behind_a_word() -> None:
    assert cut("one two three", 9) == "one two…"
    assert cut("one two", 7) == "one two"
    assert cut("overlong", 5) == "over…"


def test_long_messages_are_announced_in_short(drawn: Drawn) -> None:
    said = drawn.renderer().plain(drawn.post({"content": "word " * 300}))
    assert 190 < len(said) <= 200
    assert said.endswith("word…")
