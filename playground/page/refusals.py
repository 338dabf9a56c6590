"""What cannot be done, as one sentence for people."""

from collections.abc import Iterator

from pydantic import ValidationError

from playground.errors import ApiError, Json


class PageError(Exception):
    """Something that cannot be done on the page; one sentence, and the status of the answer."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


def sentence(error: ApiError) -> str:
    """A refusal of the API in one sentence, with the first field that is wrong where there is one."""
    for path, message in _flaws(error.errors or {}):
        return f"{path}: {message}" if path else message
    return error.message


def first_flaw(error: ValidationError) -> str:
    """What is wrong with a body, in one sentence: the first field, and what it should be."""
    flaw = error.errors(include_url=False, include_context=False, include_input=False)[0]
    place = ".".join(str(step) for step in flaw["loc"])
    return f"{place}: {flaw['msg']}." if place else f"{flaw['msg']}."


def _flaws(errors: Json, path: str = "") -> Iterator[tuple[str, str]]:
    for name, inner in errors.items():
        if name == "_errors":
            yield from ((path, flaw["message"]) for flaw in inner)
        else:
            yield from _flaws(inner, f"{path}.{name}" if path else name)
