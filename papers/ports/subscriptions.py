"""What subscribing needs from the outside."""

from datetime import datetime
from typing import Protocol

from papers.models import Destination, Draft, NewSubscription, PaperKey, Preferences, Subscription


class SubscriptionStore(Protocol):
    """Who wants what."""

    async def add(self, subscription: NewSubscription) -> tuple[Subscription, bool]:
        """Keeps a subscription; the same query for the same destination is kept once, in the language said last.

        Returns:
            The subscription, and whether it is new.
        """
        ...

    async def get(self, subscription_id: int) -> Subscription | None:
        """The subscription with that id."""
        ...

    async def of_guild(self, guild_id: int) -> list[Subscription]:
        """A server's subscriptions, oldest first."""
        ...

    async def of_person(self, user_id: int) -> list[Subscription]:
        """A person's subscriptions for their direct messages, oldest first."""
        ...

    async def all(self) -> list[Subscription]:
        """Every subscription, oldest first."""
        ...

    async def remove(self, subscription_id: int) -> bool:
        """Forgets a subscription.

        What it had planned and nobody began to send is taken back, and its papers are unplanned again, for
        another subscription of the same destination may want them.

        Returns:
            Whether there was one.
        """
        ...

    async def start_from(self, subscription_id: int, key: PaperKey) -> int:
        """Lets a subscription begin earlier, and marks the papers from that key on as unplanned.

        Returns:
            How many papers are unplanned now because of it.
        """
        ...

    async def of_destination(self, destination: Destination) -> list[Subscription]:
        """The subscriptions of a place, oldest first."""
        ...

    async def active(self) -> list[Subscription]:
        """Every subscription that nobody paused, oldest first."""
        ...

    async def change(
        self,
        subscription_id: int,
        preferences: Preferences,
        *,
        destination: Destination,
        next_at: datetime | None,
    ) -> Subscription | None:
        """Puts other preferences, or another place, in place of a subscription's.

        What waits for it, or was frozen and nobody began to send, is planned anew.

        Returns:
            The subscription; None where it is gone.

        Raises:
            RequestError: the place has another subscription with that query.
        """
        ...

    async def pause(self, subscription_id: int, *, at: datetime) -> bool:
        """Lets a subscription get nothing until it is resumed; what waited for it is planned anew for others.

        Returns:
            Whether there is one.
        """
        ...

    async def resume(self, subscription_id: int, *, start_key: PaperKey) -> bool:
        """Lets a subscription go on with the papers from that key on.

        Returns:
            Whether there is one.
        """
        ...

    async def save_draft(self, draft: Draft, *, at: datetime) -> str:
        """Keeps a draft for a day at least.

        Returns:
            Its id: up to 20 letters and digits.
        """
        ...

    async def draft(self, draft_id: str) -> Draft | None:
        """The draft with that id."""
        ...

    async def drop_draft(self, draft_id: str) -> None:
        """Forgets a draft."""
        ...
