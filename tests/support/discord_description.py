"""Discord's own description of its API (OpenAPI 3.1), and what is wrong with a request or an answer by it."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from support.json_schemas import Json, Place, Schemas

_JSON = ("content", "application/json", "schema")
_METHODS = {"get", "put", "post", "patch", "delete"}
_BOOLEANS = {"true": True, "True": True, "1": True, "false": False, "False": False, "0": False}
_UNDESCRIBED = {("POST", "/channels/{channel_id}/threads", "use_nested_fields")}
"""What discord.py 2.7.1 asks with, Discord answers, and the description leaves out."""

_LOOSER_REQUESTS: Json = {
    # Discord takes a snowflake as a number too, and discord.py opens direct messages with one.
    "SnowflakeType": {"type": ["string", "integer"], "pattern": "^(0|[1-9][0-9]*)$"},
}
_WORDED_ERRORS: Json = {
    "type": "object",
    "properties": {
        "_errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"code": {"type": "string"}, "message": {"type": "string"}},
                "required": ["code", "message"],
            },
        }
    },
    "additionalProperties": False,
    "required": ["_errors"],
}
_PARTS = {"Error", "ErrorResponse", "RatelimitedResponse"}
"""Schemas that others are made of, which have fields beside theirs."""


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
        self._document: Json = json.loads(path.read_text())
        self._requests = Schemas(_with(self._document, _LOOSER_REQUESTS))
        self._answers = Schemas(_closed(_with(self._document, _looser_answers(self._document))))

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

    def answer_problems(self, operation: Operation, status: int, answer: object) -> Iterator[str]:
        """What is wrong with an answer, a sentence each: its status, its JSON (None where there is none).

        The status is looked for as it is, then as a range (`4XX`), then as `default`.
        """
        described = operation.described["responses"]
        names = (str(status), f"{status // 100}XX", "default")
        name = next((name for name in names if name in described), None)
        if name is None:
            yield f"the status {status} is not described"
            return
        content, place = self._content((*_place(operation), "responses", name))
        if content is None:
            if answer is not None:
                yield f"answer {status}: a body, where none is described"
        else:
            yield from self._answers.problems((*place, *_JSON), answer, f"answer {status}")

    def _content(self, place: Place) -> tuple[Json | None, Place]:
        """What the response at a place holds, and where it really stands."""
        response: Json = self._document
        for step in place:
            response = response[str(step)]
        if "$ref" in response:
            return self._content(tuple(response["$ref"].removeprefix("#/").split("/")))
        return response.get("content"), place

    def _query_problems(self, operation: Operation, query: Mapping[str, str]) -> Iterator[str]:
        described = operation.described.get("parameters", ())
        places = {each["name"]: place for place, each in enumerate(described) if each.get("in") == "query"}
        for name, value in query.items():
            if name in places:
                place = (*_place(operation), "parameters", places[name], "schema")
                typed = _typed(described[places[name]]["schema"], value)
                yield from self._requests.problems(place, typed, name)
            elif (operation.method, operation.template, name) not in _UNDESCRIBED:
                yield f"the query parameter {name} is unknown"

    def _body_problems(self, operation: Operation, body: object) -> Iterator[str]:
        described = operation.described.get("requestBody")
        if described is None:
            if body is not None:
                yield "it has a body, and takes none"
        elif body is not None:
            place = (*_place(operation), "requestBody", *_JSON)
            yield from self._requests.problems(place, body, "body")
        elif described.get("required"):
            yield "it needs a body"


def _with(document: Json, schemas: Json) -> Json:
    components = document["components"]
    return document | {"components": components | {"schemas": components["schemas"] | schemas}}


def _looser_answers(document: Json) -> Json:
    thread = document["components"]["schemas"]["CreatedThreadResponse"]
    message = {"message": {"$ref": "#/components/schemas/MessageResponse"}}
    return {
        # The description has numbers here; Discord's docs ("Error Messages") and recorded answers have words.
        "InnerErrors": _WORDED_ERRORS,
        # Discord's docs ("Start Thread in Forum or Media Channel"): "a channel, with a nested message object".
        "CreatedThreadResponse": thread | {"properties": thread["properties"] | message},
    }


def _closed(document: Json) -> Json:
    """The same with no fields beside those described, which it is silent about."""
    schemas = {
        name: {"additionalProperties": False} | schema
        for name, schema in document["components"]["schemas"].items()
        if "properties" in schema and name not in _PARTS
    }
    return _with(document, schemas)


def _place(operation: Operation) -> Place:
    return ("paths", operation.template, operation.method.lower())


def _pattern(template: str) -> re.Pattern[str]:
    literal = (re.escape(part) for part in re.split(r"\{[a-z_]+\}", template))
    return re.compile("[^/]+".join(literal))


def _typed(schema: Mapping[str, Any], value: str) -> object:
    if schema.get("type") == "boolean":
        return _BOOLEANS.get(value, value)
    if schema.get("type") == "integer" and value.lstrip("-").isdigit():
        return int(value)
    return value
