"""Bullets that a language model may have been talked into, and what is left of them."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.reading.language_model.bullets import FEWEST, LONGEST, MOST, checked, clean
from papers.reading.language_model.figures import figures

GOOD = "A flow model that learns from tides."
OTHER = "It halves the error on every coast."
SOURCE = figures("Trained on 40 years of 3 coasts.")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("- A flow   model\nlearns.", "A flow model learns."),
        ("• A flow model.", "A flow model."),
        ("2. A flow model.", "A flow model."),
        ("**Flow** `model` of __tides__", "Flow model of tides"),
        (r"gains $3.5\times$ and 10\%", "gains 3.5× and 10%"),
        ("\u202eA\u200b flow\x00 model\x1b[31m\u2066", "A flow model[31m"),
        ("A\u2028flow\rmodel\t.", "A flow model ."),
        ("pass\u200d@1 \U000e0041flows", "pass@1 flows"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("||hidden|| flow", "hidden flow"),
        ("half \ud800 a character", "half  a character".replace("  ", " ")),
        ("snake_case and __init__ stay", "snake_case and init stay"),
    ],
)
def test_what_is_shown_is_one_line_of_plain_text(written: str, shown: str) -> None:
    assert clean(written) == shown


@pytest.mark.parametrize(
    "written",
    [
        "Read more at http://evil.example/x today.",
        "Read more at hxxp://evil.example today.",
        "Read more at https：//evil.example today.",
        "Read [more](https://evil.example 't') today.",
        "Read ![more] (evil) about it today.",
        "Read more at //evil.example today.",
        "Read more at www.evil.example today.",
        "Join discord.gg/abcdef for the details.",
        "Join evil.xyz/path for the details.",
        "Visit evil.com for the details.",
        "Write to someone@evil.com for details.",
        "Run javascript:alert(1) to see it.",
        "@everyone look at this new paper",
        "Hello ＠everyone look at this paper",
        "Hello @ everyone look at this",
        "@here is a paper that you need",
        "Ask <@123456789> about the model.",
        "Ask <@&123456789> about the model.",
        "Look into <#123456789> for the model.",
        "Emoji <:x:123456789> stands in it.",
        "Time <t:1700000000:R> stands in it.",
        "Use </subscribe:123456> to get them.",
        "Go to <id:browse> for the model.",
        "Trained on 41 years of the coasts.",
        "too few",
        "word " * (LONGEST // 5 + 1),
        "a" * 1_000_000,
    ],
)
def test_a_bullet_that_could_do_harm_is_dropped(written: str) -> None:
    outcome = checked([GOOD, written, OTHER], SOURCE)
    assert outcome.kept == (GOOD, OTHER)
    assert [len(dropped.text) <= LONGEST for dropped in outcome.dropped] == [True]


@pytest.mark.parametrize(
    "written",
    [
        "Reaches the best pass@3 on 40 coasts.",
        "Uses Node.js, llama.cpp and e.g. PyTorch.",
        "Data: three coasts, 40 years, and/or more.",
        "Works if a < b and c > d, as in <think>.",
        "Ist auf drei Küsten besser: 40 Jahre.",
    ],
)
def test_what_only_looks_like_it_stays(written: str) -> None:
    assert checked([GOOD, written], SOURCE).kept == (GOOD, written)


def test_the_reason_for_a_dropped_bullet_names_its_numbers() -> None:
    [dropped] = checked([GOOD, OTHER, "Needs 15 % of the 7B model."], SOURCE).dropped
    assert dropped.reason == "tells numbers that the paper does not: 15, 7B"


def test_with_one_good_bullet_there_are_none() -> None:
    assert checked([GOOD, "@everyone look at this paper"], SOURCE).kept == ()
    assert checked([GOOD, f"- {GOOD}"], SOURCE).kept == ()
    assert checked([], SOURCE).kept == ()


def test_there_are_five_at_most_in_their_order() -> None:
    written = [f"A sentence about {word} and more." for word in ("a", "b", "c", "d", "e", "f", "g")]
    assert checked(written, SOURCE).kept == tuple(written[:5])


@settings(deadline=None)
@given(
    st.lists(st.text(max_size=600) | st.sampled_from([GOOD, OTHER, "@everyone, see evil.com/x"]), max_size=30)
)
def test_whatever_is_written_what_is_left_is_harmless(written: list[str]) -> None:
    kept = checked(written, SOURCE).kept
    assert not kept or FEWEST <= len(kept) <= MOST
    for text in kept:
        assert len(text) <= LONGEST
        assert text == " ".join(text.split())
        assert not {unicodedata.category(char) for char in text} & {"Cc", "Cs", "Co"}
        assert not re.search(r"://|@everyone|@here|<@|<#|\]\(", text)


@settings(deadline=None)
@given(st.text(max_size=300))
def test_nothing_invisible_is_left(text: str) -> None:
    shown = clean(text)
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\ufeff\n\x00]", shown)
