"""What the page sends: strict about types and sizes."""

from typing import Annotated, TypeVar

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from playground.page.refusals import PageError, first_flaw

Id = Annotated[str, Field(pattern=r"^[0-9]{1,20}$")]
FormT = TypeVar("FormT", bound="Form")


class Form(BaseModel):
    """A body; a field it does not know is refused."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


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
    if not (text.isascii() and text.isdecimal() and len(text) <= 20):  # noqa: PLR2004 - digits of 64 bits
        raise PageError(f"{name} must be an id, not {text[:40]!r}.")
    return int(text)
