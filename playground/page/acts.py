"""What a person can do on the page, as the page sends it."""

from typing import Annotated

from pydantic import Field

from playground.page.forms import Form, Id

CustomId = Annotated[str, Field(min_length=1, max_length=100)]
Name = Annotated[str, Field(min_length=1, max_length=98)]
Text = Annotated[str, Field(max_length=6_000)]
Values = Annotated[list[CustomId], Field(max_length=25)]


class SayForm(Form):
    """A message."""

    channel: Id
    content: Text


class SlashForm(Form):
    """A command, filled in; entities by their ids."""

    channel: Id
    application: Id
    name: Name
    options: Annotated[dict[Name, bool | int | float | Text], Field(max_length=25)]


class TypingForm(SlashForm):
    """A command that is being filled in."""

    focused: Name
    typed: Text


class PressForm(Form):
    """A button."""

    channel: Id
    message: Id
    custom_id: CustomId


class SelectForm(PressForm):
    """What was chosen in a menu."""

    values: Values


class SubmitForm(Form):
    """A form that a bot opened, filled in."""

    interaction: Id
    values: Annotated[dict[CustomId, Text | Values], Field(max_length=25)]


class DismissForm(Form):
    """A message that the person alone sees."""

    message: Id


class DirectForm(Form):
    """Whom to write to."""

    user: Id
