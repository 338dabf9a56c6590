"""What a bot did about an interaction, and waiting for it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from playground.errors import Json, PlaygroundError, UnansweredError
from playground.interactions.interaction import Interaction
from playground.messages import EPHEMERAL

PATIENCE = 5.0
"""Seconds of real time after which a person gives up on a bot."""


@dataclass(frozen=True)
class Reply:
    """What a bot did about one interaction; it stays true to what the bot does later."""

    interaction: Interaction

    @property
    def message(self) -> Json:
        """The first answer as it is now; for a component that was only updated, the message it stands on.

        Raises:
            PlaygroundError: there is none, or it was deleted.
        """
        if self.interaction.original is None:
            raise PlaygroundError("The bot's answer is no message, or was deleted.")
        return self.interaction.original

    @property
    def ephemeral(self) -> bool:
        """Whether only the person sees it."""
        return bool(self.message["flags"] & EPHEMERAL)

    @property
    def follow_ups(self) -> list[Json]:
        """The messages after the first, oldest first."""
        return [
            message
            for message in self.interaction.messages.values()
            if message is not self.interaction.original
        ]

    @property
    def modal(self) -> Json | None:
        """The form that was opened."""
        return self.interaction.modal

    async def until(self, seen: "Seen", *, patience: float = PATIENCE) -> "Reply":
        """Waits until the bot did what is looked for.

        Raises:
            UnansweredError: it does not happen in time.
        """
        try:
            async with asyncio.timeout(patience):
                while not seen(self):
                    await self.interaction.next_change()
        except TimeoutError:
            name = self.interaction.application.user.name
            raise UnansweredError(f"{name} did not answer within {patience:g} s.") from None
        return self


Seen = Callable[[Reply], bool]


def answered(reply: Reply) -> bool:
    """Whether the bot gave its first answer."""
    return reply.interaction.callback is not None


def settled(reply: Reply) -> bool:
    """Whether the person sees an answer, and no "is thinking"."""
    return reply.interaction.settled
