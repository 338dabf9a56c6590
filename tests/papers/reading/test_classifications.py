import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.models import Classification
from papers.reading.classifications import OTHER_CONFIDENCE, THRESHOLD, classify, scores
from papers.reading.rules import RULES
from papers.taxonomy import NAMES

anything = st.text(st.characters(exclude_categories=()), max_size=300)
speaking = st.lists(
    st.sampled_from(
        [phrase.strip(" +") for rule in RULES.values() for field in rule for phrase in field.split(",")]
    )
).map(". ".join)


def names(title: str, text: str = "") -> list[str]:
    return [item.name for item in classify(title, text)]


@pytest.mark.parametrize(
    ("title", "text", "name"),
    [
        ("A smaller recogniser", "Automatic speech recognition for phones.", "Automatic Speech Recognition"),
        ("Painting by words", "A diffusion model for text-to-image generation.", "Text-to-Image"),
        ("Graph neural networks that forget", "", "Graph Machine Learning"),
        ("Grasping in the dark", "A policy for robotic manipulation.", "Robotics"),
        ("Weather by the hour", "Time-series forecasting with transformers.", "Time Series Forecasting"),
        ("On tables", "We classify tabular data with gradient boosting.", "Tabular"),
        ("Reading scans", "A benchmark for document question answering.", "Document Question Answering"),
        ("Fewer tokens", "LLMs answer with fewer tokens.", "Natural Language Processing"),
    ],
)
def test_what_a_paper_speaks_of_is_found(title: str, text: str, name: str) -> None:
    assert name in names(title, text)


def test_what_nothing_speaks_for_is_other_and_unsure() -> None:
    assert classify("On the habits of hedgehogs", "They sleep in winter.") == (
        Classification(name="Other", confidence=OTHER_CONFIDENCE),
    )
    assert OTHER_CONFIDENCE < THRESHOLD


def test_a_title_weighs_more_than_the_text() -> None:
    in_title = scores("Object detection", "It is quick.")["Object Detection"]
    in_text = scores("It is quick", "Object detection.")["Object Detection"]
    assert THRESHOLD < in_text < in_title <= 0.8


def test_case_dashes_and_plurals_make_no_difference() -> None:
    assert scores("TEXT TO IMAGE model", "") == scores("Text-to-Image models", "")


def test_a_phrase_is_more_than_its_words() -> None:
    assert "Object Detection" in names("Object detection")
    assert "Object Detection" not in names("Detection of an object")


def test_two_phrases_may_speak_only_together() -> None:
    assert "Translation" not in names("", "A multilingual corpus.")
    assert "Translation" in names("", "A multilingual corpus, cross-lingual at last.")


def test_what_speaks_against_a_name_lowers_it() -> None:
    name = "Natural Language Processing"
    alone, beside = scores("", "A large language model."), scores("", "A large language model for robots.")
    assert beside[name] < alone[name]


def test_every_name_but_other_has_a_rule_that_can_give_it() -> None:
    assert {*RULES} == {*NAMES} - {"Other"}
    for name, rule in RULES.items():
        for phrase in rule.settles.split(","):
            assert scores(phrase, "")[name] >= THRESHOLD, (name, phrase)


def test_no_phrase_stands_twice_in_a_rule() -> None:
    for name, rule in RULES.items():
        phrases = [phrase.strip() for field in rule for phrase in field.split(",") if phrase.strip()]
        assert len(phrases) == len({*phrases}), name


@given(title=anything | speaking, text=anything | speaking)
def test_any_text_has_one_to_five_labels_best_first(title: str, text: str) -> None:
    told = scores(title, text)
    found = classify(title, text)
    assert [*told] == [*NAMES]
    assert all(0 <= score <= 0.8 for score in told.values())
    assert 1 <= len(found) <= 5
    assert [item.confidence for item in found] == sorted((told[item.name] for item in found), reverse=True)
    assert len({item.name for item in found}) == len(found)


@given(text=speaking)
def test_a_label_is_never_given_beside_other(text: str) -> None:
    found = names("", text)
    assert "Other" not in found or found == ["Other"]


def test_a_huge_text_is_read() -> None:
    assert "Robotics" in names("", "robots and 机器人 " * 50_000)
