"""What showing and forgetting what is kept of people and servers needs from the outside."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from papers.models import Model

NOBODY = 0
"""Stands where the id of a person or server was that is forgotten; Discord gives it to nobody."""


class KeptOfPerson(Model):
    """What is kept under a person's Discord id.

    Attributes:
        direct: the queries of their subscriptions in direct messages, oldest first.
        messages: how many messages were sent to them, or are on their way.
        made: how many subscriptions of servers they made.
        corrections: how many corrections are theirs.
        drafts: how many subscriptions they began and did not save.
    """

    direct: tuple[str, ...] = ()
    messages: int = 0
    made: int = 0
    corrections: int = 0
    drafts: int = 0


class KeptOfGuild(Model):
    """What is kept of a server.

    Attributes:
        subscriptions: how many it has.
        places: how many channels, threads and forums papers go or went to.
        messages: how many messages were posted there, or are on their way.
        corrections: how many corrections count there.
        drafts: how many subscriptions were begun there and not saved.
    """

    subscriptions: int = 0
    places: int = 0
    messages: int = 0
    corrections: int = 0
    drafts: int = 0


class PrivacyStore(Protocol):
    """What is kept of whom."""

    async def of_person(self, person: int) -> KeptOfPerson:
        """What is kept under a person's id."""
        ...

    async def of_guild(self, guild_id: int) -> KeptOfGuild:
        """What is kept of a server."""
        ...

    async def forget_person(self, person: int) -> None:
        """Deletes what is theirs, and puts 0 in place of their id where something belongs to a server."""
        ...

    async def forget_guild(self, guild_id: int) -> None:
        """Deletes what is a server's; a correction that the operator made everybody's stays, without person and server."""
        ...

    async def note_presence(self, present: Collection[int], *, at: datetime) -> None:
        """Notes which servers something is kept of are left, as of now, and that those in `present` are not."""
        ...

    async def left_before(self, moment: datetime) -> list[int]:
        """The servers that were noted as left at that moment or before, and were never seen again."""
        ...

    async def prune(self, *, drafts_before: datetime, answers_before: datetime) -> None:
        """Deletes drafts and a language model's answers that were kept before those moments, and places nobody uses."""
        ...
