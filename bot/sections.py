"""The tables of the settings file, each with what it holds."""

from datetime import time
from pathlib import Path
from typing import Annotated, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import platformdirs
from pydantic import (
    AfterValidator,
    AnyHttpUrl,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    UrlConstraints,
    model_validator,
)
from pydantic_core import Url

from papers.delivery import CATCH_UP, WhenUncertain
from papers.editing import EDITS_A_DAY

PROJECT_PAGE = "the operator of this bot"


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("it is no time zone: write it like Europe/Berlin or UTC") from error
    return name


def _some(times: tuple[time, ...]) -> tuple[time, ...]:
    if not times:
        raise ValueError("at least one time is needed, like 08:00")
    return times


WebSocketUrl = Annotated[Url, UrlConstraints(allowed_schemes=["ws", "wss"])]


class Section(BaseModel):
    """A table of the file; an unknown key is an error, for it is most likely misspelt."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class DiscordSettings(Section):
    """`[discord]`: the bot's token, and where Discord is."""

    token: SecretStr | None = None
    api_base: AnyHttpUrl = AnyHttpUrl("https://discord.com/api/v10")
    gateway_url: WebSocketUrl = Url("wss://gateway.discord.gg/")


class StorageSettings(Section):
    """`[storage]`: the database file."""

    path: Path = Field(default_factory=lambda: platformdirs.user_data_path("paperboy") / "papers.db")


class HuggingFaceSettings(Section):
    """`[sources.huggingface]`: Hugging Face Daily Papers."""

    base_url: AnyHttpUrl = AnyHttpUrl("https://huggingface.co")
    enrich: bool = True


Category = Annotated[str, Field(pattern=r"^[a-z-]+(\.[A-Za-z-]+)?$")]


ARXIV = "https://export.arxiv.org"


class ArxivSettings(Section):
    """`[sources.arxiv]`: arXiv, asked about every paper, and for whole categories if wanted.

    Another `base_url`, a mirror say, stands for feeds and pages too where they have none of their own.
    """

    base_url: AnyHttpUrl = AnyHttpUrl(ARXIV)
    rss_base_url: AnyHttpUrl = AnyHttpUrl("https://rss.arxiv.org")
    pages_base_url: AnyHttpUrl = AnyHttpUrl("https://arxiv.org")
    categories: tuple[Category, ...] = ()
    enrich: bool = True

    @model_validator(mode="before")
    @classmethod
    def _one_server(cls, values: object) -> object:
        if not isinstance(values, dict) or str(values.get("base_url", ARXIV)).rstrip("/") == ARXIV:
            return values
        return {"rss_base_url": values["base_url"], "pages_base_url": values["base_url"], **values}


class SourcesSettings(Section):
    """`[sources]`: where papers come from, and how we say who asks."""

    contact: Annotated[str, Field(min_length=3, max_length=200, pattern=r"^[\x20-\x7e]+$")] = PROJECT_PAGE
    huggingface: HuggingFaceSettings = HuggingFaceSettings()
    arxiv: ArxivSettings = ArxivSettings()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the sources that are asked every day."""
        return ("huggingface", *(("arxiv",) if self.arxiv.categories else ()))


class ReadingSettings(Section):
    """`[reading]`: how papers are read without a language model."""

    model: Path | None = None
    pages: bool = False
    patience: Annotated[float, Field(ge=0, le=3600)] = 120


def _without_query(url: AnyHttpUrl) -> AnyHttpUrl:
    if url.query is not None or url.fragment is not None:
        raise ValueError("leave out what stands after the path, and put a key into llm.api_key")
    return url


class LlmSettings(Section):
    """`[llm]`: a language model behind an OpenAI-compatible address, asked where `model` and `base_url` are set."""

    base_url: Annotated[AnyHttpUrl, AfterValidator(_without_query)] | None = None
    model: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    api_key: SecretStr | None = None
    daily_requests: Annotated[int, Field(ge=0)] = 500
    daily_tokens: Annotated[int, Field(ge=0)] = 2_000_000
    concurrency: Annotated[int, Field(ge=1, le=32)] = 2
    timeout: Annotated[float, Field(gt=0, le=600)] = 60
    attempts: Annotated[int, Field(ge=1, le=10)] = 3

    @model_validator(mode="after")
    def _both_or_neither(self) -> Self:
        if (self.base_url is None) is not (self.model is None):
            raise ValueError("base_url and model go together: set both, or neither")
        return self


class ScheduleSettings(Section):
    """`[schedule]`: when to look for papers."""

    times: Annotated[tuple[time, ...], AfterValidator(_some)] = (
        time(2, 45),
        time(8, 0),
        time(12, 0),
        time(17, 0),
        time(21, 0),
    )
    timezone: Annotated[str, AfterValidator(_known_zone)] = "UTC"


class DeliverySettings(Section):
    """`[delivery]`: how papers are posted."""

    uncertain: WhenUncertain = WhenUncertain.REPEAT
    catch_up: Annotated[int, Field(ge=1, le=100)] = CATCH_UP
    edits_a_day: Annotated[int, Field(ge=0, le=1_000_000)] = EDITS_A_DAY
