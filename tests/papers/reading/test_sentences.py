import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.reading.sentences import sentences


@pytest.mark.parametrize(
    "cut",
    [
        ("It learns from lamps, e.g. Dimmer and Glow.", "It saves 31.5% vs. GPT-4.1."),
        ("Doe et al. Found a lamp.", "We use Dr. GRPO, a.k.a. Lamp v1.2."),
        ("It has two parts (i. e., a lamp and a switch).", "Both glow."),
        ("“Why so dark?”, he said.", "It was night."),
        ("It beats GPT-4.", "It is small!", "Is it?", "It is."),
        ("灯很亮。", "灯很小。"),
    ],
)
def test_a_text_is_cut_into_its_sentences(cut: tuple[str, ...]) -> None:
    assert sentences(" ".join(cut)) == cut


@pytest.mark.parametrize(
    "cut",
    [
        ("1) Lamps cost much (in power).", "We cut that.", "Second, they are old."),
        ("A lamp is (i) bright, ii) small.", "It costs little for LLMs.", "We use it."),
        ('It reads "On. Off." aloud.', "Nobody knows why."),
    ],
)
def test_brackets_that_never_close_glue_nothing_together(cut: tuple[str, ...]) -> None:
    assert sentences(" ".join(cut)) == cut


def test_quotation_marks_of_two_kinds_are_a_pair() -> None:
    cut = sentences(
        'We (all) do it, as in "Dim the lamp.” It glows (i) now. We say “Off” and GPT (and others) dim it. 1) It ends.'
    )
    assert cut[0] == 'We (all) do it, as in "Dim the lamp.”'


@pytest.mark.parametrize(
    "whole",
    [
        "We show that: (1) lamps glow, and (2) switches click.",
        "It has two parts: 1. Lamps that glow; 2. Switches that click.",
        "It offers the following: (i) a lamp; (ii) a switch; and (iii) a cable.",
        "Hogwild! inference takes advantage of lamps.",
    ],
)
def test_a_list_in_a_sentence_stays_whole(whole: str) -> None:
    assert sentences(whole) == (whole,)


def test_a_last_sentence_needs_no_full_stop() -> None:
    assert sentences("It glows. It is small") == ("It glows.", "It is small")


@given(
    st.text(max_size=300)
    | st.lists(st.sampled_from(["We glow.", "(i)", "1)", "e.g.", '"', "(", "vs. A", "AI. B", "灯。"])).map(
        " ".join
    )
)
def test_no_letter_is_lost_or_invented(text: str) -> None:
    line = " ".join(text.split())
    cut = sentences(line)
    assert "".join("".join(cut).split()) == "".join(line.split())
    assert all(cut)


def test_recorded_abstracts_are_cut_at_ends_of_sentences(shared_data: Path) -> None:
    lines = (shared_data / "abstracts.jsonl").read_text(encoding="utf-8").splitlines()[::10]
    cuts = [sentences(" ".join(json.loads(line)["abstract"].split())) for line in lines]
    inner = [sentence for cut in cuts for sentence in cut[:-1]]
    assert len(inner) > 2_000
    assert [sentence for sentence in inner if sentence[-1] not in ".!?)”\"'"] == []
