import pytest

from papers.reading.summary_roles import Role, has_figure, is_finding, roles

ABSTRACT = {
    "Lamps are often left on at night.": Role.BACKGROUND,
    "However, earlier switches forget what they were told.": Role.BACKGROUND,
    "In this paper, we introduce Dimmer, a switch that learns when people sleep.": Role.CONTRIBUTION,
    "Existing switches listen to nobody.": Role.BACKGROUND,
    "Old houses pose significant challenges.": Role.BACKGROUND,
    "Dimmer listens to the house with one small sensor.": Role.METHOD,
    "We also present LampBench, ten homes full of lamps.": Role.CONTRIBUTION,
    "Dimmer saves 31.5% of the power.": Role.EVIDENCE,
    "Our experiments show that nobody noticed.": Role.EVIDENCE,
    "We evaluate it in ten homes.": Role.EVIDENCE,
    "These results suggest that houses may learn.": Role.CONSEQUENCE,
    "Code is available at https://github.com/lamps/dimmer.": Role.POINTER,
}


def test_each_sentence_has_its_role() -> None:
    assert dict(zip(ABSTRACT, roles(tuple(ABSTRACT)), strict=True)) == ABSTRACT


@pytest.mark.parametrize(
    "pointer",
    [
        "Our code, data and models will be made publicly available.",
        "Project page: https://lamps.github.io/dimmer",
        "We release our code and all trained models.",
        "We make all lamps and scripts publicly available.",
        "More samples can be seen on lamps.github.io.",
        "The datasets are released here.",
        "Dimmer is fully open-sourced to advance research.",
        "https://github.com/lamps/dimmer",
    ],
)
def test_where_something_lies_is_a_pointer(pointer: str) -> None:
    assert roles(("We propose a lamp.", pointer))[1] is Role.POINTER


@pytest.mark.parametrize(
    "telling",
    [
        "Dimmer is trained on publicly available lamps.",
        "Results show that it needs only data readily available in lamps.",
        "We release Glow, a family of lamps with 1B to 7B parameters.",
    ],
)
def test_what_tells_of_the_paper_is_no_pointer(telling: str) -> None:
    assert roles(("We propose a lamp.", telling))[1] is not Role.POINTER


def test_a_paper_that_never_speaks_of_itself_begins_with_what_it_is() -> None:
    assert roles(("Dimmer is a lamp.", "It glows.")) == (Role.CONTRIBUTION, Role.METHOD)


def test_a_question_is_not_where_a_paper_begins_to_speak() -> None:
    told = roles(("Lamps glow.", "How do they dim, our own as well?", "We dim them."))
    assert told == (Role.BACKGROUND, Role.BACKGROUND, Role.CONTRIBUTION)


def test_no_sentence_has_no_role() -> None:
    assert roles(()) == ()


@pytest.mark.parametrize("sentence", ["It saves 31.5%.", "It is 3× faster.", "It scores 0.73."])
def test_a_figure_is_what_was_measured(sentence: str) -> None:
    assert has_figure(sentence)


def test_the_size_of_a_model_is_no_figure() -> None:
    assert not has_figure("It has 7B lamps, 1.5B of them lit.")


def test_what_was_tried_is_no_finding() -> None:
    assert is_finding("Dimmer outperforms Glow.")
    assert not is_finding("We evaluate Dimmer in ten homes.")
