import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.tokens import contains, tokenise


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("GPT-4o and naïve Résumés", ["gpt", "4o", "and", "naive", "resumes"]),
        ("snake_case 3D x²", ["snake", "case", "3d", "x2"]),
        ("大模型 in 東京", ["大", "模", "型", "in", "東", "京"]),
        ("Straße ＦＵＬＬ ﬁne", ["strasse", "full", "fine"]),
        ("🙂 — * ()", []),
    ],
)
def test_words_are_cut_and_folded(text: str, tokens: list[str]) -> None:
    assert tokenise(text) == tokens


@given(st.text())
def test_a_token_holds_no_ascii_but_small_letters_and_digits(text: str) -> None:
    for token in tokenise(text):
        assert token
        assert not any(char.isspace() for char in token)
        assert re.fullmatch(r"[a-z0-9]*", "".join(char for char in token if char.isascii()))


@given(st.text())
def test_tokens_cut_again_are_themselves(text: str) -> None:
    tokens = tokenise(text)
    assert tokenise(" ".join(tokens)) == tokens


@pytest.mark.parametrize(
    ("phrase", "found"), [(["b", "c"], True), (["a", "c"], False), (["c", "d"], False), ([], False)]
)
def test_a_phrase_is_found_side_by_side_only(phrase: list[str], *, found: bool) -> None:
    assert contains(["a", "b", "c"], phrase) is found
