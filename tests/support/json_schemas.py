"""The schemas of one document: JSON is held to any of them, by its place."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

Json = dict[str, Any]
Place = tuple[str | int, ...]
"""A way through a document, from its root."""

_URI = "urn:document"
_FORMATS = FormatChecker(formats=())


@_FORMATS.checks("date-time", raises=ValueError)
def _moment(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


class Schemas:
    """Every schema of a document; a validator is built when it is first needed."""

    def __init__(self, document: Json) -> None:
        resource = Resource.from_contents(document, default_specification=DRAFT202012)
        self._registry: Registry[Any] = Registry().with_resource(_URI, resource)
        self._validators: dict[Place, Draft202012Validator] = {}

    def problems(self, place: Place, value: object, name: str) -> Iterator[str]:
        """What is wrong with JSON by the schema at a place, under the name of the whole."""
        for error in self._validator(place).iter_errors(value):
            cause = _cause(error)
            yield f"{name}{cause.json_path.removeprefix('$')}: {cause.message[:300]}"

    def _validator(self, place: Place) -> Draft202012Validator:
        found = self._validators.get(place)
        if found is None:
            reference = {"$ref": f"{_URI}#/" + "/".join(_escaped(str(step)) for step in place)}
            found = Draft202012Validator(reference, registry=self._registry, format_checker=_FORMATS)
            self._validators[place] = found
        return found


def _cause(error: ValidationError) -> ValidationError:
    """What is wrong by the alternative that was meant, where there are several."""
    while error.context:
        alternatives = groupby(error.context, key=lambda each: each.schema_path[0])
        error = min(([*errors] for _, errors in alternatives), key=_distance)[0]
    return error


def _distance(errors: list[ValidationError]) -> tuple[bool, int]:
    """How far JSON is from an alternative: another `type` is farther than anything else."""
    return any([*error.relative_path] == ["type"] for error in errors), len(errors)


def _escaped(step: str) -> str:
    return step.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D")
