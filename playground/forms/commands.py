"""Commands (Discord docs, "Application Command Object")."""

import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from playground.errors import Flaw
from playground.forms.base import Form, Required100, Text100, required

CHAT_INPUT = 1
MOST_COMMANDS = 100
TOTAL_TEXT = 8_000
_NAME = re.compile(r"[-_'\w\u0900-\u097f\u0e00-\u0e7f]{1,32}")


def _not_long(value: object) -> object:
    if isinstance(value, str) and len(value) > 100:  # noqa: PLR2004 - Discord docs, "Choice Structure"
        raise PydanticCustomError("BASE_TYPE_MAX_LENGTH", "Must be 100 or fewer in length.")
    return value


Name = Annotated[str, StringConstraints(min_length=1, max_length=32)]


class Choice(Form):
    """One of the values an option offers."""

    name: Required100
    value: Annotated[Any, AfterValidator(_not_long)]


Choices = Annotated[list[Choice], Field(max_length=25)]


class _Named(Form):
    name: Name
    options: "Annotated[list[CommandOption], Field(max_length=25)] | None" = None

    def size(self) -> int:
        """How many of a command's 8000 characters this takes."""
        return len(self.name) + sum(option.size() for option in self.options or [])

    def flaws(self) -> Iterator[Flaw]:
        """Options in a wrong order or of the same name."""
        seen: list[CommandOption] = []
        for number, option in enumerate(self.options or []):
            if option.required and any(not earlier.required for earlier in seen):
                message = "Required options must be placed before non-required options"
                yield Flaw(("options", number), "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message)
            if option.name in {earlier.name for earlier in seen}:
                message = "The specified option name is already used"
                yield Flaw(("options", number), "APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATED", message)
            seen.append(option)

    def _name_flaws(self) -> Iterator[Flaw]:
        if not _NAME.fullmatch(self.name) or self.name != self.name.lower():
            yield Flaw(("name",), "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")


class CommandOption(_Named):
    """An option, or a sub-command with options of its own."""

    type: Annotated[int, Field(ge=1, le=11)]
    description: Required100
    required: bool | None = None
    choices: Choices | None = None
    autocomplete: bool | None = None

    def size(self) -> int:
        """With its description and choices."""
        texts = [text for choice in self.choices or [] for text in (choice.name, str(choice.value))]
        return super().size() + len(self.description) + sum(map(len, texts))

    def flaws(self) -> Iterator[Flaw]:
        """As for a command; and choices beside an autocomplete."""
        yield from super().flaws()
        yield from self._name_flaws()
        if self.autocomplete and self.choices:
            message = "An option with autocomplete cannot have choices"
            yield Flaw(("choices",), "APPLICATION_COMMAND_OPTIONS_CHOICES_AND_AUTOCOMPLETE", message)


class Command(_Named):
    """A command."""

    type: Literal[1, 2, 3] = 1
    description: Text100 | None = None
    default_member_permissions: int | None = None
    contexts: Annotated[list[Literal[0, 1, 2]], Field(min_length=1)] | None = None
    integration_types: Annotated[list[Literal[0, 1]], Field(min_length=1)] | None = None

    def identity(self) -> tuple[int, str]:
        """What no two commands in one scope share."""
        return self.type, self.name

    def flaws(self) -> Iterator[Flaw]:
        """What a slash command needs, what others must not have, and the size of all texts."""
        yield from super().flaws()
        if self.type == CHAT_INPUT:
            yield from self._name_flaws()
            if not self.description:
                yield required(("description",))
        elif self.description:
            message = "Context menu commands cannot have a description"
            yield Flaw(("description",), "APPLICATION_COMMAND_DESCRIPTION_CANNOT_BE_SET", message)
        if self.size() + len(self.description or "") > TOTAL_TEXT:
            message = f"Command exceeds maximum size ({TOTAL_TEXT})"
            yield Flaw((), "APPLICATION_COMMAND_TOO_LARGE", message)

    @classmethod
    def too_many(cls, commands: list[Self]) -> Iterator[Flaw]:
        """What is wrong with several commands beside each other."""
        if sum(command.type == CHAT_INPUT for command in commands) > MOST_COMMANDS:
            message = f"Must be {MOST_COMMANDS} or fewer in length."
            yield Flaw((), "BASE_TYPE_MAX_LENGTH", message)
        identities = [command.identity() for command in commands]
        for number, identity in enumerate(identities):
            if identity in identities[:number]:
                message = "Application command names must be unique"
                yield Flaw((number,), "APPLICATION_COMMANDS_DUPLICATE_NAME", message)
