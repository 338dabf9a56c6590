"""One interaction: what somebody did with a bot, and what came back (Discord docs, "Interactions")."""

import asyncio
from dataclasses import dataclass, field
from enum import IntEnum

from playground.errors import Json
from playground.world import Application, Channel, User


class Kind(IntEnum):
    """Discord docs, "Interaction Type"."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL_SUBMIT = 5


class Callback(IntEnum):
    """Discord docs, "Interaction Callback Type"."""

    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


ANSWERS = {
    Kind.COMMAND: {Callback.MESSAGE, Callback.DEFERRED_MESSAGE, Callback.MODAL},
    Kind.COMPONENT: {
        Callback.MESSAGE,
        Callback.DEFERRED_MESSAGE,
        Callback.DEFERRED_UPDATE,
        Callback.UPDATE,
        Callback.MODAL,
    },
    Kind.AUTOCOMPLETE: {Callback.CHOICES},
    Kind.MODAL_SUBMIT: {
        Callback.MESSAGE,
        Callback.DEFERRED_MESSAGE,
        Callback.DEFERRED_UPDATE,
        Callback.UPDATE,
    },
}
"""How each kind may be answered; a form that a command opened has no message to update."""


@dataclass(eq=False)
class Interaction:
    """One use of a command, a button, a menu or a form.

    Attributes:
        began: when, in seconds of the playground's monotonic time.
        command: the command that was used, with its sub-command.
        source: the message whose component was used, also to open the form.
        opener: the interaction that opened the form which was filled in.
        callback: how it was answered first; None before that.
        original: the message of the first answer, or the source where the answer changes that.
        messages: all messages that answer it, by id.
        modal: the form that was opened, as JSON.
        submitted: whether that form was filled in and the bot answered, which closes it.
        settled: whether the person sees an answer, and no "is thinking".
    """

    id: int
    token: str
    kind: Kind
    application: Application
    user: User
    channel: Channel
    began: float
    command: str = ""
    source: Json | None = None
    opener: "Interaction | None" = None
    callback: Callback | None = None
    original: Json | None = None
    messages: dict[int, Json] = field(default_factory=dict)
    choices: list[Json] = field(default_factory=list)
    modal: Json | None = None
    submitted: bool = False
    settled: bool = False
    _change: asyncio.Event = field(default_factory=asyncio.Event)

    def answers(self) -> list[Callback]:
        """How it may be answered."""
        allowed = ANSWERS[self.kind]
        if self.kind is Kind.MODAL_SUBMIT and self.source is None:
            allowed = allowed - {Callback.UPDATE}
        return sorted(allowed)

    def take(self, callback: Callback) -> None:
        """Notes the first answer, which closes the form that was filled in."""
        self.callback = callback
        waiting = (
            {Callback.DEFERRED_MESSAGE, Callback.DEFERRED_UPDATE}
            if self.source
            else {Callback.DEFERRED_MESSAGE}
        )
        self.settled = callback not in waiting
        if self.opener is not None:
            self.opener.submitted = True
        self.changed()

    def changed(self) -> None:
        """Wakes who waits for a change."""
        self._change.set()
        self._change = asyncio.Event()

    async def next_change(self) -> None:
        """Returns when the bot did something more about it."""
        await self._change.wait()
