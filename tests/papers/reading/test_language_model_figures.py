"""Numbers in sentences, held against the text they speak of."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.reading import summary
from papers.reading.language_model.figures import figures, untold


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (r"up to 10\% fewer", "10% fewer; 10 percent fewer; 10 %"),
        ("a gain of 10 percent", "10 %"),
        ("on 1,000 tasks", "1000 tasks, 1,000 tasks, 1\u202f000 tasks, 1'000 tasks"),
        (r"on $1{,}000$ and $20\,000$ tasks", "1000 and 20,000 tasks"),
        ("on 10 000 tasks", "10,000 tasks"),
        (r"is $3.5\times$ faster", "3.5x, 3.5×, 3.50 times, 3.5-fold"),
        ("two models and twenty-one tasks", "2 models, two models, 21 tasks"),
        ("2 models", "two models, twice the models, a twofold gain"),
        ("twice as fast, doubles, threefold", "2x as fast, 3x"),
        ("a 7B model with 1.5 million images", "7 billion, 7B, 1.5M, 1,500,000 and 1.5 images"),
        ("ten thousand hours, two hundred tasks", "10,000 hours, 10k hours, 200 tasks"),
        ("10k hours of 8K video", "10,000 hours of 8K video"),
        ("compared with GPT-4 and Qwen2.5-VL", "GPT-4 and Qwen2.5"),
        ("from Llama-3.1-8B on H100", "Llama 3.1 8B on an H100"),
        ("a rate of $10^{-3}$", "10⁻³, 10^-3"),
        ("the ½ split, ５０ runs", "1/2 split, 50 runs"),
        ("zero-shot, first and third of them", "0-shot, 1st, 3rd"),
        ("from 2019-2024", "2019–2024"),
        ("version 3.5.1", "version 3.5.1"),
        ("a value of .5", "0.5"),
        ("389\n  billion parameters", "389 billion"),
        ("anything", "one of the models, single, often, wonderful, none"),
    ],
)
def test_a_number_is_told_however_it_is_written(source: str, sentence: str) -> None:
    assert untold(sentence, figures(source)) == ()


@pytest.mark.parametrize(
    ("source", "sentence", "missing"),
    [
        ("up to 10%", "up to 15%", ("15",)),
        ("10 images", "10k images, 10M images, 10 million images", ("10k", "10M", "10 million")),
        ("3.5 points", "35 points, 3 points, 5 points, 3.51 points", ("35", "3", "5", "3.51")),
        ("1,000 tasks", "1 task, 10,000 tasks", ("1", "10,000")),
        ("two models", "three models, twelve models, two hundred", ("three", "twelve", "two hundred")),
        ("GPT-4o", "GPT-40", ("40",)),
        ("version 3.5.1", "version 3.5.2", ("3.5.2",)),
        ("nothing", "twice, ten thousand, 0", ("0", "twice", "ten thousand")),
        ("7B", "7 trillion", ("7 trillion",)),
        ("10^3", "10⁴", ("4",)),
        ("a", "9" * 40, ("9" * 40,)),
    ],
)
def test_a_number_that_the_source_does_not_tell_is_found(
    source: str, sentence: str, missing: tuple[str, ...]
) -> None:
    assert untold(sentence, figures(source)) == missing


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", "3,5 Punkte mehr auf 12.000 Aufgaben, 7 Milliarden Parameter, 10 % von 1.000,5"),
        ("fr", "3,5 points sur 12 000 tâches, 7 milliards de paramètres, 10 % de 1 000,5"),
        ("zh", "在12000个任务上提高3.5分,70亿参数,10％,1.2万"),
        ("ja", "12,000件で3.5点向上、70億パラメータ、１０％"),
        ("ko", "12,000개에서 3.5점, 70억 매개변수, 1.2만"),
        ("hi", "१२,००० कार्यों पर ३.५ अंक, १०%"),
        ("ar", "٣٫٥ نقطة على ١٢٬٠٠٠ مهمة و١٠٪"),
        ("en", "3.5 points on 12,000 tasks, 7 billion parameters, 10% of 1000.5"),
    ],
)
def test_other_languages_write_the_same_numbers_their_way(language: str, sentence: str) -> None:
    source = figures("A 7B model gains 3.5 points on 12,000 tasks, 10% of 1,000.5.")
    assert untold(sentence, source, language=language) == ()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", "1,5 Millionen, 7 Milliarden und 7 Mrd. von 10 Tausend"),
        ("fr", "1,5 million, 7 milliards"),
        ("nl", "1,5 miljoen en 7 miljard"),
        ("ru", "1,5 миллиона и 7 миллиардов"),
        ("zh", "150万和70亿"),
    ],
)
def test_large_numbers_are_told_by_words_of_other_languages(language: str, sentence: str) -> None:
    source = figures("1,500,000 of 7,000,000,000, and 10,000")
    assert untold(sentence, source, language=language) == ()


@pytest.mark.parametrize(
    ("language", "sentence", "missing"),
    [
        ("de", "4,5 Punkte auf 13.000 Aufgaben", ("4,5", "13.000")),
        ("zh", "80亿参数", ("80亿",)),
        ("en", "3,5 points", ("3,5",)),
        ("ar", "٤٫٥ نقطة", ("4.5",)),
    ],
)
def test_other_numbers_are_found_in_any_language(
    language: str, sentence: str, missing: tuple[str, ...]
) -> None:
    source = figures("A 7B model gains 3.5 points on 12,000 tasks.")
    assert untold(sentence, source, language=language) == missing


@settings(deadline=None)
@given(st.decimals(min_value=0, max_value=10**9, places=2), st.sampled_from(["en", "de", "fr", "es"]))
def test_any_number_is_found_again_in_any_grouping(number: Decimal, language: str) -> None:
    source = figures(f"It has {number} of them.")
    grouped = f"{number:,}"
    if language != "en":
        grouped = grouped.translate(str.maketrans(",.", ".,"))
    assert untold(f"Es sind {grouped}.", source, language=language) == ()


@settings(deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_another_number_is_never_taken_for_it(one: int, other: int) -> None:
    assert (untold(f"{other:,} of them", figures(f"It has {one} of them.")) == ()) is (one == other)


@settings(deadline=None)
@given(st.text())
def test_any_text_tells_its_own_numbers(text: str) -> None:
    assert untold(text, figures(text)) == ()


def test_sentences_of_an_abstract_never_tell_other_numbers_than_it(shared_data: Path) -> None:
    lines = (shared_data / "abstracts.jsonl").read_text("utf-8").splitlines()[::20]
    for paper in map(json.loads, lines):
        source = figures(f"{paper['title']}\n{paper['abstract']}")
        for sentence in summary.bullets(paper["abstract"]):
            assert untold(sentence, source) == (), sentence
