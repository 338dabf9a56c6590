"""First answers to interactions (Discord docs, "Interaction Response Object")."""

from typing import Any, Literal

from playground.forms.base import Form
from playground.forms.commands import Choices
from playground.forms.messages import MessageForm
from playground.forms.modals import ModalForm


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

    data: ModalForm
