"""The store of subscriptions and of drafts of them."""

from collections.abc import Sequence
from datetime import datetime

from papers.models import Destination, Draft, NewSubscription, PaperKey, Preferences, Subscription
from storage import drafts, subscription_changes
from storage.database import Database
from storage.rows import moment
from storage.subscription_rows import select


class SqliteSubscriptions:
    """`papers.ports.SubscriptionStore` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, subscription: NewSubscription) -> tuple[Subscription, bool]:
        """See `SubscriptionStore.add`."""
        return await self._database.write(lambda db: subscription_changes.add(db, subscription))

    async def get(self, subscription_id: int) -> Subscription | None:
        """See `SubscriptionStore.get`."""
        found = await self._select("subscriptions.id = ?", [subscription_id])
        return found[0] if found else None

    async def of_guild(self, guild_id: int) -> list[Subscription]:
        """See `SubscriptionStore.of_guild`."""
        return await self._select("subscriptions.guild_id = ?", [guild_id])

    async def of_person(self, user_id: int) -> list[Subscription]:
        """See `SubscriptionStore.of_person`."""
        return await self._select("kind = 'direct' AND target_id = ?", [user_id])

    async def of_destination(self, destination: Destination) -> list[Subscription]:
        """See `SubscriptionStore.of_destination`."""
        return await self._select(
            "kind = ? AND target_id = ?", [destination.kind.value, destination.target_id]
        )

    async def all(self) -> list[Subscription]:
        """See `SubscriptionStore.all`."""
        return await self._select("TRUE", [])

    async def active(self) -> list[Subscription]:
        """See `SubscriptionStore.active`."""
        return await self._select("paused_at IS NULL", [])

    async def remove(self, subscription_id: int) -> bool:
        """See `SubscriptionStore.remove`."""
        return await self._database.write(lambda db: subscription_changes.remove(db, subscription_id))

    async def change(
        self,
        subscription_id: int,
        preferences: Preferences,
        *,
        destination: Destination,
        next_at: datetime | None,
    ) -> Subscription | None:
        """See `SubscriptionStore.change`."""
        changed = subscription_changes.Changed(preferences, destination, next_at)
        return await self._database.write(
            lambda db: subscription_changes.change(db, subscription_id, changed)
        )

    async def pause(self, subscription_id: int, *, at: datetime) -> bool:
        """See `SubscriptionStore.pause`."""
        return await self._database.write(
            lambda db: subscription_changes.pause(db, subscription_id, moment(at))
        )

    async def resume(self, subscription_id: int, *, start_key: PaperKey) -> bool:
        """See `SubscriptionStore.resume`."""
        return await self._database.write(
            lambda db: subscription_changes.resume(db, subscription_id, start_key)
        )

    async def save_draft(self, draft: Draft, *, at: datetime) -> str:
        """See `SubscriptionStore.save_draft`."""
        return await self._database.write(lambda db: drafts.save(db, draft, at))

    async def draft(self, draft_id: str) -> Draft | None:
        """See `SubscriptionStore.draft`."""
        return await self._database.read(lambda db: drafts.load(db, draft_id))

    async def drop_draft(self, draft_id: str) -> None:
        """See `SubscriptionStore.drop_draft`."""
        await self._database.write(lambda db: drafts.drop(db, draft_id))

    async def start_from(self, subscription_id: int, key: PaperKey) -> int:
        """See `SubscriptionStore.start_from`."""
        return await self._database.write(
            lambda db: subscription_changes.start_from(db, subscription_id, key)
        )

    async def _select(self, condition: str, values: Sequence[int | str]) -> list[Subscription]:
        return await self._database.read(lambda db: select(db, condition, values))
