"""Whatever stands in a text, what comes out is whole, harmless, and says the same."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from playground.page.drawing import markdown
from playground.page.drawing.cleaning import ATTRIBUTES, TAGS, clean
from support.markup import Element, parse
from support.names import FewNames

NAMES = FewNames()
LONGEST = 4096
_SAFE_HREF = re.compile(r"https?://.*|#/c/[0-9]+", re.DOTALL)

MARKS = [
    *(
        "*",
        "**",
        "***",
        "_",
        "__",
        "~~",
        "||",
        "`",
        "``",
        "```",
        "\\",
        "\n",
        " ",
        "\n\n",
        "|",
        "[",
        "]",
        "(",
        ")",
    ),
    *(
        "> ",
        ">>> ",
        "- ",
        "  - ",
        "1. ",
        "# ",
        "### ",
        "-# ",
        "[](",
        "](https://a.example)",
        "](javascript:a)",
    ),
    *(
        "<",
        ">",
        "<@1>",
        "<@!2>",
        "<@&3>",
        "<#4>",
        "<t:",
        "<t:1:R>",
        "<t:99999999999:F>",
        "<:ab:5>",
        "</f g:6>",
    ),
    *(
        "https://b.example/",
        "://",
        "@",
        "@everyone",
        "&amp;",
        "<script>",
        "</div>",
        "<!--",
        "\x00",
        "\u202e",
        "\ufeff",
    ),
    *("\ud800", "\udc00", "e\u0301", "👩\u200d🚀", '"', "'", "\t", "\r\n", "\u2028", "\x1b"),
]
hostile = st.one_of(
    st.text(st.characters(), max_size=300),
    st.lists(st.sampled_from(MARKS) | st.text(max_size=5), max_size=80).map("".join),
)
WORDS = ["άλφα", "βήτα", "γάμμα", "δέλτα"]
LETTERS = re.compile("[ά-ώ]")


def held(html: str) -> Element:
    """What was parsed, once everything in it is found to be allowed."""
    root = parse(html)
    for element in root.walk():
        assert element.tag in TAGS
        assert set(element.attrs) <= ATTRIBUTES.get(element.tag, set())
        assert _SAFE_HREF.fullmatch(element.attrs.get("href") or "https://")
        assert element.tag != "a" or not element.all("a")
    return root


@settings(deadline=None)
@given(hostile)
@example("half a \ud83d character")
def test_no_text_breaks_out(text: str) -> None:
    held(str(markdown.render(text, NAMES)))
    held(str(markdown.render_title(text, NAMES)))


@settings(deadline=None)
@given(st.lists(st.sampled_from(MARKS) | st.sampled_from(WORDS), max_size=60))
def test_no_word_is_lost_or_comes_twice(parts: list[str]) -> None:
    text = "".join(parts)
    root = held(str(markdown.render(text, NAMES)))
    assert LETTERS.findall(root.text) == LETTERS.findall(text)


@pytest.mark.parametrize(
    "part",
    [
        *(
            "*",
            "**",
            "*a",
            "**a ",
            "_a",
            "__a",
            "~~",
            "~~_",
            "|",
            "||",
            "||a",
            "`",
            "`a",
            "```",
            "[",
            "[](",
            "[\\",
        ),
        *(
            "](",
            "<",
            "<t:",
            "<@",
            "<@1>",
            "\\",
            "\n",
            "> ",
            ">>> ",
            "- ",
            "- a\n",
            " - ",
            "1. ",
            "# ",
            "-# ",
            "://",
        ),
        *(
            "https://",
            "https://a.example/*",
            "[a](https://a.example/(",
            "@",
            "&",
            "\x00",
            "\u202e",
            "a",
            "👩\u200d🚀",
        ),
        *("_*|", "\n> ", "<script>", "[a](https://a.example)"),
    ],
)
def test_the_longest_text_of_one_thing(part: str) -> None:
    held(str(markdown.render((part * LONGEST)[:LONGEST], NAMES)))


@pytest.mark.parametrize(
    "text",
    [
        "> " * 1000 + "deep",
        "\n".join(" " * depth + "- deep" for depth in range(60)),
        "".join("*" * run + "a" for run in range(1, 90)),
        "".join("`" * run + "a" for run in range(1, 90)),
        "[" * 1000 + "deep" + "](https://a.example)" * 100,
        "**a __b ~~c ||d *e _f " * 100 + "deep",
        "```" + "\n" * 4000,
        "**" + "a" * 4000,
    ],
)
def test_deep_and_crooked_texts(text: str) -> None:
    root = held(str(markdown.render(text, NAMES)))
    assert ("deep" in root.text) is ("deep" in text)


def test_lists_in_lists_end_somewhere() -> None:
    text = "\n".join(f"{' ' * depth}- {depth}," for depth in range(60))
    root = held(str(markdown.render(text, NAMES)))
    assert 10 <= len(root.all("ul")) <= 20
    assert re.findall(r"\d+", root.text) == [str(depth) for depth in range(60)]


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        ('<a href="javascript:a()">x</a>', "<a>x</a>"),
        ('<a href="//a.example">x</a>', "<a>x</a>"),
        ('<a href="#/c/1" onclick="a()" style="b" class="button">x</a>', '<a href="#/c/1">x</a>'),
        ('<img src="https://a.example"><iframe></iframe><svg></svg>', ""),
        ("<script>a()</script><style>b</style>", "a()b"),
        (
            '<span class="spoiler" role="alert" data-press="1" id="m-1">x</span>',
            '<span class="spoiler">x</span>',
        ),
        (
            '<code class="language-c++">x</code><code class="embed">y</code>',
            '<code class="language-c++">x</code><code>y</code>',
        ),
    ],
)
def test_the_second_wall_holds_alone(html: str, cleaned: str) -> None:
    assert clean(html) == cleaned
