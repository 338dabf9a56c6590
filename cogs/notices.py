"""What the bot told somebody by itself."""

from cogs.cards.notice import NOTICE_ID
from cogs.desk import Interaction
from cogs.items import LastingButton


class NoticeButton(LastingButton, template=NOTICE_ID):
    """The button under a notice in direct messages."""

    async def answer(self, interaction: Interaction) -> None:
        """Takes the notice away."""
        await interaction.response.defer()
        await interaction.delete_original_response()
