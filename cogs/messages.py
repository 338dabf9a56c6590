"""Messages as discord.py sends them, made from the payloads that cards are."""

from collections.abc import Mapping
from typing import Any, TypedDict, cast

import discord
from discord import ui

from cogs.cards import buttons
from cogs.desk import Interaction
from papers.models import Payload


class Message(TypedDict):
    """Keyword arguments that every way of sending takes."""

    content: str | None
    embeds: list[discord.Embed]
    view: ui.View
    allowed_mentions: discord.AllowedMentions


def as_message(payload: Payload) -> Message:
    """Turns a card's payload into what discord.py sends; it pings the roles that the payload names, and nobody else.

    The view is stopped, so that discord.py keeps nothing of it: the buttons are answered by their custom ids.
    Must be called where an event loop runs.
    """
    body = cast("Mapping[str, Any]", payload)
    view = ui.View(timeout=None)
    for number, row in enumerate(body["components"]):
        for component in row["components"]:
            view.add_item(_item(component, number))
    view.stop()
    embeds = [discord.Embed.from_dict(embed) for embed in body["embeds"]]
    return Message(
        content=body.get("content"), embeds=embeds, view=view, allowed_mentions=_allowed_mentions(body)
    )


def _allowed_mentions(body: Mapping[str, Any]) -> discord.AllowedMentions:
    roles = [discord.Object(int(role)) for role in body["allowed_mentions"].get("roles", ())]
    return discord.AllowedMentions(everyone=False, users=False, roles=roles, replied_user=False)


async def reply(interaction: Interaction, payload: Payload, *, private: bool = True) -> None:
    """Answers an interaction that has no answer yet."""
    await interaction.response.send_message(**as_message(payload), ephemeral=private)


async def replace(interaction: Interaction, payload: Payload) -> None:
    """Puts another page in place of the message whose button was pressed."""
    await interaction.response.edit_message(**as_message(payload))


async def ask(interaction: Interaction, form: Payload) -> None:
    """Opens a form of labelled fields; discord.py keeps nothing of it, for it is answered by its custom id."""
    body = cast("Mapping[str, Any]", form)
    modal = ui.Modal(title=body["title"], custom_id=body["custom_id"])
    for field in body["components"]:
        label: ui.Label[ui.Modal] = ui.Label(
            text=field["label"], description=field.get("description"), component=_field(field["component"])
        )
        modal.add_item(label)
    modal.stop()
    await interaction.response.send_modal(modal)


def note(text: str, *rows: dict[str, object]) -> Payload:
    """A short message of the bot's own; `text` is Markdown, with what comes from outside already escaped."""
    return buttons.message([{"description": text}], *rows)


def _item(component: Mapping[str, Any], row: int) -> ui.Item[ui.View]:
    if component["type"] == discord.ComponentType.button.value:
        return ui.Button(
            style=discord.ButtonStyle(component["style"]),
            label=component["label"],
            custom_id=component["custom_id"],
            disabled=component["disabled"],
            emoji=component.get("emoji", {}).get("name"),
            row=row,
        )
    return _menu(component, row)


def _field(component: Mapping[str, Any]) -> ui.Item[Any]:
    kind = discord.ComponentType(component["type"])
    if kind is discord.ComponentType.text_input:
        return ui.TextInput(
            custom_id=component["custom_id"],
            style=discord.TextStyle(component["style"]),
            default=component["value"] or None,
            max_length=component["max_length"],
            required=component["required"],
        )
    return _menu(component) if kind is discord.ComponentType.string_select else _entity_menu(component, kind)


def _entity_menu(
    component: Mapping[str, Any], kind: discord.ComponentType
) -> ui.RoleSelect[Any] | ui.ChannelSelect[Any]:
    """A menu of roles or channels; `chosen` is the id of what it shows at first."""
    chosen = component["chosen"]
    role = kind is discord.ComponentType.role_select
    value_type = discord.SelectDefaultValueType.role if role else discord.SelectDefaultValueType.channel
    options: dict[str, Any] = {
        "custom_id": component["custom_id"],
        "placeholder": component["placeholder"],
        "min_values": component["min_values"],
        "required": component["required"],
        "default_values": [] if chosen is None else [discord.SelectDefaultValue(id=chosen, type=value_type)],
    }
    if role:
        return ui.RoleSelect(**options)
    kinds = [discord.ChannelType(number) for number in component["channel_types"]]
    return ui.ChannelSelect(channel_types=kinds, **options)


def _menu(component: Mapping[str, Any], row: int | None = None) -> ui.Select[Any]:
    return ui.Select(
        custom_id=component["custom_id"],
        placeholder=component["placeholder"],
        options=[discord.SelectOption(**option) for option in component["options"]],
        min_values=component.get("min_values", 1),
        max_values=component.get("max_values", 1),
        required=component.get("required", True),
        row=row,
    )
