import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.reading.openings import trimmed


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("However, lamps are often on.", "Lamps are often on."),
        ("Moreover, in this paper, we propose a lamp.", "Proposes a lamp."),
        ("In this work we introduce Dimmer.", "Introduces Dimmer."),
        ("Here, we describe Dimmer.", "Describes Dimmer."),
        ("To address these two challenges, this paper presents Dimmer.", "Presents Dimmer."),
        ("To bridge the gap, we use lamps.", "Uses lamps."),
        ("In this chapter, we introduce light.", "Introduces light."),
        ("To this end, we identify three lamps.", "Identifies three lamps."),
        ("Building on this insight, Dimmer dims.", "Dimmer dims."),
        ("Specifically, iFormer and o1 glow.", "iFormer and o1 glow."),
        ("Notably, o1 glows.", "o1 glows."),
        ("(ii) Lamps glow.", "Lamps glow."),
        ("Together, these results suggest light.", "These results suggest light."),
    ],
)
def test_openings_that_only_tie_a_sentence_to_others_are_taken_away(written: str, shown: str) -> None:
    assert trimmed(written) == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("We propose Dimmer, a lamp that dims.", "Proposes Dimmer, a lamp that dims."),
        ("We also study how lamps glow.", "Studies how lamps glow."),
        ("We formally define what light is.", "Formally defines what light is."),
        ("We show that lamps do not glow.", "Shows that lamps do not glow."),
        ("We argue that lamps may glow.", "Argues that lamps may glow."),
        ("This paper also analyzes lamps.", "Analyzes lamps."),
        ("Our study reveals lamps.", "Reveals lamps."),
        ("We open-source all lamps.", "Open-sources all lamps."),
    ],
)
def test_the_paper_itself_is_who_does_it(written: str, shown: str) -> None:
    assert trimmed(written) == shown


@pytest.mark.parametrize(
    "sentence",
    [
        "We believe that lamps glow.",
        "We propose: 1) A lamp.",
        "We hope that lamps will glow.",
        "We do not propose a lamp.",
        "We have proposed a lamp.",
        "We trained a lamp and tested it.",
        "We propose a lamp and evaluate it on ten homes.",
        "We collect lamps, test them, and release them.",
        "We review lamps and systematize them.",
        "Given this condition, lamps glow.",
        "Under these conditions, lamps glow.",
        "To address the lack of light, a lamp is lit.",
        "To do this without power, we use lamps and test them.",
        "For example, lamps glow.",
        "Overall, lamps save 5%.",
        "Lamps, however, glow.",
        "If not, lamps glow.",
        "This paper is about lamps.",
        "This position paper argues for lamps.",
        "Surprisingly, lamps glow.",
    ],
)
def test_hedges_conditions_and_doubtful_grammar_stay(sentence: str) -> None:
    assert trimmed(sentence) == sentence


BEGINNINGS = [
    "However, ",
    "we ",
    "In this paper, ",
    "propose ",
    "To these ",
    "and ",
    "a) ",
    "Notably, ",
    "I ",
    "o1 ",
]


@given(st.text(max_size=200) | st.lists(st.sampled_from(BEGINNINGS)).map("".join))
def test_only_the_beginning_changes(text: str) -> None:
    shown = trimmed(text)
    assert len(shown) <= len(text) + 2
    changed = shown.split(" ", 2)
    assert len(changed) < 3 or text.endswith(changed[2])
