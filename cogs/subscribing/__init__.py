"""Subscribing: a preview before anything is saved, the list, and what can be done about each."""

from typing import Any

import discord

from cogs.subscribing.command import Subscriptions
from cogs.subscribing.drafts import CancelButton, FormButton, SaveButton
from cogs.subscribing.forms import Forms
from cogs.subscribing.listing import ChooseMenu, TurnButton
from cogs.subscribing.managing import CatchUpButton, DoButton
from cogs.subscribing.wanting import WantButton

__all__ = ["BUTTONS", "Forms", "Subscriptions"]

BUTTONS: tuple[type[discord.ui.DynamicItem[Any]], ...] = (
    SaveButton,
    CancelButton,
    FormButton,
    TurnButton,
    ChooseMenu,
    DoButton,
    CatchUpButton,
    WantButton,
)
"""What is answered after a restart too."""
