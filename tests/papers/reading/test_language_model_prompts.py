"""What a language model is told."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from papers.languages import LANGUAGES
from papers.reading.language_model import prompts
from papers.reading.language_model.checks import PaperText
from papers.taxonomy import NAMES


@settings(deadline=None)
@given(st.text(max_size=200), st.text(max_size=200))
def test_no_text_ends_what_it_stands_in(title: str, abstract: str) -> None:
    assert json.loads(prompts.data(title, abstract)) == {"title": title, "abstract": abstract}


def test_a_paper_in_any_script_costs_no_more_than_its_characters() -> None:
    assert prompts.data("扩散", "é") == '{"title": "扩散", "abstract": "é"}'
    text = PaperText("t" * 100_000, "a" * 1_000_000)
    assert len(prompts.data(text.title, text.abstract)) < 22_000


def test_the_instructions_name_the_form_the_names_and_the_language() -> None:
    assert all(name in prompts.reading() for name in NAMES)
    assert '"required": ["bullets", "classifications", "links"]' in prompts.reading()
    for language in LANGUAGES:
        told = prompts.summary(language)
        assert f"{language.english} ({language.own})" in told
        assert '"required": ["bullets"]' in told
        assert "links:" not in told
