import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers import taxonomy
from papers.errors import UnknownClassificationError
from papers.taxonomy import FAMILIES, NAMES
from papers.taxonomy_names import ALIASES

known = st.sampled_from([*NAMES, *ALIASES, *(f"={name}" for name in NAMES)])


def test_the_names_are_the_hubs_tasks_and_modalities_and_the_digests_names(shared_data: Path) -> None:
    hub = json.loads((shared_data / "hf_tasks_0.21.54.json").read_bytes())
    tasks = {task["name"] for task in hub["tasks"]}
    modalities = {modality["label"] for modality in hub["modalities"]}
    digests = {
        name
        for file in (shared_data / "digests").glob("*.json")
        for paper in json.loads(file.read_bytes())
        for name in paper["classification"] or ()
    }
    assert (len(tasks), len(NAMES)) == (57, 63)
    assert set(NAMES) == tasks | modalities | {"Text2Text Generation"}
    assert digests <= set(NAMES)


def test_each_task_is_in_the_family_of_its_modality(shared_data: Path) -> None:
    hub = json.loads((shared_data / "hf_tasks_0.21.54.json").read_bytes())
    assert {modality["label"] for modality in hub["modalities"]} == set(FAMILIES)
    for task in hub["tasks"]:
        assert taxonomy.family(task["name"]) == task["modality_label"]


def test_every_name_is_in_one_family_once() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert sorted(name for members in FAMILIES.values() for name in members) == sorted(NAMES)
    assert all(members[0] == family for family, members in FAMILIES.items())


def test_no_two_spellings_mean_different_things() -> None:
    squashed = [taxonomy.squash(text) for text in (*NAMES, *ALIASES)]
    assert len(set(squashed)) == len(squashed)
    assert all(squashed)
    assert set(NAMES).issuperset(name for names in ALIASES.values() for name in names)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("VQA", {"Visual Question Answering"}),
        ("asr", {"Automatic Speech Recognition"}),
        ("T.T.S.", {"Text-to-Speech"}),
        ("t2i", {"Text-to-Image"}),
        ("LLM", {"Text Generation", "Text2Text Generation"}),
        ("3d", {"Text-to-3D", "Image-to-3D"}),
        ("NLP", set(FAMILIES["Natural Language Processing"])),
        ("CV", set(FAMILIES["Computer Vision"])),
        ("RL", {"Reinforcement Learning", "Robotics"}),
        ("reinforcement LEARNING", {"Reinforcement Learning", "Robotics"}),
        ("other", {"Other", "Graph Machine Learning"}),
        ("=Other", {"Other"}),
        ("=rl", {"Reinforcement Learning"}),
        ("= natural-language processing", {"Natural Language Processing"}),
        ("texttoimage", {"Text-to-Image"}),
        ("Image text TO text", {"Image-Text-to-Text"}),
    ],
)
def test_people_find_a_classification_as_they_write_it(typed: str, names: set[str]) -> None:
    assert set(taxonomy.find(typed).names) == names


@given(known, st.data())
def test_case_dashes_and_spaces_do_not_matter(text: str, data: st.DataObject) -> None:
    mark = "=" if text.startswith("=") else ""
    spelt = mark + "".join(
        data.draw(st.sampled_from(["", " ", "-", "_"])) + data.draw(st.sampled_from([char, char.swapcase()]))
        for char in text.removeprefix("=")
        if char not in " -"
    )
    assert taxonomy.find(spelt) == taxonomy.find(text)


@given(known)
def test_the_canonical_text_finds_the_same_again(text: str) -> None:
    tag = taxonomy.find(text)
    assert taxonomy.find(tag.text) == tag


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("Multimodel", "Multimodal"),
        ("text-to-imagee", "Text-to-Image"),
        ("VQAA", "VQA"),
        ("=robotic", "Robotics"),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest(typed: str, nearest: str) -> None:
    with pytest.raises(UnknownClassificationError) as refused:
        taxonomy.find(typed)
    assert refused.value.nearest[0] == nearest
    assert len(refused.value.nearest) <= 3
    assert all(name in str(refused.value) for name in (typed, *refused.value.nearest))


def test_an_alias_for_several_is_no_label_alone() -> None:
    with pytest.raises(UnknownClassificationError, match="“3D” stands for several") as refused:
        taxonomy.find("=3d")
    assert refused.value.nearest == ("Text-to-3D", "Image-to-3D")


@given(st.text())
def test_anything_typed_is_found_or_refused_in_one_short_line(typed: str) -> None:
    refusal = ""
    names: tuple[str, ...] = ()
    try:
        names = taxonomy.find(typed).names
    except UnknownClassificationError as refused:
        refusal = str(refused)
    assert set(names) <= set(NAMES)
    assert bool(names) != bool(refusal)
    assert len(refusal) < 300


@pytest.mark.parametrize("typed", ["", "=", "–", "x" * 5_000])
def test_what_resembles_nothing_gets_examples(typed: str) -> None:
    with pytest.raises(UnknownClassificationError, match="try Multimodal") as refused:
        taxonomy.find(typed)
    assert refused.value.nearest == ()


def test_a_label_is_matched_exactly_for_imports() -> None:
    assert taxonomy.canonical("text to-IMAGE") == "Text-to-Image"
    assert taxonomy.canonical("T2I") is None
    assert taxonomy.canonical("Meme Generation") is None
    assert taxonomy.canonical("") is None


def test_anything_has_a_family() -> None:
    assert taxonomy.family("T2I") == "Computer Vision"
    assert taxonomy.family("visual-question answering") == "Multimodal"
    assert taxonomy.family("Meme Generation") == "Other"


def test_suggestions_begin_with_families_where_nothing_is_typed() -> None:
    suggested = taxonomy.suggest("")
    assert len(suggested) == 25
    assert suggested[:7] == list(FAMILIES)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("r", ["Reinforcement Learning", "Robotics"]),
        ("image", ["Image-Text-to-Image", "Image Classification", "Zero-Shot Image Classification"]),
        ("classif", ["Text Classification", "Token Classification"]),
        ("vqa", ["Visual Question Answering"]),
        ("3D", ["3D", "Text-to-3D", "Image-to-3D"]),
        ("nlp", ["Natural Language Processing"]),
        ("segm", ["Image Segmentation", "Segmentation"]),
        ("m", ["Multimodal", "Multiple Choice", "Mask Generation"]),
        ("zzz", []),
    ],
)
def test_suggestions_follow_what_is_typed(typed: str, first: list[str]) -> None:
    suggested = taxonomy.suggest(typed)
    assert [name for name in suggested if name in first] == first
    assert suggested[:1] == first[:1]


@given(st.text() | known.map(lambda text: text[:4]))
def test_suggestions_are_few_and_each_can_be_found(typed: str) -> None:
    suggested = taxonomy.suggest(typed)
    assert len(suggested) <= 25
    assert len(set(suggested)) == len(suggested)
    assert [taxonomy.find(text).text for text in suggested] == suggested
