import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.reading.latex import plain
from papers.reading.summary import MOST, bullets
from papers.tokens import tokenise

ABSTRACT = """Lamps are often left on at night.
Many have tried to change that. Earlier switches forget what they were told.
We introduce Dimmer, a switch that learns when people sleep (Fig. 2, i.e. every
night). It listens to the house with one small sensor. Dimmer saves 31.5% of the power in ten homes.
It needs no training of its own. Our experiments show that nobody noticed. Its code is available at
https://github.com/lamps/dimmer."""

anything = st.text(st.characters(exclude_categories=()), max_size=400)
sentences = st.lists(
    st.sampled_from(
        [
            "We propose a lamp.",
            "It saves 5%.",
            "“Why so dark?”, he said.",
            "灯很亮。",
            "e.g.",
            "\\textbf{Bold}",
            "(a)",
            "\n",
        ]
    ),
    max_size=30,
).map(" ".join)


def test_the_sentences_that_say_most_stand_in_the_abstracts_order() -> None:
    assert bullets(ABSTRACT) == (
        "We introduce Dimmer, a switch that learns when people sleep (Fig. 2, i.e. every night).",
        "It listens to the house with one small sensor.",
        "Dimmer saves 31.5% of the power in ten homes.",
        "It needs no training of its own.",
        "Our experiments show that nobody noticed.",
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


@pytest.mark.parametrize("nothing", ["", " \n\t", " \n" * 20_000, "...", "Abstract", "\\\\"])
def test_no_sentence_gives_no_bullet(nothing: str) -> None:
    assert bullets(nothing) == ()


def test_sentences_that_a_bracket_glued_together_are_cut() -> None:
    told = bullets(
        "(ii) The first part " + "is rather long and goes on " * 20 + "here. The second part is short."
    )
    assert told[-1] == "The second part is short."


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (r"a \textbf{bold \emph{claim}} of 5\%", "a bold claim of 5%"),
        (
            r"see \url{https://a.org/b_c} or \href{https://a.org}{our page}",
            "see https://a.org/b_c or our page",
        ),
        (r"$10^{-3}$ and $\mathcal{O}(n)$, $2\times$ faster", "10^-3 and O(n), 2× faster"),
        ("costs $5 to $10 a day", "costs $5 to $10 a day"),
        ("``so'' --- they say -- it is", "“so” — they say – it is"),
        (r"\total and \tool stay", r"\total and \tool stay"),
        (r"R\&D \_", "R&D _"),
    ],
)
def test_latex_is_shown_as_people_read_it(written: str, shown: str) -> None:
    assert plain(written) == shown


@given(anything)
def test_any_text_gives_a_few_bullets(text: str) -> None:
    told = bullets(text, lead=text[:50])
    assert len(told) <= MOST
    for bullet in told:
        assert bullet == " ".join(bullet.split())
        bullet.encode()


@given((anything | sentences).filter(lambda text: "\\" not in text))
def test_bullets_are_made_of_the_abstracts_own_words_side_by_side(text: str) -> None:
    said = " ".join(["", *tokenise(text.encode(errors="replace").decode()), ""])
    for bullet in bullets(text):
        assert f" {' '.join(tokenise(bullet))} " in said


@given(sentences)
def test_no_sentence_comes_twice(text: str) -> None:
    told = bullets(text)
    assert len(told) == len({*told})


def test_what_stands_before_the_papers_own_words_is_left_out_where_there_is_enough() -> None:
    own = "We propose a lamp. " + " ".join(f"Its part number {part} gives light." for part in "abcd")
    assert bullets(f"Lamps achieved remarkable results of 99%. {own}") == tuple(
        f"{sentence}." for sentence in own.rstrip(".").split(". ")
    )


def test_where_the_code_lies_is_the_first_to_be_left_out() -> None:
    told = bullets(
        "We propose a lamp. Its code is available at https://a.org. "
        + "".join(f"It has part {n} as well. " for n in "abcd")
    )
    assert len(told) == MOST
    assert not any("code" in bullet for bullet in told)


def test_a_huge_text_is_read_to_the_last_whole_word() -> None:
    told = bullets("灯很亮。" * 3_000 + " We propose a lamp that is " + "shining " * 5_000)
    assert len(told) == 1
    assert told[0].endswith(" shining")
    assert len(told[0]) < 10_000


def test_a_huge_text_is_read() -> None:
    assert len(bullets("We propose a lamp number $5. " * 20_000 + "It is a very good lamp. " * 20_000)) == 2
