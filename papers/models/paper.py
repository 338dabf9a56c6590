"""What a paper is, and where its values came from."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from papers.models.common import Model, PaperKey, key_day


class Origin(StrEnum):
    """Who says so."""

    PERSON = "person"
    LANGUAGE_MODEL = "language-model"
    SHIPPED_MODEL = "shipped-model"
    ARXIV = "arxiv"
    HUB = "hub"
    DIGEST = "digest"
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


class LinkKind(StrEnum):
    """What a link leads to."""

    CODE = "code"
    MODEL = "model"
    DATASET = "dataset"
    SPACE = "space"
    COLLECTION = "collection"
    PROJECT = "project"


class Link(Model):
    """A link in its one form: https, no tracking, no trailing punctuation."""

    kind: LinkKind
    url: str


class Classification(Model):
    """A label and how sure its origin is of it (0 to 1; None where it did not say)."""

    name: str
    confidence: Annotated[float, Field(ge=0, le=1)] | None = None


class Statement(Model):
    """What one origin says of a paper; a part it says nothing of is None.

    Digests speak once a day (`day` is set) and may tell the same paper differently on different days; every
    other origin speaks once, its newest word replacing the older.
    """

    origin: Origin
    day: date | None = None
    title: str | None = None
    authors: tuple[str, ...] | None = None
    abstract: str | None = None
    lead: str | None = None
    bullets: tuple[str, ...] | None = None
    classifications: tuple[Classification, ...] | None = None
    links: tuple[Link, ...] | None = None
    upvotes: int | None = None


class Announcement(Model):
    """A paper as a source announced it on a day: its identity and all that is said of it.

    `arxiv_id` has no version (`2409.17481`); `published` is the day of the first version, where known.
    """

    arxiv_id: str
    published: date | None = None
    statements: tuple[Statement, ...]


class Paper(Model):
    """A paper as people see it: for each part the best value there is, and who said it."""

    key: PaperKey
    arxiv_id: str
    title: str
    authors: tuple[str, ...] = ()
    abstract: str | None = None
    bullets: tuple[str, ...] = ()
    classifications: tuple[Classification, ...] = ()
    links: tuple[Link, ...] = ()
    upvotes: int | None = None
    published: date | None = None
    editions: tuple[date, ...] = ()
    origins: Mapping[Part, Origin] = Field(default_factory=dict)

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
