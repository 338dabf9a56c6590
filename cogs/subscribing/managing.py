"""What can be done about a subscription: pause, resume, edit, move, try, remove, catch up."""

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType

from cogs.cards import subscriptions as cards
from cogs.cards.subscription_forms import form
from cogs.cards.subscription_words import place
from cogs.desk import Interaction, desk_of
from cogs.items import LastingButton
from cogs.messages import ask, note, replace, reply
from cogs.subscribing.access import owned
from cogs.subscribing.drafts import next_start
from cogs.subscribing.listing import listing
from cogs.subscribing.previews import draft_of, preview
from cogs.subscribing.trying import try_out
from papers.errors import RequestError
from papers.models import Subscription, first_key


async def _show(interaction: Interaction, subscription: Subscription) -> None:
    await replace(
        interaction, cards.one(await owned(interaction, subscription.id), desk_of(interaction).clock.now())
    )


async def _pause(interaction: Interaction, subscription: Subscription) -> None:
    desk = desk_of(interaction)
    await desk.subscriptions.pause(subscription.id, at=desk.clock.now())
    desk.post_now()
    await _show(interaction, subscription)


async def _resume(interaction: Interaction, subscription: Subscription) -> None:
    desk = desk_of(interaction)
    if subscription.paused_at is not None:
        await desk.subscriptions.resume(subscription.id, start_key=await next_start(desk))
        desk.post_now()
    await _show(interaction, subscription)


async def _edit(interaction: Interaction, subscription: Subscription) -> None:
    await replace(interaction, await preview(interaction, draft_of(subscription, interaction.user.id)))


async def _move(interaction: Interaction, subscription: Subscription) -> None:
    """Opens the form for the place; nothing is saved until the preview that follows is."""
    desk = desk_of(interaction)
    draft = draft_of(subscription, interaction.user.id)
    draft_id = await desk.subscriptions.save_draft(draft, at=desk.clock.now())
    await ask(interaction, form("where", draft, draft_id))


async def _remove(interaction: Interaction, subscription: Subscription) -> None:
    await replace(interaction, cards.removing(subscription))


async def _removed(interaction: Interaction, subscription: Subscription) -> None:
    desk = desk_of(interaction)
    await desk.subscriptions.remove(subscription.id)
    desk.post_now()
    await replace(interaction, await listing(interaction))


_DEEDS: Mapping[str, Callable[[Interaction, Subscription], Awaitable[None]]] = MappingProxyType(
    {
        "show": _show,
        "pause": _pause,
        "resume": _resume,
        "edit": _edit,
        "move": _move,
        "test": try_out,
        "remove": _remove,
        "removed": _removed,
    }
)


class DoButton(
    LastingButton, template=rf"subscription:(?P<deed>{'|'.join(_DEEDS)}):(?P<subscription>\d{{1,18}})"
):
    """A button under a subscription."""

    async def answer(self, interaction: Interaction) -> None:
        """Does what it says."""
        subscription = await owned(interaction, int(self.said["subscription"]))
        await _DEEDS[self.said["deed"]](interaction, subscription)


class CatchUpButton(LastingButton, template=r"catchup:(?P<subscription>\d{1,18})"):
    """The button that has the newest edition posted too."""

    async def answer(self, interaction: Interaction) -> None:
        """Lets the subscription begin with the newest edition, and starts posting."""
        subscription = await owned(interaction, int(self.said["subscription"]))
        desk = desk_of(interaction)
        day = await desk.papers.newest_day()
        if day is None:
            raise RequestError("There is no edition to post yet.")
        await desk.subscriptions.start_from(subscription.id, first_key(day))
        desk.post_now()
        where = place(subscription.destination)
        await reply(interaction, note(f"The edition of {day} is on its way to {where}."))
