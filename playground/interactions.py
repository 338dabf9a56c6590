"""Interactions: what people do with a bot, and how the bot answers (Discord docs, "Receiving and Responding")."""

import asyncio
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum

from playground import command_limits, message_limits, permissions, views
from playground.checks import entries
from playground.errors import (
    Json,
    PlaygroundError,
    already_acknowledged,
    unknown_interaction,
    unknown_message,
    unknown_webhook,
)
from playground.gateway import Gateway
from playground.messages import EPHEMERAL, LOADING, Messages
from playground.world import Application, Channel, User, World

ANSWER_WITHIN, TOKEN_LIFE = 3.0, 900.0
"""Seconds."""

_ATTACHMENT_LIMIT = 10 * 2**20


class Kind(IntEnum):
    """Discord docs, "Interaction Type"."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4


class Callback(IntEnum):
    """Discord docs, "Interaction Callback Type"."""

    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


@dataclass
class Interaction:
    """One use of a command, a button or a menu, and what came back."""

    id: int
    token: str
    kind: Kind
    application: Application
    user: User
    channel: Channel
    began: float
    source: Json | None = None
    callback: Callback | None = None
    original: Json | None = None
    messages: dict[int, Json] = field(default_factory=dict)
    choices: list[Json] = field(default_factory=list)
    modal: Json | None = None
    answered: asyncio.Event = field(default_factory=asyncio.Event)


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

    def begin(
        self,
        kind: Kind,
        application: Application,
        user: User,
        channel: Channel,
        data: Json,
        *,
        source: Json | None = None,
    ) -> Interaction:
        """Sends an interaction to the application.

        Raises:
            PlaygroundError: the application is not connected.
        """
        interaction = Interaction(
            self._world.ids.make(),
            secrets.token_urlsafe(48),
            kind,
            application,
            user,
            channel,
            self._monotonic(),
            source,
        )
        self._by_token[interaction.token] = interaction
        if not self._gateway.dispatch_interaction(
            application, channel.guild_id, self._payload(interaction, data)
        ):
            raise PlaygroundError(f"{application.user.name} is not connected.")
        return interaction

    def take_callback(self, interaction_id: int, token: str, body: Json) -> Json:
        """Takes the first answer.

        Returns:
            What the API answers when it is asked with `with_response`.

        Raises:
            ApiError: the interaction is unknown, too old or answered, or the answer is over a limit.
        """
        interaction = self._by_token.get(token)
        if interaction is None or interaction.id != interaction_id:
            raise unknown_interaction()
        if interaction.callback is not None:
            raise already_acknowledged()
        if self._monotonic() - interaction.began > ANSWER_WITHIN:
            raise unknown_interaction()
        callback = Callback(int(body["type"]))
        self._answer(interaction, callback, body.get("data") or {})
        interaction.callback = callback
        if callback not in {Callback.DEFERRED_MESSAGE, Callback.DEFERRED_UPDATE}:
            interaction.answered.set()
        return _callback_response(interaction, callback)

    def find(self, application_id: int, token: str) -> Interaction:
        """The interaction behind a webhook token.

        Raises:
            ApiError: there is none, or the token is too old.
        """
        interaction = self._by_token.get(token)
        if interaction is None or interaction.application.id != application_id:
            raise unknown_webhook()
        if self._monotonic() - interaction.began > TOKEN_LIFE:
            raise unknown_webhook()
        return interaction

    def message(self, interaction: Interaction, message_id: str) -> Json:
        """A message of an interaction; `@original` is the first.

        Raises:
            ApiError: there is none.
        """
        found = (
            interaction.original if message_id == "@original" else interaction.messages.get(int(message_id))
        )
        if found is None:
            raise unknown_message()
        return found

    def edit(self, interaction: Interaction, message_id: str, body: Json) -> Json:
        """Changes a message of an interaction, also one that was deferred."""
        message = self.message(interaction, message_id)
        changed = self._messages.edit(interaction.application.user, interaction.channel, message, body)
        changed["flags"] &= ~LOADING
        interaction.answered.set()
        return changed

    def delete(self, interaction: Interaction, message_id: str) -> None:
        """Deletes a message of an interaction."""
        message = self.message(interaction, message_id)
        self._messages.delete(interaction.channel, message)
        interaction.messages.pop(int(message["id"]), None)
        if message_id == "@original":
            interaction.original = None

    def follow_up(self, interaction: Interaction, body: Json) -> Json:
        """Sends another message; after a deferral it takes the place of the first."""
        if interaction.callback is None:
            raise unknown_webhook()
        if interaction.original is not None and interaction.original["flags"] & LOADING:
            return self.edit(interaction, "@original", body)
        message = self._post(interaction, body)
        interaction.answered.set()
        return message

    def _answer(self, interaction: Interaction, callback: Callback, data: Json) -> None:
        match callback:
            case Callback.CHOICES:
                command_limits.check_choices(entries(data.get("choices")))
                interaction.choices = entries(data.get("choices"))
            case Callback.MODAL:
                interaction.modal = data
            case Callback.MESSAGE:
                interaction.original = self._post(interaction, data)
            case Callback.DEFERRED_MESSAGE:
                flags = (int(data.get("flags") or 0) & EPHEMERAL) | LOADING
                interaction.original = self._keep(interaction, {"flags": flags})
            case Callback.DEFERRED_UPDATE:
                interaction.original = interaction.source
            case Callback.UPDATE:
                interaction.original = interaction.source
                self.edit(interaction, "@original", data)

    def _post(self, interaction: Interaction, body: Json) -> Json:
        message_limits.check(body)
        return self._keep(interaction, body)

    def _keep(self, interaction: Interaction, body: Json) -> Json:
        application, channel = interaction.application, interaction.channel
        message = self._messages.make(application.user, channel, body, application_id=application.id)
        message["interaction_metadata"] = {
            "id": str(interaction.id),
            "type": int(interaction.kind),
            "user": views.user(interaction.user),
            "authorizing_integration_owners": self._owners(interaction),
        }
        interaction.messages[int(message["id"])] = message
        if not message["flags"] & EPHEMERAL:
            channel.messages[int(message["id"])] = message
            self._world.tell("MESSAGE_CREATE", channel, message)
        return message

    def _payload(self, interaction: Interaction, data: Json) -> Json:
        channel, user = interaction.channel, interaction.user
        payload: Json = {
            "id": str(interaction.id),
            "application_id": str(interaction.application.id),
            "type": int(interaction.kind),
            "token": interaction.token,
            "version": 1,
            "data": data,
            "channel_id": str(channel.id),
            "channel": views.channel(self._world, channel, user.id if channel.guild_id else None),
            "locale": "en-US",
            "entitlements": [],
            "authorizing_integration_owners": self._owners(interaction),
            "attachment_size_limit": _ATTACHMENT_LIMIT,
        }
        if interaction.source is not None:
            payload["message"] = interaction.source
        return payload | (self._in_guild(interaction) if channel.guild_id else self._in_direct(interaction))

    def _in_guild(self, interaction: Interaction) -> Json:
        guild = self._world.guild(interaction.channel.guild_id or 0)
        bits = permissions.in_channel(guild, interaction.channel, interaction.user.id)
        bot_bits = permissions.in_channel(guild, interaction.channel, interaction.application.id)
        return {
            "context": 0,
            "guild_id": str(guild.id),
            "guild_locale": "en-US",
            "guild": {"id": str(guild.id), "locale": "en-US", "features": []},
            "member": views.member(guild.members[interaction.user.id]) | {"permissions": str(bits)},
            "app_permissions": str(bot_bits),
        }

    def _in_direct(self, interaction: Interaction) -> Json:
        with_bot = interaction.application.user in interaction.channel.recipients
        return {
            "context": 1 if with_bot else 2,
            "user": views.user(interaction.user),
            "app_permissions": str(permissions.MEMBER),
        }

    def _owners(self, interaction: Interaction) -> Json:
        owners: Json = {}
        guild_id = interaction.channel.guild_id
        if guild_id is None:
            if interaction.application.user in interaction.channel.recipients:
                owners["0"] = "0"
        elif interaction.application.id in self._world.guild(guild_id).installed:
            owners["0"] = str(guild_id)
        if interaction.application.id in interaction.user.installed:
            owners["1"] = str(interaction.user.id)
        return owners


def _callback_response(interaction: Interaction, callback: Callback) -> Json:
    told: Json = {"id": str(interaction.id), "type": int(interaction.kind)}
    response: Json = {"interaction": told}
    message = interaction.original
    if message is not None:
        told |= {
            "response_message_id": message["id"],
            "response_message_loading": bool(message["flags"] & LOADING),
            "response_message_ephemeral": bool(message["flags"] & EPHEMERAL),
        }
        response["resource"] = {"type": int(callback), "message": message}
    return response
