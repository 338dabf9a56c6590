"""What can be set, where it is read from, and what a wrong value is told."""

import tomllib
from pathlib import Path
from typing import Any

import platformdirs
from pydantic import Field
from pydantic import ValidationError as PydanticValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.sections import (
    DeliverySettings,
    DiscordSettings,
    LlmSettings,
    ReadingSettings,
    ScheduleSettings,
    SourcesSettings,
    StorageSettings,
)
from papers.errors import ConfigurationError

ENVIRONMENT_PREFIX = "PAPERBOY_"


class Settings(BaseSettings):
    """Everything that can be set. Environment variables stand above the file."""

    model_config = SettingsConfigDict(
        env_prefix=ENVIRONMENT_PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True
    )

    discord: DiscordSettings = DiscordSettings()
    storage: StorageSettings = Field(default_factory=StorageSettings)
    sources: SourcesSettings = SourcesSettings()
    reading: ReadingSettings = ReadingSettings()
    llm: LlmSettings = LlmSettings()
    schedule: ScheduleSettings = ScheduleSettings()
    delivery: DeliverySettings = DeliverySettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - the signature is pydantic-settings'
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the signature is pydantic-settings'
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the signature is pydantic-settings'
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment first, then what the file said."""
        return env_settings, init_settings


def default_files() -> tuple[Path, ...]:
    """Where settings are looked for without `--config`: here, then in the user's folder."""
    return Path("config.toml"), platformdirs.user_config_path("paperboy") / "config.toml"


def load(config: Path | None = None) -> Settings:
    """Reads the settings.

    Args:
        config: the file to read; without it the first default file that exists, or none.

    Raises:
        ConfigurationError: the file cannot be read, or a value is wrong; the message names it.
    """
    file = config or next((path for path in default_files() if path.is_file()), None)
    return _checked(file, _read(file) if file is not None else {})


def from_environment() -> Settings:
    """Reads the settings of the environment alone.

    Raises:
        ConfigurationError: a value is wrong; the message names it.
    """
    return _checked(None, {})


def _checked(file: Path | None, values: dict[str, Any]) -> Settings:
    try:
        return Settings(**values)
    except PydanticValidationError as error:
        raise ConfigurationError(_sentence(error, file)) from None


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise ConfigurationError(f"The settings in {file} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{file} is no valid TOML: {error}.") from error


def _sentence(error: PydanticValidationError, file: Path | None) -> str:
    first = error.errors(include_input=False, include_url=False)[0]
    name = ".".join(str(part) for part in first["loc"])
    variable = ENVIRONMENT_PREFIX + name.upper().replace(".", "__")
    where = f"in {file} or the variable {variable}" if file else f"in the variable {variable}"
    if first["type"] == "extra_forbidden":
        return f"There is no setting “{name}” ({where}): look for the right name in config.example.toml."
    reason = first["msg"].removeprefix("Value error, ")
    return f"The setting “{name}” is wrong ({where}): {reason[:1].lower()}{reason[1:]}."
