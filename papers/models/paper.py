"""What a paper is, and where its values came from."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field

from papers.models.common import Model, PaperKey, key_day


class Origin(StrEnum):
    """Who says so: `PAGES` are the paper's own first pages, `EXTRACT` is what was read from the other values."""

    PERSON = "person"
    LANGUAGE_MODEL = "language-model"
    SHIPPED_MODEL = "shipped-model"
    ARXIV = "arxiv"
    HUB = "hub"
    DIGEST = "digest"
    PAGES = "pages"
    EXTRACT = "extract"


class Part(StrEnum):
    """The parts of a paper that different origins may tell differently."""

    TITLE = "title"
    AUTHORS = "authors"
    ABSTRACT = "abstract"
    LEAD = "lead"
    BULLETS = "bullets"
    CLASSIFICATIONS = "classifications"
    LINKS = "links"
    UPVOTES = "upvotes"
    STARS = "stars"
    ARXIV = "arxiv"
    LINKED = "linked"
    TRANSLATIONS = "translations"


class LinkKind(StrEnum):
    """What a link leads to."""

    CODE = "code"
    MODEL = "model"
    DATASET = "dataset"
    SPACE = "space"
    COLLECTION = "collection"
    PROJECT = "project"


class Link(Model):
    """A link in its one form: https, no tracking, no trailing punctuation.

    `anonymous` where it leads to a mirror made for a review, which hides its owners and does not last.
    """

    kind: LinkKind
    url: str
    anonymous: bool = False


class Classification(Model):
    """A label and how sure its origin is of it (0 to 1; None where it did not say)."""

    name: str
    confidence: Annotated[float, Field(ge=0, le=1)] | None = None


class ArxivRecord(Model):
    """What arXiv keeps beside title, authors and abstract; `version` is the newest, `categories` begin with the primary."""

    categories: tuple[str, ...] = ()
    comment: str | None = None
    journal_ref: str | None = None
    doi: str | None = None
    version: Annotated[int, Field(ge=1)] | None = None
    updated: date | None = None

    @property
    def primary_category(self) -> str | None:
        """The category it was submitted to."""
        return self.categories[0] if self.categories else None


class LinkedOnHub(Model):
    """What the hub links to a paper: the first of each kind, best first, and how many there are of each."""

    links: tuple[Link, ...] = ()
    models: Annotated[int, Field(ge=0)] = 0
    datasets: Annotated[int, Field(ge=0)] = 0
    spaces: Annotated[int, Field(ge=0)] = 0


class Statement(Model):
    """What one origin says of a paper; a part it says nothing of is None.

    Digests speak once a day (`day` is set) and may tell the same paper differently on different days; every
    other origin speaks once, its newest word replacing the older.

    Attributes:
        maker: the model that speaks, where one does: its name and version.
        stars: how many people starred its code on GitHub.
        translations: the bullets by language (ISO 639-1, as in `papers.languages`).
    """

    origin: Origin
    day: date | None = None
    maker: str | None = None
    title: str | None = None
    authors: tuple[str, ...] | None = None
    abstract: str | None = None
    lead: str | None = None
    bullets: tuple[str, ...] | None = None
    classifications: tuple[Classification, ...] | None = None
    links: tuple[Link, ...] | None = None
    upvotes: int | None = None
    stars: int | None = None
    arxiv: ArxivRecord | None = None
    linked: LinkedOnHub | None = None
    translations: Mapping[str, tuple[str, ...]] | None = None

    @property
    def every_link(self) -> tuple[Link, ...]:
        """The links that it gives, then those that the hub links."""
        return (*(self.links or ()), *(self.linked.links if self.linked else ()))


class Announcement(Model):
    """A paper as a source announced it on a day: its identity and all that is said of it.

    `arxiv_id` has no version (`2409.17481`); `published` is the day of the first version, where known.
    """

    arxiv_id: str
    published: date | None = None
    statements: tuple[Statement, ...]


class Paper(Model):
    """A paper as people see it: for each part the best value there is, and who said it.

    Attributes:
        sources: where it was announced, as editions name it, each once, in the order of the alphabet.
        origins: who said each part that has a value.
        makers: the model behind a part, where one is.
        stars: how many people starred its code on GitHub.
        corrections: what people of a server say its classifications are, by the server's id.
    """

    key: PaperKey
    arxiv_id: str
    title: str
    authors: tuple[str, ...] = ()
    abstract: str | None = None
    bullets: tuple[str, ...] = ()
    classifications: tuple[Classification, ...] = ()
    links: tuple[Link, ...] = ()
    upvotes: int | None = None
    stars: int | None = None
    published: date | None = None
    editions: tuple[date, ...] = ()
    sources: tuple[str, ...] = ()
    arxiv: ArxivRecord | None = None
    linked: LinkedOnHub | None = None
    translations: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    origins: Mapping[Part, Origin] = Field(default_factory=dict)
    makers: Mapping[Part, str] = Field(default_factory=dict)
    corrections: Mapping[int, tuple[str, ...]] = Field(default_factory=dict)

    def seen_in(self, guild_id: int | None) -> Self:
        """The paper as a server sees it, its people's correction in place of the classifications."""
        corrected = self.corrections.get(guild_id) if guild_id is not None else None
        if corrected is None:
            return self
        names = tuple(Classification(name=name) for name in corrected)
        origins = {**self.origins, Part.CLASSIFICATIONS: Origin.PERSON}
        makers = {part: maker for part, maker in self.makers.items() if part is not Part.CLASSIFICATIONS}
        return self.model_copy(update={"classifications": names, "origins": origins, "makers": makers})

    def in_language(self, language: str | None) -> Self:
        """The paper with its bullets in a language; as it is where there are none in that language."""
        bullets = self.translations.get(language) if language is not None else None
        if bullets is None:
            return self
        origins = {**self.origins, Part.BULLETS: self.origins[Part.TRANSLATIONS]}
        makers = {**self.makers, Part.BULLETS: self.makers.get(Part.TRANSLATIONS, "")}
        return self.model_copy(update={"bullets": bullets, "origins": origins, "makers": makers})

    @property
    def day(self) -> date:
        """The day it was first announced, as known when it was first kept."""
        return key_day(self.key)

    @property
    def url(self) -> str:
        """Its abstract page on arXiv."""
        return f"https://arxiv.org/abs/{self.arxiv_id}"

    @property
    def pdf_url(self) -> str:
        """Its PDF on arXiv."""
        return f"https://arxiv.org/pdf/{self.arxiv_id}"
