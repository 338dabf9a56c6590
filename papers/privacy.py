"""What people and servers asked us to keep: shown, deleted when they say so, and some time after the bot left."""

from collections.abc import Collection
from datetime import timedelta

from papers.ports import Clock
from papers.ports.privacy import KeptOfGuild, KeptOfPerson, PrivacyStore

KEPT_AFTER_LEAVING = timedelta(days=30)
DRAFTS_KEPT = timedelta(days=1)
ANSWERS_KEPT = timedelta(days=90)


class PrivacyService:
    """Shows what is kept of somebody, and forgets it."""

    def __init__(self, *, store: PrivacyStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def of_person(self, person: int) -> KeptOfPerson:
        """What is kept under a person's id."""
        return await self._store.of_person(person)

    async def of_guild(self, guild_id: int) -> KeptOfGuild:
        """What is kept of a server."""
        return await self._store.of_guild(guild_id)

    async def forget_person(self, person: int) -> None:
        """Forgets a person: what is theirs goes, and what belongs to servers goes on without their id."""
        await self._store.forget_person(person)

    async def forget_guild(self, guild_id: int) -> None:
        """Forgets a server."""
        await self._store.forget_guild(guild_id)

    async def look_who_left(self, present: Collection[int]) -> int:
        """Notes which servers the bot left, and forgets those that it left 30 days ago.

        Args:
            present: every server that the bot is in now: nobody may call this with less.

        Returns:
            How many servers were forgotten.
        """
        now = self._clock.now()
        await self._store.note_presence(present, at=now)
        left = await self._store.left_before(now - KEPT_AFTER_LEAVING)
        for guild_id in left:
            await self._store.forget_guild(guild_id)
        return len(left)

    async def prune(self) -> None:
        """Deletes drafts that nobody saved within a day, and a language model's answers that are 90 days old."""
        now = self._clock.now()
        await self._store.prune(drafts_before=now - DRAFTS_KEPT, answers_before=now - ANSWERS_KEPT)
