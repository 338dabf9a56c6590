import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.reading.summary import MOST, bullets
from papers.tokens import contains, tokenise

ABSTRACT = """Lamps are often left on at night.
Many have tried to change that. However, earlier switches forget what they were told.
In this paper, we introduce Dimmer, a switch that learns when people sleep (Fig. 2, i.e. every
night). It listens to the house with one small sensor. We compare it with three others in ten homes.
Dimmer saves 31.5\\% of the power in ten homes. It needs no training of its own. Moreover, our experiments show that
nobody noticed. Together, these results suggest that houses can learn. Its code is available at
https://github.com/lamps/dimmer."""

anything = st.text(st.characters(exclude_categories=()), max_size=400)
sentences = st.lists(
    st.sampled_from(
        [
            "We propose a lamp.",
            "In this paper, we study lamps.",
            "However, it saves 5%.",
            "“Why so dark?”, he said.",
            "灯很亮。",
            "e.g.",
            "(a)",
            "These results suggest light.",
            "\n",
        ]
    ),
    max_size=30,
).map(" ".join)


def test_what_it_is_how_the_evidence_and_what_follows_stand_in_the_abstracts_order() -> None:
    assert bullets(ABSTRACT) == (
        "Introduces Dimmer, a switch that learns when people sleep (Fig. 2, i.e. every night).",
        "It listens to the house with one small sensor.",
        "Dimmer saves 31.5% of the power in ten homes.",
        "Our experiments show that nobody noticed.",
        "These results suggest that houses can learn.",
    )


def test_a_short_abstract_is_shown_whole() -> None:
    assert bullets("It is a small lamp. It gives much light.") == (
        "It is a small lamp.",
        "It gives much light.",
    )


def test_what_the_lead_says_is_not_said_again() -> None:
    lead = "Dimmer, a switch, saves 31.5% of the power in ten homes."
    told = bullets(ABSTRACT, lead=lead)
    assert "Dimmer saves 31.5% of the power in ten homes." not in told
    assert len(told) == MOST


def test_one_idea_is_said_once() -> None:
    told = bullets("We propose a lamp. Our small lamp saves power at night. At night our lamp saves power.")
    assert told == ("Proposes a lamp.", "Our small lamp saves power at night.")


@pytest.mark.parametrize("nothing", ["", " \n\t", " \n" * 20_000, "...", "Abstract", "\\\\"])
def test_no_sentence_gives_no_bullet(nothing: str) -> None:
    assert bullets(nothing) == ()


def test_figures_are_the_evidence_that_counts() -> None:
    told = bullets(
        "We propose a lamp. We evaluate it in one home. We evaluate it in ten homes. We evaluate it in a hotel. "
        "Lamps of this kind save 31.5% of the power. The sensor is small."
    )
    assert "Lamps of this kind save 31.5% of the power." in told


OWN = (
    "We propose a lamp.",
    "It has a sensor of wood.",
    "We show that mice sleep.",
    "Cats saw nothing of it.",
)
BEFORE = "Lamps achieved remarkable results of 99%. Earlier lamps were dark."


def test_what_stands_before_the_papers_own_words_is_left_out_where_they_are_enough() -> None:
    told = bullets(f"{BEFORE} {' '.join(OWN)}")
    assert len(told) == len(OWN)
    assert told[0] == "Proposes a lamp."


@pytest.mark.parametrize(
    ("own", "before"),
    [(3, ["Earlier lamps were dark."]), (2, BEFORE.split(". ")), (1, BEFORE.split(". "))],
)
def test_where_they_are_not_what_stands_nearest_before_them_makes_four(own: int, before: list[str]) -> None:
    told = bullets(f"{BEFORE} {' '.join(OWN[:own])}")
    assert [bullet.rstrip(".") for bullet in told[:-own]] == [text.rstrip(".") for text in before]
    assert told[-own] == "Proposes a lamp."


def test_what_was_so_before_is_told_where_nothing_else_is() -> None:
    assert bullets(
        "Existing lamps are dark. Code is available at https://a.org. Earlier lamps were dark too."
    ) == (
        "Existing lamps are dark.",
        "Earlier lamps were dark too.",
    )


def test_where_the_code_lies_is_never_a_bullet() -> None:
    assert bullets("We propose a lamp. Its code is available at https://a.org.") == ("Proposes a lamp.",)


def test_a_sentence_that_leans_on_one_left_out_comes_last() -> None:
    told = bullets(
        "We propose a lamp. Existing lamps are dark. This is solved by a sensor. Its light is warm and low. "
        "The cable is long and red. The switch is made of wood. A fuse is used too."
    )
    assert "This is solved by a sensor." not in told
    assert len(told) >= 4


@pytest.mark.parametrize(
    "empty",
    [
        "This work makes three contributions.",
        "The lamp has the following characteristics.",
        "What is a lamp made of?",
        "2) A switch that is made of wood.",
    ],
)
def test_a_sentence_that_says_nothing_by_itself_gives_way(empty: str) -> None:
    told = bullets(
        f"We propose a lamp. {empty} The sensor is small and round. We introduce a switch. A fuse is used too. "
        "Its light is warm and low. Nobody noticed the lamp at night."
    )
    assert empty.removeprefix("2) ") not in told


@given(anything | sentences)
def test_any_text_gives_a_few_bullets(text: str) -> None:
    told = bullets(text, lead=text[:50])
    assert len(told) <= MOST
    assert len(told) == len({*told})
    for bullet in told:
        assert bullet == " ".join(bullet.split())
        bullet.encode()


@given((anything | sentences).filter(lambda text: not {*text} & {*"\\^_{$"}))
def test_bullets_are_made_of_the_abstracts_own_words_side_by_side(text: str) -> None:
    said = tokenise(text.encode(errors="replace").decode())
    for bullet in bullets(text):
        words = tokenise(bullet)
        assert words == said[: len(words)] or any(contains(said, words[changed:]) for changed in (0, 1, 2))


def test_a_huge_text_is_read_to_the_last_whole_word() -> None:
    told = bullets("灯很亮。" * 3_000 + " We propose a lamp that is " + "shining " * 5_000)
    assert len(told) == 1
    assert told[0].endswith(" shining")
    assert len(told[0]) < 10_000


def test_a_huge_text_is_read() -> None:
    huge = "We propose a lamp number $5. " * 20_000 + "It is a very good lamp. " * 20_000
    assert bullets(huge) == ("Proposes a lamp number $5.",)


@pytest.mark.parametrize(
    "scrap", ["We propose, ", "(i) ", "However, ", "To this end, ", "and ", "http://", "code ", "1. ", '"']
)
def test_a_text_of_nothing_but_scraps_is_read(scrap: str) -> None:
    assert len(bullets(scrap * (20_000 // len(scrap)))) <= 1


def test_recorded_abstracts_give_whole_sentences_and_no_addresses(shared_data: Path) -> None:
    lines = (shared_data / "abstracts.jsonl").read_text(encoding="utf-8").splitlines()[::6]
    abstracts = [json.loads(line)["abstract"] for line in lines]
    told = [bullets(abstract) for abstract in abstracts]
    assert sum(4 <= len(each) <= 5 for each in told) > 0.85 * len(told)
    for abstract, each in zip(abstracts, told, strict=True):
        for bullet in each:
            last = tokenise(bullet)[-1]
            assert bullet[-1] in ".!?)”\"'" or last == tokenise(abstract)[-1]
    assert sum("https:" in bullet for each in told for bullet in each) < 0.005 * len(told)
