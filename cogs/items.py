"""Buttons, menus and forms that outlive a restart: what they are for stands in their custom id."""

import re
from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar, Self, TypeVar, cast

import discord
from discord import ui
from discord.ext import commands

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


class LastingForms(commands.Cog):
    """Takes forms of one kind that were filled in; a subclass names how their custom ids look, and answers.

    discord.py knows those forms alone that it opened since it started, so they are told by their custom ids.
    """

    form_id: ClassVar[re.Pattern[str]]

    @commands.Cog.listener()
    async def on_interaction(self, interaction: Interaction) -> None:
        """Answers where it is one of ours; an error is told to the person."""
        if interaction.type is not discord.InteractionType.modal_submit:
            return
        data = cast("Mapping[str, Any]", interaction.data)
        if match := self.form_id.fullmatch(data["custom_id"]):
            try:
                await self.answer_form(interaction, match.groupdict(), data)
            except Exception as error:  # noqa: BLE001 - whatever it is, the person is told and it is logged
                await answer_error(interaction, error)

    @abstractmethod
    async def answer_form(
        self, interaction: Interaction, said: Mapping[str, str], data: Mapping[str, Any]
    ) -> None:
        """What a subclass does with a form: `said` are the named groups of its custom id, `data` what was sent."""
