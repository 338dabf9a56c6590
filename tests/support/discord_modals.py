"""Forms that a test's bot opens."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from playground.people import Reply
from support.discord_bot import Bot, pressed, use
from support.discord_town import Town


def label(name: str, component: dict[str, Any], **more: object) -> dict[str, Any]:
    """A field with a label around it."""
    return {"type": 18, "label": name, "component": component, **more}


def options(*values: str) -> list[dict[str, Any]]:
    """Options of a menu or group, each with its value as its label."""
    return [{"label": value, "value": value} for value in values]


def modal(*components: dict[str, Any], **more: object) -> dict[str, Any]:
    """An answer that opens a form."""
    return {"type": 9, "data": {"custom_id": "f", "title": "Form", "components": [*components], **more}}


TEXT = label("Name", {"type": 4, "custom_id": "name", "style": 1, "min_length": 2, "max_length": 5})
OLD_TEXT = {"type": 1, "components": [{"type": 4, "custom_id": "old", "style": 2, "label": "Old"}]}
MENU = label(
    "Days", {"type": 3, "custom_id": "days", "max_values": 2, "options": options("mon", "tue", "sun")}
)
RADIO = label("Sort", {"type": 21, "custom_id": "sort", "required": False, "options": options("new", "best")})
TICKS = label("Tags", {"type": 22, "custom_id": "tags", "options": options("text", "vision", "audio")})
TICK = label("Daily", {"type": 23, "custom_id": "daily", "default": True})


def entities(kind: int, **more: object) -> dict[str, Any]:
    """A menu of people (5), roles (6), both (7) or channels (8)."""
    return label("Whom", {"type": kind, "custom_id": "whom", "max_values": 3, **more})


async def opened(town: Town, bot: Bot, *components: dict[str, Any]) -> Reply:
    """A form that a command of the member opened."""
    task = use(town)
    answer = await bot.answer(await bot.told(), modal(*components))
    assert answer.status == 200, answer.body
    return await task


async def opened_by_button(town: Town, bot: Bot, *components: dict[str, Any]) -> tuple[Reply, Reply]:
    """A message with a button, and the form that the owner's press opened."""
    message, told, press = await pressed(town, bot)
    await bot.answer(told, modal(*components))
    return message, await press


def submit(town: Town, form: Reply, values: Mapping[str, str | Sequence[str]]) -> asyncio.Task[Reply]:
    """Who opened a form fills it in; the task ends when the bot answered."""
    interaction = form.interaction
    return asyncio.create_task(town.playground.submit(interaction.user, interaction, values))
