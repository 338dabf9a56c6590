"""Buttons and menus that outlive a restart: what they are for stands in their custom id."""

import re
from abc import abstractmethod
from typing import Any, Self, TypeVar

from discord import ui

from cogs.desk import Interaction
from cogs.errors import answer_error

ItemT = TypeVar("ItemT", bound=ui.Item[Any])

_NOTHING = r"(?!)"


class LastingItem(ui.DynamicItem[ItemT], template=_NOTHING):
    """A button or menu; a subclass names its `template`, and answers.

    Attributes:
        said: the named groups of the template, as the custom id has them.
    """

    def __init__(self, item: ItemT, said: dict[str, str]) -> None:
        super().__init__(item)
        self.said = said

    @classmethod
    async def from_custom_id(
        cls, _interaction: Interaction, item: ui.Item[Any], match: re.Match[str]
    ) -> Self:
        """Makes it from the message whose button was pressed."""
        return cls(item, match.groupdict())  # type: ignore[arg-type]  # the template is this kind of item's

    async def callback(self, interaction: Interaction) -> None:
        """Answers; an error is told to the person, for discord.py would only log it."""
        try:
            await self.answer(interaction)
        except Exception as error:  # noqa: BLE001 - whatever it is, the person is told and it is logged
            await answer_error(interaction, error)

    @abstractmethod
    async def answer(self, interaction: Interaction) -> None:
        """What a subclass does when somebody presses or chooses."""


LastingButton = LastingItem[ui.Button[Any]]
LastingMenu = LastingItem[ui.Select[Any]]
