"""Links and classifications of an answer, held against the text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.reading.language_model.answers import Reading
from papers.reading.language_model.checks import PaperText, classifications
from papers.taxonomy import NAMES

TEXT = PaperText(
    "Tides",
    "Code: https://github.com/coast/tides. Weights at hf.co/coast/tides-7b; see also http://evil.example/x.",
)
CODE, MODEL = "https://github.com/coast/tides", "https://huggingface.co/coast/tides-7b"


def urls(*named: str) -> list[str]:
    return [link.url for link in TEXT.links(named)]


@pytest.mark.parametrize(
    ("named", "kept"),
    [
        ([CODE, MODEL], [CODE, MODEL]),
        ([MODEL, CODE, CODE], [CODE, MODEL]),
        (["http://www.github.com/coast/tides.git/tree/main?utm_source=x#y"], [CODE]),
        (["https://github.com/coast/other", "https://github.com/evil/tides"], []),
        (["https://huggingface.co/datasets/coast/tides-7b"], []),
        (["https://github.com/coast/tides\u0000.evil.example", "javascript:alert(1)", ""], []),
        (["https://github.com@evil.example/coast/tides", "https://evil.example/github.com/coast/tides"], []),
        (["x" * 10_000, CODE], [CODE]),
        ([], []),
    ],
)
def test_only_links_that_stand_in_the_text_are_kept(named: list[str], kept: list[str]) -> None:
    assert urls(*named) == kept


@settings(deadline=None)
@given(
    st.lists(st.text() | st.sampled_from([CODE, MODEL, "https://github.com/evil/x", "http://evil.example/x"]))
)
def test_no_answer_brings_a_link_of_its_own(named: list[str]) -> None:
    assert set(urls(*named)) <= {link.url for link in TEXT.links([CODE, MODEL, "http://evil.example/x"])}


def test_what_is_too_long_to_be_given_to_a_model_is_not_held_against_its_answer() -> None:
    text = PaperText("Tides", f"{'a ' * 10_000}73 lamps at {CODE}")
    assert text.links([CODE]) == ()
    assert text.bullets(["It dims 73 lamps.", "It dims lamps.", "It is slow."]).kept == (
        "It dims lamps.",
        "It is slow.",
    )


@pytest.mark.parametrize(
    ("named", "kept"),
    [
        (["Multimodal", "Text Generation"], ["Multimodal", "Text Generation"]),
        (["text-generation", "TEXT GENERATION", "Robotics"], ["Text Generation", "Robotics"]),
        (["Evil", "@everyone", "http://evil.example", "", "x" * 10_000, "Robotics"], ["Robotics"]),
        (list(NAMES), list(NAMES[:5])),
        (["Evil"] * 100 + ["Robotics"], []),
    ],
)
def test_only_names_of_the_taxonomy_are_kept(named: list[str], kept: list[str]) -> None:
    answer = Reading(bullets=[], classifications=named, links=[])
    assert [found.name for found in classifications(answer)] == kept


@settings(deadline=None)
@given(st.lists(st.text()))
def test_any_names_end_in_the_taxonomy(named: list[str]) -> None:
    found = classifications(Reading(bullets=[], classifications=named, links=[]))
    assert {one.name for one in found} <= set(NAMES)
    assert len(found) <= 5
