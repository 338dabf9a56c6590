"""Who may see and change which subscription, asked on every press."""

from cogs.desk import Interaction, desk_of
from cogs.errors import need_manage_server
from papers.errors import NotFoundError
from papers.models import Destination, DestinationKind, Draft, Subscription


async def owned(interaction: Interaction, subscription_id: int) -> Subscription:
    """The subscription, where the person may change it here.

    Raises:
        NotFoundError: there is none with that id in this server or among the person's own.
        app_commands.MissingPermissions: the person may not manage this server.
    """
    subscription = await desk_of(interaction).subscriptions.get(subscription_id)
    if subscription is None or not _is_here(interaction, subscription.destination):
        need_manage_server(interaction)
        raise NotFoundError("This subscription is gone.")
    _may_change(interaction, subscription.destination)
    return subscription


async def drafted(interaction: Interaction, draft_id: str) -> Draft:
    """The draft, where the person made it and may save it here.

    Raises:
        NotFoundError: it is gone, or somebody else's.
        app_commands.MissingPermissions: the person may no longer manage this server.
    """
    draft = await desk_of(interaction).subscriptions.draft(draft_id)
    if draft is None or draft.person != interaction.user.id or not _is_here(interaction, draft.destination):
        raise NotFoundError("This preview is gone: it was saved, cancelled or changed, or is too old.")
    _may_change(interaction, draft.destination)
    return draft


def _may_change(interaction: Interaction, destination: Destination) -> None:
    if destination.kind is not DestinationKind.DIRECT:
        need_manage_server(interaction)


def _is_here(interaction: Interaction, destination: Destination) -> bool:
    """A person's own is theirs wherever they are; a server's is nobody's elsewhere."""
    if destination.kind is DestinationKind.DIRECT:
        return destination.target_id == interaction.user.id
    return destination.guild_id == interaction.guild_id
