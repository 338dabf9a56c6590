"""One item of Hugging Face Daily Papers, understood.

Of the payload's keys only id and title have to be there; those that came later, and those still to come, may
be missing, and a value that cannot be read costs nothing but itself.
"""

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field, ValidationError

from papers.links import ARXIV_ID
from papers.models import Announcement, Origin, Statement
from papers.sources.huggingface_values import (
    KEYS,
    Line,
    Linked,
    MaybeCount,
    MaybeDay,
    MaybeText,
    Part,
    ReadableOrNone,
    reason,
)

_ARXIV_ID = re.compile(rf"({ARXIV_ID})(?:v\d+)?", re.ASCII)


class UnreadableItemError(Exception):
    """Why an item cannot be read, as the rest of a sentence about it."""


class Understood(BaseModel):
    """An item: the paper, the day it belongs to where the item says so, and values that could not be read."""

    announcement: Announcement
    day: date | None
    unreadable: tuple[str, ...]


def understand(item: object) -> Understood:
    """Reads an item.

    Raises:
        UnreadableItemError: it has no arXiv id or no title.
    """
    unreadable: list[str] = []
    try:
        paper = _Item.model_validate(item, context=unreadable).paper
    except ValidationError as error:
        raise UnreadableItemError(reason(error)) from error
    hub = Statement(
        origin=Origin.HUB,
        title=paper.title,
        authors=tuple(author.name for author in paper.authors or () if author and author.name) or None,
        abstract=paper.summary or None,
        lead=paper.ai_summary or None,
        links=paper.links,
        upvotes=paper.upvotes,
        stars=paper.stars,
    )
    return Understood(
        announcement=Announcement(arxiv_id=paper.id, published=paper.published, statements=(hub,)),
        day=paper.submitted,
        unreadable=tuple(unreadable),
    )


def _arxiv_id(text: str) -> str:
    match = _ARXIV_ID.fullmatch(text.strip())
    if match is None:
        raise ValueError("is no arXiv id")
    return match[1]


def _some(text: str) -> str:
    if not text:
        raise ValueError("is empty")
    return text


class _Author(Part):
    name: Line


class _Paper(Linked):
    id: Annotated[str, AfterValidator(_arxiv_id)]
    title: Annotated[Line, AfterValidator(_some)]
    summary: MaybeText = None
    authors: Annotated[list[Annotated[_Author | None, ReadableOrNone]] | None, ReadableOrNone] = None
    ai_summary: MaybeText = None
    published: MaybeDay = Field(default=None, alias="publishedAt")
    submitted: MaybeDay = Field(default=None, alias="submittedOnDailyAt")
    upvotes: MaybeCount = None
    stars: MaybeCount = Field(default=None, alias=KEYS["stars"])


class _Item(Part):
    paper: _Paper
