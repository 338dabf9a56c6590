import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from papers.digest.bullets import join, split
from papers.text import normalise

piece = st.sampled_from(
    [
        " - ",
        "- ",
        "-",
        "•",
        " * ",
        "**-** ",
        "(",
        ")",
        ". ",
        "i) ",
        "ii) ",
        "1. ",
        "&#32;",
        "&#45;",
        "&amp;",
        "\\|",
        "A",
    ]
)
bullet = st.lists(piece | st.text(max_size=3)).map("".join).map(lambda text: normalise(text) or "x")


@pytest.mark.parametrize(
    ("cell", "bullets"),
    [
        ("", ()),
        ("-", ()),
        ("One sentence. And another.", ("One sentence. And another.",)),
        ("- One. - Two.  -  Three", ("One.", "Two.", "Three")),
        ("- no full stop - nor here", ("no full stop", "nor here")),
        ("One. - Two.", ("One.", "Two.")),
        ("A model - a large one - is shown.", ("A model - a large one - is shown.",)),
        ("A model. - It is large - very large.", ("A model.", "It is large - very large.")),
        ("A heading - One. - Two. - Three.", ("A heading", "One.", "Two.", "Three.")),
        ("- Language models (large - LLMs) speak. - Two.", ("Language models (large - LLMs) speak.", "Two.")),
        ("- From 0.1 - 0.5 it holds. - Two.", ("From 0.1 - 0.5 it holds.", "Two.")),
        ("-One. -Two. -Three-fold.", ("One.", "Two.", "Three-fold.")),
        ("- At -5 degrees.", ("At -5 degrees.",)),
        ("-\n One. -\n Two.", ("One.", "Two.")),
        ("• One • Two - or three", ("One", "Two - or three")),
        ("* One * Two", ("One", "Two")),
        ("S* beats A * B - so far.", ("S* beats A * B - so far.",)),
        ("**-** One. **-** Two.", ("One.", "Two.")),
        ("*- One. - Two.", ("One.", "Two.")),
        ("**Key points:** - One. - Two.", ("**Key points:**", "One.", "Two.")),
        ("a) One. b) Two (see a) above). c) Three.", ("One.", "Two (see a) above).", "Three.")),
        ("i) alone is no list.", ("i) alone is no list.",)),
    ],
)
def test_bullets_are_told_apart(cell: str, bullets: tuple[str, ...]) -> None:
    assert split(cell) == bullets


def test_bullets_are_written_as_the_publisher_writes_them() -> None:
    assert join(["One.", " Two,  with\nspace.", ""]) == "- One. - Two, with space."


@given(st.lists(bullet))
@example(["a", "b - c", "- d", "e -f", "(g", "h)", "0", "1", "i) j", "• k"])
def test_bullets_survive_one_line(bullets: list[str]) -> None:
    cell = join(bullets)
    assert "\n" not in cell
    assert "|" not in cell
    assert split(cell) == tuple(bullets)
