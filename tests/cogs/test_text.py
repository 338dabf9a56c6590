import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogs.cards.text import ELLIPSIS, clean, escape, fit, joined, link, plain, size


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**bold** _it_ ~~no~~ `code` ||hid||", r"\*\*bold\*\* \_it\_ \~\~no\~\~ \`code\` \|\|hid\|\|"),
        ("<@123> <#4> <t:0:R> <:e:5>", r"\<@123\> \<#4\> \<t:0:R\> \<:e:5\>"),
        ("[click](https://evil.example/a_b)", r"\[click\](https://evil.example/a_b)"),
        ("see https://x.org/a_b_c, or not", "see https://x.org/a_b_c, or not"),
        ("# big", r"\# big"),
        ("- item", r"\- item"),
        ("1. first", r"1\. first"),
        ("C:\\path", r"C:\\path"),
    ],
)
def test_markdown_is_shown_letter_by_letter(text: str, shown: str) -> None:
    assert escape(text) == shown


def test_what_turns_the_direction_or_hides_is_dropped() -> None:
    assert clean("a\u202egnp\u2066.exe\x00\u200b\n\tb") == "agnp.exe b"


def test_joiners_that_scripts_and_emoji_need_stay() -> None:
    family = "👩\u200d💻"
    assert clean(family) == family


@given(st.text(max_size=400), st.integers(1, 120))
def test_what_fits_is_within_the_limit_and_begins_like_the_text(text: str, limit: int) -> None:
    short = fit(text, limit)
    assert size(short) <= limit
    assert short == escape(clean(text)) or short.endswith(ELLIPSIS)


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=12), min_size=2, max_size=30), st.integers(20, 100))
def test_text_is_cut_between_words(words: list[str], limit: int) -> None:
    shown = fit(" ".join(words), limit, shown=plain).removesuffix(ELLIPSIS)
    assert shown.split() == words[: len(shown.split())]


@given(st.lists(st.text("abc", min_size=1, max_size=9), min_size=1, max_size=40), st.integers(30, 80))
def test_pieces_stay_whole_and_the_rest_is_counted(pieces: list[str], limit: int) -> None:
    line = joined(pieces, " · ", limit)
    assert size(line) <= limit
    shown = line.split(" · ")
    more = re.fullmatch(r"\+(\d+) more", shown[-1])
    kept = shown[:-1] if more else shown
    assert kept == pieces[: len(kept)]
    assert len(kept) + int(more[1] if more else 0) == len(pieces)


def test_an_address_cannot_end_the_link_early() -> None:
    assert link("x", "https://a.example/(b)") == "[x](https://a.example/%28b%29)"
