"""The list of subscriptions, a page at a time, with a menu to choose one."""

from cogs.cards import subscriptions as cards
from cogs.desk import Interaction, desk_of
from cogs.errors import need_manage_server
from cogs.items import LastingButton, LastingMenu
from cogs.messages import note, replace
from cogs.subscribing.access import owned
from papers.models import Payload, Subscription

PAGE = 10


async def listing(interaction: Interaction, offset: int = 0) -> Payload:
    """The subscriptions of the server, or in direct messages of the person, from `offset` on."""
    subscriptions = await _visible(interaction)
    if not subscriptions:
        return note("Nothing is subscribed here. `/subscribe` changes that.")
    last = (len(subscriptions) - 1) // PAGE * PAGE
    start = min(offset // PAGE * PAGE, last)
    shown, now = subscriptions[start : start + PAGE], desk_of(interaction).clock.now()
    return cards.page(shown, now, offset=start, total=len(subscriptions), size=PAGE)


async def _visible(interaction: Interaction) -> list[Subscription]:
    store = desk_of(interaction).subscriptions
    if interaction.guild_id is None:
        return await store.of_person(interaction.user.id)
    return await store.of_guild(interaction.guild_id)


class TurnButton(LastingButton, template=r"subscriptions:[pn]:(?P<offset>\d{1,9})"):
    """Previous and next page of the list, and back to it."""

    async def answer(self, interaction: Interaction) -> None:
        """Shows the page in place."""
        need_manage_server(interaction)
        await replace(interaction, await listing(interaction, int(self.said["offset"])))


class ChooseMenu(LastingMenu, template=r"subscription:\d{1,9}"):
    """The menu that shows one subscription."""

    async def answer(self, interaction: Interaction) -> None:
        """Shows it in place."""
        subscription = await owned(interaction, int(self.item.values[0]))
        await replace(interaction, cards.one(subscription, desk_of(interaction).clock.now()))
