"""Values in the hub's answers: brought to one form, and each that cannot be read is missing, and nothing else."""

from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

from papers import links
from papers.models import Link
from papers.text import normalise


def reason(error: ValidationError) -> str:
    """Why a value cannot be read, as the rest of a sentence about it."""
    first = error.errors(include_input=False, include_url=False, include_context=False)[0]
    message = first["msg"].removeprefix("Value error, ")
    return f"{'.'.join(map(str, first['loc']))}: {message}" if first["loc"] else message


def _readable_or_none(value: object, read: ValidatorFunctionWrapHandler, info: ValidationInfo) -> object:
    try:
        return None if value is None else read(value)
    except ValidationError as error:
        unreadable: list[str] = info.context  # type: ignore[assignment]  # as `Part` asks for
        unreadable.append(
            f"{KEYS.get(info.field_name or '', info.field_name)} cannot be read: {reason(error)}"
        )
        return None


def _day(value: object) -> date:
    try:
        moment = datetime.fromisoformat(_text(value, 50))
        return (moment.astimezone(UTC) if moment.tzinfo else moment).date()
    except OverflowError as error:
        raise ValueError("is out of range") from error


def _link(value: object) -> Link:
    link = links.read(normalise(_text(value, 2_000)))
    if link is None:
        raise ValueError("is no address of something that belongs to a paper")
    return link


def _text(value: object, longest: int) -> str:
    if not isinstance(value, str):
        raise ValueError("is no text")  # noqa: TRY004 - what pydantic takes for a wrong value
    if len(value) > longest:
        raise ValueError(f"is longer than {longest:,} characters")
    return value


KEYS = {
    "code": "githubRepo",
    "project": "projectPage",
    "stars": "githubStars",
    "published": "publishedAt",
    "submitted": "submittedOnDailyAt",
}
"""What the hub calls our fields, where it has another name for them."""

ReadableOrNone = WrapValidator(_readable_or_none)
Line = Annotated[str, Field(max_length=2_000), AfterValidator(normalise)]
MaybeText = Annotated[
    Annotated[str, Field(max_length=50_000), AfterValidator(normalise)] | None, ReadableOrNone
]
MaybeCount = Annotated[Annotated[int, Field(ge=0, le=10**9)] | None, ReadableOrNone]
MaybeDay = Annotated[Annotated[date, BeforeValidator(_day)] | None, ReadableOrNone]
MaybeLink = Annotated[Annotated[Link, BeforeValidator(_link)] | None, ReadableOrNone]


class Part(BaseModel):
    """A part of an answer; it is validated with a list as context, which takes what could not be read."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class Linked(Part):
    """The links that a paper's submitter gave."""

    code: MaybeLink = Field(default=None, alias=KEYS["code"])
    project: MaybeLink = Field(default=None, alias=KEYS["project"])

    @property
    def links(self) -> tuple[Link, ...] | None:
        """Both, the code first; None where there is neither."""
        return links.distinct(link for link in (self.code, self.project) if link is not None) or None
