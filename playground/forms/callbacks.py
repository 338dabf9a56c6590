"""First answers to interactions (Discord docs, "Interaction Response Object")."""

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from playground.forms.base import Form, Required100
from playground.forms.commands import Choices
from playground.forms.messages import MessageForm


class CallbackForm(Form):
    """A first answer; the type says what `data` is."""

    type: Literal[1, 4, 5, 6, 7, 8, 9]
    data: dict[str, Any] | None = None


class MessageAnswer(Form):
    """A message, or the change of one."""

    data: MessageForm = MessageForm()


class ChoicesAnswer(Form):
    """Choices for what is being typed."""

    class Data(Form):
        """The choices."""

        choices: Choices

    data: Data


class ModalAnswer(Form):
    """A form that opens."""

    class Data(Form):
        """The form."""

        custom_id: Required100
        title: Annotated[str, StringConstraints(min_length=1, max_length=45)]
        components: Annotated[list[dict[str, Any]], Field(min_length=1, max_length=5)]

    data: Data
