"""Discord's own description of its API (OpenAPI 3.1), and what a request has against it."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

_URI = "urn:discord"
_METHODS = {"get", "put", "post", "patch", "delete"}
_BOOLEANS = {"true": True, "True": True, "1": True, "false": False, "False": False, "0": False}
_UNDESCRIBED = {("POST", "/channels/{channel_id}/threads", "use_nested_fields")}
"""What discord.py 2.7.1 asks with, Discord answers, and the description leaves out."""


@dataclass(frozen=True)
class Operation:
    """One method of one path; `pattern` matches the paths it serves."""

    id: str
    method: str
    template: str
    pattern: re.Pattern[str]
    described: Mapping[str, Any]


class Description:
    """The description, loaded once; its validators are built when an operation is first checked."""

    def __init__(self, path: Path) -> None:
        document = json.loads(path.read_text())
        # Discord takes a snowflake as a number too, and discord.py opens direct messages with one.
        document["components"]["schemas"]["SnowflakeType"]["type"] = ["string", "integer"]
        self._document: dict[str, Any] = document
        resource = Resource.from_contents(document, default_specification=DRAFT202012)
        self._registry: Registry[Any] = Registry().with_resource(_URI, resource)
        self._validators: dict[str, Draft202012Validator] = {}

    @cached_property
    def operations(self) -> list[Operation]:
        """Every operation, those with the fewest parameters in their path first."""
        found = [
            Operation(described["operationId"], method.upper(), template, _pattern(template), described)
            for template, methods in self._document["paths"].items()
            for method, described in methods.items()
            if method in _METHODS
        ]
        return sorted(found, key=lambda operation: operation.template.count("{"))

    def operation(self, method: str, path: str) -> Operation | None:
        """The operation that serves a path, which has no `/api/v10` before it."""
        return next(
            (found for found in self.operations if found.method == method and found.pattern.fullmatch(path)),
            None,
        )

    def problems(self, operation: Operation, query: Mapping[str, str], body: object) -> Iterator[str]:
        """What is wrong with a request, a sentence each."""
        yield from self._query_problems(operation, query)
        yield from self._body_problems(operation, body)

    def _query_problems(self, operation: Operation, query: Mapping[str, str]) -> Iterator[str]:
        described = operation.described.get("parameters", ())
        places = {each["name"]: place for place, each in enumerate(described) if each.get("in") == "query"}
        for name, value in query.items():
            if name in places:
                pointer = (operation.template, operation.method.lower(), "parameters", places[name], "schema")
                yield from self._validate(pointer, _typed(described[places[name]]["schema"], value), name)
            elif (operation.method, operation.template, name) not in _UNDESCRIBED:
                yield f"the query parameter {name} is unknown"

    def _body_problems(self, operation: Operation, body: object) -> Iterator[str]:
        described = operation.described.get("requestBody")
        if described is None:
            if body is not None:
                yield "it has a body, and takes none"
        elif body is not None:
            pointer = (
                operation.template,
                operation.method.lower(),
                "requestBody",
                "content",
                "application/json",
                "schema",
            )
            yield from self._validate(pointer, body, "body")
        elif described.get("required"):
            yield "it needs a body"

    def _validate(self, pointer: tuple[str | int, ...], value: object, name: str) -> Iterator[str]:
        reference = f"{_URI}#/paths/" + "/".join(
            str(step).replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D")
            for step in pointer
        )
        validator = self._validators.get(reference)
        if validator is None:
            validator = Draft202012Validator({"$ref": reference}, registry=self._registry)
            self._validators[reference] = validator
        error = best_match(validator.iter_errors(value))
        if error is not None:
            yield f"{name}{error.json_path.removeprefix('$')}: {error.message[:300]}"


def _pattern(template: str) -> re.Pattern[str]:
    literal = (re.escape(part) for part in re.split(r"\{[a-z_]+\}", template))
    return re.compile("[^/]+".join(literal))


def _typed(schema: Mapping[str, Any], value: str) -> object:
    if schema.get("type") == "boolean":
        return _BOOLEANS.get(value, value)
    if schema.get("type") == "integer" and value.lstrip("-").isdigit():
        return int(value)
    return value
