import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers import languages
from papers.errors import RequestError
from papers.languages import LANGUAGES, Language


def test_codes_and_names_are_each_one_languages() -> None:
    for spelling in ("code", "english", "own"):
        assert len({getattr(language, spelling) for language in LANGUAGES}) == len(LANGUAGES)
    assert {language.code for language in LANGUAGES if len(language.code) == 2} >= {
        "en",
        "de",
        "zh",
        "ja",
        "es",
    }
    assert [language.english for language in LANGUAGES] == sorted(language.english for language in LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES, ids=str)
def test_each_is_found_by_code_and_names_however_they_are_written(language: Language) -> None:
    for typed in (language.code, language.english, language.own, str(language)):
        for spelling in (typed, typed.upper(), f"  {typed.lower()} "):
            assert languages.find(spelling) == language
    assert languages.name(language.code) == language.english


@pytest.mark.parametrize(
    ("typed", "code"),
    [("pt-BR", "pt"), ("zh_Hant", "zh"), ("Francais", "fr"), ("TURKCE", "tr"), ("Cestina", "cs")],
)
def test_countries_and_missing_accents_do_no_harm(typed: str, code: str) -> None:
    assert languages.find(typed).code == code


@pytest.mark.parametrize(
    ("typed", "hint"),
    [("Portugese", "did you mean Portuguese (Português)?"), ("klingon", "try German, Spanish or Japanese.")],
)
def test_an_unknown_one_is_refused_in_one_sentence(typed: str, hint: str) -> None:
    with pytest.raises(RequestError, match=f"^There is no language “{typed}” to choose: {re.escape(hint)}$"):
        languages.find(typed)


@settings(deadline=None)
@given(st.text())
def test_any_text_is_found_or_refused_briefly(typed: str) -> None:
    try:
        found = languages.find(typed)
    except RequestError as error:
        found, refusal = None, str(error)
    assert found in LANGUAGES or len(refusal) < 160


@settings(deadline=None)
@given(st.text(max_size=10))
def test_suggestions_fit_a_menu_and_hold_what_was_typed(typed: str) -> None:
    suggested = languages.suggest(typed)
    assert len(suggested) <= 25
    assert len(set(suggested)) == len(suggested)


def test_suggestions_begin_with_those_that_are_named_like_it() -> None:
    assert [language.code for language in languages.suggest("po")] == ["pl", "pt"]
    assert [language.code for language in languages.suggest("中")] == ["zh"]
    assert languages.suggest("ish")[0].english == "Danish"
    assert languages.name("xx") == "xx"
