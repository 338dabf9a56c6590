import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.errors import ConfigurationError
from papers.models import Classification
from papers.reading.classifications import OTHER_CONFIDENCE
from papers.reading.classifier import SETTLED, SHIPPED, UNLIKELY, Classifier
from papers.reading.terms import terms
from papers.reading.trained_model import TrainedModel
from papers.taxonomy import NAMES

SHIPPED_FILE = Path(__file__).resolve().parents[3] / "papers" / "reading" / "shipped" / SHIPPED
anything = st.text(st.characters(exclude_categories=()), max_size=300)
told = st.dictionaries(st.sampled_from(NAMES), st.floats(0, 1)).map(
    lambda some: dict.fromkeys(NAMES, 0.0) | some
)


def names(title: str, text: str = "") -> list[str]:
    return [item.name for item in Classifier.shipped().classify(title, text)]


@pytest.mark.parametrize(
    ("title", "text", "name"),
    [
        ("Speaking clearly", "A text-to-speech model that synthesises natural voices.", "Text-to-Speech"),
        ("Moving pictures", "We generate video from text with a diffusion transformer.", "Text-to-Video"),
        ("Grasping", "A robot learns manipulation policies from demonstrations.", "Robotics"),
        ("Meshes", "Reconstructs a 3D scene from a single image with Gaussian splatting.", "Image-to-3D"),
        ("Reward", "We train LLMs with reinforcement learning and GRPO.", "Reinforcement Learning"),
    ],
)
def test_what_a_paper_speaks_of_is_found(title: str, text: str, name: str) -> None:
    assert name in names(title, text)


def test_a_name_that_no_labelled_paper_had_is_given_by_rules() -> None:
    learned = read_shipped().labels
    assert "Text Ranking" not in learned
    assert "Text Ranking" in names("Text reranking with large models", "We rerank passages.")


@pytest.mark.parametrize(
    ("title", "text"), [("", ""), ("深度", ""), ("On the habits of hedgehogs", "They sleep in winter.")]
)
def test_where_nothing_is_likely_it_is_other_alone(title: str, text: str) -> None:
    assert names(title, text) == ["Other"]


def test_a_paper_without_a_known_word_says_nothing() -> None:
    scores = Classifier.shipped().scores("", "")
    learned = {name: scores[name] for name in read_shipped().labels}
    assert {name for name, score in learned.items() if score} == {"Other"}
    assert learned["Other"] == OTHER_CONFIDENCE < UNLIKELY


@settings(deadline=None)
@given(title=anything, text=anything)
def test_any_text_has_one_to_five_labels_best_first(title: str, text: str) -> None:
    classifier = Classifier.shipped()
    scores = classifier.scores(title, text)
    found = classifier.classify(title, text)
    assert [*scores] == [*NAMES]
    assert all(0 <= score <= 1 for score in scores.values())
    assert_well_formed(found, scores)


@given(scores=told)
def test_whatever_the_scores_labels_are_well_formed(scores: Mapping[str, float]) -> None:
    assert_well_formed(Classifier.shipped().given(scores), scores)


def assert_well_formed(found: tuple[Classification, ...], scores: Mapping[str, float]) -> None:
    labels = [item.name for item in found]
    assert 1 <= len(found) <= 5
    assert len({*labels}) == len(labels)
    assert "Other" not in labels or labels == ["Other"]
    assert [item.confidence for item in found] == sorted((scores[name] for name in labels), reverse=True)


def test_a_label_is_given_from_its_threshold_on() -> None:
    model = read_shipped()
    nothing = dict.fromkeys(NAMES, 0.0)
    for name, threshold in zip(model.labels, map(float, model.thresholds), strict=True):
        if name not in {"Other", "Robotics"}:
            sure = nothing | {"Robotics": 0.99}
            assert name in labels(sure | {name: threshold + 1e-6})
            assert name not in labels(sure | {name: threshold - 1e-6})


def test_an_unlearned_name_is_given_from_even_odds_on() -> None:
    sure = dict.fromkeys(NAMES, 0.0) | {"Robotics": 0.99}
    assert "Text Ranking" in labels(sure | {"Text Ranking": SETTLED})
    assert "Text Ranking" not in labels(sure | {"Text Ranking": SETTLED - 0.01})


def labels(scores: Mapping[str, float]) -> list[str]:
    return [item.name for item in Classifier.shipped().given(scores)]


def test_several_papers_at_once_are_the_same_as_one_by_one() -> None:
    papers = [
        ("Robots that walk", "Locomotion by reinforcement learning."),
        ("", ""),
        ("Speech", "A vocoder."),
    ]
    classifier = Classifier.shipped()
    together, alone = classifier.scores_of_many(papers), [classifier.scores(*paper) for paper in papers]
    for one, other in zip(together, alone, strict=True):
        assert one == pytest.approx(other, abs=2e-4)
    assert [[item.name for item in found] for found in map(classifier.given, together)] == [
        names(*paper) for paper in papers
    ]
    assert classifier.scores_of_many([]) == []


def test_a_huge_text_is_read() -> None:
    assert "Robotics" in names("Robots", "robots grasp and 机器人 " * 20_000 + "x" * 500_000)


# The file.


def read_shipped() -> TrainedModel:
    return TrainedModel.read(SHIPPED_FILE.read_bytes(), where=SHIPPED)


def test_what_ships_is_small_and_named() -> None:
    assert SHIPPED_FILE.stat().st_size <= 2_000_000
    assert Classifier.shipped().name == "paperboy-2025-06"
    assert Classifier.load() is Classifier.shipped()


def test_a_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    model, path = read_shipped(), tmp_path / "again.npz"
    model.write(path)
    assert path.read_bytes() == SHIPPED_FILE.read_bytes()
    paper = ("Robots that walk", "Locomotion by reinforcement learning.")
    assert Classifier.load(path).scores(*paper) == Classifier.shipped().scores(*paper)


def test_weights_are_what_their_steps_make_of_them() -> None:
    model = read_shipped()
    paper = terms("vocoder", "")
    assert paper.every()["c: voc"] == 1
    louder = replace(model, steps=model.steps * 2)
    assert not np.allclose(model.confidences([paper]), louder.confidences([paper]))


@pytest.mark.parametrize(
    "damage", ["empty", "cut", "text", "flipped", "foreign", "format", "shape", "pickle", "nan"]
)
def test_a_damaged_or_foreign_file_is_refused_in_one_sentence(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "mine.npz"
    spoil(path, damage)
    with pytest.raises(ConfigurationError, match=r"mine\.npz is no classifier .* `paperboy train`\.$"):
        Classifier.load(path)


def spoil(path: Path, damage: str) -> None:
    content = SHIPPED_FILE.read_bytes()
    with np.load(SHIPPED_FILE) as kept:
        arrays = dict(kept)
    about = json.loads(arrays["about"].tobytes())
    half = len(content) // 2
    match damage:
        case "format":
            arrays["about"] = np.frombuffer(json.dumps({**about, "format": 0}).encode(), dtype=np.uint8)
        case "shape":
            arrays["weights"] = arrays["weights"][1:]
        case "nan":
            arrays["slopes"] = arrays["slopes"] * np.nan
        case "foreign":
            arrays = {"x": np.zeros(3)}
        case "pickle":
            arrays["slopes"] = np.array([{}], dtype=object)
    np.savez(path, **arrays)
    plain = {
        "empty": b"",
        "cut": content[:half],
        "text": b"model",
        "flipped": content[:half] + bytes([content[half] ^ 255]) + content[half + 1 :],
    }
    if damage in plain:
        path.write_bytes(plain[damage])


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"gone\.npz cannot be read: No such file"):
        Classifier.load(tmp_path / "gone.npz")
