"""What the page sends: strict about types and sizes."""

from typing import Annotated, TypeVar

from aiohttp import web
from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError
from pydantic_core import PydanticCustomError

from playground.page.refusals import PageError, first_flaw

_LONGEST_ID = 20
"""Digits; what 64 bits take."""


def _an_id(text: str) -> str:
    if not (text.isascii() and text.isdecimal() and len(text) <= _LONGEST_ID):
        raise PydanticCustomError("id", "must be an id")
    return text


Id = Annotated[str, AfterValidator(_an_id)]
FormT = TypeVar("FormT", bound="Form")


class Form(BaseModel):
    """A body; a field it does not know is refused."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


async def read(form: type[FormT], request: web.Request) -> FormT:
    """The JSON body of a request.

    Raises:
        PageError: it is no JSON, or not what the form asks for.
    """
    if request.content_type != "application/json":
        raise PageError("The body must be application/json.", 415)
    try:
        return form.model_validate_json(await request.read())
    except ValidationError as error:
        raise PageError(first_flaw(error)) from None


def number(text: str, name: str) -> int:
    """An id of a query or a path.

    Raises:
        PageError: it is none.
    """
    try:
        return int(_an_id(text))
    except PydanticCustomError:
        raise PageError(f"{name} must be an id, not {text[:40]!r}.") from None
