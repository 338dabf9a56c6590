"""One item of Hugging Face Daily Papers, understood.

Of the payload's keys only id and title have to be there; those that came later, and those still to come, may
be missing, and a value that cannot be read costs nothing but itself.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Annotated
from urllib.parse import urlsplit, urlunsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    HttpUrl,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

from papers.links import ARXIV_ID, recognise
from papers.models import Announcement, Link, LinkKind, Origin, Statement
from papers.text import normalise

_ARXIV_ID = re.compile(rf"({ARXIV_ID})(?:v\d+)?", re.ASCII)
_LONGEST_URL = 512
_TRACKING = re.compile(r"(?:^|&)(?:utm_\w+|fbclid|gclid)=[^&]*", re.IGNORECASE | re.ASCII)
_CLOSING = ".,;:!)]}>'\"”’"
_URL = TypeAdapter(HttpUrl)


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
        raise UnreadableItemError(_reason(error)) from error
    hub = Statement(
        origin=Origin.HUB,
        title=paper.title,
        authors=tuple(author.name for author in paper.authors or () if author and author.name) or None,
        abstract=paper.summary or None,
        lead=paper.ai_summary or None,
        links=tuple(_links(paper)) or None,
        upvotes=paper.upvotes,
    )
    return Understood(
        announcement=Announcement(arxiv_id=paper.id, published=paper.published, statements=(hub,)),
        day=paper.submitted,
        unreadable=tuple(unreadable),
    )


def _reason(error: ValidationError) -> str:
    first = error.errors(include_input=False, include_url=False, include_context=False)[0]
    message = first["msg"].removeprefix("Value error, ")
    return f"{'.'.join(map(str, first['loc']))}: {message}" if first["loc"] else message


def _links(paper: "_Paper") -> Iterator[Link]:
    links = (paper.code, paper.project)
    yield from dict.fromkeys(link for link in links if link is not None)


def _readable_or_none(value: object, read: ValidatorFunctionWrapHandler, info: ValidationInfo) -> object:
    try:
        return None if value is None else read(value)
    except ValidationError as error:
        unreadable: list[str] = info.context  # type: ignore[assignment]  # as `understand` made it
        key = _Paper.model_fields[info.field_name or ""].alias or info.field_name
        unreadable.append(f"{key} cannot be read: {_reason(error)}")
        return None


def _arxiv_id(text: str) -> str:
    match = _ARXIV_ID.fullmatch(text.strip())
    if match is None:
        raise ValueError("is no arXiv id")
    return match[1]


def _some(text: str) -> str:
    if not text:
        raise ValueError("is empty")
    return text


def _day(value: object) -> date:
    try:
        moment = datetime.fromisoformat(_text(value, 50))
        return (moment.astimezone(UTC) if moment.tzinfo else moment).date()
    except OverflowError as error:
        raise ValueError("is out of range") from error


def _link(value: object) -> Link:
    text = normalise(_text(value, 2_000))
    return recognise(text) or Link(kind=LinkKind.PROJECT, url=_page(text))


def _text(value: object, longest: int) -> str:
    if not isinstance(value, str):
        raise ValueError("is no text")  # noqa: TRY004 - what pydantic takes for a wrong value
    if len(value) > longest:
        raise ValueError(f"is longer than {longest:,} characters")
    return value


def _page(text: str) -> str:
    """The address of a page in its one form: https, nothing that tracks, no punctuation of a sentence around it."""
    try:
        parts = urlsplit(str(_URL.validate_python(text.rstrip(_CLOSING))))
    except ValidationError as error:
        raise ValueError("is no address of a page") from error
    if parts.username is not None or parts.port is not None or "." not in parts.netloc:
        raise ValueError("is no address of a public page")
    url = urlunsplit(parts._replace(scheme="https", query=_TRACKING.sub("", parts.query).strip("&")))
    return _text(url, _LONGEST_URL)


_ReadableOrNone = WrapValidator(_readable_or_none)
_Line = Annotated[str, Field(max_length=2_000), AfterValidator(normalise)]
_MaybeText = Annotated[
    Annotated[str, Field(max_length=50_000), AfterValidator(normalise)] | None, _ReadableOrNone
]
_MaybeCount = Annotated[Annotated[int, Field(ge=0, le=10**9)] | None, _ReadableOrNone]
_MaybeDay = Annotated[Annotated[date, BeforeValidator(_day)] | None, _ReadableOrNone]
_MaybeLink = Annotated[Annotated[Link, BeforeValidator(_link)] | None, _ReadableOrNone]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class _Author(_Part):
    name: _Line


class _Paper(_Part):
    id: Annotated[str, AfterValidator(_arxiv_id)]
    title: Annotated[_Line, AfterValidator(_some)]
    summary: _MaybeText = None
    authors: Annotated[list[Annotated[_Author | None, _ReadableOrNone]] | None, _ReadableOrNone] = None
    ai_summary: _MaybeText = None
    published: _MaybeDay = Field(default=None, alias="publishedAt")
    submitted: _MaybeDay = Field(default=None, alias="submittedOnDailyAt")
    upvotes: _MaybeCount = None
    code: _MaybeLink = Field(default=None, alias="githubRepo")
    project: _MaybeLink = Field(default=None, alias="projectPage")


class _Item(_Part):
    paper: _Paper
