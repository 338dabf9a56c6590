"""Reading a body: pydantic finds what is wrong, and this says it as Discord says it.

The codes (`BASE_TYPE_MAX_LENGTH`, …) are those of answers recorded from Discord; its docs ("Error Messages") give only
the shape.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Annotated, TypeVar
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from playground.errors import Flaw, invalid_form

Path = tuple[str | int, ...]
FormT = TypeVar("FormT", bound="Form")


class Form(BaseModel):
    """A part of a body. Fields it does not know are ignored, as Discord does."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    def flaws(self) -> Iterator[Flaw]:
        """What is wrong beyond single fields; paths begin at this part."""
        yield from ()


def read(form: type[FormT], body: object) -> FormT:
    """A body that is held to every limit of its form.

    Raises:
        ApiError: 50035 with the paths of all bad fields.
    """
    return read_all(form, [body], lambda _: ())[0]


def read_all(
    form: type[FormT], bodies: Iterable[object], place: Callable[[int], Path] = lambda number: (number,)
) -> list[FormT]:
    """Several bodies, each held to every limit of its form.

    Raises:
        ApiError: 50035 with the paths of all bad fields; `place` says where each body stands.
    """
    made: list[FormT] = []
    flaws: list[Flaw] = []
    for number, body in enumerate(bodies):
        try:
            made.append(form.model_validate(body))
            flaws += _every_flaw(made[-1], place(number))
        except ValidationError as error:
            flaws += (_flaw(each, place(number)) for each in error.errors())
    if flaws:
        raise invalid_form(flaws)
    return made


def _every_flaw(value: object, path: Path = ()) -> Iterator[Flaw]:
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from _every_flaw(item, (*path, number))
    elif isinstance(value, Form):
        for flaw in value.flaws():
            yield Flaw((*path, *flaw.path), flaw.code, flaw.message)
        for name, inner in value:
            yield from _every_flaw(inner, (*path, name))


def required(path: Path) -> Flaw:
    """A field that must be there."""
    return Flaw(path, "BASE_TYPE_REQUIRED", "This field is required")


def _flaw(error: ErrorDetails, place: Path) -> Flaw:
    path = place + tuple(step for step in error["loc"] if not str(step).startswith("<"))
    code, words = _WORDS.get(error["type"], (error["type"], ""))
    message = words.format_map(error.get("ctx", {})) or error["msg"]
    return Flaw(path, code, message.replace("'<", "").replace(">'", ""))


_REQUIRED = ("BASE_TYPE_REQUIRED", "This field is required")
_TOO_LONG = ("BASE_TYPE_MAX_LENGTH", "Must be {max_length} or fewer in length.")
_WORDS = {
    "missing": _REQUIRED,
    "string_too_short": _REQUIRED,
    "string_too_long": _TOO_LONG,
    "too_long": _TOO_LONG,
    "too_short": ("BASE_TYPE_MIN_LENGTH", "Must be {min_length} or more in length."),
    "less_than_equal": ("NUMBER_TYPE_MAX", "int value should be less than or equal to {le}."),
    "greater_than_equal": ("NUMBER_TYPE_MIN", "int value should be greater than or equal to {ge}."),
    "literal_error": ("BASE_TYPE_CHOICES", "Value must be one of ({expected})."),
    "union_tag_invalid": ("UNION_TYPE_CHOICES", 'Value of field "type" must be one of ({expected_tags}).'),
    "string_type": ("STRING_TYPE_CONVERT", "Could not interpret as string."),
    "int_type": ("NUMBER_TYPE_COERCE", "Value is not int."),
    "int_parsing": ("NUMBER_TYPE_COERCE", "Value is not int."),
    "int_from_float": ("NUMBER_TYPE_COERCE", "Value is not int."),
    "bool_type": ("BOOLEAN_TYPE_CONVERT", "Must be either true or false."),
    "bool_parsing": ("BOOLEAN_TYPE_CONVERT", "Must be either true or false."),
    "list_type": ("LIST_TYPE_CONVERT", "Only iterables may be used in a ListType"),
    "dict_type": ("DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType"),
    "model_type": ("MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType"),
    "model_attributes_type": ("MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType"),
    "datetime_type": ("DATE_TIME_TYPE_PARSE", "Could not parse. Should be ISO8601."),
    "datetime_parsing": ("DATE_TIME_TYPE_PARSE", "Could not parse. Should be ISO8601."),
    "datetime_from_date_parsing": ("DATE_TIME_TYPE_PARSE", "Could not parse. Should be ISO8601."),
}
"""Discord's code and words by pydantic's; a code of a validator of our own stays as it is."""


def _address(schemes: Sequence[str]) -> AfterValidator:
    def check(value: str) -> str:
        try:
            address = urlsplit(value)
        except ValueError:
            raise PydanticCustomError("URL_TYPE_INVALID_URL", "Not a well formed URL.") from None
        if address.scheme not in schemes:
            raise PydanticCustomError(
                "URL_TYPE_INVALID_SCHEME",
                'Scheme "{scheme}" is not supported. Scheme must be one of {schemes}.',
                {"scheme": address.scheme, "schemes": str(tuple(schemes))},
            )
        if not address.netloc:
            raise PydanticCustomError("URL_TYPE_INVALID_URL", "Not a well formed URL.")
        return value

    return AfterValidator(check)


Snowflake = Annotated[int, Field(ge=0)]
Text100 = Annotated[str, StringConstraints(max_length=100)]
Required100 = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Address = Annotated[str, Field(max_length=2048), _address(("http", "https"))]
MediaAddress = Annotated[str, Field(max_length=2048), _address(("http", "https", "attachment"))]
LinkAddress = Annotated[str, Field(max_length=512), _address(("http", "https", "discord"))]
