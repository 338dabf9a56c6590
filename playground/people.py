"""What people do: write, use commands, press buttons, choose, fill in forms; each waits for what the bot does."""

from collections.abc import Mapping, Sequence

from playground import permissions
from playground.errors import Json, PlaygroundError
from playground.forms.base import read
from playground.forms.components import BUTTON, SELECTS, walk
from playground.forms.messages import MessageForm
from playground.interactions import commands
from playground.interactions.choosing import choose, hold_to_number
from playground.interactions.interaction import Interaction, Kind
from playground.interactions.options import Filled, Value
from playground.interactions.registry import Interactions
from playground.interactions.replies import PATIENCE, Reply, Seen, answered, settled
from playground.interactions.resolved import Resolved
from playground.interactions.submission import Given, Submission
from playground.messages import EPHEMERAL, Messages
from playground.world import Application, Channel, User, World

__all__ = ["PATIENCE", "People", "Reply", "Seen", "answered", "settled"]


class People:
    """Acts as the people of a world.

    Attributes:
        interactions: what people began with bots.
    """

    def __init__(self, world: World, messages: Messages, interactions: Interactions) -> None:
        self._world = world
        self._messages = messages
        self.interactions = interactions

    def say(self, user: User, channel: Channel, content: str) -> Json:
        """Writes a message, and returns it.

        Raises:
            PlaygroundError: the person cannot see the channel.
            ApiError: the message is over a limit.
        """
        self._hold_to_sight(user, channel)
        return self._messages.post(user, channel, read(MessageForm, {"content": content}))

    def sees(self, user: User, channel: Channel) -> bool:
        """Whether somebody sees a channel; one that is gone nobody sees."""
        if channel.id not in self._world.channels:
            return False
        if channel.guild_id is None:
            return user in channel.recipients
        return permissions.sees(self._world.guild(channel.guild_id), channel, user.id)

    def message(self, user: User, channel: Channel, message_id: int) -> Json:
        """A message that somebody sees, also one for them alone.

        Raises:
            PlaygroundError: the person does not see it, or it is gone.
        """
        self._hold_to_sight(user, channel)
        if (message := self._messages.seen(user, channel, message_id)) is None:
            raise PlaygroundError(f"{user.name} does not see the message: it is gone, or for others alone.")
        return message

    def dismiss(self, user: User, message_id: int) -> None:
        """Forgets a message that somebody alone sees.

        Raises:
            PlaygroundError: there is no such message for this person.
        """
        if not self._messages.forget(message_id, user):
            raise PlaygroundError(f"{user.name} has no such message to dismiss.")

    async def slash(
        self,
        user: User,
        channel: Channel,
        name: str,
        options: Mapping[str, Value] | None = None,
        *,
        application: Application | None = None,
        until: Seen = settled,
        patience: float = PATIENCE,
    ) -> Reply:
        """Uses a command, whose name may go on with a sub-command (`feed add`).

        After a deferral it waits for the edit or follow-up that takes its place, if `until` says nothing else.

        Raises:
            PlaygroundError: the command does not exist, may not be used here or takes no such options, or the
                bot does not answer in time.
        """
        interaction = self._use(user, channel, name, options or {}, application=application)
        return await Reply(interaction).until(until, patience=patience)

    async def autocomplete(
        self,
        user: User,
        channel: Channel,
        name: str,
        *,
        focused: str,
        typed: str = "",
        options: Mapping[str, Value] | None = None,
        application: Application | None = None,
        until: Seen = settled,
        patience: float = PATIENCE,
    ) -> list[Json]:
        """Types into an option of a command, and returns the choices (`name`, `value`) the bot offers.

        Raises:
            PlaygroundError: as for `slash`.
        """
        filled = {**(options or {}), focused: typed}
        interaction = self._use(user, channel, name, filled, application=application, focused=focused)
        await Reply(interaction).until(until, patience=patience)
        return interaction.choices

    async def click(
        self,
        user: User,
        message: Json,
        custom_id: str,
        *,
        until: Seen = settled,
        patience: float = PATIENCE,
    ) -> Reply:
        """Presses a button of a message.

        Raises:
            PlaygroundError: the person cannot see it, there is no such button that can be pressed, or the bot
                does not answer in time.
        """
        button = _component(message, custom_id, {BUTTON})
        data = _used(button)
        return await self._press(user, message, data).until(until, patience=patience)

    async def select(
        self,
        user: User,
        message: Json,
        custom_id: str,
        values: Sequence[str],
        *,
        until: Seen = settled,
        patience: float = PATIENCE,
    ) -> Reply:
        """Chooses from a menu of a message.

        Raises:
            PlaygroundError: as for `click`, or the menu does not offer those values or that many.
        """
        menu = _component(message, custom_id, SELECTS)
        resolved = Resolved(self._world, self._world.channel(int(message["channel_id"])), user)
        hold_to_number(custom_id, values, menu.get("min_values", 1), menu.get("max_values", 1))
        choose(custom_id, menu, values, resolved)
        data = _used(menu) | {"values": list(values)}
        if resolved.shown:
            data["resolved"] = resolved.shown
        return await self._press(user, message, data).until(until, patience=patience)

    async def submit(
        self,
        user: User,
        interaction: Interaction,
        values: Mapping[str, Given],
        *,
        until: Seen = settled,
        patience: float = PATIENCE,
    ) -> Reply:
        """Fills in the form that an interaction opened.

        Args:
            user: who does.
            interaction: the one that opened it.
            values: by the `custom_id` of the fields, as for `Submission`.
            until: what is waited for.
            patience: for so many seconds.

        Raises:
            PlaygroundError: no form is open for this person, a field does not take what is given, or the bot does
                not answer in time.
        """
        if interaction.modal is None or interaction.submitted or interaction.user is not user:
            raise PlaygroundError(f"{user.name} has no such form open.")
        self._hold_to_sight(user, interaction.channel)
        resolved = Resolved(self._world, interaction.channel, user)
        submission = self.interactions.begin(
            Kind.MODAL_SUBMIT,
            interaction.application,
            user,
            interaction.channel,
            data=Submission(interaction.modal, values, resolved).data(),
            source=interaction.source,
            opener=interaction,
        )
        return await Reply(submission).until(until, patience=patience)

    def _use(
        self,
        user: User,
        channel: Channel,
        name: str,
        options: Mapping[str, Value],
        *,
        application: Application | None,
        focused: str | None = None,
    ) -> Interaction:
        self._hold_to_sight(user, channel)
        first, *path = name.split()
        owner, command = commands.find(self._world, user, channel, first, application)
        data = Filled(Resolved(self._world, channel, user), focused).data(command, path, options)
        kind = Kind.COMMAND if focused is None else Kind.AUTOCOMPLETE
        return self.interactions.begin(kind, owner, user, channel, data=data, command=name)

    def _press(self, user: User, message: Json, data: Json) -> Reply:
        channel = self._world.channel(int(message["channel_id"]))
        self._hold_to_sight(user, channel)
        addressee = message.get("interaction_metadata", {}).get("user", {}).get("id")
        if message["flags"] & EPHEMERAL and addressee != str(user.id):
            raise PlaygroundError(f"{user.name} does not see the message: it is for somebody else alone.")
        application = self._world.applications.get(int(message["author"]["id"]))
        if application is None:
            raise PlaygroundError("The message is no bot's.")
        interaction = self.interactions.begin(
            Kind.COMPONENT, application, user, channel, data=data, source=message
        )
        return Reply(interaction)

    def _hold_to_sight(self, user: User, channel: Channel) -> None:
        if not self.sees(user, channel):
            raise PlaygroundError(f"{user.name} cannot see the channel {channel.name or channel.id}.")


def _component(message: Json, custom_id: str, kinds: set[int]) -> Json:
    for _, component in walk(message["components"]):
        if component.get("custom_id") == custom_id and component["type"] in kinds:
            if component.get("disabled"):
                raise PlaygroundError(f"{custom_id} is disabled.")
            return component
    raise PlaygroundError(f"The message has nothing named {custom_id} to use.")


def _used(component: Json) -> Json:
    named = {name: component[name] for name in ("id", "custom_id") if name in component}
    return named | {"component_type": component["type"]}
