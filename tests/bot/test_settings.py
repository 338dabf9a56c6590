import re
import tomllib
from collections.abc import Iterator
from datetime import time
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from bot.settings import Settings, load
from papers.errors import ConfigurationError

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def write(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def test_the_example_holds_every_setting_with_its_default() -> None:
    text = (ROOT / "config.example.toml").read_text("utf-8")
    example = tomllib.loads(text)
    assert Settings(**example) == Settings()
    with_all = tomllib.loads(re.sub(r"^# (?=[a-z_]+ = )", "", text, flags=re.MULTILINE))
    assert set(names(with_all)) == set(setting_names(Settings))
    Settings(**with_all)


def test_another_server_stands_for_all_of_arxiv(tmp_path: Path) -> None:
    table = "[sources.arxiv]\nbase_url = 'http://mirror.example'\n"
    arxiv = load(write(tmp_path / "one.toml", table)).sources.arxiv
    assert {str(arxiv.base_url), str(arxiv.rss_base_url), str(arxiv.pages_base_url)} == {
        "http://mirror.example/"
    }
    own = load(write(tmp_path / "two.toml", f"{table}rss_base_url = 'http://feeds.example'")).sources.arxiv
    assert (str(own.rss_base_url), str(own.pages_base_url)) == (
        "http://feeds.example/",
        "http://mirror.example/",
    )
    same = load(write(tmp_path / "same.toml", "[sources.arxiv]\nbase_url = 'https://export.arxiv.org/'"))
    assert same.sources.arxiv == Settings().sources.arxiv


def test_half_a_language_model_is_refused(tmp_path: Path) -> None:
    file = write(tmp_path / "half.toml", '[llm]\nmodel = "m"')
    with pytest.raises(ConfigurationError, match=r"“llm” is wrong .*base_url and model go together"):
        load(file)


def names(values: dict[str, Any], prefix: str = "") -> Iterator[str]:
    for name, value in values.items():
        yield from names(value, f"{prefix}{name}.") if isinstance(value, dict) else [f"{prefix}{name}"]


def setting_names(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from setting_names(kind, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}"


def test_the_environment_stands_above_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write(tmp_path / "a.toml", '[schedule]\ntimezone = "Europe/Berlin"\ntimes = ["07:30"]')
    monkeypatch.setenv("PAPERBOY_SCHEDULE__TIMEZONE", "Asia/Tokyo")
    settings = load(file)
    assert settings.schedule.timezone == "Asia/Tokyo"
    assert settings.schedule.times == (time(7, 30),)


def test_the_file_here_comes_before_the_one_of_the_user(tmp_path: Path) -> None:
    (tmp_path / "config" / "paperboy").mkdir(parents=True)
    write(tmp_path / "config" / "paperboy" / "config.toml", '[delivery]\nuncertain = "skip"')
    assert load().delivery.uncertain.value == "skip"
    write(tmp_path / "config.toml", "")
    assert load().delivery.uncertain.value == "repeat"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[discord", "is no valid TOML"),
        ("[discord]\ntokn = 'x'", "There is no setting “discord.tokn” (in "),
        ("[schedule]\ntimezone = 'Mars/Olympus'", "“schedule.timezone” is wrong"),
        ("[schedule]\ntimes = []", "at least one time is needed, like 08:00"),
        ("[schedule]\ntimes = ['25:00']", "“schedule.times.0” is wrong"),
        ("[sources.huggingface]\nbase_url = 'nowhere'", "“sources.huggingface.base_url” is wrong"),
        ("[discord]\ngateway_url = 'https://x.example'", "“discord.gateway_url” is wrong"),
        ("[delivery]\nuncertain = 'maybe'", "“delivery.uncertain” is wrong"),
        ("[llm]\nbase_url = 'http://x.example/v1?key=k'\nmodel = 'm'", "put a key into llm.api_key"),
        ('[sources]\ncontact = "a\\nb: c"', "“sources.contact” is wrong"),
    ],
)
def test_a_wrong_setting_is_named_in_one_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        load(write(tmp_path / "wrong.toml", text))
    assert sentence in str(raised.value)
    assert len(str(raised.value).splitlines()) == 1


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"gone\.toml cannot be read: No such file"):
        load(tmp_path / "gone.toml")


def test_the_token_is_shown_nowhere(tmp_path: Path) -> None:
    file = write(tmp_path / "a.toml", "[discord]\ntoken = 'very.secret.token'\napi_base = 'wrong'")
    with pytest.raises(ConfigurationError) as raised:
        load(file)
    assert "very.secret" not in str(raised.value)
    assert "very.secret" not in repr(
        load(write(tmp_path / "b.toml", "[discord]\ntoken = 'very.secret.token'"))
    )
