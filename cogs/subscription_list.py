"""The list of subscriptions, a page at a time, with a menu to remove one."""

from cogs.cards import buttons
from cogs.cards.text import escape
from cogs.desk import Interaction, desk_of
from cogs.errors import need_manage_server
from cogs.items import LastingButton, LastingMenu
from cogs.messages import note, replace, reply
from papers import languages
from papers.errors import NotFoundError, RequestError
from papers.models import Destination, DestinationKind, Payload, Subscription, first_key

PAGE = 10


def place(destination: Destination) -> str:
    """The destination as Discord shows it."""
    if destination.kind is DestinationKind.DIRECT:
        return "your direct messages"
    return f"<#{destination.target_id}>"


def described(query: str) -> str:
    """What a subscription brings, escaped."""
    return escape(query) or "all papers"


def in_language(code: str | None) -> str:
    """In which language its bullets are wanted, ready to stand behind what it brings; nothing where it does not say."""
    return f", in {languages.name(code)}" if code is not None else ""


async def listing(interaction: Interaction, offset: int = 0) -> Payload:
    """The subscriptions of the server, or in direct messages of the person, from `offset` on."""
    subscriptions = await _visible(interaction)
    page = subscriptions[offset : offset + PAGE]
    if not page:
        return note("Nothing is subscribed here. `/subscribe` changes that.")
    lines = [
        f"{number}. {place(item.destination)}: **{described(item.query)}**{in_language(item.language)},"
        f" since {item.created_at:%Y-%m-%d}"
        for number, item in enumerate(page, offset + 1)
    ]
    options = [
        (str(item.id), f"{number}. {item.query or 'all papers'}")
        for number, item in enumerate(page, offset + 1)
    ]
    rows = [buttons.row(buttons.select(f"unsubscribe:{offset}", "Remove one", options))]
    if len(subscriptions) > PAGE:
        rows.append(buttons.row(*_turns(offset, len(subscriptions))))
    return note("\n".join(lines), *rows)


async def owned(interaction: Interaction, subscription_id: int) -> Subscription:
    """The subscription, where the person may change it here.

    Raises:
        NotFoundError: there is none with that id in this server or among the person's own.
        app_commands.MissingPermissions: the person may not manage this server.
    """
    need_manage_server(interaction)
    subscription = await desk_of(interaction).subscriptions.get(subscription_id)
    if subscription is None or not _is_here(interaction, subscription.destination):
        raise NotFoundError("This subscription is gone.")
    return subscription


async def _visible(interaction: Interaction) -> list[Subscription]:
    store = desk_of(interaction).subscriptions
    if interaction.guild_id is None:
        return await store.of_person(interaction.user.id)
    return await store.of_guild(interaction.guild_id)


def _is_here(interaction: Interaction, destination: Destination) -> bool:
    if interaction.guild_id is None:
        return destination.guild_id is None and destination.target_id == interaction.user.id
    return destination.guild_id == interaction.guild_id


def _turns(offset: int, total: int) -> list[buttons.Component]:
    before, after = max(offset - PAGE, 0), offset + PAGE
    return [
        buttons.button(f"subscriptions:p:{before}", "Previous", emoji="◀", disabled=offset == 0),
        buttons.button(f"subscriptions:n:{after}", "Next", emoji="▶", disabled=after >= total),
    ]


class TurnButton(LastingButton, template=r"subscriptions:[pn]:(?P<offset>\d+)"):
    """Previous and next page of the list."""

    async def answer(self, interaction: Interaction) -> None:
        """Turns the page in place."""
        need_manage_server(interaction)
        await replace(interaction, await listing(interaction, int(self.said["offset"])))


class RemoveMenu(LastingMenu, template=r"unsubscribe:\d+"):
    """The menu that removes a subscription."""

    async def answer(self, interaction: Interaction) -> None:
        """Removes it, and shows what is left."""
        subscription = await owned(interaction, int(self.item.values[0]))
        await desk_of(interaction).subscriptions.remove(subscription.id)
        await replace(interaction, await listing(interaction))


class CatchUpButton(LastingButton, template=r"catchup:(?P<subscription>\d+)"):
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
        await reply(
            interaction, note(f"The edition of {day} is on its way to {place(subscription.destination)}.")
        )
