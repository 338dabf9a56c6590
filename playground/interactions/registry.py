"""Interactions: sent to a bot, and answered by it (Discord docs, "Receiving and Responding")."""

import secrets
import time
from collections import deque
from collections.abc import Callable, Collection
from itertools import takewhile

from playground import contents
from playground.errors import (
    Flaw,
    Json,
    PlaygroundError,
    already_acknowledged,
    invalid_form,
    invalid_webhook_token,
    unknown_interaction,
    unknown_message,
    unknown_webhook,
)
from playground.forms.base import read
from playground.forms.callbacks import CallbackForm, ChoicesAnswer, MessageAnswer, ModalAnswer
from playground.forms.messages import MessageForm
from playground.gateway.hub import Gateway
from playground.interactions import payloads
from playground.interactions.interaction import Callback, Interaction, Kind
from playground.messages import EPHEMERAL, LOADING, Messages, hold_to_content
from playground.world import Application, Channel, User, World

ANSWER_WITHIN, TOKEN_LIFE = 3.0, 900.0
"""Seconds."""

_SPENT_KEPT = 1_000
"""Tokens that are told apart from unknown ones after their interactions were forgotten."""


class Interactions:
    """Begins interactions, and takes their answers."""

    def __init__(
        self,
        world: World,
        gateway: Gateway,
        messages: Messages,
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._world = world
        self._gateway = gateway
        self._messages = messages
        self._monotonic = monotonic
        self._by_token: dict[str, Interaction] = {}
        self._spent: deque[str] = deque(maxlen=_SPENT_KEPT)

    def begin(
        self,
        kind: Kind,
        application: Application,
        user: User,
        channel: Channel,
        *,
        data: Json,
        command: str = "",
        source: Json | None = None,
        opener: Interaction | None = None,
    ) -> Interaction:
        """Sends an interaction to the application; forgets those whose token lived its time.

        Raises:
            PlaygroundError: the application is not connected.
        """
        self._prune()
        number, token, now = self._world.ids.make(), secrets.token_urlsafe(48), self._monotonic()
        interaction = Interaction(
            number,
            token,
            kind,
            application,
            user,
            channel,
            now,
            command=command,
            source=source,
            opener=opener,
        )
        payload = payloads.created(self._world, interaction, data)
        if not self._gateway.dispatch_interaction(application, channel.guild_id, payload):
            raise PlaygroundError(f"{application.user.name} is not connected.")
        self._by_token[token] = interaction
        return interaction

    def take_callback(self, interaction_id: int, token: str, body: Json) -> Json:
        """Takes the first answer.

        Returns:
            What the API answers when it is asked with `with_response`.

        Raises:
            ApiError: the interaction is unknown, too old or answered, its channel is gone, or the answer is of a
                wrong type or over a limit.
        """
        interaction = self._by_token.get(token)
        if interaction is None or interaction.id != interaction_id:
            raise unknown_interaction()
        if interaction.callback is not None:
            raise already_acknowledged()
        if self._monotonic() - interaction.began > ANSWER_WITHIN:
            raise unknown_interaction()
        self._world.channel(interaction.channel.id)
        callback = _callback(interaction, body)
        self._answer(interaction, callback, {"data": body.get("data") or {}})
        interaction.take(callback)
        return payloads.callback_response(interaction)

    def find(self, application_id: int, token: str) -> Interaction:
        """The answered interaction behind a webhook token.

        Raises:
            ApiError: there is none, it has no answer yet, the token is too old, or its channel is gone.
        """
        if token in self._spent:
            raise invalid_webhook_token()
        interaction = self._by_token.get(token)
        if (
            interaction is None
            or interaction.application.id != application_id
            or interaction.callback is None
        ):
            raise unknown_webhook()
        if self._monotonic() - interaction.began > TOKEN_LIFE:
            raise invalid_webhook_token()
        self._world.channel(interaction.channel.id)
        return interaction

    def opened(self, interaction_id: int) -> Interaction:
        """The interaction that opened a form, which is still open.

        Raises:
            PlaygroundError: it opened none, the form was submitted, or that was too long ago.
        """
        for interaction in self._by_token.values():
            if (
                interaction.id == interaction_id
                and interaction.modal is not None
                and not interaction.submitted
            ):
                return interaction
        raise PlaygroundError("The form is not open any more.")

    def message(self, interaction: Interaction, message_id: int | None) -> Json:
        """A message of an interaction; None means the first.

        Raises:
            ApiError: there is none, or it was deleted; one that a person only dismissed is still the bot's.
        """
        found = interaction.original if message_id is None else interaction.messages.get(message_id)
        if found is None:
            raise unknown_message()
        if not found["flags"] & EPHEMERAL and not self._messages.there(interaction.channel, found):
            raise unknown_message()
        return found

    def edit(self, interaction: Interaction, message_id: int | None, body: Json) -> Json:
        """Changes a message of an interaction, also one that was deferred."""
        message = self.message(interaction, message_id)
        self._messages.edit(interaction.application.user, interaction.channel, message, body)
        interaction.settled = True
        interaction.changed()
        return message

    def delete(self, interaction: Interaction, message_id: int | None) -> None:
        """Deletes a message of an interaction."""
        message = self.message(interaction, message_id)
        self._messages.delete(interaction.channel, message)
        interaction.messages.pop(int(message["id"]), None)
        if message is interaction.original:
            interaction.original = None
        interaction.changed()

    def follow_up(self, interaction: Interaction, body: Json) -> Json:
        """Sends another message; after a deferral it takes the place of the first."""
        if interaction.original is not None and interaction.original["flags"] & LOADING:
            return self.edit(interaction, None, body)
        message = self._post(interaction, read(MessageForm, body))
        interaction.settled = True
        interaction.changed()
        return message

    def _answer(self, interaction: Interaction, callback: Callback, body: Json) -> None:
        match callback:
            case Callback.CHOICES:
                choices = read(ChoicesAnswer, body).data.choices
                interaction.choices = [choice.model_dump() for choice in choices]
            case Callback.MODAL:
                form = read(ModalAnswer, body).data.model_dump(mode="json", exclude_none=True)
                contents.components(form["components"], self._world.ids)
                interaction.modal = form
            case Callback.MESSAGE:
                interaction.original = self._post(interaction, read(MessageAnswer, body).data)
            case Callback.DEFERRED_MESSAGE:
                message = read(MessageAnswer, body).data
                interaction.original = self._keep(interaction, message, (message.flags or 0) | LOADING)
            case Callback.DEFERRED_UPDATE:
                interaction.original = interaction.source
            case Callback.UPDATE:
                read(MessageAnswer, body)
                assert interaction.source is not None  # noqa: S101 - only what has one may be answered so
                self._messages.edit(
                    interaction.application.user, interaction.channel, interaction.source, body["data"]
                )
                interaction.original = interaction.source

    def _post(self, interaction: Interaction, form: MessageForm) -> Json:
        hold_to_content(form)
        return self._keep(interaction, form, form.flags or 0)

    def _keep(self, interaction: Interaction, form: MessageForm, flags: int) -> Json:
        application, channel = interaction.application, interaction.channel
        message = self._messages.make(application.user, channel, form, flags)
        message |= {
            "application_id": str(application.id),
            "webhook_id": str(application.id),
            **payloads.answered(self._world, interaction),
        }
        interaction.messages[int(message["id"])] = message
        self._messages.keep(channel, message, interaction.user if message["flags"] & EPHEMERAL else None)
        return message

    def _prune(self) -> None:
        """Forgets what began longer ago than its token lives, and what one person alone saw of it."""
        oldest = self._monotonic() - TOKEN_LIFE
        spent = [*takewhile(lambda item: item.began < oldest, self._by_token.values())]
        for interaction in spent:
            del self._by_token[interaction.token]
            self._spent.append(interaction.token)
        if spent:
            for message_id in _concerned(spent) - _concerned(self._by_token.values()):
                self._messages.forget(message_id)


def _concerned(interactions: Collection[Interaction]) -> set[int]:
    """The ids of the messages that answer interactions, or whose components were used."""
    answers = {message_id for interaction in interactions for message_id in interaction.messages}
    sources = {int(item.source["id"]) for item in interactions if item.source is not None}
    return answers | sources


def _callback(interaction: Interaction, body: Json) -> Callback:
    kind = read(CallbackForm, body).type
    allowed = interaction.answers()
    if kind not in allowed:
        message = f"Value must be one of ({', '.join(str(int(each)) for each in allowed)})."
        raise invalid_form([Flaw(("type",), "BASE_TYPE_CHOICES", message)])
    return Callback(kind)
