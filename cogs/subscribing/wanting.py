"""“Subscribe to this”, under search answers."""

from cogs.cards.results import WANT_ID, read_want_id
from cogs.desk import Interaction, desk_of
from cogs.items import LastingButton
from cogs.messages import reply
from cogs.subscribing.places import direct_messages, fitted, look_at
from cogs.subscribing.previews import draft_for, preview_at
from cogs.without_days import without_days
from papers.errors import NotFoundError
from papers.models import Destination, DestinationKind, Preferences
from papers.query import Query, parse


class WantButton(LastingButton, template=WANT_ID):
    """Opens the preview of a subscription to what was searched for."""

    async def answer(self, interaction: Interaction) -> None:
        """Shows it to the person alone: for this channel where they manage the server, else for themselves."""
        asked = read_want_id(**self.said)
        text = await desk_of(interaction).searches.load(asked.query) if asked.stored else asked.query
        if text is None:
            raise NotFoundError("This search is no longer kept: please ask again.")
        wanted = Preferences(query=str(without_days(parse(text)) or Query()))
        destination = _destination(interaction)
        found = await look_at(interaction, destination)
        draft = draft_for(interaction, destination, fitted(wanted, found))
        await reply(interaction, await preview_at(interaction, draft, found))


def _destination(interaction: Interaction) -> Destination:
    manages = interaction.is_guild_integration() and interaction.permissions.manage_guild
    if interaction.guild_id is None or interaction.channel_id is None or not manages:
        return direct_messages(interaction.user.id)
    return Destination(
        kind=DestinationKind.CHANNEL, target_id=interaction.channel_id, guild_id=interaction.guild_id
    )
